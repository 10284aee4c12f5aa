r"""Add the registered work whose DOI a document cites in place of a key: ``\cite{10.1016/…}``."""

from __future__ import annotations

import asyncio
from itertools import takewhile
from typing import TYPE_CHECKING

from compcite.checks.updates import grave_notices
from compcite.errors import CompciteError
from compcite.formats import format_of
from compcite.lsp.changes import text_edits, workspace_edit
from compcite.lsp.citations import lists_of
from compcite.lsp.renaming import cited_otherwise
from compcite.model.doi import DOI
from compcite.model.report import Edit
from compcite.model.work import Found, NotFound
from compcite.registries.funnel import Registries
from compcite.verbs.add import add_work

if TYPE_CHECKING:
    from compcite.lsp.session import Session
    from compcite.lsp.workspace import Document
    from compcite.model.source import SourceFile
    from compcite.model.work import Outcome, Work
    from compcite.registries.settings import Settings

__all__ = ["add_cited_work", "target_of"]


def target_of(session: Session, document: Document) -> Document | None:
    """The list to which a cited work is added: the first .bib file that the document uses.

    None where it uses none.
    """
    lists = (one for one in lists_of(session, document) if format_of(one.source) == "bibtex")
    return next(lists, None)


async def add_cited_work(session: Session, uri: str, key: str) -> None:
    """Ask for the work of a DOI that is cited, add it to the list, and cite it by its new key.

    The texts are looked at when the answer is there, since they may have changed while it was
    waited for. What cannot be done is said in a message.
    """
    document, doi = session.workspace.get(uri), DOI.parse(key)
    if document is None or doi is None:
        session.say(f"{uri} is not open" if document is None else f"{key!r} is no DOI")
        return
    try:
        settings = session.project(document).config.settings()
        token = session.new_token()
        await session.client.begin_progress(token, f"Asking for {doi}")
        try:
            outcome = await asyncio.to_thread(_look_up, doi, settings)
        finally:
            session.client.end_progress(token, "done")
        work = _work(session, outcome)
        document = session.workspace.get(uri)
        if work is not None and document is not None:
            await _add(session, document, key, doi, work)
    except CompciteError as error:
        session.say(str(error))


async def _add(session: Session, document: Document, key: str, doi: DOI, work: Work) -> None:
    """Add a work to the list of a document, unless it is there, and cite it by its key."""
    target = target_of(session, document)
    if target is None:
        session.say(f"{document.source.name}: uses no .bib file to which the work can be added")
        return
    added = add_work(target.source, work, doi)
    changes = cited_otherwise(session, document, [target], key, added.key)
    if added.there is None:
        appended = _appended(target.source, added.source)
        changes.append((target, text_edits(target, [appended])))
    else:
        session.say(f"{added.there.place}: {added.key} is {work.doi} already")
    edit = workspace_edit(changes, session.capabilities)
    await session.client.apply_edit(f"Add {added.key}", edit)


def _look_up(doi: DOI, settings: Settings) -> Outcome:
    """What the registries say of a DOI, with the whole record."""
    with Registries(settings) as registries:
        (outcome,) = registries.look_up_whole([doi])
    return outcome


def _work(session: Session, outcome: Outcome) -> Work | None:
    """The work that was found; None, with a message, where there is none to add."""
    if isinstance(outcome, Found) and outcome.work.described:
        for sentence in grave_notices(outcome.work):
            session.say(sentence)
        return outcome.work
    if isinstance(outcome, NotFound):
        session.say(f"{outcome.doi} is not registered")
    elif isinstance(outcome, Found):
        session.say(f"{outcome.doi} is registered, but no service gave its record")
    else:
        session.say(f"{outcome.doi} could not be looked up: {outcome.reason}")
    return None


def _appended(before: SourceFile, after: SourceFile) -> Edit:
    """The edit that makes one text of another, from the first sign that differs to the end."""
    same = takewhile(lambda pair: pair[0] == pair[1], zip(before.text, after.text, strict=False))
    start = sum(1 for _ in same)
    return Edit(start, len(before.text), after.text[start:])
