"""Whether ``tidy`` leaves to others what they read, on real files and with random choices.

    python benchmarks/tidying.py FOLDER [--rounds N] [--first N --step N] [--biber]

Each file of a folder whose ending begins with ``.bib`` is laid out by the defaults, by each choice
alone and by N random combinations of choices. It is *stable* where a second run changes
nothing. It is *read alike* by pybtex where entries, keys, types, fields and values are the same,
and by BibTeX where a style that prints every field writes the same ``.bbl`` byte for byte, once for
all keys in their first order and once for the entries that inherit, alone. With ``--biber``,
biber's tool mode writes the same file. A program that is not installed is left out.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import subprocess
import tempfile
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from compcite.errors import CompciteError
from compcite.files.decoding import encode, read_source
from compcite.formats.bibtex.layout.choices import Layout
from compcite.formats.bibtex.read.reader import read_bibtex
from compcite.verbs.tidy import tidy_source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compcite.model.source import SourceFile

CHOICES: dict[str, tuple[object, ...]] = {
    "sort": ((), ("key",), ("-year", "author"), ("special", "type", "title"), ("-key",)),
    "order": ((), ("usual",), ("year", "title")),
    "align": ("none", "auto", 14),
    "indent": (2, 0, 4, "tab"),
    "wrap": ("keep", "one-line", 80, 40, 20),
    "delimiters": ("braces", "quotes", "keep"),
    "numbers": ("keep", "bare", "delimited"),
    "blank_lines": (1, 0, 3),
    "trailing_comma": (True, False),
    "case": ("lower", "keep"),
}
"""The values of each choice that are tried; the first is the default."""

SECONDS = 60  # for one run of another program; the longest file takes it a second


def main() -> None:
    """Lay out every file in every way, and print what differs and how often all is well."""
    options = _options()
    chance = random.Random(options.seed)  # noqa: S311 - for choices, not for secrets
    tally: Counter[str] = Counter()
    for path in sorted(Path(options.folder).rglob("*.bib*"))[options.first :: options.step]:
        source = read_source(str(path))
        before = _Readings(source, biber=options.biber)
        seen: set[str] = set()
        for layout in _layouts(chance, options.rounds):
            tally["runs"] += 1
            for fault in _faults(source, layout, before, seen, biber=options.biber):
                tally[fault] += 1
                print(f"{path.name}: {fault}: {_named(layout)}", flush=True)
    print(dict(tally))


def _options() -> argparse.Namespace:
    """The arguments of the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder")
    parser.add_argument("--rounds", type=int, default=5, help="random combinations for a file")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="the first file to take")
    parser.add_argument("--step", type=int, default=1, help="take each file of so many")
    parser.add_argument("--biber", action="store_true", help="ask biber, too, which is slow")
    return parser.parse_args()


def _layouts(chance: random.Random, rounds: int) -> Iterator[Layout]:
    """The default layout, one for each other value of each choice, and random ones."""
    yield Layout()
    for name, values in CHOICES.items():
        for value in values[1:]:
            yield Layout(**{name: value})  # type: ignore[arg-type]
    for _ in range(rounds):
        yield Layout(**{name: chance.choice(values) for name, values in CHOICES.items()})  # type: ignore[arg-type]


def _named(layout: Layout) -> str:
    """The choices of a layout that are no defaults."""
    defaults = asdict(Layout())
    return ", ".join(f"{k}={v}" for k, v in asdict(layout).items() if v != defaults[k])


