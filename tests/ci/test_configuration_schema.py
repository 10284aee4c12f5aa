"""The configuration as editors and readers know it."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft7Validator

from compcite.cli._schema import configuration_schema
from compcite.config import OPTIONS, load_config
from compcite.errors import ConfigError

if TYPE_CHECKING:
    from tests.cli.conftest import Compcite

DOCS = Path(__file__).parents[2] / "docs"


def test_the_command_prints_the_schema_in_the_documentation(compcite: Compcite) -> None:
    """``compcite config --schema`` needs no other file of the project."""
    written = (DOCS / "compcite.schema.json").read_text(encoding="utf-8")

    assert written == compcite("config", "--schema").out


def test_the_schema_is_one() -> None:
    """Draft 7, the one that editors' TOML plugins read."""
    Draft7Validator.check_schema(configuration_schema())

    assert configuration_schema()["additionalProperties"] is False


@pytest.mark.parametrize("name", [option.key for option in OPTIONS])
def test_every_key_is_documented(name: str) -> None:
    """With the variable that overrides it, where there is one."""
    page = (DOCS / "configuration.md").read_text(encoding="utf-8")
    variables = [option.variable for option in OPTIONS if option.key == name and option.variable]

    assert f"| `{name}` |" in page
    assert [variable for variable in variables if f"`{variable}`" not in page] == []


VALID = [
    'sources = "a.bib"',
    'select = ["M5", "year-mismatch", "d301,D4"]',
    'ignore = "M"',
    'severity = {year-mismatch = "note"}',
    'per-source-ignores = {"*.bib" = ["doi-missing"]}',
    'per-entry-ignores = [{key = "k", rules = ["M5"], reason = "sic", until = "2027-01-01"}]',
    'fail-on = "never"\ntimeout = 1.5\ncache-found-days = 0\nlocale = "de-DE"',
    'crossref-url = "http://127.0.0.1:8080"',
    'tidy = {sort = "key", order = ["usual"], indent = "tab", wrap = 80, trailing-comma = false}',
]
INVALID = [
    'source = "a.bib"',
    "sources = [1]",
    'severity = {year-mismatch = "grave"}',
    'per-entry-ignores = [{key = "k", doi = "10.1/x", rules = ["M5"], reason = "sic"}]',
    'per-entry-ignores = [{key = "k", rules = ["M5"]}]',
    'fail-on = "sometimes"',
    "timeout = 0",
    "cache-found-days = 1.5",
    'doi-url = "doi.org"',
    "tidy = {indent = -1}",
    "tidy = {trailing-comma = 1}",
    'tidy = {brackets = "round"}',
    'tidy = "key"',
]


@pytest.mark.parametrize("text", VALID)
def test_what_the_schema_takes_is_taken(tmp_path: Path, text: str) -> None:
    """An editor that is content means a run that starts."""
    (tmp_path / "compcite.toml").write_text(text + "\n", encoding="utf-8")

    assert list(Draft7Validator(configuration_schema()).iter_errors(tomllib.loads(text))) == []
    assert load_config(tmp_path, {}).origins != {}


@pytest.mark.parametrize("text", INVALID)
def test_what_the_schema_refuses_is_refused(tmp_path: Path, text: str) -> None:
    """An editor complains where a run would."""
    (tmp_path / "compcite.toml").write_text(text + "\n", encoding="utf-8")

    assert not Draft7Validator(configuration_schema()).is_valid(tomllib.loads(text))
    with pytest.raises(ConfigError):
        load_config(tmp_path, {})


def test_the_example_of_the_documentation_is_valid(tmp_path: Path) -> None:
    """As the run and as the editor read it."""
    page = (DOCS / "configuration.md").read_text(encoding="utf-8")
    text = page.partition("```toml\n")[2].partition("```")[0]
    (tmp_path / "pyproject.toml").write_text(text, encoding="utf-8")
    config = load_config(tmp_path, {})
    table = json.loads(json.dumps(tomllib.loads(text)["tool"]["compcite"], default=str))

    assert config["severity"] == {"year-mismatch": "note"}
    assert list(Draft7Validator(configuration_schema()).iter_errors(table)) == []


def test_what_is_shown_as_in_force_is_toml_that_says_the_same(
    compcite: Compcite, folder: Path
) -> None:
    """``compcite config`` can be written to a file and be in force there."""
    (folder / "compcite.toml").write_text("\n".join([*VALID, 'style = "a\\\\b\\"c"\n']), "utf-8")
    shown = compcite("config").out
    before = load_config(folder)
    other = folder / "other"
    other.mkdir()
    (other / "compcite.toml").write_text(shown, encoding="utf-8")

    assert f"({folder / 'compcite.toml'})\nstyle = " in shown
    assert load_config(other).values == before.values
