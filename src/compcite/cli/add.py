"""``compcite add``: append a registered work to a .bib file, in the style of its entries."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import typer

from compcite.checks.identifiers import written_doi
from compcite.cli import _console
from compcite.cli._changes import DiffOption, write_or_show
from compcite.cli._options import (
    Mailto,
    Offline,
    Refresh,
    SnapshotFolder,
    Timeout,
)
from compcite.cli._progress import progress
from compcite.cli._target import KeyFormat, To, target_source
from compcite.cli._works import look_up_whole, tell_of_outcomes
from compcite.config import load_config
from compcite.errors import ExitCode, UsageError
from compcite.files.sources import Changed
from compcite.formats.bibtex.write.writer import usable_key
from compcite.formats.keys import KEY_FORMAT
from compcite.model.doi import DOI
from compcite.model.item import Item
from compcite.model.library import Entry, Field
from compcite.model.source import SourceFile
from compcite.model.work import NO_DOI, Found, NotFound
from compcite.registries.funnel import Registries
from compcite.text.arxiv import arxiv_doi
from compcite.text.terminal import harmless
from compcite.verbs.add import add_work
from compcite.verbs.load import library_of

if TYPE_CHECKING:
    from compcite.model.work import Work
    from compcite.registries.settings import Settings

__all__ = ["EPILOG", "run"]

EPILOG = """Examples:

\b
  compcite add 10.1016/j.beth.2016.11.012
  compcite add https://arxiv.org/abs/1706.03762 --to thesis.bib
  compcite add 978-0-19-852663-6 PMID:31116086 --diff
  compcite add 10.1037/cou0000275 --key bluth2017
