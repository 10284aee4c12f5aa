"""Every reporter on every sample report, compared with what was read and found good.

``COMPCITE_UPDATE_SNAPSHOTS=1 pytest tests/reporters`` writes the snapshots anew; read the
difference before committing it. The version stands in them as ``VERSION``.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from compcite.model.report import Report
from compcite.reporters import REPORTERS
from compcite.reporters.text import statistics
from compcite.version import __version__
from tests.reporters.sample_reports import OPTIONS, SAMPLES, full_report

SNAPSHOTS = Path(__file__).parent / "snapshots"
VARIANTS = {
    "verbose": replace(OPTIONS, verbose=True),
    "concise": replace(OPTIONS, concise=True),
    "quiet": replace(OPTIONS, quiet=True),
    "colour": replace(OPTIONS, colour=True, width=80),
}


def _assert_snapshot(name: str, actual: str) -> None:
    """Compare with the snapshot of that name, or write it where that is asked for."""
    file = SNAPSHOTS / name
    actual = actual.replace(__version__, "VERSION")
    if os.environ.get("COMPCITE_UPDATE_SNAPSHOTS"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(actual, encoding="utf-8", newline="\n")
    approved = file.read_text(encoding="utf-8") if file.exists() else ""
    assert approved == actual, "COMPCITE_UPDATE_SNAPSHOTS=1 writes what you read and find good"


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("form", REPORTERS)
def test_each_report_reads_as_it_was_approved(form: str, sample: str) -> None:
    """A reporter's output changes only when somebody wants it to."""
    _assert_snapshot(f"{sample}.{form}.txt", REPORTERS[form](SAMPLES[sample](), OPTIONS))


@pytest.mark.parametrize("variant", VARIANTS)
def test_each_kind_of_text_reads_as_it_was_approved(variant: str) -> None:
    """Verbose, concise, quiet and coloured text."""
    _assert_snapshot(
        f"full.text-{variant}.txt", REPORTERS["text"](full_report(), VARIANTS[variant])
    )


def test_statistics_read_as_they_were_approved() -> None:
    """How often each rule was broken."""
    _assert_snapshot("full.statistics.txt", statistics(full_report(), OPTIONS))


def test_statistics_of_nothing_are_empty() -> None:
    """Without findings there is nothing to count."""
    assert statistics(Report(())) == ""
