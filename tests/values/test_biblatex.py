"""Whether an entry is written for biblatex or for BibTeX."""

from __future__ import annotations

import pytest

from compcite.formats.bibtex.read.reader import read_bibtex
from compcite.model.source import SourceFile
from compcite.values.biblatex import is_for_biblatex


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("@article{k, journal = {J}, year = 2000}", False),
        ("@misc{k, url = {https://example.org}}", False),
        ("@inbook{k, title = {T}, chapter = 3}", False),
        ("@article{k, journaltitle = {J}, year = 2000}", True),
        ("@article{k, journal = {J}, date = {2000-05}}", True),
        ("@book{k, title = {T}, subtitle = {S}}", True),
        ("@online{k, title = {T}}", True),
        ("@inbook{k, title = {T}, booktitle = {B}}", True),
    ],
)
def test_a_type_or_field_of_biblatex_alone_tells(entry: str, *, expected: bool) -> None:
    """What both have tells nothing; then the entry counts as BibTeX."""
    (read,), _ = read_bibtex(SourceFile("list.bib", entry))
    assert expected == is_for_biblatex(read)
