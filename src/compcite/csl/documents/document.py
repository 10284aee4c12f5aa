"""A document: the items that it cites, their order, and what tells them apart.

Bibliography and citations share this: the numbers in citations are those of the bibliography,
and so are the letters after the years.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from compcite.csl.documents.disambiguation import disambiguate
from compcite.csl.rendering.context import Context, Reading

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compcite.csl.documents.engine import Engine
    from compcite.model.item import Item

__all__ = ["Document"]


class Document:
    """The items of one document, seen through one style."""

    def __init__(
        self, engine: Engine, items: Mapping[str, Item], *, in_order: bool = False
    ) -> None:
        """Take ``items`` by their ids, in the order in which they are cited.

        With ``in_order`` the bibliography has this order, too, whatever the style says.
        """
        self.engine = engine
        self.items = items
        self._in_order = in_order

    @cached_property
    def order(self) -> tuple[Item, ...]:
        """The items in the order of the bibliography: sorted by the style, else as cited.

        They stay as cited, too, where the caller has put them in order.
        """
        items = list(self.items.values())
        area = self.engine.bibliography
        if area is None or not area.sorter or self._in_order:
            return tuple(items)
        cited = {item.id: number for number, item in enumerate(items, start=1)}

        def context_of(item: Item) -> Context:
            return Context(item, number=cited[item.id])

        values = [area.sorter.values(context_of, item) for item in items]
        return tuple(area.sorter.sort(items, values))

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The place of each item in the bibliography, from 1, by its id."""
        return {item.id: place for place, item in enumerate(self.order, start=1)}

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The citation number of each item, by its id.

        It is the place in the bibliography. If the style sorts the bibliography by number, it is
        the place in the order of the citations.
        """
        if not self.engine.sorts_by_number:
            return self.places
        return {key: number for number, key in enumerate(self.items, start=1)}

    @cached_property
    def readings(self) -> Mapping[str, Reading]:
        """What each item shows to differ from the others, by its id."""
        return disambiguate(self.order, self.engine.citation)

    def reading(self, item: Item) -> Reading:
        """Return what an item shows to differ from the others."""
        return self.readings.get(item.id, _PLAIN)


_PLAIN = Reading()
