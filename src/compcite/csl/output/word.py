"""Word's own format (.docx), by the package python-docx."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any

from compcite.csl.output.sheet import label_and_rest
from compcite.csl.richtext import DisplayBlock, Link
from compcite.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compcite.csl.output.sheet import Sheet
    from compcite.csl.richtext import Rich

__all__ = ["write_sheet"]

_FONTS = {
    ("font-style", "italic"): ("italic", True),
    ("font-style", "oblique"): ("italic", True),
    ("font-style", "normal"): ("italic", False),
    ("font-weight", "bold"): ("bold", True),
    ("font-weight", "normal"): ("bold", False),
    ("font-variant", "small-caps"): ("small_caps", True),
    ("font-variant", "normal"): ("small_caps", False),
    ("text-decoration", "underline"): ("underline", True),
    ("text-decoration", "none"): ("underline", False),
    ("vertical-align", "sup"): ("superscript", True),
    ("vertical-align", "sub"): ("subscript", True),
}
_FONT, _SIZE, _INDENT, _LINE = "Times New Roman", 12, 36, 12  # points, an indent of half an inch
_SIGN = 6  # points that a sign of a label takes at that size, on average
# What XML cannot hold: controls but tab and line ends, half characters and noncharacters.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def write_sheet(sheet: Sheet) -> bytes:
    """Return a bibliography as a Word file, each entry a paragraph.

    Raises UsageError where python-docx is not installed.
    """
    try:
        import docx
        from docx.shared import Pt
    except ImportError:
        raise UsageError(
            "a Word file needs the package python-docx: pip install 'compcite[docx]'"
        ) from None
    made = docx.Document()
    made.styles["Normal"].font.name = _FONT
    made.styles["Normal"].font.size = Pt(_SIZE)
    indent = _INDENT if sheet.hanging_indent else 0
    if sheet.widest_label:
        indent = (len(sheet.widest_label) + 1) * _SIGN
    for entry in sheet.entries:
        paragraph = made.add_paragraph()
        layout = paragraph.paragraph_format
        layout.left_indent, layout.first_line_indent = Pt(indent), Pt(-indent)
        layout.space_after = Pt(sheet.entry_spacing * _LINE)
        label, rest = label_and_rest(entry)
        if label:
            layout.tab_stops.add_tab_stop(Pt(indent))
            _append(label, paragraph, paragraph, {})
            paragraph.add_run("\t")
        _append(rest, paragraph, paragraph, {})
    buffer = BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def _append(rich: Rich, paragraph: Any, within: Any, fonts: Mapping[str, bool]) -> None:  # noqa: ANN401 - python-docx's objects
    """Add rich text, in the given fonts, to the end of a paragraph or of a link ``within`` it.

    Blocks begin a new line. ``within`` is the paragraph itself where the text is in no link.
    """
    for node in rich:
        if isinstance(node, str):
            _add_run(node, paragraph, within, fonts)
        elif isinstance(node, Link):
            _append(node.children, paragraph, _link(node.url, paragraph), fonts)
        elif isinstance(node, DisplayBlock):
            if node.display in ("block", "indent"):
                paragraph.add_run().add_break()
            _append(node.children, paragraph, within, fonts)
        else:
            name, value = _FONTS.get((node.attribute, node.value), ("", False))
            _append(node.children, paragraph, within, {**fonts, name: value} if name else fonts)


def _add_run(text: str, paragraph: Any, within: Any, fonts: Mapping[str, bool]) -> None:  # noqa: ANN401 - likewise
    """Add text in one font, at the end of a paragraph or of a link.

    Characters that XML does not allow are left out.
    """
    run = paragraph.add_run(_NOT_XML.sub("", text))
    for name, value in fonts.items():
        setattr(run.font, name, value)
    if within is not paragraph:
        within.append(run._r)  # noqa: SLF001 - python-docx has no public way into a link


def _link(url: str, paragraph: Any) -> Any:  # noqa: ANN401 - likewise
    """Begin a link at the end of a paragraph, and return its element, which has no text yet."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    link = OxmlElement("w:hyperlink")
    address = paragraph.part.relate_to(
        _NOT_XML.sub("", url), RELATIONSHIP_TYPE.HYPERLINK, is_external=True
    )
    link.set(qn("r:id"), address)
    paragraph._p.append(link)  # noqa: SLF001 - python-docx has no public way to add a link
    return link
