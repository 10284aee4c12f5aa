"""Sort items by the sort keys of a style (specification, "Sorting")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, TypeVar

from compcite.csl.documents.collation import collation_key
from compcite.csl.rendering.date_element import sortable
from compcite.csl.styles.nodes import NameNode, NameOptions, NamesNode, NumberNode, TextNode
from compcite.values.csl_variables import DATES, NAMES, NUMBERS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from compcite.csl.rendering.compiler import Compiler
    from compcite.csl.rendering.context import Context
    from compcite.csl.richtext import Tokens
    from compcite.csl.styles.nodes import SortKey

__all__ = ["Sorter"]

# Markup and protection inside fields are no part of what is sorted.
_MARKUP = re.compile(r"</?(?:i|b|sup|sub|sc|span)(?:\s[^<>]*)?>")
S = TypeVar("S")
T = TypeVar("T")
SortValues = tuple[str | None, ...]  # None where an item has no value for a key


@dataclass(frozen=True, slots=True)
class _Key:
    """One sort key: the function that finds its value, and its element."""

    value: Callable[[Context], str]
    node: SortKey


class Sorter:
    """Sorts items by the keys of one area; it is false if there are no keys."""

    def __init__(self, keys: Sequence[SortKey], compiler: Compiler) -> None:
        """Compile ``keys``."""
        self._language = compiler.scope.environment.locale.lang
        self._keys = [_Key(_value_of(key, compiler), key) for key in keys]

    def __bool__(self) -> bool:
        """Whether there is anything to sort by."""
        return bool(self._keys)

    def values(self, context_of: Callable[[S], Context], source: S) -> SortValues:
        """Return the values of ``source`` to sort by, the most important first.

        A missing value is None. Each key is rendered in a new context from ``context_of``.
        """
        values: list[str | None] = []
        for key in self._keys:
            fresh = context_of(source)
            fresh.sort_key = key.node
            value = key.value(fresh)
            values.append(collation_key(value, self._language) if value else None)
        return tuple(values)

    def sort(self, entries: Sequence[T], values: Sequence[SortValues]) -> list[T]:
        """Return ``entries`` sorted by their ``values``.

        Where a key has no value, the entry comes last, also in descending order. Entries with equal
        values keep their order.
        """
        order = list(range(len(entries)))
        for index in range(len(self._keys) - 1, -1, -1):
            column = [value[index] for value in values]
            descending = self._keys[index].node.descending
            keyed = [(key, i) for i in order if (key := column[i]) is not None]
            keyed.sort(key=itemgetter(0), reverse=descending)
            order = [i for _, i in keyed] + [i for i in order if column[i] is None]
        return [entries[i] for i in order]


def _value_of(key: SortKey, compiler: Compiler) -> Callable[[Context], str]:
    """Return a function that finds the value of a sort key, as text without tags.

    Names are sorted in their long form, family name first, and dates by year, month and day.
    """
    if key.macro:
        render = compiler.macro(key.macro)
    elif key.variable in NAMES:
        options = NameOptions(form="long", name_as_sort_order="all")
        render = compiler.node(NamesNode((key.variable,), NameNode(options)))
    elif key.variable in DATES:
        variable = key.variable
        return lambda context: sortable(context.dates.get(variable))
    elif key.variable in NUMBERS:
        render = compiler.node(NumberNode(key.variable))
    else:
        render = compiler.node(TextNode("variable", key.variable))

    def value(context: Context) -> str:
        out: Tokens = []
        render(context, out)
        return _MARKUP.sub("", "".join(token for token in out if isinstance(token, str)))

    return value
