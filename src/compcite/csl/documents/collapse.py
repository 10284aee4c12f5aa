"""Group and collapse cites (specification, "Cite Grouping" and "Cite Collapsing")."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from compcite.csl.documents.cites import CiteOutput, render_cite

if TYPE_CHECKING:
    from collections.abc import Callable

    from compcite.csl.documents.document import Document
    from compcite.csl.styles.nodes import StyleOptions

__all__ = ["collapse"]

_RANGE = "–"
_NAMES = frozenset({"names"})
_NAMES_AND_YEAR = frozenset({"names", "year"})
# With these, the delimiter after a collapsed group also stands after a cite that is alone in its
# group: "Doe 2000; 2002 | Roe 2001 | Poe 2001". Styles are written for citeproc-js, which does so.
_BY_AUTHOR = frozenset({"year", "year-suffix-ranged"})
_LEAST_RANGE = 3  # 1–3, but 1, 2


def collapse(document: Document, cites: list[CiteOutput]) -> list[CiteOutput]:
    """Return ``cites`` grouped and collapsed as the style asks: "[1–3]", "(Doe, 1999, 2001)".

    Cites by the same authors are moved together only if the style sorts cites.
    """
    area = document.engine.citation.area
    options, delimiter = area.options, area.layout.delimiter
    has_numbers = any(cite.is_number for cite in cites)
    if options.collapse == "citation-number" and (has_numbers or not cites[0].names):
        return _collapse_numbers(cites, options)
    if not options.collapse and options.cite_group_delimiter is None:
        return cites
    if document.engine.citation.sorter:  # an order that the author chose is left alone
        cites = _grouped(cites)
    delimiters = _delimiters(options, delimiter, in_note=document.engine.is_note_style)
    collapsed = _collapse_names(document, cites, options, delimiters)
    if options.collapse == "year-suffix-ranged":
        return _ranged(collapsed, _next_suffix)
    return collapsed


@dataclass(frozen=True, slots=True)
class _Delimiters:
    """The delimiters between the years of a group, and between the letters of one year."""

    group: str
    suffix: str


def _delimiters(options: StyleOptions, layout_delimiter: str, *, in_note: bool) -> _Delimiters:
    """Return the delimiters inside a group of cites, and between the letters after a year.

    For one that the style does not give, another one stands: mostly ", " or that between cites.
    """
    group, suffix = options.cite_group_delimiter, options.year_suffix_delimiter
    if suffix is None:
        suffix = group or layout_delimiter
    if group is None:
        group = layout_delimiter if in_note else ", "
    if options.collapse and options.after_collapse_delimiter is not None:
        group = layout_delimiter  # the end of a group is told by the delimiter after it
    return _Delimiters(group, suffix)


# ---------------------------------------------------------------- citation numbers


def _collapse_numbers(cites: list[CiteOutput], options: StyleOptions) -> list[CiteOutput]:
    """Return ``cites`` with runs of three or more consecutive citation numbers as ranges: "1–3".

    After a range or a cite with a locator stands the style's ``after-collapse-delimiter``.
    """
    collapsed = _ranged(cites, _next_number)
    after = options.after_collapse_delimiter
    if after is not None:
        for before, cite in pairwise(collapsed):
            if before.joint == _RANGE or before.cite.locator:
                cite.joint = after
    return collapsed


def _next_number(before: CiteOutput, cite: CiteOutput) -> bool:
    """Return whether the number of ``cite`` follows that of ``before``, with no words between."""
    consecutive = cite.number == before.number + 1 and before.is_number and cite.is_number
    return consecutive and not _words_between(before, cite)


def _ranged(
    cites: list[CiteOutput], follows: Callable[[CiteOutput, CiteOutput], bool]
) -> list[CiteOutput]:
    """Return ``cites`` with each run of three or more reduced to its ends, with a dash between.

    ``follows`` tells whether a cite continues the run.
    """
    result: list[CiteOutput] = []
    index = 0
    while index < len(cites):
        end = index + 1
        while end < len(cites) and follows(cites[end - 1], cites[end]):
            end += 1
        run = cites[index:end]
        if len(run) >= _LEAST_RANGE:
            run = [run[0], run[-1]]
            run[-1].joint = _RANGE
        result += run
        index = end
    return result


# ---------------------------------------------------------------- names and years


def _grouped(cites: list[CiteOutput]) -> list[CiteOutput]:
    """Return ``cites`` with those of the same names together, at the place of the first of them.

    A cite without names stays where it is.
    """
    groups: dict[str, list[CiteOutput]] = {}
    for index, cite in enumerate(cites):
        groups.setdefault(cite.names or f"\0{index}", []).append(cite)
    return [cite for group in groups.values() for cite in group]


def _collapse_names(
    document: Document,
    cites: list[CiteOutput],
    options: StyleOptions,
    delimiters: _Delimiters,
) -> list[CiteOutput]:
    """Return ``cites`` with the names of neighbours that share them written once.

    That is done only if the style asks to collapse; else such cites only get the delimiter of a
    group. If the style asks for it, years that differ only by a letter are written once too. The
    cite behind a group gets the ``after-collapse-delimiter``.
    """
    result: list[CiteOutput] = []
    for cite in cites:
        before = result[-1] if result else None
        if before is None or not cite.names or cite.names != before.names:
            if before is not None and (before.collapsed or options.collapse in _BY_AUTHOR):
                cite.joint = options.after_collapse_delimiter
            result.append(cite)
        elif not options.collapse:
            cite.joint = delimiters.group
            result.append(cite)
        else:
            shortened = _shortened(document, before, cite, options.collapse, delimiters)
            if before.cite.locator and options.after_collapse_delimiter is not None:
                # After a place in a work, a comma would read like another place in it.
                shortened.joint = options.after_collapse_delimiter
            result.append(shortened)
    return result


def _shortened(
    document: Document,
    before: CiteOutput,
    cite: CiteOutput,
    collapse: str,
    delimiters: _Delimiters,
) -> CiteOutput:
    """Return ``cite`` without its names, and without the year if the cite ``before`` has it."""
    by_letter = collapse.startswith("year-suffix") and _differ_by_suffix(document, before, cite)
    left_out = _NAMES_AND_YEAR if by_letter else _NAMES
    short = render_cite(document, cite.cite, cite.position, left_out)
    short.collapsed, short.is_letter = True, by_letter
    if by_letter:
        short.unsuffixed = cite.unsuffixed  # what the next cite is compared with
        if [part for part in short.tokens if part != " "] == cite.suffix_tokens:
            short.tokens = cite.suffix_tokens
        short.follows_letter = _follows_letter(document, before, short)
    short.joint = delimiters.suffix if short.follows_letter else delimiters.group
    return short


def _differ_by_suffix(document: Document, before: CiteOutput, cite: CiteOutput) -> bool:
    """Return whether two cites are the same but for their year-suffixes and locators."""
    if not (cite.suffix_tokens and before.suffix_tokens):
        return False
    return _without_locator(document, cite) == _without_locator(document, before)


def _without_locator(document: Document, cite: CiteOutput) -> str:
    """Return what ``cite`` reads without its year-suffix and locator."""
    if not cite.cite.locator:
        return cite.unsuffixed
    return render_cite(document, replace(cite.cite, locator=""), cite.position).unsuffixed


def _writes_locator(document: Document, cite: CiteOutput) -> bool:
    """Return whether ``cite`` has a locator and the style writes it."""
    return _without_locator(document, cite) != cite.unsuffixed


def _follows_letter(document: Document, before: CiteOutput, letter: CiteOutput) -> bool:
    """Return whether ``letter`` continues the letters of the cite ``before``.

    "b" does in "2000a; b". In "(2000a), (b); (c)" the letters have brackets of their own, and
    "(c)" continues "(b)", but "(b)" is set off from a whole year. Locators and the words of an
    author also set letters off.
    """
    if _words_between(before, letter):
        return False
    if not before.is_letter:
        return letter.tokens == letter.suffix_tokens
    return not (_writes_locator(document, before) or _writes_locator(document, letter))


def _next_suffix(before: CiteOutput, cite: CiteOutput) -> bool:
    """Return whether ``cite`` is only the letter that follows the letter of ``before``."""
    first, second = before.year_suffix, cite.year_suffix
    consecutive = len(first) == len(second) == 1 and ord(second) == ord(first) + 1
    length = len(before.suffix_tokens)
    ends_in_letter = before.is_letter or before.tokens[-length:] == before.suffix_tokens
    return cite.follows_letter and consecutive and ends_in_letter


def _words_between(before: CiteOutput, cite: CiteOutput) -> bool:
    """Return whether the author's words stand between two cites, or after the second.

    Words before the first cite of a range stand before the whole range, so they do not matter.
    """
    return bool(before.cite.suffix or cite.cite.prefix or cite.cite.suffix)
