"""Rename a key, from a list or a document, with every place that names it: all files or none."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from lsprotocol import types

from compcite.errors import EditError
from compcite.lsp.changes import text_edits, workspace_edit
from compcite.lsp.citations import key_in_document, key_in_list, lists_of
from compcite.lsp.undefined import surely_uses
from compcite.verbs.rename import rename_citations, rename_keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from compcite.lsp.citations import KeyAt
    from compcite.lsp.manuscripts import Manuscript
    from compcite.lsp.session import Session
    from compcite.lsp.workspace import Document
    from compcite.model.source import SourceFile
    from compcite.verbs.rename import Renaming

__all__ = [
    "cited_otherwise",
    "prepare_in_document",
    "prepare_in_list",
    "rename_in_document",
    "rename_in_list",
]

_MOST = 10  # sentences that one message shows


def prepare_in_document(
    session: Session, document: Document, params: types.PrepareRenameParams
) -> types.PrepareRenamePlaceholder | None:
    """The cited key that can be renamed here; None where no entry has it."""
    cited = key_in_document(session, document, params.position)
    return _prepared(session, document, lists_of(session, document), cited)


def prepare_in_list(
    session: Session, document: Document, params: types.PrepareRenameParams
) -> types.PrepareRenamePlaceholder | None:
    """The key that can be renamed here: an entry's own, or one that it names."""
    named = key_in_list(session, document, params.position)
    return _prepared(session, document, (document,), named)


async def rename_in_document(
    session: Session, document: Document, params: types.RenameParams
) -> types.WorkspaceEdit | None:
    """The edit that renames the key that is cited here; None where no entry has it."""
    cited = key_in_document(session, document, params.position)
    return await _renamed(session, lists_of(session, document), cited, params.new_name)


async def rename_in_list(
    session: Session, document: Document, params: types.RenameParams
) -> types.WorkspaceEdit | None:
    """The edit that renames the key that stands here; None where no entry has it."""
    named = key_in_list(session, document, params.position)
    return await _renamed(session, (document,), named, params.new_name)


def cited_otherwise(
    session: Session, document: Document, lists: Sequence[Document], old: str, new: str
) -> list[tuple[Document, list[types.TextEdit]]]:
    """The edits by which a document, and others with its lists, cite ``new`` in place of ``old``.

    Entries stay as they are.

    Raises CompciteError where a document cannot be read whole, or would cite something else.
    """
    own = session.manuscripts.of(document)
    manuscripts = list({id(one): one for one in (*own, *_citing(session, lists))}.values())
    library = session.known(_all_lists(lists, manuscripts)).library
    made = rename_citations(library, session.manuscripts.again(manuscripts), {old: new})
    return list(_with_texts(session, made))


def _prepared(
    session: Session, document: Document, lists: Sequence[Document], at: KeyAt | None
) -> types.PrepareRenamePlaceholder | None:
    """The place of a key and the key, if an entry of some lists has it; else None."""
    if at is None or not session.known(lists).meant(at.key):
        return None
    return types.PrepareRenamePlaceholder(document.places.range(at.span), at.key)


async def _renamed(
    session: Session, lists: Sequence[Document], at: KeyAt | None, new: str
) -> types.WorkspaceEdit | None:
    """The edit that renames a key in lists and documents; what is left to the user is said.

    None where no entry has the key; an empty edit where the new key is the old one. In a long list
    it takes seconds, so the edits are made in another thread, while the editor is answered. Raises
    CompciteError where the command would refuse the new key, and where a text that is to be edited
    has changed meanwhile: then no text is edited.
    """
    entries = session.known(lists).meant(at.key) if at else []
    if at is None or not entries:
        return None
    keys = entries[0].keys
    # A document for BibTeX may cite a key in another letter case.
    old = next((key for key in keys if key == at.key), None) or next(
        (key for key in keys if key.casefold() == at.key.casefold()), entries[0].key
    )
    if old == new:
        return types.WorkspaceEdit(changes={})
    manuscripts = _citing(session, lists)
    every = _all_lists(lists, manuscripts)
    documents = session.manuscripts.again(manuscripts)
    library = session.known(every).library
    made = await asyncio.to_thread(rename_keys, library, documents, {old: new})
    changed = [source.name for source, _ in made.edits if _text_of(session, source) is None]
    if changed:
        reason = f"{', '.join(changed)}: changed while {old} was renamed; rename it again"
        raise EditError(reason)
    shown = made.remarks[:_MOST]
    if len(made.remarks) > _MOST:
        shown.append(f"… and {len(made.remarks) - _MOST} more")
    if shown:
        session.say("\n".join(shown))
    return workspace_edit(_with_texts(session, made), session.capabilities)


def _citing(session: Session, lists: Sequence[Document]) -> list[Manuscript]:
    """The manuscripts that surely use some lists."""
    using = session.manuscripts.using(lists)
    return [one for one in using if surely_uses(one, session.known(one.lists))]


def _all_lists(
    lists: Sequence[Document], manuscripts: Iterable[Manuscript]
) -> tuple[Document, ...]:
    """Some lists, and all others that manuscripts use, in which a new key may be taken."""
    found = {one.uri: one for one in lists}
    found |= {used.uri: used for one in manuscripts for used in one.lists}
    return tuple(found.values())


def _with_texts(
    session: Session, made: Renaming
) -> Iterable[tuple[Document, list[types.TextEdit]]]:
    """The edits of a renaming with the texts in which they are made, open or on disk.

    Those in a text that has changed, or cannot be read any more, are left out.
    """
    for source, edits in made.edits:
        document = _text_of(session, source)
        if document is not None:
            yield document, text_edits(document, edits)


def _text_of(session: Session, source: SourceFile) -> Document | None:
    """The text of the editor, or the file, that has this source now; None if it has another one."""
    opened = next((one for one in session.workspace.opened() if one.source is source), None)
    found = opened or (session.workspace.readable(source.path) if source.path else None)
    return found if found is not None and found.source is source else None
