"""Fixes as the code actions of an editor.

An action comes with its edits only where they are quickly made. The edits of the others are made
when the user chooses the action (``codeAction/resolve``).
"""

from __future__ import annotations

import asyncio
import datetime as dt
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from lsprotocol import types

from compcite.errors import CompciteError, UsageError
from compcite.ignores import ignores_in
from compcite.lsp.changes import edits_between, text_edits, workspace_edit
from compcite.model.library import Library
from compcite.model.report import Edit
from compcite.verbs.fix import apply_fixes
from compcite.verbs.load import reload_changed
from compcite.verbs.update import Wanted, update_entries
from compcite.verbs.verify import Judgements, verify_library

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from compcite.formats.bibtex.read.edited import Unit
    from compcite.lsp.asking import Answers
    from compcite.lsp.lists import OpenList, Seen
    from compcite.lsp.session import Session
    from compcite.lsp.settings import Project
    from compcite.lsp.workspace import Document
    from compcite.model.report import Report

__all__ = ["FIX_ALL", "KINDS", "code_actions", "resolve"]

FIX_ALL = "source.fixAll.compcite"
"""The kind of the action that applies all safe fixes; editors can run it on save."""

KINDS = (types.CodeActionKind.QuickFix, types.CodeActionKind.RefactorRewrite, FIX_ALL)
"""The kinds of actions that are offered."""

_FIX_ALL, _COMPLETE = "fix all", "complete"  # what resolve is to do


class _Place(NamedTuple):
    """Where actions are wanted: a stretch of an open list, and the entries that it touches."""

    session: Session
    document: Document
    one: OpenList
    start: int
    end: int

    @property
    def units(self) -> list[Unit]:
        """The entries that the stretch touches."""
        return [
            unit
            for unit in self.one.units
            if unit.is_reported and unit.start <= self.end and unit.end >= self.start
        ]

    def touched(self, unit: Unit) -> list[Seen]:
        """The findings of an entry that the stretch touches."""
        return [
            seen
            for seen in self.one.seen(unit)
            if unit.start + seen.start <= self.end and unit.start + seen.end >= self.start
        ]

    def edit(self, edits: Sequence[Edit]) -> types.WorkspaceEdit:
        """Edits of the list, for the editor."""
        can = self.session.capabilities
        return workspace_edit([(self.document, text_edits(self.document, edits))], can)


def code_actions(
    session: Session, document: Document, params: types.CodeActionParams
) -> list[types.CodeAction]:
    """The actions for a stretch of a list, of the kinds that the editor asks for, else of all."""
    one = session.lists[document.uri]
    place = _Place(session, document, one, *document.places.span(params.range))
    only = params.context.only
    return [
        action
        for action in _offered(place, params.context.diagnostics)
        if only is None or any(_is_of_kind(action.kind, wanted) for wanted in only)
    ]


def _is_of_kind(kind: str | None, wanted: str) -> bool:
    """Whether a kind is the wanted one, or a part of it: ``source.fixAll`` has ours as a part."""
    return kind is not None and f"{_word(kind)}.".startswith(f"{_word(wanted)}.")


def _word(kind: str) -> str:
    """A kind as it is sent; the protocol's own kinds are members of an enum."""
    return kind.value if isinstance(kind, types.CodeActionKind) else kind


def _offered(place: _Place, diagnostics: Sequence[types.Diagnostic]) -> Iterator[types.CodeAction]:
    """All actions for a stretch of a list.

    They are the fixes and an ignore for each finding there; the completion of the entry, where
    there is just one with a known record; and all safe fixes, if the list has any.
    """
    for unit in place.units:
        touched = place.touched(unit)
        if any(seen.fix for seen in touched):
            yield from _fixes(place, unit, touched, diagnostics)
        for seen in touched:
            yield _ignore(place, unit, seen.finding.rule.name)
    entries = [unit for unit in place.units if unit.is_entry]
    if len(entries) == 1 and _has_record(place.one, entries[0]):
        title = f"Complete {entries[0].block.key} from the record of its DOI"
        kind = types.CodeActionKind.RefactorRewrite
        yield _to_resolve(place, title, kind, _COMPLETE, entries[0].start)
    if any(seen.safe for _, findings in place.one.findings() for seen in findings):
        yield _to_resolve(place, "Apply all safe fixes of compcite", FIX_ALL, _FIX_ALL, 0)


def _fixes(
    place: _Place, unit: Unit, touched: Sequence[Seen], diagnostics: Sequence[types.Diagnostic]
) -> Iterator[types.CodeAction]:
    """The fixes of some findings of an entry, the safe ones first; unsafe ones are called so."""
    wanted = {(seen.finding.rule.name, unit.start + seen.start) for seen in touched}
    findings = [
        finding
        for finding in place.one.fixable(unit)
        if (finding.rule.name, finding.span.start) in wanted
    ]
    for finding in sorted(findings, key=lambda one: not (one.fix and one.fix.safe)):
        fix = finding.fix
        if fix is None:
            continue
        range_ = place.document.places.range(finding.span)
        yield types.CodeAction(
            title=fix.title if fix.safe else f"{fix.title} (unsafe: changes what the entry says)",
            kind=types.CodeActionKind.QuickFix,
            diagnostics=[
                one for one in diagnostics if one.code == finding.rule.name and one.range == range_
            ],
            is_preferred=fix.safe,
            edit=place.edit(fix.edits),
        )


