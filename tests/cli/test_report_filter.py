"""Ignores, severities and baselines on the command line and in the configuration."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from compcite.errors import ExitCode

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Compcite

LIST = """@article{one, author = {A, B}, title = {T}, journal = {J}, year = 2001, doi = {10/x}}
@article{two, author = {A, B}, title = {U}, journal = {J}, year = 2001, doi = {10/y}}
"""


@pytest.fixture
def malformed(folder: Path) -> Path:
    """A references.bib with two malformed DOIs."""
    path = folder / "references.bib"
    path.write_text(LIST, encoding="utf-8")
    return path


def keys(report: str) -> list[str]:
    """The keys of the entries in which a JSON report finds something."""
    return [entry["key"] for entry in json.loads(report)["entries"] if entry["findings"]]


def configure(path: Path, text: str) -> None:
    """Write the configuration beside a source."""
    path.with_name("compcite.toml").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("command", [("check",), ("verify-dois", "--offline")])
def test_what_is_ignored_counts_for_nothing(
    compcite: Compcite, malformed: Path, command: tuple[str, ...]
) -> None:
    """Beside the entry and in the configuration; the run ends with 0."""
    configure(
        malformed,
        '[[per-entry-ignores]]\nkey = "two"\nrules = ["doi-malformed"]\nreason = "sic"\n'
        "until = 2999-12-31\n",
    )
    comment = "% compcite: ignore[doi-malformed] sic\n"
    malformed.write_text(comment + LIST, encoding="utf-8")
    result = compcite(*command, "--report", "json")

    assert (result.code, keys(result.out), result.err) == (0, [], "")


def test_an_expired_ignore_is_said(compcite: Compcite, malformed: Path) -> None:
    """On stderr, and its finding is back."""
    configure(
        malformed,
        '[[per-entry-ignores]]\nkey = "two"\nrules = "D3"\nreason = "sic"\nuntil = 2020-01-01\n',
    )
    result = compcite("check", "--report", "json")

    assert (result.code, keys(result.out)) == (ExitCode.FINDINGS, ["one", "two"])
    assert "per-entry-ignores of two: expired on 2020-01-01 (sic)" in result.err


def test_sources_and_severities_are_configured(compcite: Compcite, malformed: Path) -> None:
    """A rule that weighs a note fails nothing; a source whose rules are ignored is clean."""
    configure(malformed, 'severity = {doi-malformed = "note"}\n')
    assert (compcite("check").code, compcite("check", "--fail-on", "note").code) == (0, 1)
    configure(malformed, '[per-source-ignores]\n"ref*.bib" = ["D3"]\n')
    assert compcite("check", "--fail-on", "note").code == 0


@pytest.mark.parametrize(
    "text",
    [
        'severity = {nonsense = "note"}',
        'severity = {D3 = "fatal"}',
        "severity = 1",
        'per-source-ignores = {"*.bib" = "nonsense"}',
        'per-source-ignores = "D3"',
        "per-entry-ignores = 1",
        '[[per-entry-ignores]]\nkey = "a"\nrules = ["D3"]',
        '[[per-entry-ignores]]\nkey = "a"\nrules = ["D3"]\nreason = ""',
        '[[per-entry-ignores]]\nkey = "a"\ndoi = "10.1/a"\nrules = ["D3"]\nreason = "x"',
        '[[per-entry-ignores]]\nkey = "a"\nrules = ["D3"]\nreason = "x"\nuntil = "soon"',
        '[[per-entry-ignores]]\nkey = "a"\nrules = ["D3"]\nreason = "x"\nwhen = 1',
        '[[per-entry-ignores]]\ndoi = "ten"\nrules = ["D3"]\nreason = "x"',
    ],
)
def test_a_configuration_that_makes_no_sense_ends_with_two(
    compcite: Compcite, malformed: Path, text: str
) -> None:
    """One sentence that names the file."""
    configure(malformed, text)
    result = compcite("check")

    assert (result.code, result.out, result.err.count("\n")) == (ExitCode.COULD_NOT_RUN, "", 1)
    assert "compcite.toml" in result.err


@pytest.mark.parametrize("command", [("check",), ("verify-dois", "--offline")])
def test_a_baseline_accepts_what_is_there(
    compcite: Compcite, malformed: Path, command: tuple[str, ...]
) -> None:
    """What comes later is reported; what is gone is said."""
    written = compcite(*command, "--write-baseline", "known.json")
    again = compcite(*command, "--baseline", "known.json")
    third = LIST.splitlines()[0].replace("one", "three").replace("{T}", "{V}")
    malformed.write_text(third + "\n" + LIST.splitlines()[1] + "\n", encoding="utf-8")
    later = compcite(*command, "--baseline", "known.json", "--report", "json")

    assert (written.code, written.err) == (0, "compcite: known.json: 2 findings accepted\n")
    assert (again.code, again.err) == (0, "")
    assert (later.code, keys(later.out)) == (ExitCode.FINDINGS, ["three"])
    assert "known.json: no longer found: doi-malformed of one; write the baseline" in later.err


def test_a_baseline_knows_its_sources_from_any_folder(
    compcite: Compcite, malformed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Paths are relative to the configuration's folder."""
    configure(malformed, 'sources = ["references.bib"]\n')
    compcite("check", "--write-baseline", "known.json")
    (malformed.parent / "sub").mkdir()
    monkeypatch.chdir(malformed.parent / "sub")

    assert compcite("check", "--baseline", "../known.json").code == 0


@pytest.mark.usefixtures("malformed")
def test_a_baseline_that_is_missing_ends_with_two(compcite: Compcite) -> None:
    """Before anything is checked."""
    result = compcite("check", "--baseline", "none.json")

    assert (result.code, result.out) == (ExitCode.COULD_NOT_RUN, "")
