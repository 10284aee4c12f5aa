"""Find the prose of a Markdown text; the dialects of Pandoc, Quarto, R Markdown and MyST too.

Sources: CommonMark 0.31 (code blocks and spans, raw HTML), the Pandoc manual (metadata blocks),
and the manuals of knitr, Quarto and MyST for the braces after a fence.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

from compcite.formats.documents.blanking import LINE, blank
from compcite.formats.documents.html import elements_without_prose

__all__ = ["markdown_prose", "metadata_blocks", "without_code_blocks"]

_INDENT = re.compile(r"[ \t>]*")
_FENCE = re.compile(r"(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(`{3,}|~{3,})[ \t]*([^\r\n]*)")
_FENCE_END = re.compile(r"(`{3,}|~{3,})[ \t]*(?:\r\n|\n|\r|\Z)")
_ITEM = re.compile(
    r"(?:[-*+:~]|\(?(?:\d{1,9}|[A-Za-z#]|[ivxlcIVXLC]{2,6}|@[\w-]*)[.)]|\[\^[^\]\r\n]+\]:)"
    r"(?:[ \t]+|$)"
)
_DIRECTIVE = re.compile(r"\{([\w:-]+)\}")
# Directives of MyST whose content is prose; all others hold code, data or drawings.
_PROSE = (
    "note warning tip important hint seealso admonition attention caution danger error margin "
    "sidebar figure table list-table epigraph pull-quote topic dropdown tab-set tab-item card "
    "grid grid-item grid-item-card aside exercise solution abstract"
)
_OPTION = re.compile(r"[ \t>]*(?:#|//|%%|--)\|")
_LABEL = re.compile(r"\w+")
_TICKS = re.compile(r"\\`|`+")
_EMPTY_LINE = re.compile(r"(?:\r\n|\n|\r)[ \t>]*(?=\r|\n|\Z)")
_METADATA = re.compile(r"---[ \t]*(?:\r\n|\n|\r)(?=[\"']?[\w.-]+[\"']?[ \t]*:\s)")
_METADATA_END = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_CODE_INDENT = 4


class _Fence(NamedTuple):
    """A fence (three or more backticks or tildes) that is open.

    ``code`` is false if prose is in it, as in a note. ``kept`` is true if its content is read all
    the same.
    """

    sign: str
    length: int
    code: bool
    kept: bool


def markdown_prose(text: str, *, languages: frozenset[str] = frozenset()) -> str:
    """Return the text with blanks for code, comments, scripts and styles.

    Code blocks in one of ``languages`` stay, such as ``bibtex``. Offsets stay as they are.
    """
    text = without_code_blocks(text, languages=languages)
    return blank(text, [*_code_spans(text), *elements_without_prose(text)])


def without_code_blocks(text: str, *, languages: frozenset[str] = frozenset()) -> str:
    """Return the text with blanks for fenced and indented code, except for ``languages``.

    The header of a chunk of knitr or Quarto stays, and so do its ``#|`` lines, which hold captions.
    The prose in a directive of MyST, such as a note, stays too.
    """
    blanked: list[tuple[int, int]] = []
    fences: list[_Fence] = []
    contents = [0]  # the columns in which the contents of the open list items begin
    after_blank = True
    for line in LINE.finditer(text):
        body = _INDENT.match(text, line.start(), line.end())
        at = body.end() if body else line.start()
        if fences and _closes(fences[-1], text, at):
            fences.pop()
            blanked.append(line.span())
        elif fences and fences[-1].code:
            if not fences[-1].kept and not _OPTION.match(text, line.start()):
                blanked.append(line.span())
        elif not text[at : line.end()].strip():
            after_blank = True
            continue
        elif opened := _opened(text, at, line.end(), languages):
            fence, at = opened
            fences.append(fence)
            blanked.append((line.start(), at))
        else:
            column = _column(text[line.start() : at])
            while len(contents) > 1 and after_blank and column < contents[-1]:
                contents.pop()
            if after_blank and column - contents[-1] >= _CODE_INDENT:
                blanked.append(line.span())
                continue
            while item := _ITEM.match(text, at, line.end()):
                column += item.end() - item.start()
                contents.append(column)
                at = item.end()
        after_blank = False
    return blank(text, blanked)


def metadata_blocks(text: str) -> list[tuple[int, int]]:
    """Return the pairs of start and end of the YAML blocks between ``---`` lines.

    They stand at the beginning of the text or after an empty line. A block that is not closed, and
    all after it, is left out.
    """
    blocks: list[tuple[int, int]] = []
    after_blank = True
    end = 0
    for line in LINE.finditer(text):
        if line.start() < end:
            continue
        if after_blank and (opened := _METADATA.match(text, line.start())):
            closed = _METADATA_END.search(text, opened.end())
            if closed is None:
                break
            blocks.append((opened.end(), closed.start()))
            end = closed.end()
        after_blank = not line[0].strip()
    return blocks


def _closes(fence: _Fence, text: str, at: int) -> bool:
    """Return whether the line whose text begins at ``at`` closes the fence."""
    end = _FENCE_END.match(text, at)
    return end is not None and end[1][0] == fence.sign and len(end[1]) >= fence.length


def _opened(text: str, at: int, end: int, languages: frozenset[str]) -> tuple[_Fence, int] | None:
    """Return the fence that a line opens and the offset after its sign, or None if it opens none.

    The text of the line stands in ``text[at:end]``. Code in one of ``languages`` is kept.
    """
    fence = _FENCE.match(text, at, end)
    if fence is None or (fence[1][0] == "`" and "`" in fence[2]):
        return None
    directive = _DIRECTIVE.match(fence[2])
    prose = directive is not None and (
        directive[1] in _PROSE.split() or directive[1].startswith("prf:")
    )
    label = _LABEL.search(fence[2])
    kept = label is not None and label[0].lower() in languages
    return _Fence(fence[1][0], len(fence[1]), code=not prose, kept=kept), fence.end(1)


def _column(indent: str) -> int:
    """Return the width of an indentation in columns; a tab goes on to the next multiple of four.

    In a quotation (``>   text``) the width is counted after the last ``>`` and the one blank that
    belongs to it.
    """
    quoted = indent.rpartition(">")
    indent = quoted[2][1:] if quoted[1] else indent
    return len(indent.expandtabs(_CODE_INDENT))


def _code_spans(text: str) -> list[tuple[int, int]]:
    """Return the pairs of start and end of inline code.

    It stands between two runs of the same number of backticks in one paragraph.
    """
    runs: dict[int, list[int]] = {}
    ticks = [run for run in _TICKS.finditer(text) if run[0][0] == "`"]
    for run in ticks:
        runs.setdefault(len(run[0]), []).append(run.start())
    ends = [line.start() for line in _EMPTY_LINE.finditer(text)] if ticks else []
    ends.append(len(text))
    spans: list[tuple[int, int]] = []
    at = 0
    for run in ticks:
        if run.start() < at:
            continue
        same = runs[len(run[0])]
        index = bisect_left(same, run.end())
        if index < len(same) and same[index] < ends[bisect_left(ends, run.end())]:
            at = same[index] + len(run[0])
            spans.append((run.start(), at))
    return spans
