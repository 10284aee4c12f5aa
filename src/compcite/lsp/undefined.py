"""Citations of keys that no entry has: what the rule finds in a document, as diagnostics."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from compcite.checks.citations import case_of, undefined_citations
from compcite.lsp.diagnostics import diagnostic_in_document
from compcite.model.report import Report
from compcite.verbs.verify import Judgements
from compcite.verbs.verify.judging import judge_cases

if TYPE_CHECKING:
    from compcite.checks.case import Undefined
    from compcite.lsp.known_entries import KnownEntries
    from compcite.lsp.manuscripts import Manuscript
    from compcite.lsp.positions import Places
    from compcite.lsp.session import Session
    from compcite.lsp.workspace import Document
    from compcite.model.source import Span

__all__ = ["surely_uses", "undefined_diagnostics", "undefined_in"]


def undefined_diagnostics(session: Session, document: Document) -> list[str]:
    """The diagnostics of a document that the editor holds, as JSON."""
    project = session.project(document)
    undefined = undefined_in(session, document)
    cases = [case_of(one) for one, _ in undefined]
    judged = Report(judge_cases(cases, project.rules, Judgements()))
    today = dt.datetime.now().astimezone().date()
    report = project.reported(judged, [], today)
    nearest = {one.citations[0].span: (one, known) for one, known in undefined}
    return [
        diagnostic_in_document(finding, document.places, _nearest(session, *nearest[entry.span]))
        for entry in report.entries
        for finding in entry.findings
    ]


def undefined_in(session: Session, document: Document) -> list[tuple[Undefined, KnownEntries]]:
    """The undefined keys of a document, each with the entries among which it was looked for.

    A document may belong to several manuscripts: then no list of theirs has the key. Nothing counts
    as undefined in a manuscript that neither names its lists nor cites one of their entries, such
    as a README beside a list, in which ``@somebody`` is a person.
    """
    found: list[dict[str, tuple[Undefined, KnownEntries]]] = []
    for one in session.manuscripts.of(document):
        known = session.known(one.lists)
        if surely_uses(one, known):
            undefined = undefined_citations(known.names, one.read.citations, known.unread)
            own = (each for each in undefined if each.citations[0].source is document.source)
            found.append({each.citations[0].key: (each, known) for each in own})
        else:
            found.append({})
    common = set.intersection(*map(set, found)) if found else set()
    return [pair for key, pair in (found[0] if found else {}).items() if key in common]


def surely_uses(manuscript: Manuscript, known: KnownEntries) -> bool:
    """Whether a manuscript names its lists, or cites one of their entries."""
    keys = manuscript.read.citations.keys
    return bool(manuscript.lists) and (
        manuscript.is_bound or any(known.names.exact.get(key) for key in keys)
    )


def _nearest(
    session: Session, undefined: Undefined, known: KnownEntries
) -> tuple[str, Places, Span, str] | None:
    """The entry whose key is nearest: address and places of its list, place of its key, key.

    None where no key is near, or its list was never saved.
    """
    near = undefined.alike or undefined.similar
    for entry in known.meant(near) if near else ():
        source = entry.source
        if source is not None and source.path is not None:
            one = session.workspace.document(source.path)
            if one.source is source:
                return one.uri, one.places, entry.key_span, entry.key
    return None
