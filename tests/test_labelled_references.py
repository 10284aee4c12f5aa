"""Verdicts on references that were labelled by hand: right ones pass, wrong ones are found.

``labelled/references.bib`` says above each entry what it is; ``labelled/works.json`` holds what
the registries answer. Together they show in small what docs/verdicts.md says of large sets.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from compcite.model.report import Severity
from compcite.registries.funnel import Registries
from compcite.verbs.load import load_library
from compcite.verbs.verify import verify_library
from tests.registry_server import RegistryServer

if TYPE_CHECKING:
    from compcite.model.report import Report

LABELLED = Path(__file__).parent / "labelled"
LIST = LABELLED / "references.bib"
_LABEL = re.compile(r"^% (right|wrong): .*?(?:: ([a-z, -]+))?\n@\w+\{(.+?),$", re.MULTILINE)

LABELS = {
    key: frozenset(rules.split(", ")) if verdict == "wrong" else frozenset()
    for verdict, rules, key in _LABEL.findall(LIST.read_text(encoding="utf-8"))
}
"""By key: the rules of which one must find the fault, none for a right reference."""


@pytest.fixture(scope="module")
def report() -> Report:
    """What is said of the list by a run against the registries."""
    held = json.loads((LABELLED / "works.json").read_text(encoding="utf-8"))
    with RegistryServer() as server:
        for work in held["crossref"]:
            server.add_work(work["DOI"], **{k: v for k, v in work.items() if k != "DOI"})
        for dataset in held["datacite"]:
            server.add_dataset(dataset["doi"], **{k: v for k, v in dataset.items() if k != "doi"})
        with Registries(server.settings()) as ask:
            return verify_library(load_library([str(LIST)]), ask)


def _of_entries(report: Report) -> dict[str, set[str]]:
    """By key: the rules that warn of an entry, without L7, as the list names works repeatedly."""
    return {
        entry.key: {
            finding.rule.name
            for finding in entry.findings
            if finding.severity is not Severity.NOTE and finding.rule.family != "L7"
        }
        for entry in report.entries
        if entry.key is not None
    }


def test_every_entry_of_the_list_has_a_label() -> None:
    """An entry without one would be judged by nobody."""
    assert sorted(LABELS) == sorted(entry.key for entry in load_library([str(LIST)]).entries)


def test_no_right_reference_is_accused(report: Report) -> None:
    """Initials, abbreviations, case, missing fields, short page ranges are how people write."""
    found = _of_entries(report)

    assert {key: found[key] for key, rules in LABELS.items() if not rules and found[key]} == {}


def test_every_wrong_reference_is_found(report: Report) -> None:
    """By the rule that names its fault."""
    found = _of_entries(report)
    missed = {key: found[key] for key, rules in LABELS.items() if rules and not rules & found[key]}

    assert missed == {}