"""

_ARXIV = re.compile(
    r"(?:https?://)?(?:(?:www\.)?arxiv\.org/(?:abs|pdf|html)/|arxiv:)?\s*"
    r"(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})(?:v\d+)?(?:\.pdf)?/?",
    re.IGNORECASE,
)
_ARXIV_ADDRESS = re.compile(r"^.*arxiv\.org/(?:abs|pdf|html)/", re.IGNORECASE)
_PMID = re.compile(
    r"(?:https?://)?(?:pubmed\.ncbi\.nlm\.nih\.gov/|(?:www\.)?ncbi\.nlm\.nih\.gov/pubmed/)(\d{1,8})/?"
    r"|pmid:?\s*(\d{1,8})|(\d{4,8})",
    re.IGNORECASE,
)
_ISBN = re.compile(r"(?:isbn[: ]*)?((?:97[89][- ]?)?(?:\d[- ]?){9}[\dx])", re.IGNORECASE)


class _Isbn(str):
    """The number of a book."""

    __slots__ = ()


class _Pmid(str):
    """A PubMed number."""

    __slots__ = ()


def run(
    identifiers: Annotated[
        list[str],
        typer.Argument(metavar="DOI|ARXIV|ISBN|PMID|URL", help="Identifiers in any form."),
    ],
    to: To = None,
    key: Annotated[
        str | None,
        typer.Option("--key", metavar="KEY", help="The citation key.", show_default=False),
    ] = None,
    key_format: KeyFormat = KEY_FORMAT,
    diff: DiffOption = False,
    mailto: Mailto = None,
    offline: Offline = False,
    refresh: Refresh = False,
    snapshot: SnapshotFolder = None,
    timeout: Timeout = None,
) -> int:
    """Append registered works to a .bib file, in the style of its entries.

    A work that is in the file already is refused, and a retracted work is warned of. Ends with 1
    where something is not registered or there already, with 3 where it could not be asked for.
    """
    asked = [_meant(text.strip()) for text in identifiers]
    config = load_config()
    source = target_source(config, to, to_change=False)
    if key is not None:
        _check_key(key, source, len(asked))
    settings = config.settings(
        mailto=mailto,
        offline=offline or None,
        refresh=refresh or None,
        timeout=timeout,
        snapshot=snapshot,
    )
    codes = {ExitCode.OK}
    dois = [_doi_of(one, settings, codes) for one in asked]
    outcomes = look_up_whole([doi for doi in dois if doi], settings)
    tell_of_outcomes(outcomes)
    # Read again: another run may have added works while this one was asking for records.
    source = now = target_source(config, to, to_change=not diff)
    if key is not None:
        _check_key(key, source, len(asked))
    for outcome in outcomes:
        if isinstance(outcome, NotFound):
            codes.add(ExitCode.FINDINGS)
        elif not isinstance(outcome, Found):
            codes.add(ExitCode.UNVERIFIED)
        elif not outcome.work.described:
            _console.error(f"{outcome.doi} is registered, but no service gave its record")
            codes.add(ExitCode.UNVERIFIED)
        else:
            added = _added(now, outcome.work, outcome.doi, key, key_format)
            codes.add(ExitCode.OK if added else ExitCode.FINDINGS)
            now = added or now
    if now is not source:
        codes.add(write_or_show([Changed(source, now)], [source], diff=diff))
        if not diff:
            _tell(source, now)
    return next(
        code for code in (ExitCode.FINDINGS, ExitCode.UNVERIFIED, ExitCode.OK) if code in codes
    )


def _meant(text: str) -> DOI | _Isbn | _Pmid:
    """The DOI or the number that an argument contains; an arXiv identifier is a DOI.

    Raises UsageError where it contains none of these.
    """
    if _ARXIV.fullmatch(text):
        return DOI(arxiv_doi(_ARXIV_ADDRESS.sub("", text.rstrip("/"))))
    if pmid := _PMID.fullmatch(text):
        return _Pmid(pmid[pmid.lastindex or 0])
    written = written_doi(Entry("", Item("document"), fields=(Field("url", text),)))
    if written and written.doi:
        return written.doi
    if isbn := _ISBN.fullmatch(text):
        return _Isbn(isbn[1])
    raise UsageError(
        f"{text!r} holds no DOI, arXiv identifier, ISBN or PubMed number; a page's own DOI stands "
        "on it, and compcite find takes words"
    )


def _check_key(key: str, source: SourceFile, works: int) -> None:
    """Raise UsageError where ``--key`` cannot be the key of the new entry.

    It cannot where there are several works, where it has signs that no key has, and where an entry
    has it as its key or alias, in whatever letter case.
    """
    if works > 1:
        raise UsageError("--key is for one work; leave it out, or add one work after another")
    if not key or usable_key(key) != key:
        raise UsageError(
            f"--key {key!r}: a key has no blank and none of , {{ }} ( ) = \" # % \\ ~ '"
        )
    for entry in library_of([source], format_name="bibtex").entries:
        if key.casefold() in (one.casefold() for one in entry.keys):
            line = source.position(entry.span.start).line
            raise UsageError(f"--key {key}: {source.name}:{line} has this key already")


def _doi_of(asked: DOI | _Isbn | _Pmid, settings: Settings, codes: set[ExitCode]) -> DOI | None:
    """The DOI of what is asked for: a DOI itself, or that of the only work with an ISBN or PMID.

    None where there is none, or several; then the reason is said on stderr, and its exit code is
    added to ``codes``.
    """
    if isinstance(asked, DOI):
        return asked
    is_book = isinstance(asked, _Isbn)
    if not is_book and not settings.openalex_key:
        _console.error(
            f"PMID {asked} could not be looked up: only OpenAlex tells the DOIs of PubMed's "
            f"numbers, and it wants a key (COMPCITE_OPENALEX_KEY); give the DOI that stands on "
            f"https://pubmed.ncbi.nlm.nih.gov/{asked}/, or save the record there and import it"
        )
        codes.add(ExitCode.UNVERIFIED)
        return None
    with Registries(settings) as registries, progress("Looking for the work"):
        works = registries.books(asked) if is_book else registries.works_with_pmid(asked)
        reasons = "; ".join(registries.outages.values()) or "nobody was asked"
    name = f"{'ISBN' if is_book else 'PMID'} {asked}"
    if works is None:
        _console.error(f"{name} could not be looked up: {reasons}")
        codes.add(ExitCode.UNVERIFIED)
        return None
    dois = [work.doi for work in works if work.doi != NO_DOI]
    if len(dois) == 1:
        return dois[0]
    if dois:
        _console.error(f"{name} is that of {', '.join(map(str, dois))}")
    elif is_book:
        _console.error(
            f"no book with the {name} has a DOI at Crossref; many books have none: save the record "
            "of a library's catalogue as RIS or BibTeX, and compcite import adds it"
        )
    else:
        _console.error(f"OpenAlex knows no work with the {name} that has a DOI")
    codes.add(ExitCode.FINDINGS)
    return None


def _added(
    source: SourceFile, work: Work, asked: DOI, key: str | None, key_format: str
) -> SourceFile | None:
    """The source with the work appended; None where the work is in it already.

    In this case its place is said on stderr.
    """
    added = add_work(source, work, asked, key=key, key_format=key_format)
    if added.there is not None:
        _console.error(f"{added.there.place}: {added.key} is {work.doi} already")
        return None
    return added.source


def _tell(source: SourceFile, now: SourceFile) -> None:
    """Print the place and the key of each new entry."""
    there = len(library_of([source], format_name="bibtex").entries)
    for entry in library_of([now], format_name="bibtex").entries[there:]:
        line = now.position(entry.span.start).line
        _console.out(harmless(f"{now.name}:{line}: {entry.key}\n"))
