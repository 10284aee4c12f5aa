"""Put formatting, affixes, quotation marks and blocks around the output of an element."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compcite.csl.richtext import CLOSE, CLOSE_QUOTE, OPEN_QUOTE, Literal, Open, OpenBlock

if TYPE_CHECKING:
    from compcite.csl.rendering.context import Context, Renderer
    from compcite.csl.richtext import Token, Tokens
    from compcite.csl.styles.nodes import Affixes, Format, Layout

__all__ = ["around", "around_layout", "wrapped"]


def around(
    fmt: Format, affixes: Affixes, display: str = "", *, quotes: bool = False
) -> tuple[list[Token], list[Token]]:
    """Return the tokens to write before and after an element's output.

    From the outside in, they are: display, affixes, quotation marks, formatting. The formatting
    does not include the affixes (specification, "Affixes").
    """
    before: list[Token] = []
    after: list[Token] = []
    if display:
        before.append(OpenBlock(display))
        after.append(CLOSE)
    if affixes.prefix:
        before.append(Literal(affixes.prefix))
    if affixes.suffix:
        after.insert(0, Literal(affixes.suffix))
    if quotes:
        before.append(OPEN_QUOTE)
        after.insert(0, CLOSE_QUOTE)
    if fmt.pairs:
        before.append(Open(fmt))
        after.insert(0, CLOSE)
    return before, after


def around_layout(layout: Layout) -> tuple[list[Token], list[Token]]:
    """Return the tokens to write before and after a layout; its formatting includes its affixes."""
    before: list[Token] = [Open(layout.format)] if layout.format.pairs else []
    after: list[Token] = [CLOSE] if layout.format.pairs else []
    if layout.affixes.prefix:
        before.append(Literal(layout.affixes.prefix))
    if layout.affixes.suffix:
        after.insert(0, Literal(layout.affixes.suffix))
    return before, after


def wrapped(
    inner: Renderer, fmt: Format, affixes: Affixes, display: str = "", *, quotes: bool = False
) -> Renderer:
    """Return ``inner`` as a function that also writes what stands around its output.

    If ``inner`` writes nothing, nothing is written around it.
    """
    before, after = around(fmt, affixes, display, quotes=quotes)
    if not before and not after:
        return inner

    def wrap(context: Context, out: Tokens) -> int:
        mark = len(out)
        out.extend(before)
        start = len(out)
        status = inner(context, out)
        if len(out) == start:
            del out[mark:]
        else:
            out.extend(after)
        return status

    return wrap
