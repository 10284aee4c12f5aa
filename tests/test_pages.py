"""Pages of the documentation that are made from the code, and are up to date.

``COMPCITE_UPDATE_PAGES=1 python -m pytest tests/test_pages.py`` writes them anew.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import typer
from tools.man_page import PAGE, man_page

from compcite.checks import CHECK_FAMILIES, FAMILIES, RULES, VERIFY_FAMILIES
from compcite.cli import run
from compcite.cli._app import COMMANDS, command_line
from compcite.cli._schema import configuration_schema
from compcite.config import OPTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCS = Path(__file__).parents[1] / "docs"
WRITE_ANEW = "COMPCITE_UPDATE_PAGES=1 python -m pytest tests/test_pages.py"


def rules_page() -> Iterator[str]:
    """The lines of the page on rules."""
    yield "# Rules"
    yield ""
    yield "Made from the rules' own documentation, which `compcite rule NAME` prints. By default"
    yield f"`verify-dois` reports the families {', '.join(VERIFY_FAMILIES)}, and `check` reports"
    yield f"{', '.join(CHECK_FAMILIES)}."
    for family, subject in FAMILIES.items():
        yield f"\n## {family}: {subject}"
        for rule in RULES.values():
            if rule.family == family:
                yield f"\n### {rule.name}"
                yield f"\n{rule.code}, {rule.severity.value}, {rule.fix.value}."
                yield f"\n{rule.summary}"
                yield f"\n{rule.explanation}".rstrip()


def commands_page(capfd: pytest.CaptureFixture[str]) -> Iterator[str]:
    """The lines of the page on commands."""
    yield "# Commands"
    yield ""
    yield "What `compcite --help` and `compcite COMMAND --help` print."
    for arguments in ([], *([command.name] for command in COMMANDS)):
        run([*arguments, "--help"])
        lines = capfd.readouterr().out.splitlines()
        yield f"\n## {' '.join(['compcite', *arguments])}\n\n```text"
        yield "\n".join(line.rstrip() for line in lines).strip("\n")
        yield "```"


def configuration_page(page: str) -> str:
    """The page on the configuration with a row and a variable for each service of the tables."""
    services = [option for option in OPTIONS if option.key.endswith("-url")]
    rows = [f"| `{one.key}` | origin | `{one.default}` | {one.meaning} |\n" for one in services]
    variables = ", ".join(f"`{one.variable}`" for one in services)
    page = re.sub(r"(?:\| `\w+-url` \|.*\n)+", lambda _: "".join(rows), page)
    return re.sub(r"\| (?:`COMPCITE_\w+_URL`,? ?)+\|", lambda _: f"| {variables} |", page)


def up_to_date(name: str, text: str) -> tuple[str, str]:
    """What a page should be, and what it is; with COMPCITE_UPDATE_PAGES it is made so."""
    path = DOCS / name
    if os.environ.get("COMPCITE_UPDATE_PAGES"):
        path.write_text(text, encoding="utf-8")
    return text, path.read_text(encoding="utf-8")


def test_the_page_on_rules_is_up_to_date() -> None:
    """docs/rules.md says what the rules' docstrings say."""
    expected, actual = up_to_date("rules.md", "\n".join(rules_page()) + "\n")

    assert expected == actual, WRITE_ANEW


def test_the_page_on_commands_is_up_to_date(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """docs/commands.md says what the help says."""
    monkeypatch.setenv("COLUMNS", "90")
    expected, actual = up_to_date("commands.md", "\n".join(commands_page(capfd)) + "\n")

    assert expected == actual, WRITE_ANEW


def test_the_page_on_the_configuration_names_every_service() -> None:
    """docs/configuration.md has the services of the tables; all else on it is written by hand."""
    page = (DOCS / "configuration.md").read_text(encoding="utf-8")
    expected, actual = up_to_date("configuration.md", configuration_page(page))

    assert expected == actual, WRITE_ANEW


def test_the_schema_of_the_configuration_is_up_to_date() -> None:
    """docs/compcite.schema.json is what ``compcite config --schema`` prints."""
    schema = json.dumps(configuration_schema(), ensure_ascii=False, indent=2)
    expected, actual = up_to_date("compcite.schema.json", schema + "\n")

    assert expected == actual, WRITE_ANEW


def test_the_manual_page_is_up_to_date() -> None:
    """docs/man/compcite.1 says what the help says."""
    expected, actual = up_to_date("man/compcite.1", man_page())

    assert expected == actual, WRITE_ANEW


@pytest.mark.skipif(shutil.which("groff") is None, reason="there is no groff here")
def test_the_manual_page_is_read_without_a_warning() -> None:
    """By groff, with every warning on."""
    command = ["groff", "-man", "-ww", "-Tutf8", "-Kutf8", str(PAGE)]
    read = subprocess.run(command, capture_output=True, check=True)

    assert read.stderr.decode() == ""
    assert "verify-dois" in read.stdout.decode()


def test_no_page_names_material_that_a_reader_does_not_have() -> None:
    """What lies beside the repository on a developer's machine is no part of it."""
    pages = [*DOCS.rglob("*.md"), DOCS.parent / "README.md", DOCS.parent / "ARCHITECTURE.md"]
    assert [page.name for page in pages if "../shared" in page.read_text(encoding="utf-8")] == []


_COMMAND = re.compile(r"""(?:\$ )?(compcite [a-z](?:"[^"]*"|'[^']*'|(?! {3})[^#|&;<>"'])*)""")


def shown_commands(page: str) -> Iterator[str]:
    """The command lines of compcite in a page's code, up to a comment, a pipe and the like.

    A code block stands between fences or is indented. Behind three blanks follows what the help
    says about an example.
    """
    blocks = re.findall(r"^```\w*\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    indented = re.findall(r"^    (compcite [a-z].*)$", page, re.MULTILINE)
    inline = re.findall(r"`(compcite [^`\n]+)`", page)
    for line in (*inline, *indented, *(line for block in blocks for line in block.splitlines())):
        if match := _COMMAND.match(line.strip()):
            yield match[1].rstrip()


def test_every_command_that_a_page_names_exists() -> None:
    """And each option that a page gives a command is one of that command."""
    group: Any = command_line()
    context = typer.Context(group, resilient_parsing=True)
    options = {
        command.name: {
            name
            for parameter in group.get_command(context, command.name).params
            for name in (*parameter.opts, *parameter.secondary_opts)
        }
        for command in COMMANDS
    }
    wrong = [
        f"{page.name}: {line}"
        for page in (*DOCS.glob("*.md"), DOCS.parent / "README.md")
        if page.name != "commands.md"
        for line in shown_commands(page.read_text(encoding="utf-8"))
        if (words := line.split())[1] not in options
        or not {word.partition("=")[0] for word in words if word.startswith("--")}
        <= {*options[words[1]], "--help"}
    ]

    assert wrong == []
