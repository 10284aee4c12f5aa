"""The table of commands, and the one place where errors become exit codes."""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.main import get_command

from compcite.cli import _console
from compcite.cli._completion import completing
from compcite.cli._help import CommandWithGroups, GroupWithHelp, is_usage_error, usage_sentence
from compcite.cli._turn import end_turn
from compcite.errors import CompciteError, ExitCode
from compcite.version import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["COMMANDS", "GROUPS", "Command", "command_line", "run"]


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its name, the module of this package with its ``run``, and one line of help."""

    name: str
    module: str
    summary: str


GROUPS: dict[str, tuple[Command, ...]] = {
    "Look at a list": (
        Command("list", "list", "List the entries as a table."),
        Command("show", "show", "Show entries whole, with their APA form."),
        Command("open", "open", "Open the pages of works in the browser."),
    ),
    "Check it": (
        Command("verify-dois", "verify_dois", "Check every DOI with the registration agencies."),
        Command("check", "check", "Check what needs no network."),
        Command("audit", "audit", "Judge many lists at once, and write a table."),
        Command("rule", "rule", "Explain a rule, or list all rules."),
        Command("lock", "lock", "Write what the registries say to a file to be committed."),
    ),
    "Write from it": (
        Command("export", "export", "Write the entries as APA, BibTeX or CSL-JSON."),
        Command("cite", "cite", "Print the in-text citation of entries."),
        Command("styles", "styles", "List the CSL styles at hand."),
        Command("convert", "convert", "Convert between the formats that can be read and written."),
    ),
    "Change it": (
        Command("add", "add", "Append a registered work to a .bib file, in its own style."),
        Command("import", "import_", "Bring the entries of another list in."),
        Command("merge", "merge", "Make one entry of several that are one work."),
        Command("edit", "edit", "Set fields of an entry, or change it in an editor."),
        Command("remove", "remove", "Take entries out, unless something cites them."),
        Command("rename", "rename", "Rename citation keys, with every citation of them."),
        Command("update", "update", "Complete entries from the records of their works."),
        Command("tidy", "tidy", "Lay a .bib file out anew, its content untouched."),
    ),
    "Ask the registries": (
        Command("find", "find", "Find the registered works that match a citation in words."),
        Command("resolve", "resolve", "Show what the registry holds of a DOI."),
        Command("cache", "cache", "Show or clear the answers kept on this machine."),
        Command("snapshot", "snapshot", "Put the registries' data files on disk, to ask nobody."),
    ),
    "Set up compcite": (
        Command("lsp", "lsp", "Serve an editor: findings, fixes, citation keys."),
        Command("config", "config", "Show the configuration, and where each value comes from."),
    ),
}
"""The commands by the heading under which the help lists them."""

COMMANDS: tuple[Command, ...] = tuple(one for group in GROUPS.values() for one in group)
_BY_NAME = {command.name: command for command in COMMANDS}

_COMPLETION = ("--show-completion", "--install-completion")
# With this variable, typer takes the shell's name from the command line and does not detect it.
_SHELL_IS_NAMED = "_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION"

_CONTEXT = {"help_option_names": ["-h", "--help"]}
_EPILOG = """Examples:

\b
  compcite list                        the entries of references.bib
  compcite verify-dois paper.bib       does each DOI exist, and is it that work's?
  compcite export --format apa         the bibliography for a paper

Without a source: the configured ones, references.bib, data/references.bib, or the
only .bib file of the folder.  Exit codes: 0 nothing to report, 1 findings, 2 could
not run, 3 some DOIs could not be checked, 130 interrupted.
"""


class _Group(GroupWithHelp):
    """The whole command line; a command's module is imported only when it is called."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401, ARG002 - typer's signature
        """The commands in the order of the table."""
        return [command.name for command in COMMANDS]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401, ARG002 - typer's signature
        """The command of that name, built from its module; None for an unknown name."""
        command = _BY_NAME.get(cmd_name)
        return _build(command) if command else None

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401, ARG002 - typer's signature
        """Write the commands under the headings of their groups, without importing any."""
        width = max(map(len, _BY_NAME))
        for heading, commands in GROUPS.items():
            with formatter.section(heading):
                formatter.write_dl([(f"{one.name:<{width}}", one.summary) for one in commands])


