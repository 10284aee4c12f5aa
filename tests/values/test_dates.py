"""Dates written as text."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compcite.model.item import Date
from compcite.values.dates import read_date


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2001", Date(((2001,),))),
        ("2001-05", Date(((2001, 5),))),
        ("2001-05-12", Date(((2001, 5, 12),))),
        ("2001/2002", Date(((2001,), (2002,)))),
        ("2001-05/2001-06", Date(((2001, 5), (2001, 6)))),
        ("2001/..", Date(((2001,), (0,)))),
        ("../2001", Date(((0,), (2001,)))),
        ("2001~", Date(((2001,),), circa=True)),
        ("199X", Date(((1990,), (1999,)))),
        ("-0043", Date(((-44,),))),  # EDTF has a year 0, which is 1 BC
        ("2001-21", Date(((2001,),), season=1)),
        ("2001-21/2001-22", Date(((2001,), (2001,)), season=1, end_season=2)),
        ("12 May 2001", Date(((2001, 5, 12),))),
        ("May 12, 2001", Date(((2001, 5, 12),))),
        ("12. März 2001", Date(((2001, 3, 12),))),
        ("12 May 2001 – 3 June 2002", Date(((2001, 5, 12), (2002, 6, 3)))),
        ("May–June 2001", Date(((2001, 5), (2001, 6)))),
        ("Fall 2001", Date(((2001,),), season=3)),
        ("Spring 1999 - Summer 2001", Date(((1999,), (2001,)), season=1, end_season=2)),
        ("summer 2000-fall 2001", Date(((2000,), (2001,)), season=2, end_season=3)),
        ("c. 1900", Date(((1900,),), circa=True)),
        ("circa May 2001", Date(((2001, 5),), circa=True)),
        (
            "5/6/2001",
            Date(((2001, 5, 6),)),
        ),  # slashes: the month first, where both orders are dates
        ("25/6/2001", Date(((2001, 6, 25),))),
        ("5.6.2001", Date(((2001, 6, 5),))),
        ("1999-2001", Date(((1999,), (2001,)))),
        ("44 BC", Date(((-44,),))),
        ("54 AD", Date(((54,),))),
        ("2001-13", Date(((2001,), (2013,)))),  # no month, but the years of a volume
        ("in press", Date(literal="in press")),
    ],
)
def test_dates_in_edtf_and_in_words(written: str, expected: Date) -> None:
    """EDTF and the usual forms of words are dates, everything else a literal."""
    assert expected == read_date(written)


@given(st.dates())
def test_iso_dates_are_read(date: Any) -> None:  # noqa: ANN401  hypothesis gives datetime.date
    """Every ISO 8601 date is understood."""
    assert ((date.year, date.month, date.day),) == read_date(date.isoformat()).parts


@given(st.text())
def test_no_text_is_too_odd_for_a_date(text: str) -> None:
    """Whatever is no date is kept as it was."""
    date = read_date(text)
    assert date.parts or date.literal == text.strip()