class _Readings:
    """What other programs read in a source; its keys and its field names come from ``first``."""

    def __init__(
        self, source: SourceFile, first: _Readings | None = None, *, biber: bool = False
    ) -> None:
        entries, _ = read_bibtex(source)
        data = encode(source, source.text)
        self.keys = first.keys if first else _once(entry.key for entry in entries)
        self.heirs = first.heirs if first else _once(e.key for e in entries if e.field("crossref"))
        self.names = first.names if first else _once(f.name for e in entries for f in e.fields)
        self.found = {
            "pybtex": _by_pybtex(source.text),
            "BibTeX": self._by_bibtex(data, self.keys),
            "BibTeX, heirs": self._by_bibtex(data, self.heirs),
        }
        if biber:
            self.found["biber"] = _by_biber(data)

    def _by_bibtex(self, data: bytes, keys: list[str]) -> bytes | None:
        """What BibTeX prints of all fields of the entries with these keys."""
        if shutil.which("bibtex") is None or not keys:
            return None
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder)
            (place / "list.bib").write_bytes(data)
            (place / "all.bst").write_text(_style(self.names), encoding="utf-8")
            cited = "".join(f"\\citation{{{key}}}\n" for key in keys)
            head = "\\bibstyle{all}\n\\bibdata{list}\n"
            (place / "paper.aux").write_text(head + cited, encoding="ascii")
            _run(["bibtex", "-min-crossrefs=99", "paper"], place)
            written = place / "paper.bbl"
            return written.read_bytes() if written.exists() else None


def _once(names: Iterator[str]) -> list[str]:
    """Names that BibTeX can read, each once, whatever case."""
    found = {name.lower(): name for name in names if re.fullmatch(r"[!-~]+", name)}
    return [name for name in found.values() if not set(name) & set("\"#%'(),={}\\")]


def _style(names: list[str]) -> str:
    """A style of BibTeX that prints every field of an entry."""
    fields = [name for name in names if name[0].isalpha() and name != "crossref"]
    shown = "\n".join(
        f'{name} missing$ {{ }} {{ "{name}=<" {name} * ">" * write$ newline$ }} if$'
        for name in fields
    )
    return f"""ENTRY {{ {" ".join(fields)} }} {{ }} {{ }}
FUNCTION {{default.type}} {{ cite$ write$ newline$
{shown}
}}
READ
FUNCTION {{begin}} {{ preamble$ write$ newline$ }}
EXECUTE {{begin}}
ITERATE {{call.type$}}
"""


def _by_pybtex(text: str) -> object:
    """What pybtex reads: its entries, sorted, those of one key in their order; and its faults."""
    try:
        from pybtex.database.input.bibtex import LowLevelParser, month_names  # noqa: PLC0415
    except ImportError:
        return None
    faults: list[str] = []
    reader = LowLevelParser(
        text, macros=dict(month_names), handle_error=lambda one: faults.append(type(one).__name__)
    )
    entries = []
    for command, body in reader:
        if command.lower() not in {"string", "preamble"}:
            key, fields = body
            values = [(name.lower(), " ".join("".join(value).split())) for name, value in fields]
            entries.append((key, command.lower(), sorted(values, key=lambda one: one[0])))
    return sorted(entries, key=lambda one: str(one[0])), sorted(faults)


def _by_biber(data: bytes) -> bytes | None:
    """The file that biber's tool mode makes of a list, with its entries sorted."""
    if shutil.which("biber") is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "list.bib").write_bytes(data)
        _run(["biber", "--tool", "--output-resolve", "--quiet", "list.bib"], place)
        written = place / "list_bibertool.bib"
        blocks = written.read_bytes().split(b"\n\n") if written.exists() else []
        return b"\n\n".join(sorted(blocks))


def _run(command: list[str], folder: Path) -> None:
    """Run a program in a folder; what it says of a broken list does not matter."""
    subprocess.run(command, cwd=folder, capture_output=True, timeout=SECONDS, check=False)


def _faults(
    source: SourceFile, layout: Layout, before: _Readings, seen: set[str], *, biber: bool
) -> Iterator[str]:
    """What is wrong with a source laid out like this; nothing where all is well.

    A text that was ``seen`` already, from other choices, is not read again by others.
    """
    try:
        after = tidy_source(source, layout)
    except CompciteError as error:
        yield f"refused: {error}"
        return
    if tidy_source(after, layout).text != after.text:
        yield "not stable"
    if after.text in seen:
        return
    seen.add(after.text)
    now = _Readings(after, before, biber=biber)
    for name, found in before.found.items():
        if found != now.found[name]:
            yield f"read otherwise by {name}"


if __name__ == "__main__":
    main()