def _build(command: Command) -> Any:  # noqa: ANN401 - typer's command class, whichever typer has
    """Import the module of a command, and return typer's command for it.

    A module has a function ``run``, or ``app`` if it has subcommands.
    """
    module = import_module(f"compcite.cli.{command.module}")
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    if hasattr(module, "app"):
        built = get_command(module.app)
    else:
        app.command(
            command.name,
            cls=CommandWithGroups,
            short_help=command.summary,
            epilog=module.EPILOG,
        )(module.run)
        built = get_command(app)
    built.name = command.name
    built.short_help = command.summary
    return built


def _print_version(wanted: bool) -> None:
    """Print the version and end the run, where ``--version`` is given."""
    if wanted:
        _console.out(f"compcite {__version__}\n")
        raise typer.Exit


def _group(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    """List, verify and export the reference list that a .bib file holds."""


def command_line() -> Any:  # noqa: ANN401 - typer's command class, whichever typer has
    """The whole command line as one typer command."""
    app = typer.Typer(cls=_Group, rich_markup_mode=None, context_settings=_CONTEXT)
    app.callback(epilog=_EPILOG)(_group)
    return get_command(app)


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return the exit code.

    Errors are said on stderr. No exception leaves this function, unless COMPCITE_DEBUG is set and
    the exception is a bug.
    """
    _console.prepare()
    if len(arguments) > 1 and arguments[0] in _COMPLETION:
        os.environ[_SHELL_IS_NAMED] = "1"
    try:
        with completing():
            code = command_line().main(list(arguments), prog_name="compcite", standalone_mode=False)
        if code == ExitCode.INTERRUPTED:  # what typer makes of Ctrl-C
            _console.error("interrupted")
        return int(code or 0)
    except CompciteError as error:
        _console.error(str(error))
        return int(error.exit_code)
    except MemoryError:
        _console.error("there is not enough memory for these files; give fewer of them at once")
        return int(ExitCode.COULD_NOT_RUN)
    except Exception as error:  # noqa: BLE001 - the last resort: a bug must never look like a finding
        return _unexpected(error)
    finally:
        end_turn()
        _console.close()


def _unexpected(error: Exception) -> int:
    """Report an error that is not compcite's own, and return the exit code.

    A wrong command line, found by typer, and an error of the system are told in one sentence.
    Anything else is reported as a bug. The code is 2 for all of these. Ctrl-C gives 130 without a
    message. If COMPCITE_DEBUG is set, an error of the system or a bug is raised again instead, so
    that its traceback is seen.
    """
    if is_usage_error(error):
        _console.error(usage_sentence(error))
        return int(ExitCode.COULD_NOT_RUN)
    if type(error).__name__ == "Abort":
        return int(ExitCode.INTERRUPTED)
    if os.environ.get("COMPCITE_DEBUG"):
        raise error
    if isinstance(error, OSError):
        _console.error(_system_sentence(error))
        return int(ExitCode.COULD_NOT_RUN)
    _console.error(
        f"a bug in compcite {__version__}: {type(error).__name__}: {error}; "
        "please report it (COMPCITE_DEBUG=1 shows where it happened)",
    )
    return int(ExitCode.COULD_NOT_RUN)


def _system_sentence(error: OSError) -> str:
    """What the operating system refused, with the path if it names one.

    It names none where the working folder has been deleted.
    """
    reason = error.strerror or str(error)
    if error.filename is not None:
        return f"{error.filename}: {reason}"
    try:
        Path.cwd()
    except FileNotFoundError:
        return "the working folder has been deleted; change to another folder"
    return f"the system refused something: {reason} (COMPCITE_DEBUG=1 shows where)"
