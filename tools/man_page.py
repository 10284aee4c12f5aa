"""Write the manual page ``docs/man/compcite.1`` from the help of the commands.

    python tools/man_page.py

The page holds all commands. ``man -l docs/man/compcite.1`` shows it; an installation puts it where
``man compcite`` finds it.
"""

from __future__ import annotations

import contextlib
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from compcite.cli._app import COMMANDS, command_line
from compcite.config import OPTIONS
from compcite.version import DOCUMENTATION

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["PAGE", "man_page"]

PAGE = Path(__file__).parents[1] / "docs" / "man" / "compcite.1"
_AS_IT_IS = "\b"  # the line before a paragraph whose lines typer does not join
_EXIT_CODES = [
    ("0", "There is nothing to report."),
    ("1", "There are findings at or above --fail-on."),
    ("2", "It could not run: bad usage, an unreadable source."),
    ("3", "Some DOIs could not be checked."),
    ("130", "It was interrupted."),
]


def _roff(text: str) -> str:
    """Text as roff: hyphens that can be copied, and nothing that is read as a request."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return re.sub(r"^(?=[.'])", r"\\&", text, flags=re.MULTILINE)


class ManPage:
    """What typer writes help with; its text becomes requests of the man macros."""

    width = 78  # typer breaks lines of the help of options by it

    def __init__(self) -> None:
        """Begin without lines."""
        self.lines: list[str] = []

    def write_usage(self, program: str, args: str = "", _prefix: str | None = None) -> None:
        """How a command is called."""
        self.lines += [".PP", f"\\fB{_roff(program)}\\fR {_roff(args)}"]

    def write_paragraph(self) -> None:
        """Begin a paragraph."""
        self.lines.append(".PP")

    @contextlib.contextmanager
    def indentation(self) -> Iterator[None]:
        """The macros indent by themselves."""
        yield

    @contextlib.contextmanager
    def section(self, heading: str) -> Iterator[None]:
        """A heading with what stands below it."""
        self.lines.append(f".SS {_roff(heading)}")
        yield

    def write_text(self, text: str) -> None:
        """Paragraphs; those below a mark keep their lines."""
        for paragraph in re.split(r"\n\s*\n", text.strip("\n")):
            self.lines.append(".PP")
            first, _, rest = paragraph.partition("\n")
            if first.strip() == _AS_IT_IS:
                self.lines += [".nf", _roff(rest), ".fi"]
            else:
                self.lines.append(_roff(" ".join(paragraph.split())))

    def write_dl(self, rows: Sequence[tuple[str, str]]) -> None:
        """Names with their meanings: options, arguments, commands."""
        for name, meaning in rows:
            self.lines += [
                ".TP",
                f"\\fB{_roff(name.strip())}\\fR",
                _roff(" ".join(meaning.split())),
            ]


def man_page() -> str:
    """The whole page."""
    page = ManPage()
    group: Any = command_line()
    context = typer.Context(group, info_name="compcite", resilient_parsing=True)
    page.lines += ['.TH COMPCITE 1 "" compcite "User Commands"']
    page.lines += [".ad l", ".nh", ".SH NAME"]  # neither blanks nor hyphens to fill a line
    page.lines += [f"compcite \\- {_roff(group.help.rstrip('.'))}", ".SH SYNOPSIS"]
    page.write_usage("compcite", "COMMAND [OPTIONS] [ARGS]...")
    page.lines.append(".SH COMMANDS")
    group.format_options(context, page)
    page.lines.append(".SH EXAMPLES")
    page.write_text(group.epilog.partition("\n")[2])
    for command in COMMANDS:
        page.lines.append(f'.SH "{_roff(f"compcite {command.name}".upper())}"')
        _write_command(page, group.get_command(context, command.name), context)
    page.lines.append(".SH EXIT STATUS")
    page.write_dl(_EXIT_CODES)
    page.lines.append(".SH ENVIRONMENT")
    page.write_dl([(one.variable, f"{one.meaning}.") for one in OPTIONS if one.variable])
    page.lines += [".SH SEE ALSO", _roff(DOCUMENTATION)]
    return "\n".join(page.lines) + "\n"


def _write_command(page: ManPage, command: Any, parent: Any) -> None:  # noqa: ANN401 - typer's
    """The help of a command, and of its subcommands."""
    context = typer.Context(command, info_name=command.name, parent=parent, resilient_parsing=True)
    command.format_help(context, page)
    for name in getattr(command, "commands", ()):
        _write_command(page, command.get_command(context, name), context)


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(man_page(), encoding="utf-8")
