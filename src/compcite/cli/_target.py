"""``--to`` and ``--key-format``: the .bib file to which entries are added, and their keys."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compcite.cli._outputs import check_outputs
from compcite.cli._stopped_run import finish_before_reading
from compcite.cli._turn import take_turn
from compcite.errors import UsageError
from compcite.files.decoding import read_source
from compcite.files.regular import exists
from compcite.formats import format_of
from compcite.formats.keys import citation_key
from compcite.model.item import Item
from compcite.model.source import SourceFile

if TYPE_CHECKING:
    from compcite.config import Config

__all__ = ["KeyFormat", "To", "target_source"]


def _known_key_format(value: str) -> str:
    """The form of keys; raises UsageError for one with an unknown name in braces."""
    try:
        citation_key(Item("document"), (), value)
    except ValueError as error:
        raise UsageError(f"--key-format {value!r}: {error}") from None
    return value


To = Annotated[
    str | None,
    typer.Option(
        "--to",
        metavar="FILE",
        help="The .bib file; it is made where there is none.  [default: the only source]",
        show_default=False,
    ),
]
KeyFormat = Annotated[
    str,
    typer.Option(
        "--key-format",
        metavar="FORM",
        help="The citation key, of {author}, {year} and {title}.",
        callback=_known_key_format,
    ),
]


def target_source(config: Config, to: str | None, *, to_change: bool) -> SourceFile:
    """The .bib file to append to: ``to``, else the only default source.

    Its text is empty where it does not exist yet. With ``to_change`` no other run changes it until
    this run has ended. Raises UsageError where it is not clear which file, or where it is no .bib
    file.
    """
    names = [to] if to else _only_source(config)
    if len(names) > 1:
        raise UsageError(f"{len(names)} sources are configured; name one of them with --to")
    (name,) = names
    if name == "-":
        raise UsageError("an entry cannot be added to standard input; name a file with --to")
    if to_change:
        take_turn([name])
    finish_before_reading([name])
    path = Path(name)
    check_outputs([("--to", name)])
    source = read_source(name) if exists(path) else SourceFile(name, "", path)
    if format_of(source) != "bibtex":
        raise UsageError(f"{name}: entries are added to .bib files only")
    return source


def _only_source(config: Config) -> list[str]:
    """The default sources; where there is none, UsageError also says how to begin a list."""
    try:
        return config.sources([])
    except UsageError as error:
        raise UsageError(f"{error}; --to references.bib begins a new list") from None
