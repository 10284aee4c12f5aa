"""Sort keys and sorting (specification, "Sorting")."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from compcite.csl.collation import collation_key
from compcite.csl.dates import sortable
from compcite.csl.items import DATE_VARIABLES, NAME_VARIABLES
from compcite.csl.nodes import NameNode, NameOptions, NamesNode, NumberNode, TextNode
from compcite.csl.numbers import NUMBER_VARIABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from compcite.csl.compiler import Compiler
    from compcite.csl.context import Context
    from compcite.csl.nodes import SortKey
    from compcite.csl.richtext import Tokens

__all__ = ["Sorter"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Key:
    """One sort key: how its value is found, and the direction."""

    value: Callable[[Context], str]
    node: SortKey


class Sorter:
    """Sorts items by the keys of one area."""

    def __init__(self, keys: Sequence[SortKey], compiler: Compiler) -> None:
        self._keys = [_Key(_value_of(key, compiler), key) for key in keys]

    def __bool__(self) -> bool:
        """Whether there is anything to sort by."""
        return bool(self._keys)

    def values(self, context: Callable[[], Context]) -> tuple[str, ...]:
        """Return the sort keys of an item, in the order of their weight."""
        values = []
        for key in self._keys:
            fresh = context()
            fresh.sort_key = key.node
            values.append(collation_key(key.value(fresh)))
        return tuple(values)

    def sort(self, entries: Sequence[T], values: Sequence[tuple[str, ...]]) -> list[T]:
        """Return ``entries`` by their ``values``; what has no value comes last, always."""
        order = list(range(len(entries)))
        for index in range(len(self._keys) - 1, -1, -1):
            descending = self._keys[index].node.descending
            if descending:
                order.sort(key=lambda i, k=index: (bool(values[i][k]), values[i][k]), reverse=True)
            else:
                order.sort(key=lambda i, k=index: (not values[i][k], values[i][k]))
        return [entries[i] for i in order]


def _value_of(key: SortKey, compiler: Compiler) -> Callable[[Context], str]:
    if key.macro:
        render = compiler.macro(key.macro)
    elif key.variable in NAME_VARIABLES:
        options = NameOptions(form="long", name_as_sort_order="all")
        render = compiler.node(NamesNode((key.variable,), NameNode(options)))
    elif key.variable in DATE_VARIABLES:
        variable = key.variable
        return lambda context: sortable(context.dates.get(variable))
    elif key.variable in NUMBER_VARIABLES:
        render = compiler.node(NumberNode(key.variable))
    else:
        render = compiler.node(TextNode("variable", key.variable))

    def value(context: Context) -> str:
        out: Tokens = []
        render(context, out)
        return "".join(token for token in out if isinstance(token, str))

    return value
