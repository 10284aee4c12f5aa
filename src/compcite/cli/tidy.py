"""``compcite tidy``: lay .bib files out anew, their content untouched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from compcite.cli import _console
from compcite.cli._changes import DiffOption, write_or_show
from compcite.cli._options import Sources
from compcite.cli._stopped_run import finish_before_reading
from compcite.cli._turn import take_turn
from compcite.config import load_config
from compcite.errors import ExitCode, UsageError
from compcite.files.decoding import read_source
from compcite.files.sources import Changed
from compcite.formats import format_of
from compcite.formats.bibtex.layout.choices import CHOICES, Layout
from compcite.query import is_known, refuse_unknown
from compcite.text.phrases import amount, in_words
from compcite.text.terminal import harmless
from compcite.verbs.load import find_files, library_of
from compcite.verbs.tidy import kept_blocks, tidy_source

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from compcite.config import Config
    from compcite.model.source import SourceFile

__all__ = ["EPILOG", "run"]

EPILOG = """Examples:

\b
  compcite tidy --diff                  look first
  compcite tidy refs.bib --sort key
  compcite tidy --sort=-year,author --order usual --align auto --wrap 80
  compcite tidy --check                 in CI: ends with 1 where something would change
  compcite tidy - < refs.bib > tidy.bib

The same choices can stand in the configuration, in the table tidy; see docs/tidy.md.
"""

_NAMED = 5  # blocks: enough to see what is wrong with them, and one line of a terminal
_OWN_NAMES = frozenset({"special", "usual"})  # words of --sort and --order that are no fields


def _option(name: str, help_text: str) -> Any:  # noqa: ANN401 - typer's class for options
    """The option of a choice of the layout that takes a value."""
    return typer.Option(
        f"--{name}", metavar=CHOICES[name].metavar, help=help_text, show_default=False
    )


def run(
    sources: Sources = None,
    sort: Annotated[
        list[str] | None,
        _option(
            "sort",
            "The order of the entries: key, author, year, type, special or any field; -year "
            "descends; repeatable.  [default: as they stand]",
        ),
    ] = None,
    order: Annotated[
        list[str] | None,
        _option(
            "order",
            "The fields that stand first in an entry; usual is the usual order; repeatable.  "
            "[default: as they stand]",
        ),
    ] = None,
    align: Annotated[
        str | None,
        _option(
            "align",
            "Where = stands, counted from the name; auto: behind the longest name of the entry.  "
            "[default: none]",
        ),
    ] = None,
    indent: Annotated[
        str | None, _option("indent", "The blanks before a field.  [default: 2]")
    ] = None,
    wrap: Annotated[
        str | None,
        _option("wrap", "The greatest length of the lines of a value.  [default: keep]"),
    ] = None,
    delimiters: Annotated[
        str | None, _option("delimiters", "What stands around values.  [default: braces]")
    ] = None,
    numbers: Annotated[
        str | None,
        _option("numbers", "Whether delimiters stand around numbers.  [default: keep]"),
    ] = None,
    blank_lines: Annotated[
        str | None, _option("blank-lines", "How many stand between entries.  [default: 1]")
    ] = None,
    trailing_comma: Annotated[
        bool | None,
        typer.Option(
            "--trailing-comma/--no-trailing-comma",
            help="Whether a comma stands behind the last field.  [default: it does]",
            show_default=False,
        ),
    ] = None,
    case: Annotated[
        str | None,
        _option("case", "The letter case of types and of fields' names.  [default: lower]"),
    ] = None,
    check: Annotated[
        bool,
        typer.Option(
            "--check", help="Write nothing, name the files that would change, end with 1 if so."
        ),
    ] = False,
    diff: DiffOption = False,
) -> int:
    """Lay .bib files out anew. What BibTeX and biber read stays as it is.

    Comments and other text stay before the entry that follows them. A block that cannot be read,
    or of which BibTeX would complain, keeps every byte.
    """
    config = load_config()
    given = {
        "sort": sort,
        "order": order,
        "align": align,
        "indent": indent,
        "wrap": wrap,
        "delimiters": delimiters,
        "numbers": numbers,
        "blank-lines": blank_lines,
        "trailing-comma": trailing_comma,
        "case": case,
    }
    layout = _layout(config, given)
    names = find_files(config.sources(list(sources or ())), tell=_console.error)
    if not (check or diff):
        take_turn(names)
    finish_before_reading(names)
    read = [_read(name) for name in names]
    _refuse_unknown_fields(layout, read)
    tidied = [Changed(source, tidy_source(source, layout)) for source in read]
    changed = [pair for pair in tidied if pair.before.text != pair.after.text]
    summary = _summary(len(changed), len(read), written=not (check or diff))
    if check and not diff:
        _console.out("".join(harmless(f"{pair.before.name}\n") for pair in changed))
        code = ExitCode.FINDINGS if changed else ExitCode.OK
    else:
        code = write_or_show(changed, read, diff=diff)
    for before, after in tidied:  # lines are those of the file as it is on disk now
        _tell_of_kept_blocks(before if check or diff else after)
    _console.note(summary)
    return code


def _layout(config: Config, given: Mapping[str, object]) -> Layout:
    """The layout to write: a choice of the command line comes before one of the configuration.

    Raises UsageError for a value that a choice does not take.
    """
    values = dict(config["tidy"])
    for name, value in given.items():
        if value is None:
            continue
        number = isinstance(value, str) and value.isascii() and value.isdigit()
        try:
            values[name] = CHOICES[name].read(int(str(value)) if number else value)
        except TypeError as wanted:
            raise UsageError(f"--{name} takes {wanted}, not {value!r}") from None
    return Layout(**{name.replace("-", "_"): value for name, value in values.items()})


def _read(name: str) -> SourceFile:
    """The source of this name; raises UsageError where it is no .bib file."""
    source = read_source(name)
    if format_of(source) != "bibtex":
        raise UsageError(f"{source.name}: only .bib files can be laid out")
    return source


def _refuse_unknown_fields(layout: Layout, sources: Sequence[SourceFile]) -> None:
    """Raise UsageError, with the nearest name, for a field that no entry has and nobody knows."""
    names = {name.lstrip("-") for name in (*layout.sort, *layout.order)} - _OWN_NAMES
    unknown = [name for name in sorted(names) if not is_known(name)]
    if unknown:  # only then the entries have to be read
        refuse_unknown(unknown, library_of(sources).entries)


def _tell_of_kept_blocks(source: SourceFile) -> None:
    """Say on stderr in which lines the blocks begin that stay as they are in every layout.

    At most the first few are named. Without such blocks, nothing is said.
    """
    places = kept_blocks(source)
    if places:
        lines = [f"{source.position(place).line:,}" for place in places[:_NAMED]]
        rest = len(places) - len(lines)
        named = in_words([*lines, f"{rest:,} more"] if rest else lines)
        what = "a block keeps" if len(places) == 1 else f"{len(places):,} blocks keep"
        _console.error(
            f"{source.name}: {what} every byte, since BibTeX would complain there: line {named}"
        )


def _summary(changed: int, read: int, *, written: bool) -> str:
    """The sentence at the end of a run, such as ``Tidied 2 of 5 sources``."""
    if not changed:
        return "Nothing to tidy."
    return f"{'Tidied' if written else 'Would tidy'} {changed:,} of {amount(read, 'source')}."