def _ignore(place: _Place, unit: Unit, rule: str) -> types.CodeAction:
    """The action that writes an ignore before an entry; its reason is for the user to write."""
    text = place.document.text
    lines = place.document.places.lines
    start = lines.starts[lines.line_of(unit.start)]
    alone = not text[start : unit.start].strip()
    end = "\r\n" if "\r\n" in text else "\n"
    comment = f"% compcite: ignore[{rule}] write the reason here{end}"
    edit = Edit(start, start, comment) if alone else Edit(unit.start, unit.start, end + comment)
    return types.CodeAction(
        title=f"Ignore {rule} here, with a reason",
        kind=types.CodeActionKind.QuickFix,
        edit=place.edit([edit]),
    )


def _has_record(one: OpenList, unit: Unit) -> bool:
    """Whether the record of an entry's DOI is known."""
    report = one.report(unit)
    return report is not None and report.work is not None


def _to_resolve(place: _Place, title: str, kind: str, what: str, start: int) -> types.CodeAction:
    """An action whose edits are made when it is chosen, or now where the editor does not ask."""
    data = {"uri": place.document.uri, "version": place.document.version, "what": what}
    data |= {"start": start}
    action = types.CodeAction(title=title, kind=kind, data=data)
    text = place.session.capabilities.text_document
    support = text and text.code_action and text.code_action.resolve_support
    if support and "edit" in support.properties:
        return action
    with _warning(place.session):
        edits = _making(place.document, place.one, data)()
        action.edit = workspace_edit([(place.document, edits)], place.session.capabilities)
    return action


async def resolve(session: Session, action: types.CodeAction) -> types.CodeAction:
    """The action with its edits, which are added to ``action`` itself.

    They are made in another thread, while the editor is answered. The action stays without them
    where its list was closed or has changed since, and where the fix or the completion cannot be
    made: then a sentence tells the user why.
    """
    data: dict[str, Any] = action.data if isinstance(action.data, dict) else {}
    document = _unchanged(session, data)
    if document is None:
        return action
    make = _making(document, session.lists[document.uri], data)
    with _warning(session):
        edits = await asyncio.to_thread(make)
        if _unchanged(session, data) is not None:
            action.edit = workspace_edit([(document, edits)], session.capabilities)
    return action


@contextmanager
def _warning(session: Session) -> Iterator[None]:
    """Tell the user why something could not be done."""
    try:
        yield
    except CompciteError as error:
        session.warn(str(error))


def _unchanged(session: Session, data: Mapping[str, Any]) -> Document | None:
    """The list for which an action was offered; None where it was closed or has changed since."""
    document = session.workspace.get(str(data.get("uri")))
    return document if document and document.version == data.get("version") else None


def _making(
    document: Document, one: OpenList, data: Mapping[str, Any]
) -> Callable[[], list[types.TextEdit]]:
    """The function that makes the edits of an action; what it needs is taken from the list now.

    It raises CompciteError where they cannot be made.
    """
    if data["what"] == _FIX_ALL:
        library, project, answers = one.library(), one.project, one.answers
        return lambda: edits_between(document, _all_fixed(library, project, answers))
    unit = one.unit_at(int(data["start"]))
    entries = [one.entry(unit)] if unit else []
    library = Library([one.source], entries)
    return lambda: text_edits(document, _completed(library, one.answers))


def _all_fixed(library: Library, project: Project, answers: Answers) -> str:
    """The text of a list after all its safe fixes, as ``--fix`` makes it."""
    known = Judgements()
    today = dt.datetime.now().astimezone().date()

    def judge(changed: Library) -> Report:
        suggest = project.config["suggest"]
        return verify_library(changed, answers, rules=project.rules, suggest=suggest, known=known)

    def offered(report: Report, changed: Library) -> Report:
        return project.reported(report, ignores_in(changed)[0], today)

    fixed = apply_fixes(library, judge, reload_changed, offered=offered)
    return fixed.sources[0].text


def _completed(library: Library, answers: Answers) -> Sequence[Edit]:
    """The edits that complete the one entry of a library from its record, as ``update`` does it.

    There are none without an entry. Raises UsageError where it cannot be completed.
    """
    for entry in library.entries:
        (update,) = update_entries(library, [entry], answers, Wanted()).entries
        if update.problem:
            raise UsageError(f"{entry.where}: {update.problem}")
        return update.edits
    return ()
