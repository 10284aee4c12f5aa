"""Family L7: entries of a list with the same key, DOI or work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compcite.checks.case import Case, Fault, Repeats, field_of, place_of
from compcite.model.report import Fix, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compcite.model.library import Entry

__all__ = ["doi_duplicated", "key_duplicated", "work_duplicated"]


def key_duplicated(case: Case) -> Iterator[Fault]:
    """Two entries have the same citation key.

    BibTeX refuses the second one, and other programs take either. Keys are compared without regard
    to case, as BibTeX does, and aliases (`ids`) are keys. The finding stands on every later entry.
    Two entries with one key may be two works. Where DOI, or title, authors and year, agree as well,
    or where the later entry adds nothing, an unsafe fix merges them. Two entries of different files
    get a note without a fix.
    """
    repeats = case.repeats or Repeats()
    if earlier := repeats.key:
        fault = _repeated(case.entry, earlier, f"the key is that of the entry {_at(earlier)}")
        works = (repeats.doi, None if repeats.unclear else repeats.work)
        same = earlier in works or _adds_nothing(case.entry, earlier)
        yield fault if same else fault._replace(fix=None)


def doi_duplicated(case: Case) -> Iterator[Fault]:
    """Two entries have the same DOI.

    Both are cited as different works, and the bibliography lists one work twice. The finding stands
    on every later entry and names the first. Where the two do not contradict each other, an unsafe
    fix merges them: the first gets the fields that only the later one has, and its key as an alias
    (`ids`, which only biblatex reads; in documents for BibTeX, change the citations yourself). Two
    entries of different files get a note without a fix.
    """
    earlier = case.repeats.doi if case.repeats else None
    if earlier is not None and case.written is not None:
        message = f"{earlier.key} ({_at(earlier)}) has the same DOI {case.written.doi}"
        field = field_of(case.entry, "DOI") or case.written.field
        fault = _repeated(case.entry, earlier, message)
        yield fault._replace(
            span=place_of(case.entry, field), field="doi", actual=str(case.written.doi)
        )


def work_duplicated(case: Case) -> Iterator[Fault]:
    """Two entries describe the same work.

    Title, authors and year agree, and nothing else contradicts it. A preprint and the article that
    came of it are two works. The finding stands on every later entry and names the first. If no
    field of one contradicts the other, an unsafe fix merges the two, as it does for entries with
    the same DOI. There is no fix if a third entry is the same work as only one of the two, or if
    the two name different kinds of places, such as a city and a book. Two entries of different
    files get a note without a fix.
    """
    repeats = case.repeats or Repeats()
    if earlier := repeats.work:
        message = f"{earlier.key} ({_at(earlier)}) describes the same work"
        fault = _repeated(case.entry, earlier, message)
        yield fault._replace(fix=None) if repeats.unclear else fault


def _repeated(entry: Entry, earlier: Entry, message: str) -> Fault:
    """The fault of an entry that repeats an earlier one, with an unsafe fix that merges them.

    If the two stand in different sources, it is a note without a fix.
    """
    if earlier.source is not entry.source:
        return Fault(message, place_of(entry), severity=Severity.NOTE, related=earlier)
    instead = "" if entry.key == earlier.key else f", and cite {earlier.key} for {entry.key}"
    title = f"Merge the entry into {_called(earlier)}{instead}"
    fix = Fix(title, safe=False, into=earlier, merged=entry)
    return Fault(message, place_of(entry), fix=fix, related=earlier)


def _adds_nothing(entry: Entry, earlier: Entry) -> bool:
    """Whether the earlier entry has the same type and all fields of the later one, literally."""
    said = {(field.name, field.value) for field in earlier.fields}
    return entry.type == earlier.type and {(f.name, f.value) for f in entry.fields} <= said


def _called(entry: Entry) -> str:
    """The key and place of an entry, for a message."""
    return f"{entry.key} ({_at(entry)})"


def _at(entry: Entry) -> str:
    """The source and line of an entry, for a message; "above" where it has no source."""
    if entry.source is None:
        return "above"
    line = entry.source.position(entry.span.start).line
    return f"{entry.source.name}:{line}"
