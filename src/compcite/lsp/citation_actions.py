"""What an editor offers at a citation that no entry answers: another key, or the work of a DOI."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from compcite.lsp.changes import text_edits, workspace_edit
from compcite.lsp.cited_works import target_of
from compcite.lsp.undefined import undefined_in
from compcite.model.doi import DOI
from compcite.model.report import Edit
from compcite.verbs.rename.documents import spelled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compcite.lsp.known_entries import KnownEntries
    from compcite.lsp.session import Session
    from compcite.lsp.workspace import Document
    from compcite.model.citations import Citation

__all__ = ["ADD_CITED_WORK", "code_actions"]

ADD_CITED_WORK = "compcite.addCitedWork"
"""The command that adds the work of a cited DOI; its arguments are the document and the DOI."""

_RULE = "citation-undefined"
_MOST = 3  # similar keys that are offered


def code_actions(
    session: Session, document: Document, params: types.CodeActionParams
) -> list[types.CodeAction]:
    """The quick fixes for the citations that a range touches; none if other kinds are wanted."""
    only = params.context.only
    if only and not any(types.CodeActionKind.QuickFix.startswith(kind) for kind in only):
        return []
    start, end = document.places.span(params.range)
    found: list[types.CodeAction] = []
    for undefined, known in undefined_in(session, document):
        for citation in undefined.citations:
            if citation.span.start <= end and start <= citation.span.end:
                found += _replacements(session, document, citation, known, params.context)
    cited = [each for one in session.manuscripts.of(document) for each in one.cited_in(document)]
    touched = {each.key for each in cited if each.span.start <= end and start <= each.span.end}
    for key in sorted(touched):
        found += _addition(session, document, key)
    return found


def _replacements(
    session: Session,
    document: Document,
    citation: Citation,
    known: KnownEntries,
    context: types.CodeActionContext,
) -> Iterator[types.CodeAction]:
    """An action for each of at most three keys that are like an undefined one, the nearest first.

    A key that cannot be written in this kind of citation is left out.
    """
    place = document.places.range(citation.span)
    reported = [one for one in context.diagnostics if one.code == _RULE and one.range == place]
    for number, key in enumerate(known.names.similar(citation.key, _MOST)):
        written = spelled(citation, key)
        if written is not None:
            changes = [(document, text_edits(document, [Edit(*citation.span, written)]))]
            yield types.CodeAction(
                f"Cite {key} in place of {citation.key}",
                kind=types.CodeActionKind.QuickFix,
                diagnostics=reported or None,
                is_preferred=number == 0,
                edit=workspace_edit(changes, session.capabilities),
            )


def _addition(session: Session, document: Document, key: str) -> Iterator[types.CodeAction]:
    """The action that adds the work of a cited DOI to the list.

    There is none where the key is no DOI, the document uses no .bib file, or an entry has the key.
    """
    doi, target = DOI.parse(key), target_of(session, document)
    if doi is None or target is None or session.known([target]).names.exact.get(key):
        return
    title = f"Add the work of the DOI {doi} to {target.source.name}"
    yield types.CodeAction(
        title,
        kind=types.CodeActionKind.QuickFix,
        command=types.Command(title, ADD_CITED_WORK, arguments=[document.uri, key]),
    )
