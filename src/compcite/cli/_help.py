"""Help in groups, and the sentence about a command line that cannot be understood.

Typer has a group for each option, the "panel", but shows it only with rich. Here the groups become
headings of plain help.
"""

from __future__ import annotations

import re
from typing import Any

from typer.core import TyperCommand, TyperGroup

from compcite.cli import _console
from compcite.cli._conversion import sparing_conversion
from compcite.errors import UsageError
from compcite.text.nearest import nearest, unknown

__all__ = [
    "FIXES",
    "REGISTRIES",
    "REPORT",
    "RULES",
    "SPARK",
    "CommandWithGroups",
    "GroupWithHelp",
    "is_usage_error",
    "usage_sentence",
]

# The groups in which the help of a command shows its options.
RULES = "What is reported"
REPORT = "How it is reported"
FIXES = "Repairs"
REGISTRIES = "Registries"
SPARK = "Spark"
_OTHER = "Options"


class CommandWithGroups(TyperCommand):
    """A command whose help shows the options under the headings of their groups."""

    def get_params(self, ctx: Any) -> Any:  # noqa: ANN401 - typer's signature
        """The parameters, which convert only what needs it."""
        return sparing_conversion(super().get_params(ctx))

    def collect_usage_pieces(self, ctx: Any) -> list[str]:  # noqa: ANN401 - typer's signature
        """The words behind ``Usage: compcite list``, without typer's braces: KEY, not {KEY}."""
        return [re.sub(r"\{(.*)\}", r"\1", piece) for piece in super().collect_usage_pieces(ctx)]

    def format_options(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - typer's signature
        """Write a section for the arguments, and one for each group of options."""
        _write_sections(self.get_params(ctx), ctx, formatter)


def _write_sections(parameters: Any, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - typer's
    """Write the help of a command's parameters under the headings of their groups."""
    sections: dict[str, list[tuple[str, str]]] = {}
    for parameter in parameters:
        if record := parameter.get_help_record(ctx):
            name, meaning = record
            # Typer says of an argument that it is a text, or several: KEY <list[str]>.
            row = (re.sub(r" <(?:str|list\[str\])>$", "", name), meaning)
            sections.setdefault(_heading(parameter), []).append(row)
    if _OTHER in sections:  # at the end, with --help, since the headings tell more
        sections[_OTHER] = sections.pop(_OTHER)
    for heading, records in sections.items():
        with formatter.section(heading):
            formatter.write_dl(records)


def _heading(parameter: Any) -> str:  # noqa: ANN401 - typer's parameter, whichever typer has
    """The heading under which the help shows an argument or an option."""
    if parameter.param_type_name == "argument":
        return "Arguments"
    return getattr(parameter, "rich_help_panel", None) or _OTHER


class GroupWithHelp(TyperGroup):
    """A command with subcommands: called alone it prints its help and ends with 0, as git does."""

    def get_params(self, ctx: Any) -> Any:  # noqa: ANN401 - typer's signature
        """The parameters, which convert only what needs it."""
        return sparing_conversion(super().get_params(ctx))

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - typer's signature
        """Read the arguments; without any, print the help and end the run."""
        if not args and not ctx.resilient_parsing:
            _console.out(ctx.get_help() + "\n")
            ctx.exit()
        return super().parse_args(ctx, args)

    def format_options(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - typer's signature
        """Write the subcommands before the few options, which are looked for less often."""
        self.format_commands(ctx, formatter)
        _write_sections(self.get_params(ctx), ctx, formatter)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401 - typer's signature
        """The subcommand that the arguments name.

        Raises UsageError with the nearest name where there is no such command.
        """
        name, known = args[0], self.list_commands(ctx)
        if name not in known and not (ctx.resilient_parsing or name.startswith("-")):
            near = nearest(name, known)
            hint = f"did you mean {near}? " if near else ""
            raise UsageError(
                f"there is no command {name}; {hint}{ctx.command_path} --help lists all"
            )
        return super().resolve_command(ctx, args)


def is_usage_error(error: Exception) -> bool:
    """Whether an exception is typer's own about a wrong command line, whichever typer this is."""
    return hasattr(error, "format_message")


def usage_sentence(error: Any) -> str:  # noqa: ANN401 - typer's error, whichever typer has
    """One line about a usage error of typer: what is wrong, what was meant, how to call it."""
    context, option = getattr(error, "ctx", None), getattr(error, "option_name", "")
    wrong, of_a_few, _ = getattr(error, "message", "").partition(" is not one of ")
    if of_a_few:
        choices = [str(getattr(one, "value", one)) for one in error.param.type_descriptor.choices]
        wrong = wrong.removeprefix("Value error, ").strip("'")  # as pydantic and Python write it
        return f"{error.param.opts[0]}: {unknown('value', wrong, choices)}"
    message = error.format_message().rstrip(".")
    if context is None:
        return str(message)
    if option and message.startswith("No such option"):
        known = [name for one in context.command.get_params(context) for name in one.opts]
        near = nearest(option, known)
        message = f"there is no option {option}" + (f"; did you mean {near}?" if near else "")
    pieces = " ".join(context.command.collect_usage_pieces(context))
    path = context.command_path
    stop = "" if message.endswith("?") else ";"
    return f"{message}{stop} usage: {path} {pieces} (see {path} --help)"
