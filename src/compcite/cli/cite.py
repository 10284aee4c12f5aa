"""``compcite cite``: print an in-text citation."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from compcite.cli import _console
from compcite.cli._completion import complete_key
from compcite.cli._library import load_with_warnings, name_repeated_keys
from compcite.cli._options import Locale, Markup, SourcesAsOption, Style
from compcite.config import load_config
from compcite.csl import Cite, Cluster, Processor, parse_locator, render
from compcite.csl import Style as LoadedStyle
from compcite.errors import ExitCode, UsageError
from compcite.formats.styled import item_under_key
from compcite.model.library import Library
from compcite.query import pick

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
            metavar="KEY[@PLACE]...",
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
    if narrative and (suppress_author or prefix):
        option = "--suppress-author" if suppress_author else "--prefix"
        raise UsageError(f"--narrative begins with the author: {option} does not go with it")
    config = load_config()
    library = load_with_warnings(config, source)
    cites = [
        replace(_cite(argument, library), suppress_author=suppress_author) for argument in keys
    ]
    name_repeated_keys(library, (cite.id for cite in cites))
    if locator:
        cites[-1] = _at(cites[-1], locator)
    cites[0] = replace(cites[0], prefix=prefix)
    cites[-1] = replace(cites[-1], suffix=suffix)
    items = [item_under_key(entry) for entry in library.entries]
    processor = Processor(LoadedStyle.load(style or config["style"]), locale or config["locale"])
    if narrative:
        clusters = [Cluster((cite,), mode="narrative") for cite in cites]
    else:
        clusters = [Cluster(tuple(cites))]
    for rendered in processor.citations(clusters, items):
        _console.result(render(rendered.content, markup) + "\n")
    return ExitCode.OK


def _cite(argument: str, library: Library) -> Cite:
    """The citation of one work: KEY, or KEY@PLACE where no key of the list has the ``@`` itself."""
    key, at, place = argument.partition("@")
    if not at or any(argument in entry.keys for entry in library.entries):
        key, place = argument, ""
    (entry,) = pick(library.entries, [key])
    return _at(Cite(entry.key), place) if place else Cite(entry.key)


def _at(cite: Cite, place: str) -> Cite:
    """The citation with a place in the work, such as "p. 12"."""
    label, locator = parse_locator(place)
    return replace(cite, label=label, locator=locator)
