"""What entries lose on their way to a format and back, and how much of that is said.

    python benchmarks/round_trips.py FOLDER [FORMAT…] [--list]

Every entry of the ``.bib`` files of a folder is read, written in the format and read again, each
file whole. A *value* is a variable of an entry, or its type. It is *kept* where it comes back as
it was (white space and protected case apart), *lost* where nothing comes back, *changed* where
something else does. Losses and changes that no sentence of the writer names are *silent*.
``--list`` prints each silent one, and how often which variable is lost or changed.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from compcite.files.decoding import read_source
from compcite.formats import FORMATS
from compcite.formats.bibtex.write.writer import printed, write_bibtex
from compcite.formats.losses import altered
from compcite.model.library import STAND_INS
from compcite.model.source import SourceFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from compcite.model.library import Entry, Written

WAYS: dict[str, tuple[Callable[[list[Entry]], Written], str]] = {
    "csl-json": (FORMATS["csl-json"].write, "csl-json"),
    "csl-yaml": (FORMATS["csl-yaml"].write, "csl-yaml"),
    "bibtex": (lambda entries: write_bibtex(entries, normalize=True), "bibtex"),
    "bibtex-ascii": (lambda entries: write_bibtex(entries, normalize=True, ascii=True), "bibtex"),
    "biblatex": (FORMATS["biblatex"].write, "bibtex"),
    "ris": (FORMATS["ris"].write, "ris"),
    "nbib": (FORMATS["nbib"].write, "nbib"),
    "hayagriva": (FORMATS["hayagriva"].write, "hayagriva"),
    "cff": (FORMATS["cff"].write, "cff"),
}
"""How each format is written, and the name of the format as which it is read again."""


@dataclass
class Tally:
    """The values of all entries by what became of them; silent ones with an example each."""

    entries: int = 0
    values: int = 0
    lost: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    silent: list[str] = field(default_factory=list)


def main() -> None:
    """Measure the formats that are named, or all, and print a line for each."""
    folder, *names = [argument for argument in sys.argv[1:] if argument != "--list"]
    libraries = list(_libraries(Path(folder)))
    print(
        f"{'format':<13}{'entries':>8}{'values':>8}{'lost':>7}{'changed':>9}{'kept':>9}{'silent':>8}"
    )
    for name in names or WAYS:
        tally = Tally()
        for source, entries in libraries:
            _count(tally, name, source, entries)
        gone = tally.lost.total() + tally.changed.total()
        print(
            f"{name:<13}{tally.entries:>8}{tally.values:>8}{tally.lost.total():>7}"
            f"{tally.changed.total():>9}{1 - gone / max(tally.values, 1):>9.3%}"
            f"{len(tally.silent):>8}"
        )
        if "--list" in sys.argv:
            print(f"  lost: {dict(tally.lost.most_common())}")
            print(f"  changed: {dict(tally.changed.most_common())}")
            print("".join(f"  silent: {one}\n" for one in tally.silent), end="")


def _libraries(folder: Path) -> Iterator[tuple[str, list[Entry]]]:
    """The works of each file, under keys that no two of them share."""
    for path in sorted(folder.glob("*.bib")):
        entries, _ = FORMATS["bibtex"].read(read_source(str(path)))
        works = [entry for entry in entries if entry.type not in STAND_INS]
        yield (
            path.name,
            [
                replace(entry, key=f"k{number}", item=replace(entry.item, id=f"k{number}"))
                for number, entry in enumerate(works)
            ],
        )


def _count(tally: Tally, name: str, source: str, entries: list[Entry]) -> None:
    """Add the values of one file."""
    write, form = WAYS[name]
    written = write(entries)
    back, problems = FORMATS[form].read(SourceFile("-", written.text))
    if problems or len(back) != len(entries):
        tally.silent.append(f"{source}: {len(entries)} entries, {len(back)} back: {problems[:1]}")
        return
    said: dict[str, str] = {}
    for sentence in written.losses:
        key = sentence.partition(": ")[0]
        said[key] = f"{said.get(key, '')} {sentence}"
    by_key = {entry.key: entry for entry in back}
    for place, entry in enumerate(entries):
        # NBIB has no keys, but every record has its place.
        item, kept = entry.item, (back[place] if form == "nbib" else by_key[entry.key]).item
        if name == "bibtex-ascii":
            item, kept = printed(item), printed(kept)
        tally.entries += 1
        tally.values += 1 + len(item.text) + len(item.names) + len(item.dates)
        sentence = said.get(entry.key, "")
        for variable in altered(item, kept):
            before, after = (
                one.text.get(variable) or one.names.get(variable) or one.dates.get(variable)
                for one in (item, kept)
            )
            (tally.changed if after else tally.lost)[variable] += 1
            if f"“{variable}”" not in sentence:
                tally.silent.append(f"{source} {entry.key} {variable}: {before!r} -> {after!r}")
        if item.type != kept.type:
            tally.changed["type"] += 1
            if "takes the type" not in sentence:
                tally.silent.append(f"{source} {entry.key} type: {item.type} -> {kept.type}")


if __name__ == "__main__":
    main()
