"""``compcite export``: write the entries in a format for papers or programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compcite.cli import _console
from compcite.cli._cited import CitedIn, citations_of, only_cited
from compcite.cli._completion import complete_format
from compcite.cli._export_output import refuse_empty, refuse_no_match, write_export
from compcite.cli._library import (
    load_with_warnings,
    name_no_match,
    name_repeated_keys,
    unreadable,
)
from compcite.cli._options import (
    DocumentMarkup,
    Keys,
    Locale,
    Mailto,
    Offline,
    Output,
    SnapshotFolder,
    Sort,
    Sources,
    Strict,
    Style,
    Timeout,
    Where,
)
from compcite.cli._outputs import check_outputs
from compcite.cli._require_verified import RequireVerified, check_all_verified
from compcite.config import load_config
from compcite.errors import ExitCode
from compcite.formats import WRITTEN_SUFFIXES
from compcite.formats.journals import abbreviate_journals
from compcite.query import pick, refuse_unknown, sort_entries, sorted_by, where, with_members
from compcite.text.terminal import harmless
from compcite.verbs.export import EXPORT_FORMATS, export_entries

if TYPE_CHECKING:
    from compcite.model.library import Entry

__all__ = ["EPILOG", "run"]

EPILOG = """Examples:

\b
  compcite export --format apa
  compcite export --style ieee --output references.docx
  compcite export paper.bib --format csl-json --output paper.json
  compcite export --format bibtex --key au2016compassion --key raes2010rumination
  compcite export --where "author=neff or author=germer" --sort -year
  compcite export --cited-in paper.tex --require-verified --output bibliography.txt
"""


def run(
    sources: Sources = None,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help=f"{', '.join(EXPORT_FORMATS)}. Without it or a style: what the ending of "
            "--output names (.bib, .json, .ris …), else apa.",
            show_default=False,
            autocompletion=complete_format,
        ),
    ] = None,
    style: Style = None,
    locale: Locale = None,
    markup: DocumentMarkup = None,
    keep_case: Annotated[
        bool, typer.Option("--keep-case", help="Leave titles in Title Case in a bibliography.")
    ] = False,
    ascii_only: Annotated[
        bool,
        typer.Option("--ascii", help="In BibTeX, write LaTeX commands for all that is not ASCII."),
    ] = False,
    normalize: Annotated[
        bool, typer.Option("--normalize", help="Write all BibTeX entries in one layout.")
    ] = False,
    abbreviate: Annotated[
        bool,
        typer.Option("--abbreviate-journals", help="Abbreviate journal titles by ISO 4."),
    ] = False,
    key: Keys = None,
    where_: Where = None,
    sort: Sort = None,
    cited_in: CitedIn = None,
    output: Output = None,
    strict: Strict = False,
    require_verified: RequireVerified = False,
    mailto: Mailto = None,
    offline: Offline = False,
    snapshot: SnapshotFolder = None,
    timeout: Timeout = None,
) -> int:
    """Write the entries as APA (or any CSL style), BibTeX or CSL-JSON."""
    config = load_config()
    citations = citations_of(cited_in, sources)
    library = load_with_warnings(config, sources)
    check_outputs([("--output", output)], library, citations, also_read=[style])
    refuse_empty(library, output)
    entries = list(library.entries)
    if key:
        entries = with_members(pick(entries, key), entries)
    wanted = where(where_ or (), library.entries)
    refuse_unknown(sorted_by(sort or ()), library.entries)
    matching = [entry for entry in entries if wanted(entry)]
    if entries and not matching:
        refuse_no_match(library, output)
    cited = only_cited(library, matching, citations)
    entries = cited.entries
    name_no_match(library, entries)
    name_repeated_keys(library, (entry.key for entry in entries))
    if sort:
        entries = _parents_last(sort_entries(entries, sort))
    if abbreviate:
        entries = abbreviate_journals(entries)
    if style is None and format_ is None:
        format_ = WRITTEN_SUFFIXES.get(Path(output).suffix.lower()) if output else None
    if style is None and format_ is None:
        style = config["style"]
    written = export_entries(
        entries,
        format_,
        style=style,
        locale=locale or config["locale"],
        markup=markup,
        output=output,
        keep_case=keep_case,
        ascii_only=ascii_only,
        normalize=normalize,
        parents=cited.parents,
        in_order=bool(sort),
    )
    for loss in written.losses:
        _console.note(harmless(f"compcite: {loss}"))
    if require_verified:
        settings = config.settings(
            mailto=mailto, offline=offline or None, timeout=timeout, snapshot=snapshot
        )
        code = check_all_verified(library, cited.entries, config, settings)
        if code is not ExitCode.OK:
            return code
    write_export(written, output)
    whole = cited.complete and not unreadable(library) and not written.losses
    return ExitCode.FINDINGS if strict and not whole else ExitCode.OK


def _parents_last(entries: list[Entry]) -> list[Entry]:
    """The entries, but at the end those from which others of them inherit, as BibTeX needs it.

    Otherwise they keep their order.
    """
    heirs = [entry for entry in entries if entry.field("crossref") or entry.field("xdata")]
    if not heirs:
        return entries
    from compcite.checks.citations import relatives  # noqa: PLC0415 - few lists have such entries

    parents = relatives(entries, heirs)
    held = {id(parent) for parent in parents}
    return [*(entry for entry in entries if id(entry) not in held), *parents]
