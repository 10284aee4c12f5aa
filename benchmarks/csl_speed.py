"""How fast bibliographies are styled: compcite beside the other processors, in one run.

    python benchmarks/csl_speed.py [--items FILE.json] [--entries 1000 10000] [--repeat 3]

Each processor is started as a process of its own, styles the same items in APA, and is
measured by the CPU time of that process, start and loading included; the least of several
runs counts. What is not installed is left out: citeproc-js needs node and the npm package
``citeproc`` (``--node-path``), pandoc needs ``pandoc`` or the package pypandoc_binary.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from compcite.csl.styles.catalog import find_style, locale_folder

_COMPCITE = """
import json, sys
from compcite.csl import Processor, Style, render
from compcite.csl.items import item_of
with open(sys.argv[1], encoding="utf-8") as file:
    items = map(item_of, json.load(file))
bibliography = Processor(Style.load("apa")).bibliography(items)
print("\\n".join(render(entry.content) for entry in bibliography.entries))
"""

_CITEPROC_PY = """
import json, sys, warnings
warnings.simplefilter("ignore")
from citeproc import (Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle,
                      formatter)
from citeproc.source.json import CiteProcJSON
with open(sys.argv[1], encoding="utf-8") as file:
    items = json.load(file)
style = CitationStylesStyle(sys.argv[2], validate=False)
bibliography = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
for item in items:
    bibliography.register(Citation([CitationItem(item["id"].lower())]))
for entry in bibliography.bibliography():
    print(entry)
"""

_CITEPROC_JS = """
const fs = require("fs"), CSL = require("citeproc");
CSL.debug = () => {};
const [file, style, locales] = process.argv.slice(1);
const items = {};
for (const item of JSON.parse(fs.readFileSync(file))) items[item.id] = item;
const engine = new CSL.Engine({
  retrieveItem: (id) => items[id],
  retrieveLocale: (lang) => fs.readFileSync(`${locales}/locales-${lang}.xml`, "utf8"),
}, fs.readFileSync(style, "utf8"));
engine.setOutputFormat("text");
engine.updateItems(Object.keys(items));
process.stdout.write(engine.makeBibliography()[1].join(""));
"""

_DOCUMENT = '---\nnocite: "@*"\n---\n'


def main() -> None:
    """Measure and print."""
    arguments = _arguments()
    print(f"{'processor':<14}" + "".join(f"{count:>22,}" for count in arguments.entries))
    with tempfile.TemporaryDirectory() as folder:
        files = [_items_file(Path(folder), count, arguments.items) for count in arguments.entries]
        baseline: list[float] = []
        for name, command in _commands(arguments.node_path, Path(folder)).items():
            seconds = [_least(command, file, arguments.repeat) for file in files]
            baseline = baseline or seconds
            cells = (
                f"{own:>10.2f} s {own / base:>6.1f} ×"
                for own, base in zip(seconds, baseline, strict=True)
            )
            print(f"{name:<14}" + "  ".join(cells))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--items", type=Path, help="CSL-JSON items, repeated to the number wanted")
    parser.add_argument("--entries", type=int, nargs="+", default=[1_000])
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--node-path", default=os.environ.get("NODE_PATH", ""))
    return parser.parse_args()


def _items_file(folder: Path, count: int, source: Path | None) -> Path:
    """Write ``count`` items, made up or repeated from ``source``, no two of them alike."""
    if source is None:
        items = [_made_up(number) for number in range(count)]
    else:
        given = json.loads(source.read_text(encoding="utf-8"))
        items = [_numbered(given[n % len(given)], n) for n in range(count)]
    path = folder / f"{count}.json"
    path.write_text(json.dumps(items), encoding="utf-8")
    return path


def _numbered(item: dict[str, Any], number: int) -> dict[str, Any]:
    return {**item, "id": f"item{number}", "title": f"{item.get('title', '')} {number}"}


def _made_up(number: int) -> dict[str, Any]:
    """Return an article by one to six of a few hundred authors."""
    families = ("Doe", "Roe", "van der Berg", "Núñez", "Smith", "Müller", "Li", "Okafor")
    authors = [
        {
            "family": f"{families[(number + n) % len(families)]}{(number * 7 + n) % 40:02d}",
            "given": "Jane Quincy",
        }
        for n in range(1 + number % 6)
    ]
    return {
        "id": f"item{number}",
        "type": "article-journal",
        "title": f"A study of the number {number}: what it is and what it is not",
        "author": authors,
        "container-title": "Journal of integers",
        "issued": {"date-parts": [[1980 + number % 40, 1 + number % 12]]},
        "volume": str(number % 50),
        "issue": str(number % 12),
        "page": f"{number}-{number + 12}",
        "DOI": f"10.1000/xyz{number}",
    }


def _commands(node_path: str, folder: Path) -> dict[str, list[str]]:
    """Return the command of each processor that is installed; FILE stands for the items."""
    style = find_style("apa")
    if style is None:
        sys.exit("compcite was not built with its styles: python hatch_build.py")
    commands = {"compcite": [sys.executable, "-c", _COMPCITE, "FILE"]}
    node = shutil.which("node")
    if node and (Path(node_path) / "citeproc").is_dir():
        os.environ["NODE_PATH"] = node_path
        commands["citeproc-js"] = [
            node,
            "-e",
            _CITEPROC_JS,
            "FILE",
            str(style),
            str(locale_folder()),
        ]
    if pandoc := _pandoc():
        document = folder / "document.md"
        document.write_text(_DOCUMENT, encoding="utf-8")
        options = ["--citeproc", "--csl", str(style), "--to", "plain", "--wrap", "none"]
        commands["pandoc"] = [pandoc, str(document), *options, "--bibliography", "FILE"]
    if find_spec("citeproc"):
        commands["citeproc-py"] = [sys.executable, "-c", _CITEPROC_PY, "FILE", str(style)]
    return commands


def _pandoc() -> str | None:
    if find_spec("pypandoc") is None:
        return shutil.which("pandoc")
    from pypandoc import get_pandoc_path  # noqa: PLC0415  only where it is installed

    return str(get_pandoc_path())


def _least(command: list[str], file: Path, repeat: int) -> float:
    """Return the least CPU seconds of some runs of ``command`` on ``file``."""
    return min(
        _cpu_seconds([str(file) if part == "FILE" else part for part in command])
        for _ in range(repeat)
    )


def _cpu_seconds(command: list[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
