"""Turn the elements of a style into functions once, so that items are rendered fast.

Every element becomes a function that appends its output to a list of tokens and returns
whether it called variables (see :mod:`compcite.csl.rendering.context`). What does not depend on the
item, above all the terms, is worked out when the function is made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compcite.csl.rendering.casing import strip_periods
from compcite.csl.rendering.conditions import compile_branch_test
from compcite.csl.rendering.context import CALLED, RENDERED, UNTOUCHED
from compcite.csl.rendering.date_element import compile_date
from compcite.csl.rendering.label_element import compile_label
from compcite.csl.rendering.names_element import compile_names, substitutes_of
from compcite.csl.rendering.number_element import compile_number
from compcite.csl.rendering.text_element import compile_text
from compcite.csl.rendering.wrapping import wrapped
from compcite.csl.richtext import Literal
from compcite.csl.styles.nodes import (
    Choose,
    DateNode,
    Group,
    LabelNode,
    NamesNode,
    NumberNode,
    TextNode,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from compcite.csl.rendering.context import Context, Renderer, Scope
    from compcite.csl.richtext import Tokens
    from compcite.csl.styles.nodes import Node

__all__ = ["Compiler"]


class Compiler:
    """Compiles the elements of one area (bibliography or citation), or of its sort keys.

    All of them share the name options of the area.
    """

    def __init__(
        self,
        scope: Scope,
        macros: Mapping[str, tuple[Node, ...]],
    ) -> None:
        """Prepare to compile for ``scope``, with the ``macros`` of the style."""
        self.scope = scope
        self._macros = macros
        self._compiled: dict[str, Renderer] = {}

    def sequence(self, nodes: Sequence[Node], delimiter: str = "") -> Renderer:
        """Return a function that renders ``nodes`` in turn, with ``delimiter`` between outputs."""
        return _joined([self.node(node, delimiter) for node in nodes], delimiter)

    def macro(self, name: str) -> Renderer:
        """Return the function of a macro; it is compiled only once.

        An unknown name raises KeyError.
        """
        if name not in self._compiled:
            self._compiled[name] = self.sequence(self._macros[name])
        return self._compiled[name]

    def node(self, node: Node, delimiter: str = "") -> Renderer:  # noqa: PLR0911  one an element
        """Return the function of one element; ``delimiter`` is that of the element around it."""
        match node:
            case TextNode(kind="macro"):
                inner = _grouped(self.macro(node.value))
                if node.strip_periods:
                    inner = _without_periods(inner)
                return wrapped(inner, node.format, node.affixes, node.display, quotes=node.quotes)
            case TextNode():
                return compile_text(node, self.scope)
            case Group():
                return self._group(node)
            case Choose():
                return self._choose(node, delimiter)
            case NamesNode():
                return self._names(node)
            case DateNode():
                return compile_date(node, self.scope)
            case NumberNode():
                return compile_number(node, self.scope)
            case LabelNode():
                return compile_label(node, self.scope)

    def _group(self, node: Group) -> Renderer:
        """Return the function of a ``cs:group``."""
        inner = _grouped(self.sequence(node.children, node.delimiter))
        return wrapped(inner, node.format, node.affixes, node.display)

    def _names(self, node: NamesNode) -> Renderer:
        """Return the function that writes a ``cs:names`` or its substitutes."""
        substitutes = [self.node(substitute) for substitute in substitutes_of(node)]
        return compile_names(node, self.scope, substitutes)

    def _choose(self, node: Choose, delimiter: str) -> Renderer:
        """Return the function of a ``cs:choose``: it renders the first branch whose test holds.

        If none does, it renders the ``cs:else``, or nothing. ``delimiter`` stands between the
        children of a branch.
        """
        branches = [
            (compile_branch_test(branch), self.sequence(branch.children, delimiter))
            for branch in node.branches
        ]

        has_else = bool(node.branches) and not node.branches[-1].conditions
        otherwise = branches.pop()[1] if has_else else _nothing
        if len(branches) == 1:
            return _if_else(*branches[0], otherwise)

        def choose(context: Context, out: Tokens) -> int:
            for test, children in branches:
                if test(context):
                    return children(context, out)
            return otherwise(context, out)

        return choose


def _if_else(test: Callable[[Context], bool], then: Renderer, otherwise: Renderer) -> Renderer:
    """Return the function of a ``cs:choose`` with one test, as most of them have."""

    def choose(context: Context, out: Tokens) -> int:
        return then(context, out) if test(context) else otherwise(context, out)

    return choose


def _grouped(inner: Renderer) -> Renderer:
    """Return ``inner`` as a group: its output is removed if all variables that it calls are empty.

    Output that stays counts as a variable for the group around it (specification, "Group").
    A macro is a group too in this respect.
    """

    def group(context: Context, out: Tokens) -> int:
        start = len(out)
        status = inner(context, out)
        if status & CALLED and not status & RENDERED:
            del out[start:]
            return CALLED
        return CALLED | RENDERED if len(out) > start else status

    return group


def _without_periods(inner: Renderer) -> Renderer:
    """Return ``inner`` as a function that leaves out the full stops of what it writes.

    Text that is printed as it stands (:class:`Literal`), such as delimiters, keeps them.
    """

    def bare(context: Context, out: Tokens) -> int:
        start = len(out)
        status = inner(context, out)
        for index in range(start, len(out)):
            token = out[index]
            if isinstance(token, str) and not isinstance(token, Literal):
                out[index] = type(token)(strip_periods(token))
        return status

    return bare


def _joined(renderers: list[Renderer], delimiter: str) -> Renderer:
    """Return a function that renders all of ``renderers``, with ``delimiter`` between them.

    There is no delimiter beside an output that is empty.
    """
    if not renderers:
        return _nothing
    if len(renderers) == 1:
        return renderers[0]
    if not delimiter:

        def run(context: Context, out: Tokens) -> int:
            status = UNTOUCHED
            for render in renderers:
                status |= render(context, out)
            return status

        return run

    delimiter = Literal(delimiter)

    def join(context: Context, out: Tokens) -> int:
        status = UNTOUCHED
        begun = False
        for render in renderers:
            if begun:
                out.append(delimiter)
                start = len(out)
                status |= render(context, out)
                if len(out) == start:
                    out.pop()
            else:
                start = len(out)
                status |= render(context, out)
                begun = len(out) > start
        return status

    return join


def _nothing(_context: Context, _out: Tokens) -> int:
    """Render nothing; for a ``cs:choose`` of which no branch holds."""
    return UNTOUCHED
