"""What every reader of names knows of suffixes and particles."""

from __future__ import annotations

import pytest

from compcite.formats import READERS
from compcite.model.item import Name
from compcite.model.source import SourceFile
from compcite.values.person_names import is_suffix, particle_behind

SPELLINGS = {
    "bibtex": "@misc{{k, author = {{{family}, {suffix}, {given}}}}}",
    "ris": "TY  - GEN\nAU  - {family}, {given}, {suffix}\nER  - \n",
    "nbib": "PMID- 1\nFAU - {family}, {given} {suffix}\n",
    "csl-json": '[{{"id": "k", "author": ["{family}, {given}, {suffix}"]}}]',
}


@pytest.mark.parametrize("suffix", ["Jr.", "Jr", "III", "iv", "2nd", "3rd"])
@pytest.mark.parametrize("form", SPELLINGS)
def test_a_suffix_is_one_in_every_format(form: str, suffix: str) -> None:
    """Each format has its own place for it, and one list says what it is."""
    text = SPELLINGS[form].format(family="Doe", given="Jane", suffix=suffix)
    entries, _ = READERS[form](SourceFile("list", text))
    assert (Name("Doe", "Jane", suffix=suffix),) == entries[0].item.names["author"]


@pytest.mark.parametrize("name", ["V", "I", "Vi", "Jane"])
def test_initials_and_given_names_are_no_suffixes(name: str) -> None:
    """One letter is an initial, and Vi a Vietnamese given name."""
    assert not is_suffix(name)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Humboldt, Alexander von", Name("Humboldt", "Alexander", "von")),
        ("Broek, Jan van den", Name("Broek", "Jan", "van den")),
        ("doe, jane mary", Name("doe", "jane mary")),
    ],
)
@pytest.mark.parametrize("form", ["bibtex", "ris"])
def test_a_particle_behind_the_given_name_is_told_by_its_word(
    form: str, written: str, expected: Name
) -> None:
    """A word in small letters that is no particle is a given name in a list without capitals."""
    text = {
        "bibtex": f"@misc{{k, author = {{{written}}}}}",
        "ris": f"TY  - GEN\nAU  - {written}\nER  - \n",
    }[form]
    entries, _ = READERS[form](SourceFile("list", text))
    assert (expected,) == entries[0].item.names["author"]


def test_a_given_name_without_particle_stays_as_it_is_written() -> None:
    """A thin space between initials is no ordinary one."""
    assert particle_behind("J.\u2009R.") == ("J.\u2009R.", "")
