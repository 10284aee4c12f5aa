"""Options that several commands share."""

from __future__ import annotations

from typing import Annotated

import typer

from compcite.cli._completion import complete_key, complete_style
from compcite.cli._help import REGISTRIES
from compcite.errors import UsageError
from compcite.text.nearest import unknown

__all__ = [
    "DocumentMarkup",
    "EntryKeys",
    "Keys",
    "Locale",
    "Mailto",
    "Markup",
    "Offline",
    "Output",
    "Refresh",
    "SnapshotFolder",
    "Sort",
    "Sources",
    "SourcesAsOption",
    "Strict",
    "Style",
    "Timeout",
    "Where",
]

MARKUPS = ("text", "markdown", "html", "latex", "rtf")
DOCUMENT_MARKUPS = (*MARKUPS, "docx")


def _known_markup(value: str) -> str:
    """The markup of a citation; raises UsageError for an unknown one."""
    return _one_of(MARKUPS, value)


def _known_document_markup(value: str | None) -> str | None:
    """The markup of a bibliography, or None; raises UsageError for an unknown one."""
    return value and _one_of(DOCUMENT_MARKUPS, value)


def _one_of(markups: tuple[str, ...], value: str) -> str:
    """The value, if it is one of these markups; else raises UsageError."""
    if value not in markups:
        raise UsageError(unknown("markup", value, markups))
    return value


Sources = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="SOURCE",
        help="Reference lists (.bib, .json, …), documents (.md, .tex, …), folders of .bib files, "
        "patterns; or - for standard input.",
        show_default=False,
    ),
]
SourcesAsOption = Annotated[
    list[str] | None,
    typer.Option(
        "--source", metavar="FILE", help="A reference list; repeatable.", show_default=False
    ),
]
EntryKeys = Annotated[
    list[str],
    typer.Argument(metavar="KEY", help="Citation keys.", autocompletion=complete_key),
]
Where = Annotated[
    list[str] | None,
    typer.Option(
        "--where",
        metavar="EXPR",
        help="Only the entries that match: author=neff, type!=book, year>=2015, title~REGEX, "
        "has=doi, missing=doi, or words alone, with `or` between; repeatable: all must match.",
        show_default=False,
    ),
]
Sort = Annotated[
    list[str] | None,
    typer.Option(
        "--sort",
        metavar="FIELD",
        help="Sort by a column or field; -year descends; repeatable.",
        show_default=False,
    ),
]
Keys = Annotated[
    list[str] | None,
    typer.Option(
        "--key",
        metavar="KEY",
        help="Only the entry with this key; repeatable.",
        show_default=False,
        autocompletion=complete_key,
    ),
]
Output = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write to this file instead of standard output.",
        show_default=False,
    ),
]
Strict = Annotated[
    bool,
    typer.Option("--strict", help="End with 1 where an entry could not be read or written."),
]
Mailto = Annotated[
    str | None,
    typer.Option(
        metavar="ADDRESS",
        help="Your e-mail address: registries answer faster to those who name one.",
        show_default=False,
        rich_help_panel=REGISTRIES,
    ),
]
Offline = Annotated[
    bool,
    typer.Option(
        "--offline",
        help="Make no requests; use the answers kept on this machine.",
        rich_help_panel=REGISTRIES,
    ),
]
Refresh = Annotated[
    bool,
    typer.Option(
        "--refresh",
        help="Ask again, also where an answer is kept on this machine.",
        rich_help_panel=REGISTRIES,
    ),
]
SnapshotFolder = Annotated[
    str | None,
    typer.Option(
        "--snapshot",
        metavar="DIR",
        help="Answer from this snapshot (a folder or a URL) before asking; with --offline, from it "
        "alone.",
        show_default=False,
        rich_help_panel=REGISTRIES,
    ),
]
Timeout = Annotated[
    float | None,
    typer.Option(
        metavar="SECONDS",
        min=0.1,
        help="Stop asking after this many seconds without an answer.  [default: 60]",
        show_default=False,
        rich_help_panel=REGISTRIES,
    ),
]
Style = Annotated[
    str | None,
    typer.Option(
        metavar="NAME|FILE.csl",
        help="A CSL style; see compcite styles.",
        show_default=False,
        autocompletion=complete_style,
    ),
]
Locale = Annotated[
    str | None, typer.Option(metavar="xx-XX", help="The locale.", show_default=False)
]
Markup = Annotated[
    str,
    typer.Option(metavar="MARKUP", help=f"{', '.join(MARKUPS)}.", callback=_known_markup),
]
DocumentMarkup = Annotated[
    str | None,
    typer.Option(
        "--markup",
        metavar="MARKUP",
        help=f"{', '.join(DOCUMENT_MARKUPS)}; else by the ending of --output, else text.",
        show_default=False,
        callback=_known_document_markup,
    ),
]
