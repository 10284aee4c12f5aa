"""``compcite tidy`` and bibtex-tidy (npm) side by side on real files.

    python benchmarks/against_bibtex_tidy.py FOLDER BIBTEX_TIDY [--files N]

N files, evenly spread over the folder, are laid out by both with their defaults. Printed are: the
files that each lays out, refuses or leaves with other entries; processor seconds for all files, and
for the longest; and the lines of ``diff`` after one field of the first entry has changed, once in
the file as its author wrote it (``compcite edit``; bibtex-tidy has to lay out the whole file), once
in the file as each tool lays it out.

Entries are counted by a reader that knows BibTeX's own rule: ``@``, a word, a brace, and braces
that balance. A kept entry has its key and as many fields as before, of any name.
"""

from __future__ import annotations

import argparse
import difflib
import re
import resource
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from compcite.files.decoding import read_source
from compcite.formats.bibtex.read.reader import read_bibtex

SECONDS = 60  # for one file; bibtex-tidy needs two for the longest
_VALUE = "1066"
_FIELDS = (
    re.compile(r"\b(year)\s*=\s*[{\"]?(\d{4})\b", re.IGNORECASE),
    re.compile(r"\b(title)\s*=\s*[{\"]+(\w+)", re.IGNORECASE),
)
OURS = [sys.executable, "-m", "compcite"]


def main() -> None:
    """Run both over the files, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("bibtex_tidy")
    parser.add_argument("--files", type=int, default=50)
    options = parser.parse_args()
    everything = sorted(options.folder.rglob("*.bib*"))
    step = max(1, len(everything) // options.files)
    paths = everything[::step][: options.files]
    tools = {
        "compcite tidy": [*OURS, "tidy"],
        "bibtex-tidy": [options.bibtex_tidy],
    }
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name, "list.bib")
        for tool, command in tools.items():
            _report(tool, command, paths, copy)


def _report(tool: str, command: list[str], paths: list[Path], copy: Path) -> None:
    """Lay out every file with one tool, and print the numbers."""
    found: Counter[str] = Counter()
    as_written: list[int] = []
    laid_out: list[int] = []
    times: list[float] = []
    for path in paths:
        copy.write_bytes(path.read_bytes())
        before = _entries(copy)
        times.append(_run([*command, str(copy)], copy.parent))
        if times[-1] < 0:
            found["refused"] += 1
            print(f"  {path.name}: refused")
            continue
        after = _entries(copy)
        kept = sum((before & after).values())
        found["entries"] += sum(before.values())
        found["entries kept"] += kept
        found["all entries kept" if before == after else "entries lost or changed"] += 1
        if before != after:
            print(f"  {path.name}: {kept} of {sum(before.values())} entries kept")
        laid_out += _lines_of_one_change(command, copy, copy.read_text("utf-8", "replace"))
        text = path.read_bytes().decode("utf-8", "replace")
        copy.write_text(text, encoding="utf-8", newline="")
        as_written += _lines_of_one_edit(command, copy, text)
    spent = [one for one in times if one >= 0]
    print(f"{tool}: {dict(found)}")
    longest = max(spent, default=0)
    print(f"  processor: {sum(spent):.1f} s for {len(spent)} files, {longest:.2f} s the longest")
    for what, lines in (("as written", as_written), ("as laid out", laid_out)):
        ordered = sorted(lines)
        middle = ordered[len(ordered) // 2] if ordered else 0
        print(f"  diff of one field, {what}: {middle} lines (median), {sum(ordered)} in all")


def _entries(path: Path) -> Counter[tuple[str, int]]:
    """Each entry of a file: its key in lower case, and the number of its fields."""
    entries, _ = read_bibtex(read_source(str(path)))
    return Counter((entry.key.lower(), len(entry.fields)) for entry in entries)


def _run(command: list[str], folder: Path) -> float:
    """The processor seconds of a command; -1 where it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        command, cwd=folder, capture_output=True, timeout=SECONDS, check=False, text=True
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        return -1.0
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def _place(text: str) -> re.Match[str] | None:
    """The first year of a text, else its first title: field, name and value."""
    return next(filter(None, (pattern.search(text) for pattern in _FIELDS)), None)


def _changed(text: str) -> str | None:
    """The text with another value in the field of :func:`_place`; None without such a field."""
    found = _place(text)
    return text[: found.start(2)] + _VALUE + text[found.end(2) :] if found else None


def _lines_of_one_change(command: list[str], copy: Path, text: str) -> list[int]:
    """The changed lines after one field of a laid out text has changed and the tool has run."""
    changed = _changed(text)
    if changed is None:
        return []
    copy.write_text(changed, encoding="utf-8", newline="")
    _run([*command, str(copy)], copy.parent)
    return [_lines(text, copy.read_text("utf-8", "replace"))]


def _lines_of_one_edit(command: list[str], copy: Path, text: str) -> list[int]:
    """The changed lines after one field of a file as written was edited by the tool's own means."""
    changed = _changed(text)
    if changed is None:
        return []
    found = _place(text)
    if found and command[: len(OURS)] == OURS:
        entries, _ = read_bibtex(read_source(str(copy)))
        inside = (one for one in entries if one.span.start < found.start(2) < one.span.end)
        keys = [one.key for one in inside]
        if not keys or _run([*OURS, "edit", keys[0], f"{found[1]}={_VALUE}"], copy.parent) < 0:
            return []
    else:
        copy.write_text(changed, encoding="utf-8", newline="")
        if _run([*command, str(copy)], copy.parent) < 0:
            return []
    return [_lines(text, copy.read_text("utf-8", "replace"))]


def _lines(before: str, after: str) -> int:
    """How many lines ``diff`` shows as removed or added."""
    compared = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return sum(line[0] in "+-" for line in list(compared)[2:])


if __name__ == "__main__":
    main()
