"""Replace names that repeat those of the entry before, such as by "———".

Specification: "Reference Grouping", ``subsequent-author-substitute`` and its rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from compcite.csl.rendering.context import Context
    from compcite.csl.richtext import Tokens
    from compcite.model.item import Name

__all__ = ["NamesOfEntry", "Repetition", "names_of", "repetition"]


@dataclass(frozen=True, slots=True)
class NamesOfEntry:
    """The first names of an entry: how each list reads, and the parts of each name.

    The parts tell A. Doe from B. Doe where a style shows "Doe" for both. What stands in for missing
    names, such as a title, is a name of one part.
    """

    lists: tuple[str, ...]
    names: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Repetition:
    """The names of an entry that repeat those of the entry before, as spans of its tokens."""

    spans: tuple[tuple[int, int], ...]
    is_complete: bool  # no name is left besides them

    def replaced(self, tokens: Tokens, substitute: str) -> Tokens:
        """Return ``tokens`` with ``substitute`` in the place of each span."""
        result = list(tokens)
        for start, end in reversed(self.spans):
            result[start:end] = [substitute] if substitute else []
        return result


def names_of(context: Context, tokens: Tokens) -> NamesOfEntry:
    """Return the names that an entry begins with.

    What stands in for missing names, such as the title, counts as one name. Without either there
    are none.
    """
    spans = context.first_lists
    if not spans and context.first_names:
        text = _read(tokens, *context.first_names)
        return NamesOfEntry((text,), ((text,),))
    return NamesOfEntry(
        tuple(_read(tokens, span.start, span.end) for span in spans),
        tuple(_parts(name) for span in spans for name in span.people),
    )


def repetition(
    context: Context, own: NamesOfEntry, before: NamesOfEntry | None, rule: str
) -> Repetition:
    """Return which names of an entry, ``own``, repeat those of the entry ``before``.

    The result has the spans of tokens to replace, and whether all names of the entry repeat.
    ``rule`` is the value of ``subsequent-author-substitute-rule``: it says which names count.
    """
    if before is None or not any(own.lists):
        return Repetition((), is_complete=False)
    names = [name for span in context.first_lists for name in span.names]
    whole = [(span.start, span.end) for span in context.first_lists]
    if not whole and context.first_names:
        names = whole = [context.first_names]
    spans = names[: _count_repeated(own, before, rule)]
    is_complete = len(spans) == len(names)
    if spans and rule == "complete-all":
        spans = whole[:1]
    return Repetition(tuple(spans), is_complete)


def _count_repeated(own: NamesOfEntry, before: NamesOfEntry, rule: str) -> int:
    """Return how many names of ``own``, from the first, repeat those of ``before`` by ``rule``.

    The "complete" rules count all names, or none if one differs; "partial-first" counts one at
    most.
    """
    if rule in {"complete-all", "complete-each"}:
        return len(own.names) if own == before else 0
    count = 0
    for mine, theirs in zip(own.names, before.names, strict=False):
        if mine != theirs:
            break
        count += 1
    return min(count, 1) if rule == "partial-first" else count


def _parts(name: Name) -> tuple[str, ...]:
    """Return the parts that a name has. An institution has one, in whatever field it is given."""
    parts = (
        name.family,
        name.literal,
        name.given,
        name.dropping_particle,
        name.non_dropping_particle,
        name.suffix,
    )
    return tuple(filter(None, parts))


def _read(tokens: Tokens, start: int, end: int) -> str:
    """Return the text of ``tokens[start:end]``, without formatting."""
    return "".join(token for token in tokens[start:end] if isinstance(token, str))
