"""A changed text as the edits of an editor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from compcite.lsp.text_difference import changed_lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compcite.lsp.workspace import Document
    from compcite.model.report import Edit

__all__ = ["edits_between", "text_edits", "workspace_edit"]


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
        for first, last, low, high in changed_lines(before, later)
    ]


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
