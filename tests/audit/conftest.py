"""What the tests of audits share: the command line, and lists to audit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import compcite, folder, registries

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["compcite", "folder", "registries"]

ONE = "@article{one, author={Berg, A.}, title={On one thing}, journal={J}, year={2001}}\n"
TWO = "@article{two, author={Ito, B.}, title={On two things}, journal={J}, doi={10.5555/two}}\n"


@pytest.fixture
def lists(folder: Path) -> Path:
    """A folder with two lists: ``a.bib`` lacks a DOI, ``b/b.bib`` lacks a year."""
    place = folder / "lists"
    (place / "b").mkdir(parents=True)
    (place / "a.bib").write_text(ONE, encoding="utf-8")
    (place / "b" / "b.bib").write_text(TWO, encoding="utf-8")
    return place
