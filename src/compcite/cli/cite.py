"""``compcite cite``: print an in-text citation."""

from __future__ import annotations

from typing import Annotated

import typer

from compcite.cli import _console
from compcite.cli._completion import complete_key
from compcite.cli._library import load_with_warnings, name_repeated_keys
from compcite.cli._options import Locale, Markup, SourcesAsOption, Style
from compcite.config import load_config
from compcite.errors import ExitCode
from compcite.verbs.cite import cite_entries

__all__ = ["EPILOG", "run"]

EPILOG = """Examples:

\b
  compcite cite au2016compassion
  compcite cite au2016compassion "raes2010rumination@p. 12" --prefix see
  compcite cite au2016compassion --narrative
  compcite cite raes2010rumination --style ieee

All keys stand in one citation; with --narrative, each stands in its own, one a line. Numbers and
the letters behind years are those of the whole list's bibliography, as export prints it.
"""


def run(
    keys: Annotated[
        list[str],
        typer.Argument(
            metavar="KEY[@PLACE]",
            help='Citation keys, each with the place in its work if you like: "neff2003@p. 12".',
            autocompletion=complete_key,
        ),
    ],
    source: SourcesAsOption = None,
    locator: Annotated[
        str | None,
        typer.Option(
            metavar="PLACE",
            help='The place in the last work cited, such as "p. 12", "chap. 3" or "Slide 7".',
            show_default=False,
        ),
    ] = None,
    narrative: Annotated[
        bool,
        typer.Option("--narrative", help="As part of a sentence: Au et al. (2017)."),
    ] = False,
    suppress_author: Annotated[
        bool,
        typer.Option("--suppress-author", help="Without the names, which the sentence gives."),
    ] = False,
    prefix: Annotated[
        str,
        typer.Option(metavar="TEXT", help='Words before the first work, such as "see".'),
    ] = "",
    suffix: Annotated[
        str,
        typer.Option(metavar="TEXT", help='Words after the last work, such as ", and others".'),
    ] = "",
    style: Style = None,
    locale: Locale = None,
    markup: Markup = "text",
) -> int:
    """Print the in-text citation of entries, (Au et al., 2016), in any style."""
    config = load_config()
    library = load_with_warnings(config, source)
    name_repeated_keys(library, (key.partition("@")[0] for key in keys))
    for citation in cite_entries(
        library.entries,
        keys,
        style=style or config["style"],
        locale=locale or config["locale"],
        markup=markup,
        narrative=narrative,
        suppress_author=suppress_author,
        prefix=prefix,
        suffix=suffix,
        locator=locator or "",
    ):
        _console.result(citation + "\n")
    return ExitCode.OK
