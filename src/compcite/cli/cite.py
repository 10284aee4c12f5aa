"""``compcite cite``: the in-text citation."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from compcite.cli import _console
from compcite.cli._completion import complete_key
from compcite.cli._library import load
from compcite.cli._options import Locale, Markup, SourcesAsOption, Style
from compcite.config import load_config
from compcite.csl import Cite, Cluster, Processor, parse_locator, render
from compcite.csl import Style as LoadedStyle
from compcite.errors import ExitCode
from compcite.query import pick

__all__ = ["EPILOG", "run"]

EPILOG = """Examples:

\b
  compcite cite au2016compassion
  compcite cite au2016compassion neff2003self --locator "p. 12"
  compcite cite raes2010rumination --style ieee

All keys stand in one citation. Numbers and the letters behind years are those of the
whole list's bibliography, as export prints it.
"""


def run(
    keys: Annotated[
        list[str],
        typer.Argument(metavar="KEY...", help="Citation keys.", autocompletion=complete_key),
    ],
    source: SourcesAsOption = None,
    locator: Annotated[
        str | None,
        typer.Option(
            metavar="WHERE",
            help='The place in the last work cited, such as "p. 12" or "chap. 3".',
            show_default=False,
        ),
    ] = None,
    style: Style = None,
    locale: Locale = None,
    markup: Markup = "text",
) -> int:
    """Print the in-text citation of entries, (Au et al., 2016), in any style."""
    config = load_config()
    library = load(config, source)
    cites = [Cite(entry.key) for entry in pick(library.entries, keys)]
    if locator:
        label, place = parse_locator(locator)
        cites[-1] = replace(cites[-1], locator=place, label=label)
    items = [replace(entry.item, id=entry.key) for entry in library.entries]
    processor = Processor(LoadedStyle.load(style or config["style"]), locale or config["locale"])
    (rendered,) = processor.citations([Cluster(tuple(cites))], items)
    _console.result(render(rendered.content, markup) + "\n")
    return ExitCode.OK
