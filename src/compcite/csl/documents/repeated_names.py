"""Replace names that repeat those of the entry before, such as by "———".

Specification: "Reference Grouping", ``subsequent-author-substitute`` and its rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from compcite.csl.rendering.context import Context
    from compcite.csl.richtext import Tokens

__all__ = ["NamesOfEntry", "names_of", "replace_repeated"]


@dataclass(frozen=True, slots=True)
class NamesOfEntry:
    """The texts of the first names of an entry: the whole lists, and each name."""

    lists: tuple[str, ...]
    names: tuple[str, ...]


def names_of(context: Context, tokens: Tokens) -> NamesOfEntry:
    """Return the first names of an entry; what stands in for missing names counts as one name."""
    spans = context.first_lists
    if not spans and context.first_names:
        # Whatever stood in for the names counts as one of them.
        text = _read(tokens, *context.first_names)
        return NamesOfEntry((text,), (text,))
    return NamesOfEntry(
        tuple(_read(tokens, span.start, span.end) for span in spans),
        tuple(_read(tokens, *name) for span in spans for name in span.names),
    )


def replace_repeated(
    context: Context, tokens: Tokens, before: NamesOfEntry | None, substitute: str, rule: str
) -> Tokens:
    """Return ``tokens`` with the names that repeat those of the entry ``before`` replaced.

    ``rule`` says which names are replaced, ``substitute`` by what; an empty one removes them.
    """
    own = names_of(context, tokens)
    if before is None or not own.lists or not any(own.names):
        return tokens
    names = [name for span in context.first_lists for name in span.names]
    whole = [(span.start, span.end) for span in context.first_lists]
    if not whole and context.first_names:
        names = whole = [context.first_names]
    same = own.lists == before.lists
    match rule:
        case "complete-all":
            replaced = [(whole[0][0], whole[-1][1])] if same else []
            if same and len(whole) > 1:
                replaced = whole[:1]
        case "complete-each":
            replaced = names if same else []
        case "partial-first":
            replaced = names[:1] if own.names[:1] == before.names[:1] else []
        case _:  # partial-each
            replaced = []
            for name, mine, theirs in zip(names, own.names, before.names, strict=False):
                if mine != theirs:
                    break
                replaced.append(name)
    result = list(tokens)
    for start, end in reversed(replaced):
        result[start:end] = [substitute] if substitute else []
    return result


def _read(tokens: Tokens, start: int, end: int) -> str:
    """Return the text of ``tokens[start:end]``, without formatting."""
    return "".join(token for token in tokens[start:end] if isinstance(token, str))
