"""``compcite add``: append a registered work to a .bib file, in the style of its entries."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from compcite.checks.identifiers import written_doi
from compcite.checks.repeats import find_repeats
from compcite.cli import _console
from compcite.cli._options import Mailto, Offline, Refresh, Timeout
from compcite.cli._progress import progress
from compcite.cli._target import KeyFormat, To, target_source
from compcite.cli._works import key_for, look_up_whole, tell_of_outcomes
from compcite.config import load_config
from compcite.errors import ExitCode, UsageError
from compcite.files.sources import Changed, write_sources
from compcite.formats.bibtex.edit.appending import append_entry
from compcite.formats.keys import KEY_FORMAT
from compcite.model.doi import DOI
from compcite.model.item import Item
from compcite.model.library import Entry, Field
from compcite.model.source import SourceFile
from compcite.model.work import Found, NotFound
from compcite.registries.funnel import Registries
from compcite.text.arxiv import arxiv_doi
from compcite.text.terminal import harmless
from compcite.values.registered_items import item_for_entry
from compcite.verbs.load import library_of

if TYPE_CHECKING:
    from compcite.model.work import Work
    from compcite.registries.settings import Settings

__all__ = ["EPILOG", "run"]

EPILOG = """Examples:

\b
  compcite add 10.1016/j.beth.2016.11.012
  compcite add https://arxiv.org/abs/1706.03762 --to thesis.bib
  compcite add 10.1037/cou0000275 --key-format "{author}_{year}"
"""

_ARXIV = re.compile(
    r"(?:https?://)?(?:(?:www\.)?arxiv\.org/(?:abs|pdf|html)/|arxiv:)?\s*"
    r"(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})(?:v\d+)?(?:\.pdf)?/?",
    re.IGNORECASE,
)
_ARXIV_ADDRESS = re.compile(r".*arxiv\.org/(?:abs|pdf|html)/", re.IGNORECASE)
_ISBN = re.compile(r"(?:isbn[: ]*)?((?:97[89][- ]?)?(?:\d[- ]?){9}[\dx])", re.IGNORECASE)


def run(
    identifiers: Annotated[
        list[str],
        typer.Argument(metavar="DOI|ARXIV|ISBN|URL", help="Identifiers in any form."),
    ],
    to: To = None,
    key_format: KeyFormat = KEY_FORMAT,
    mailto: Mailto = None,
    offline: Offline = False,
    refresh: Refresh = False,
    timeout: Timeout = None,
) -> int:
    """Append registered works to a .bib file, in the style of its entries.

    A work that is in the file already is refused, and a retracted work is warned of. Ends with 1
    where something is not registered or there already, with 3 where it could not be asked for.
    """
    asked = [_meant(text.strip()) for text in identifiers]
    config = load_config()
    source = target_source(config, to)
    settings = config.settings(
        mailto=mailto, offline=offline or None, refresh=refresh or None, timeout=timeout
    )
    codes = {ExitCode.OK}
    dois = [one if isinstance(one, DOI) else _book(one, settings, codes) for one in asked]
    now = source
    outcomes = look_up_whole([doi for doi in dois if doi], settings)
    tell_of_outcomes(outcomes)
    for outcome in outcomes:
        if isinstance(outcome, NotFound):
            codes.add(ExitCode.FINDINGS)
        elif not isinstance(outcome, Found):
            codes.add(ExitCode.UNVERIFIED)
        elif not outcome.work.described:
            _console.error(f"{outcome.doi} is registered, but no service gave its record")
            codes.add(ExitCode.UNVERIFIED)
        else:
            added = _added(now, outcome.work, outcome.doi, key_format)
            codes.add(ExitCode.OK if added else ExitCode.FINDINGS)
            now = added or now
    if now is not source:
        write_sources([Changed(source, now)])
        _tell(source, now)
    return next(
        code for code in (ExitCode.FINDINGS, ExitCode.UNVERIFIED, ExitCode.OK) if code in codes
    )


def _meant(text: str) -> DOI | str:
    """The DOI or the ISBN that an argument contains; an arXiv identifier is a DOI.

    Raises UsageError where it contains none of these.
    """
    if _ARXIV.fullmatch(text):
        return DOI(arxiv_doi(_ARXIV_ADDRESS.sub("", text.rstrip("/"))))
    written = written_doi(Entry("", Item("document"), fields=(Field("url", text),)))
    if written and written.doi:
        return written.doi
    if isbn := _ISBN.fullmatch(text):
        return isbn[1]
    raise UsageError(f"{text!r} holds neither a DOI, nor an arXiv identifier, nor an ISBN")


def _book(isbn: str, settings: Settings, codes: set[ExitCode]) -> DOI | None:
    """The DOI of the only registered book with this ISBN.

    Otherwise None; then the reason is said on stderr, and its exit code is added to ``codes``.
    """
    with Registries(settings) as registries, progress("Looking for the book"):
        works = registries.books(isbn)
        reasons = "; ".join(registries.outages.values()) or "nobody was asked"
    if works is None:
        _console.error(f"ISBN {isbn} could not be looked up: {reasons}")
        codes.add(ExitCode.UNVERIFIED)
        return None
    if len(works) == 1:
        return works[0].doi
    if works:
        _console.error(f"ISBN {isbn} is that of {', '.join(str(work.doi) for work in works)}")
    else:
        _console.error(f"no book with the ISBN {isbn} has a DOI at Crossref")
    codes.add(ExitCode.FINDINGS)
    return None


def _added(source: SourceFile, work: Work, asked: DOI, key_format: str) -> SourceFile | None:
    """The source with the work appended; None where the work is in it already.

    Then its place is said on stderr. ``asked`` is the DOI that the user gave, of which the work's
    DOI may differ as its alias.
    """
    library = library_of([source], format_name="bibtex")
    entries = library.entries
    item = item_for_entry(work)
    taken = {key for entry in entries for key in entry.keys}
    taken |= {problem.key for problem in library.problems if problem.key}
    key = key_for(replace(work, item=item), taken, key_format)
    new = Entry(key, item, item.type)
    written = [written_doi(entry) for entry in entries]
    own = [one.doi if one and not one.mentioned else None for one in written]
    by_doi = {doi: entry for doi, entry in zip(own, entries, strict=True) if doi}
    repeats = find_repeats([*entries, new], [*own, work.doi])[-1]
    there = by_doi.get(asked) or repeats.doi or repeats.work
    if there is not None:
        line = source.position(there.span.start).line
        _console.error(f"{source.name}:{line}: {there.key} is {work.doi} already")
        return None
    return source.with_text(append_entry(source, new))


def _tell(source: SourceFile, now: SourceFile) -> None:
    """Print the place and the key of each new entry."""
    there = len(library_of([source], format_name="bibtex").entries)
    for entry in library_of([now], format_name="bibtex").entries[there:]:
        line = now.position(entry.span.start).line
        _console.out(harmless(f"{now.name}:{line}: {entry.key}\n"))
