"""The processor: a style in a language, from items to bibliographies and citations."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from compcite.csl.documents.bibliography import render_document
from compcite.csl.documents.citations import render_clusters
from compcite.csl.documents.document import Document
from compcite.csl.documents.engine import Engine
from compcite.csl.rendering.locators import has_own_label, parse_locator
from compcite.csl.styles.catalog import chosen_locale
from compcite.errors import UsageError
from compcite.values.person_names import particles_apart

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from compcite.csl.documents.bibliography import Bibliography
    from compcite.csl.documents.citations import Rendered
    from compcite.csl.documents.positions import Cluster
    from compcite.csl.rendering.context import Cite
    from compcite.csl.styles.style import Style
    from compcite.model.item import Item

__all__ = ["Processor"]

# The numbers that people write with their label: "p. 5", "vol. 3", "no. 7".
_LABELLED = ("page", "volume", "issue")


class Processor:
    """A style in a language.

    A processor holds no state between calls, so that one may serve several threads.
    """

    def __init__(
        self,
        style: Style,
        locale: str | None = None,
        *,
        abbreviations: Mapping[str, Mapping[str, str]] | None = None,
        locale_folder: Path | None = None,
    ) -> None:
        """Compile ``style`` for ``locale``, or else its own default, or American English.

        ``abbreviations`` gives short forms by variable and long form, for text with
        ``form="short"``. Raises StyleError for a ``locale`` of a language that nobody knows.
        """
        self.style = style
        named = locale and chosen_locale(locale, style.tree.locales, locale_folder)
        lang = named or style.tree.default_locale or "en-US"
        self._engine = Engine(style.tree, lang, abbreviations or {}, locale_folder)

    @property
    def language(self) -> str:
        """The language that is written, such as ``en-US``."""
        return self._engine.locale.lang

    @property
    def has_bibliography(self) -> bool:
        """Whether the style has a bibliography; some have citations only."""
        return self._engine.bibliography is not None

    def bibliography(self, items: Iterable[Item], *, in_order: bool = False) -> Bibliography:
        """Return the bibliography of ``items``; none where the style has no bibliography.

        With ``in_order`` the items stay in their order, else they have that of the style.
        """
        return render_document(self._document(items, in_order=in_order))

    def citations(self, clusters: Iterable[Cluster], items: Iterable[Item]) -> list[Rendered]:
        """Return the citations of a document in its order.

        ``items`` are all that the document's bibliography lists, so that citations show its
        numbers and year-suffixes. Raises :class:`~compcite.errors.UsageError` for a cite of
        an item that is not among them.
        """
        document = self._document(items)
        return render_clusters(document, [_checked(cluster, document) for cluster in clusters])

    def _document(self, items: Iterable[Item], *, in_order: bool = False) -> Document:
        named = _under_own_ids(map(_prepared, items))
        return Document(self._engine, named, in_order=in_order)


def _under_own_ids(items: Iterable[Item]) -> dict[str, Item]:
    """Return ``items`` by ids that are theirs alone.

    An item without an id is one of its own. So is a different item under an id that was met
    before: the bibliography lists both, and cites mean the first. The same item given again
    is listed once.
    """
    named: dict[str, Item] = {}
    for number, item in enumerate(items, start=1):
        key = item.id or f"#{number}"
        if key in named:
            if named[key] == item:
                continue
            key = f"{key}#{number}"
        named[key] = item if item.id == key else replace(item, id=key)
    return named


def _prepared(item: Item) -> Item:
    """Return ``item`` in the form that styles expect.

    The particles of names are told apart, since styles move them about. A number does not repeat
    its own label, since styles write that: the page "p. 5" is "5".
    """
    names = {v: tuple(map(particles_apart, given)) for v, given in item.names.items()}
    bare = {
        variable: parse_locator(number)[1]
        for variable in _LABELLED
        if (number := item.text.get(variable)) and _repeats_label(variable, number)
    }
    if names == item.names and not bare:
        return item
    return replace(item, names=names, text={**item.text, **bare})


def _repeats_label(variable: str, number: str) -> bool:
    """Return whether a number begins with the label of its variable, such as "vol. 3"."""
    return has_own_label(number) and parse_locator(number)[0] == variable


def _with_text(cite: Cite) -> Cite:
    label, locator = cite.label, str(cite.locator).strip()
    if has_own_label(locator):
        label, locator = parse_locator(locator)
    return replace(cite, id=str(cite.id), label=label, locator=locator)


def _checked(cluster: Cluster, document: Document) -> Cluster:
    """Return ``cluster`` with ids and locators as text; raise UsageError for an unknown id.

    A locator that has a label of its own, as "fol. 3", is cited with that label.
    """
    cites = tuple(map(_with_text, cluster.cites))
    for cite in cites:
        if cite.id not in document.items:
            raise UsageError(f"there is no item {cite.id!r} to cite")
    return replace(cluster, cites=cites)
