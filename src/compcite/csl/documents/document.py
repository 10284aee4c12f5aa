"""A document: the items it refers to, in their order, and what tells them apart.

Bibliography and citations share all of this: the numbers that citations show are the
bibliography's, and so are the letters after the years.
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
    """The items of one document as one engine sees them."""

    def __init__(self, engine: Engine, items: Mapping[str, Item]) -> None:
        """Take ``items`` by their ids, in the order in which they are cited."""
        self.engine = engine
        self.items = items

    @cached_property
    def order(self) -> tuple[Item, ...]:
        """The items in the order of the bibliography."""
        items = list(self.items.values())
        area = self.engine.bibliography
        if area is None or not area.sorter:
            return tuple(items)
        cited = {item.id: number for number, item in enumerate(items, start=1)}

        def context_of(item: Item) -> Context:
            return Context(item, number=cited[item.id])

        values = [area.sorter.values(context_of, item) for item in items]
        return tuple(area.sorter.sort(items, values))

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The place of each item in the bibliography, from 1."""
        return {item.id: place for place, item in enumerate(self.order, start=1)}

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The number of each item, by its place in the bibliography.

        A bibliography sorted by number has them in the order in which items are cited.
        """
        if not self.engine.sorts_by_number:
            return self.places
        return {key: number for number, key in enumerate(self.items, start=1)}

    @cached_property
    def readings(self) -> Mapping[str, Reading]:
        """How each item is told from the others, by its id."""
        return disambiguate(self.order, self.engine.citation)

    def reading(self, item: Item) -> Reading:
        """How one item is told from the others."""
        return self.readings.get(item.id, _PLAIN)


_PLAIN = Reading()
