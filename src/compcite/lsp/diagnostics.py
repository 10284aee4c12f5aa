"""Findings as the diagnostics of an editor.

An editor wants all diagnostics of a text after each key, thousands in a long list. So they are kept
as JSON, in which only the numbers of lines are filled in when an entry moves.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from lsprotocol.types import DiagnosticSeverity, DiagnosticTag

from compcite.model.report import Severity
from compcite.version import rule_page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compcite.formats.bibtex.read.edited import Unit
    from compcite.lsp.citing_places import CitingPlaces
    from compcite.lsp.lists import OpenList, Seen
    from compcite.lsp.positions import Places
    from compcite.model.report import Finding
    from compcite.model.source import Span

__all__ = ["SOURCE", "Diagnostics", "diagnostic_in_document", "related_place"]

SOURCE = "compcite"
"""The name under which editors show the diagnostics."""

_SEVERITIES = {
    Severity.ERROR: DiagnosticSeverity.Error,
    Severity.WARNING: DiagnosticSeverity.Warning,
    Severity.NOTE: DiagnosticSeverity.Information,
}
_TAGS = {
    "field-duplicated": DiagnosticTag.Unnecessary,
    "work-retracted": DiagnosticTag.Deprecated,
    "work-withdrawn": DiagnosticTag.Deprecated,
}
"""Text that counts for nothing is shown faded, a work that must not be cited struck through."""


class _Packed(NamedTuple):
    """The diagnostics of an entry as JSON, with ``%d`` for each line.

    They hold as long as the findings are the ones in ``seen``, ``cited`` are the places that cite
    the entry, and ``before`` is the text before the entry in its first line, on which columns
    depend. ``lines`` are the lines, counted from the one in which the entry begins.
    """

    seen: tuple[Seen, ...]
    cited: tuple[dict[str, object], ...]
    before: str
    text: str
    lines: tuple[int, ...]


class Diagnostics:
    """The diagnostics of one list."""

    def __init__(self) -> None:
        """Start with nothing kept."""
        self._packed: dict[Unit | None, _Packed] = {}

    def of(self, one: OpenList, citing: CitingPlaces) -> Sequence[str]:
        """The diagnostics of the list as it is now, in the order of its text, as JSON.

        An error leads to the documents that cite the entry, of which ``citing`` knows: who corrects
        it wants to see what rests on it. Lesser findings change nothing in a document.
        """
        known, self._packed = self._packed, {}
        found = []
        for unit, seen in one.findings():
            is_wrong = any(map(_is_error, seen))
            cited = citing.of(unit.keys) if unit is not None and is_wrong else ()
            found.append(self._of_unit(one, unit, seen, cited, known.get(unit)))
        return found

    def _of_unit(
        self,
        one: OpenList,
        unit: Unit | None,
        seen: tuple[Seen, ...],
        cited: tuple[dict[str, object], ...],
        packed: _Packed | None,
    ) -> str:
        """The diagnostics of one entry, with commas between them.

        ``packed`` are those that were made for it before.
        """
        offset = unit.start if unit else 0
        lines = one.document.places.lines
        first = lines.line_of(offset)
        before = lines.text[lines.starts[first] : offset]
        if (
            packed is None
            or packed.seen is not seen
            or packed.cited != cited
            or packed.before != before
        ):
            packed = _pack(one, offset, seen, cited, before)
        self._packed[unit] = packed
        return packed.text % tuple([first + line for line in packed.lines])


def _pack(
    one: OpenList,
    offset: int,
    seen: tuple[Seen, ...],
    cited: tuple[dict[str, object], ...],
    before: str,
) -> _Packed:
    """Pack the diagnostics of an entry that begins at an offset, behind ``before`` in its line."""
    places = one.document.places
    first = places.position(offset).line
    lines: list[int] = []
    texts = []
    for finding in seen:
        start, end = (places.position(offset + at) for at in (finding.start, finding.end))
        lines += [start.line - first, end.line - first]
        rest = json.dumps(dict(_parts(one, finding, cited))).removeprefix("{").replace("%", "%%")
        texts.append(
            f'{{"range": {{"start": {{"line": %d, "character": {start.character}}}, '
            f'"end": {{"line": %d, "character": {end.character}}}}}, {rest}'
        )
    # Where a duplicate names an earlier entry, that one may move alone: such a text is not kept.
    kept = () if any(finding.related for finding in seen) else seen
    return _Packed(kept, cited, before, ",".join(texts), tuple(lines))


def diagnostic_in_document(
    finding: Finding, places: Places, nearest: tuple[str, Places, Span, str] | None
) -> str:
    """The diagnostic of a finding in a document that cites, as JSON.

    ``nearest`` is the entry whose key is nearest: the address and the places of its list, the place
    of its key, and its key.
    """
    made: dict[str, object] = {"range": _range(places, finding.span), **dict(_said(finding))}
    if nearest is not None:
        uri, those, span, key = nearest
        made["relatedInformation"] = [related_place(uri, those, span, f"the entry {key}")]
    return json.dumps(made)


def related_place(
    uri: str, places: Places, span: Span | tuple[int, int], message: str
) -> dict[str, object]:
    """A stretch of a text to which a diagnostic leads, with what is there, as JSON wants it."""
    return {"location": {"uri": uri, "range": _range(places, span)}, "message": message}


def _is_error(seen: Seen) -> bool:
    """Whether a finding is an error by the rules in force."""
    return seen.finding.severity is Severity.ERROR


def _said(finding: Finding) -> Iterator[tuple[str, object]]:
    """What a diagnostic says, without places."""
    rule = finding.rule
    yield "severity", int(_SEVERITIES[finding.severity])
    yield "code", rule.name
    yield "codeDescription", {"href": rule_page(rule.name)}
    yield "source", SOURCE
    yield "message", finding.message
    if tag := _TAGS.get(rule.name):
        yield "tags", [int(tag)]


def _range(places: Places, span: Span | tuple[int, int]) -> dict[str, object]:
    """The range of a stretch of a text, as JSON wants it."""
    ends = [places.position(at) for at in span]
    return {
        name: {"line": at.line, "character": at.character}
        for name, at in zip(("start", "end"), ends, strict=True)
    }


def _parts(
    one: OpenList, seen: Seen, cited: Sequence[dict[str, object]]
) -> Iterator[tuple[str, object]]:
    """The parts of a diagnostic but for its range; ``cited`` are the places that cite the entry."""
    yield from _said(seen.finding)
    related = [] if seen.related is None else [_place_of(one, seen.related)]
    related += cited if _is_error(seen) else ()
    if related:
        yield "relatedInformation", related


def _place_of(one: OpenList, earlier: Unit) -> dict[str, object]:
    """The place of the entry that a duplicate repeats: its key, else all of it."""
    block = earlier.block
    start, length = earlier.start, earlier.length
    if block.key:
        start, length = start + block.key_start - block.start, len(block.key)
    span = (start, start + length)
    return related_place(
        one.document.uri, one.document.places, span, f"the entry {block.key or 'above'}"
    )
