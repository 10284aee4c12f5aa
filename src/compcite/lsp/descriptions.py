"""What is known of an entry that a document cites; nobody is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compcite.errors import CompciteError
from compcite.lsp.asking import Asking
from compcite.lsp.fields import description
from compcite.model.library import Library
from compcite.verbs.verify import verify_library

if TYPE_CHECKING:
    from compcite.lsp.session import Session
    from compcite.lsp.workspace import Document
    from compcite.model.library import Entry
    from compcite.model.report import EntryReport

__all__ = ["description_of"]


def description_of(session: Session, lists: tuple[Document, ...], entry: Entry) -> str:
    """An entry of some lists in APA style and the state of its DOI, in Markdown."""
    used = next((one for one in lists if one.source is entry.source), None)
    return description(entry, _report(session, used, entry) if used else None)


def _report(session: Session, used: Document, entry: Entry) -> EntryReport | None:
    """What is known of an entry.

    If its list is open and was judged, this is what the session knows. Else lock and kept answers
    are looked up. None, with a warning for the user, where these cannot be read.
    """
    opened = session.lists.get(used.uri)
    unit = opened.unit_at(entry.span.start) if opened else None
    if opened is not None and unit is not None and (report := opened.report(unit)):
        return report
    project = session.project(used)
    try:
        with Asking(project, used.source, offline=True).registries as registries:
            library = Library([used.source], [entry])
            (report,) = verify_library(library, registries, rules=project.rules).entries
    except CompciteError as error:
        session.warn(str(error))
        return None
    return report
