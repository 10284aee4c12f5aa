"""The findings of a list as it is edited, and those of a fresh reading of the same text."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from compcite.ignores import ignores_in
from compcite.lsp.positions import Lines, Places
from compcite.lsp.workspace import LIST, Document
from compcite.verbs.load import library_of
from compcite.verbs.verify import Judgements, check_library

if TYPE_CHECKING:
    from compcite.lsp.lists import OpenList
    from compcite.lsp.settings import Project
    from compcite.model.report import Severity
    from compcite.model.source import SourceFile

    Shown = list[tuple[str, Severity, str, tuple[int, int], str, bool]]

__all__ = ["document_of", "edited", "fresh", "shown"]


def document_of(source: SourceFile) -> Document:
    """A source as a list that the editor holds."""
    lines = Lines(source.text)
    return Document("file:///refs.bib", LIST, 1, source, Places(lines, "utf-16"))


def edited(one: OpenList, start: int, end: int, new: str) -> None:
    """Replace a stretch of the text of an open list."""
    before = one.source.text
    source = one.source.with_text(before[:start] + new + before[end:])
    one.take(document_of(source), [(start, end, new)])


def shown(one: OpenList) -> Shown:
    """The findings that an editor shows, once all is judged."""
    for _ in one.work():
        pass
    found: Shown = []
    for unit, seen in one.findings():
        start = unit.start if unit else 0
        for each in seen:
            finding = each.finding
            place = (start + each.start, start + each.end)
            found.append(
                (finding.rule.name, finding.severity, finding.message, place, each.fix, each.safe)
            )
    return found


def fresh(source: SourceFile, project: Project) -> Shown:
    """The findings of ``check`` on a text that was read whole."""
    library = library_of([source])
    report = check_library(library, project.rules, known=Judgements())
    today = dt.datetime.now().astimezone().date()
    left = project.reported(report, ignores_in(library)[0], today)
    found: Shown = []
    for entry in left.entries:
        for one in entry.findings:
            title, safe = (one.fix.title, one.fix.safe) if one.fix else ("", False)
            place = (one.span.start, one.span.end)
            found.append((one.rule.name, one.severity, one.message, place, title, safe))
    return found
