"""``compcite show``: one entry whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Compcite


@pytest.mark.usefixtures("references")
def test_show_gives_fields_and_the_apa_form(compcite: Compcite) -> None:
    """Every field as written, then the reference as a paper would have it."""
    result = compcite("show", "raes2010rumination")

    assert (result.code, result.out) == (
        0,
        (
            "raes2010rumination  article  (references.bib:12)\n"
            '  author   Raes, Filip and Sch{\\"o}n, Ana\n'
            "  title    Rumination and worry as mediators\n"
            "  journal  Personality and Individual Differences\n"
            "  year     2010\n"
            "\n"
            "  APA: Raes, F., & Schön, A. (2010). Rumination and worry as mediators. Personality "
            "and Individual Differences.\n"
        ),
    )


@pytest.mark.usefixtures("references")
def test_show_says_that_a_doi_was_not_looked_up(compcite: Compcite) -> None:
    """Nothing is asked; what is not known is said to be unknown."""
    result = compcite("show", "neff2003self")

    assert result.out.endswith(
        "  Registry: 10.1080/15298860309032 has not been looked up yet; verify-dois does\n"
    )


@pytest.mark.usefixtures("references")
def test_an_unknown_key_ends_with_two(compcite: Compcite) -> None:
    """A key nobody has is an error."""
    assert compcite("show", "nobody").code == 2
