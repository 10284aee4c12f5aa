"""Citations: cites in order, grouped and collapsed (specification, "Citation")."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compcite.csl.context import Context
from compcite.csl.finish import finish
from compcite.csl.positions import positions
from compcite.csl.richtext import Affix, Literal, TermText
from compcite.csl.wrapping import around_layout
from compcite.text.casing import capitalize_first

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compcite.csl.context import Cite, Position
    from compcite.csl.document import Document
    from compcite.csl.nodes import StyleOptions
    from compcite.csl.positions import Cluster
    from compcite.csl.richtext import Rich, Token, Tokens
    from compcite.model.item import Item

__all__ = ["Rendered", "render_clusters"]

_DELIMITERS = (",", ";", ".", ":", "?", "!")
_CLOSING_QUOTES = " \u00a0\"'”’»"
_RANGE = "–"
_LEAST_RANGE = 3  # 1–3, but 1, 2


@dataclass(frozen=True, slots=True)
class Rendered:
    """One citation as it stands in the document."""

    content: Rich
    cites: tuple[Cite, ...]  # in the order they appear


def render_clusters(document: Document, clusters: Sequence[Cluster]) -> list[Rendered]:
    """Return the citations of a document, in its order."""
    ordered = [_sorted(document, cluster) for cluster in clusters]
    distance = document.engine.citation.area.options.near_note_distance
    placed = positions(clusters, ordered, distance)
    return [
        _render(document, cites, places, cluster)
        for cluster, cites, places in zip(clusters, ordered, placed, strict=True)
    ]


def _sorted(document: Document, cluster: Cluster) -> list[Cite]:
    sorter = document.engine.citation.sorter
    cites = list(cluster.cites)
    if not sorter or len(cites) == 1:
        return cites
    values = [
        sorter.values(
            lambda cite=cite: Context(
                document.items[cite.id], cite, number=document.numbers[cite.id]
            )
        )
        for cite in cites
    ]
    return sorter.sort(cites, values)


@dataclass(slots=True)
class _Part:
    """One cite as rendered, and what grouping and collapsing need to know of it."""

    cite: Cite
    item: Item
    number: int
    context: Context
    tokens: Tokens
    names: str  # what its names read
    unsuffixed: str  # what it reads without its year-suffix
    # What stands between the cite before and this one, if not the delimiter of the layout.
    joint: str | None = None
    suppressed: bool = False


def _render(
    document: Document, cites: Sequence[Cite], places: Sequence[Position], cluster: Cluster
) -> Rendered:
    area = document.engine.citation
    parts = [_part(document, cite, place) for cite, place in zip(cites, places, strict=True)]
    options = area.area.options
    layout = area.area.layout
    if options.collapse == "citation-number":
        parts = _collapse_numbers(parts, options, layout.delimiter)
    elif options.collapse or options.cite_group_delimiter is not None:
        # Cites in an order that the author chose stay in it.
        grouped = _grouped(parts) if area.sorter else parts
        parts = _collapse_years(document, grouped, options, layout.delimiter)
    before, after = around_layout(layout)
    out: Tokens = []
    for part in parts:
        body = _with_affixes(part, begins=not out, in_note=document.engine.is_note_style)
        if not body:
            continue
        joint = layout.delimiter if part.joint is None else part.joint
        if out and joint:
            out.extend(_joint(out[-1], body[0], joint))
        out.extend(body)
    if out:
        out = [*before, *out, *after]
    return Rendered(finish(out, document.engine.typography), tuple(part.cite for part in parts))


def _part(
    document: Document, cite: Cite, place: Position, *, names_suppressed: bool = False
) -> _Part:
    item = document.items[cite.id]
    context = Context(
        item,
        cite,
        place,
        number=document.numbers[cite.id],
        reading=document.reading(item),
        names_suppressed=names_suppressed or cite.suppress_author,
    )
    tokens: Tokens = []
    for render in document.engine.citation.children:
        render(context, tokens)
    start, end = context.first_names or (0, 0)
    suffix = range(*context.suffix_span) if context.suffix_span else range(0)
    return _Part(
        cite,
        item,
        document.numbers[cite.id],
        context,
        tokens[start:end] if cite.author_only else tokens,
        names=_read(tokens[start:end]),
        unsuffixed=_read([t for i, t in enumerate(tokens) if i not in suffix]),
    )


def _read(tokens: Tokens) -> str:
    return "".join(token for token in tokens if isinstance(token, str))


def _with_affixes(part: _Part, *, begins: bool, in_note: bool) -> Tokens:
    """Return a cite between the words the author put around it."""
    cite = part.cite
    tokens = list(part.tokens)
    if not tokens:
        return []
    prefix = cite.prefix
    # What begins a note or follows a whole sentence begins with a capital.
    ends = prefix.rstrip(_CLOSING_QUOTES).endswith((".", "!", "?"))
    sentence = ends and " " in prefix.strip()
    if sentence or (in_note and begins and not prefix):
        for index, token in enumerate(tokens):
            if isinstance(token, str):
                if isinstance(token, TermText):
                    tokens[index] = capitalize_first(token)
                break
    if prefix:
        tokens.insert(0, Affix(prefix if prefix[-1].isspace() else prefix + " "))
    if cite.suffix:
        spaced = " " + cite.suffix if cite.suffix[0].isalnum() else cite.suffix
        tokens.append(Affix(spaced))
    return tokens


def _joint(left: Token, right: Token, delimiter: str) -> Tokens:
    """Return what stands between two cites, unless their author has put something there."""
    if isinstance(right, Affix) and right.startswith(_DELIMITERS):
        return []
    if isinstance(left, Affix) and left.rstrip().endswith(_DELIMITERS):
        return [" "]
    return [Literal(delimiter)]


# ---------------------------------------------------------------- collapsing


def _collapse_numbers(parts: list[_Part], options: StyleOptions, delimiter: str) -> list[_Part]:
    """Write runs of consecutive citation numbers as ranges."""
    after = options.after_collapse_delimiter
    collapsed: list[_Part] = []
    index = 0
    while index < len(parts):
        end = index + 1
        while end < len(parts) and _follows(parts[end], parts[end - 1]):
            end += 1
        run = parts[index:end]
        if len(run) >= _LEAST_RANGE:
            run[-1].joint = _RANGE
            run = [run[0], run[-1]]
        collapsed += run
        if after is not None and len(run) != end - index and end < len(parts):
            parts[end].joint = after
        index = end
    return collapsed


def _follows(part: _Part, before: _Part) -> bool:
    """Return whether two cites are bare numbers, one after the other."""
    bare = not (part.cite.locator or part.cite.prefix or before.cite.suffix or before.cite.locator)
    return bare and part.number == before.number + 1


def _grouped(parts: list[_Part]) -> list[_Part]:
    """Bring cites of the same names together, at the place of the first of them."""
    groups: dict[str, list[_Part]] = {}
    for index, part in enumerate(parts):
        groups.setdefault(part.names or f"\0{index}", []).append(part)
    return [part for group in groups.values() for part in group]


def _collapse_years(
    document: Document, parts: list[_Part], options: StyleOptions, delimiter: str
) -> list[_Part]:
    """Write the names of a group of cites once, and years that differ by a letter once."""
    group_delimiter = options.cite_group_delimiter
    suffix_delimiter = options.year_suffix_delimiter
    if suffix_delimiter is None:
        suffix_delimiter = delimiter if group_delimiter is None else group_delimiter
    if group_delimiter is None:
        group_delimiter = delimiter if document.engine.is_note_style else ", "
    after = options.after_collapse_delimiter
    result: list[_Part] = []
    for index, part in enumerate(parts):
        before = parts[index - 1] if index else None
        if before is None or not part.names or part.names != before.names:
            if after is not None and result and result[-1].suppressed:
                part.joint = after
            result.append(part)
            continue
        part.joint = group_delimiter
        if not options.collapse:
            result.append(part)
            continue
        bare = not (part.cite.prefix or before.cite.suffix)
        if not bare:
            part.joint = None
            result.append(part)
            continue
        new = _part(document, part.cite, part.context.position, names_suppressed=True)
        new.joint, new.suppressed, new.names = group_delimiter, True, part.names
        new.unsuffixed = part.unsuffixed
        if options.collapse.startswith("year-suffix") and _differ_by_suffix(part, before):
            span = part.context.suffix_span
            assert span is not None  # noqa: S101  _differ_by_suffix has seen it
            new.tokens = part.tokens[slice(*span)]
            new.joint = suffix_delimiter
        result.append(new)
        parts[index] = new
    if options.collapse == "year-suffix-ranged":
        return _ranged_suffixes(result, suffix_delimiter)
    return result


def _differ_by_suffix(part: _Part, before: _Part) -> bool:
    return (
        part.context.suffix_span is not None
        and before.context.suffix_span is not None
        and part.unsuffixed == before.unsuffixed
        and not part.cite.locator
        and not before.cite.locator
    )


def _ranged_suffixes(parts: list[_Part], delimiter: str) -> list[_Part]:
    """Write runs of consecutive year-suffixes as ranges."""
    result: list[_Part] = []
    index = 0
    while index < len(parts):
        end = index + 1
        while (
            end < len(parts)
            and parts[end].joint == delimiter
            and parts[end].suppressed
            and _next_suffix(parts[end - 1], parts[end])
        ):
            end += 1
        run = parts[index:end]
        if len(run) >= _LEAST_RANGE:
            run[-1].joint = _RANGE
            run = [run[0], run[-1]]
        result += run
        index = end
    return result


def _next_suffix(before: _Part, part: _Part) -> bool:
    first, second = before.context.reading.year_suffix, part.context.reading.year_suffix
    return len(first) == len(second) == 1 and ord(second) == ord(first) + 1
