"""A changed text as the edits of an editor."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from lsprotocol import types

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from compcite.lsp.workspace import Document
    from compcite.model.report import Edit

__all__ = ["edits_between", "text_edits", "workspace_edit"]

# Lines that differ, up to which it is looked for those in between that stay: that takes a time
# that grows with the square of their number, half a second here. More are replaced as one.
_MANY = 2_000


def text_edits(document: Document, edits: Iterable[Edit]) -> list[types.TextEdit]:
    """The edits of a text with places as the editor counts them."""
    return [
        types.TextEdit(document.places.range((edit.start, edit.end)), edit.text) for edit in edits
    ]


def edits_between(document: Document, after: str) -> list[types.TextEdit]:
    """The edits that make another text of an open one; lines that are the same stay."""
    before, later = (text.splitlines(keepends=True) for text in (document.text, after))
    starts = [0]
    for line in before:
        starts.append(starts[-1] + len(line))
    return [
        types.TextEdit(
            document.places.range((starts[first], starts[last])), "".join(later[low:high])
        )
        for first, last, low, high in _different(before, later)
    ]


def _different(before: list[str], after: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """The stretches of lines that differ: from and to in the one text, from and to in the other."""
    most = min(len(before), len(after))
    front = next((n for n in range(most) if before[n] != after[n]), most)
    most -= front
    back = next((n for n in range(most) if before[-1 - n] != after[-1 - n]), most)
    first, last, low, high = front, len(before) - back, front, len(after) - back
    if max(last - first, high - low) > _MANY:
        yield first, last, low, high
        return
    matcher = SequenceMatcher(None, before[first:last], after[low:high], autojunk=False)
    for tag, one, two, three, four in matcher.get_opcodes():
        if tag != "equal":
            yield first + one, first + two, low + three, low + four


def workspace_edit(
    changes: Iterable[tuple[Document, list[types.TextEdit]]], can: types.ClientCapabilities
) -> types.WorkspaceEdit:
    """The edits of some texts; where the editor can, bound to the versions that they are for."""
    workspace = can.workspace
    known = workspace and workspace.workspace_edit and workspace.workspace_edit.document_changes
    if not known:
        return types.WorkspaceEdit(changes={one.uri: edits for one, edits in changes})
    return types.WorkspaceEdit(
        document_changes=[
            types.TextDocumentEdit(
                types.OptionalVersionedTextDocumentIdentifier(one.uri, one.version), list(edits)
            )
            for one, edits in changes
        ]
    )
