"""Compile a style for one language, as the processor uses it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from compcite.csl.documents.sorting import Sorter
from compcite.csl.rendering.compiler import Compiler
from compcite.csl.rendering.context import Environment, Scope
from compcite.csl.rendering.finish import Typography
from compcite.csl.styles.catalog import load_locale
from compcite.csl.styles.nodes import Choose, Group, NamesNode, TextNode

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from compcite.csl.rendering.context import Renderer
    from compcite.csl.styles.nodes import Area, Node, SortKey, StyleTree

__all__ = ["CompiledArea", "Engine"]


@dataclass(frozen=True, slots=True)
class CompiledArea:
    """``cs:citation`` or ``cs:bibliography``, ready to render and to sort."""

    area: Area
    children: tuple[Renderer, ...]  # of the layout
    sorter: Sorter


class Engine:
    """A style tree, compiled for one language."""

    def __init__(
        self,
        tree: StyleTree,
        lang: str,
        abbreviations: Mapping[str, Mapping[str, str]],
        locale_folder: Path | None = None,
    ) -> None:
        """Compile ``tree`` for the language ``lang``.

        ``abbreviations`` are short forms by kind of variable and long form. ``locale_folder`` holds
        other locales than the package's own.
        """
        self.tree = tree
        self.locale = load_locale(lang, tree.locales, locale_folder)
        self.is_note_style = tree.style_class == "note"
        self.typography = Typography.of(self.locale)
        self.environment = Environment(
            locale=self.locale,
            style_class=tree.style_class,
            page_range_format=tree.page_range_format,
            demote_non_dropping_particle=tree.demote_non_dropping_particle,
            initialize_with_hyphen=tree.initialize_with_hyphen,
            abbreviations=abbreviations,
        )
        self.citation = self._compile(tree.citation)
        self.bibliography = self._compile(tree.bibliography) if tree.bibliography else None
        self.intext = self._compile(tree.intext) if tree.intext else None
        # Whether the bibliography is sorted by the very numbers of its entries first of all.
        self.sorts_by_number = self.bibliography is not None and _is_number(
            self.bibliography.area.sort[:1], tree.macros
        )

    @cached_property
    def citation_in_prose(self) -> CompiledArea:
        """``cs:citation`` with the word "and" instead of a sign, for names in running text."""
        return self._compile(self.tree.citation, in_prose=True)

    def _compile(self, area: Area, *, in_prose: bool = False) -> CompiledArea:
        """Return an area ready to render; ``in_prose`` writes "and" instead of "&"."""
        macros = self.tree.macros
        explicit = _mentions_year_suffix(area.layout.children, macros, set())
        scope = Scope(
            self.environment, area.names, explicit_year_suffix=explicit, in_prose=in_prose
        )
        compiler = Compiler(scope, macros)
        sort_compiler = Compiler(Scope(self.environment, area.names, sorting=True), macros)
        children = tuple(compiler.node(node) for node in area.layout.children)
        return CompiledArea(area, children, Sorter(area.sort, sort_compiler))


def _is_number(keys: Sequence[SortKey], macros: Mapping[str, tuple[Node, ...]]) -> bool:
    """Return whether the first of ``keys`` is the citation number; false if there are no keys.

    A macro that consists only of the citation number counts, too.
    """
    for key in keys:
        nodes = macros.get(key.macro, ())
        node = nodes[0] if len(nodes) == 1 else None
        inner = node.value if isinstance(node, TextNode) and node.kind == "variable" else ""
        return "citation-number" in {key.variable, inner}
    return False


def _mentions_year_suffix(
    nodes: Sequence[Node], macros: Mapping[str, tuple[Node, ...]], seen: set[str]
) -> bool:
    """Return whether ``nodes`` themselves write the year-suffix, or a citation label, which has it.

    The macros that they call, and all branches of conditions, count too. ``seen`` are the macros
    already looked at; new ones are added to it.
    """
    for node in nodes:
        inner: Sequence[Node] = ()
        match node:
            case TextNode(kind="variable", value="year-suffix" | "citation-label"):
                return True
            case TextNode(kind="macro") if node.value not in seen:
                seen.add(node.value)
                inner = macros[node.value]
            case Group():
                inner = node.children
            case NamesNode():
                inner = node.substitute
            case Choose():
                inner = [child for branch in node.branches for child in branch.children]
            case _:
                continue
        if _mentions_year_suffix(inner, macros, seen):
            return True
    return False
