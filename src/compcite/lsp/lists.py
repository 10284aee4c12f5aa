"""An open list: its entries and what the rules find in them, as its text changes."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from compcite.ignores import ignores_in
from compcite.model.report import Report
from compcite.verbs.load import library_of
from compcite.verbs.verify import Judgements, check_library

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compcite.lsp.settings import Project
    from compcite.lsp.workspace import Document
    from compcite.model.library import Library
    from compcite.model.report import EntryReport, Finding

__all__ = ["OpenList"]


class OpenList:
    """A list that the editor holds.

    :meth:`take` gives it a new text, :meth:`work` judges what has changed. ``version`` is the
    version of the text to which ``findings`` belong.
    """

    def __init__(self, document: Document, project: Project) -> None:
        """Take the list as it was opened; nothing is judged yet."""
        self.document = document
        self.project = project
        self.library: Library = library_of([replace(document.source, name=document.source.name)])
        self._known = Judgements()
        self._report = Report([])

    def take(self, document: Document, made: Sequence[tuple[int, int, str]]) -> None:
        """Take the text after some changes: start, end and new text of each."""
        self.document = document
        if made:
            self.library = library_of([document.source])

    def set_project(self, project: Project) -> None:
        """Take another configuration: everything is judged again."""
        self.project = project
        self._known = Judgements()

    def work(self) -> Iterator[None]:
        """Judge what has changed, in steps between which something else may be done."""
        report = check_library(self.library, self.project.rules, known=self._known)
        local, _ = ignores_in(self.library)
        today = dt.datetime.now().astimezone().date()
        self._report = self.project.reported(report, local, today)
        yield

    @property
    def reports(self) -> Sequence[EntryReport]:
        """What is known of each entry."""
        return self._report.entries

    def findings(self) -> Iterator[Finding]:
        """The findings, in the order of the text."""
        for one in self._report.entries:
            yield from one.findings
