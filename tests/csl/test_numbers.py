"""cs:number, cs:label and page ranges."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compcite.csl.rendering.numbers import is_numeric, is_plural, page_first, page_range, roman
from compcite.model.item import Item
from tests.csl.rendering import apa, entry


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2", True),
        ("2nd", True),
        ("D2", True),
        ("L2d", True),
        ("2, 3", True),
        ("2 & 4", True),
        ("2-4", True),
        ("iv", True),
        ("v-vii", True),
        ("xxv-3", True),
        ("mix", False),
        ("l", False),
        ("2–4", True),
        ("10 and 11", True),
        ("3.1", False),
        ("second", False),
        ("2nd edition", False),
        ("", False),
    ],
)
def test_is_numeric(text: str, expected: bool) -> None:  # noqa: FBT001  the table's last column
    """Numbers may have letters around them, and commas, hyphens, "&" or "and" between them.

    A place such as 3.1 is none: APA writes it without a label, as it does verses.
    """
    assert is_numeric(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12", False),
        ("12-15", True),
        ("12–15", True),
        ("12, 15", True),
        ("12 & 15", True),
        ("i-ix", True),
        ("3\\-B", False),
        ("EU-29702195U", False),
        ("367–368, fig. 333", True),
        ("1, fol. 186", False),
        ("A1-A3", True),
        ("A-1", False),
        ("A-C", False),
    ],
)
def test_is_plural(text: str, expected: bool) -> None:  # noqa: FBT001  likewise
    """Several numbers, or a range of them, have a plural label."""
    assert is_plural(text) is expected


@pytest.mark.parametrize(
    ("number", "form", "expected"),
    [
        ("2", "numeric", "2"),
        ("2", "ordinal", "2nd"),
        ("11", "ordinal", "11th"),
        ("13", "ordinal", "13th"),
        ("21", "ordinal", "21st"),
        ("111", "ordinal", "111th"),
        ("2", "long-ordinal", "second"),
        ("12", "long-ordinal", "12th"),
        ("14", "roman", "xiv"),
        ("2-4", "numeric", "2–4"),
        ("2-4", "ordinal", "2nd–4th"),
        ("2,4", "numeric", "2, 4"),
        ("2 & 4", "ordinal", "2nd &#38; 4th"),
        ("second", "ordinal", "second"),
    ],
)
def test_number(number: str, form: str, expected: str) -> None:
    """cs:number writes numeric content in its form and leaves other content as it is."""
    assert entry(f'<number variable="edition" form="{form}"/>', {"edition": number}) == expected


def test_ordinals_follow_the_gender_of_their_noun() -> None:
    """The French for "first edition" is feminine."""
    layout = '<number variable="edition" form="ordinal"/>'
    assert entry(layout, {"edition": "1"}, "fr-FR") == "1<sup>r</sup><sup>e</sup>"
    assert [entry(layout, {"edition": n}, "ca-AD") for n in ("1", "4", "21")] == ["1a", "4a", "21a"]


@pytest.mark.parametrize(
    ("attributes", "pages", "expected"),
    [
        ("", "12", "page"),
        ("", "12-15", "pages"),
        ('form="short"', "12-15", "pp."),
        ('form="short" strip-periods="true"', "12", "p"),
        ('plural="always"', "12", "pages"),
        ('plural="never"', "12-15", "page"),
        ('text-case="capitalize-first"', "12", "Page"),
        ('prefix="(" suffix=")"', "12", "(page)"),
        ("", None, ""),
    ],
)
def test_label(attributes: str, pages: str | None, expected: str) -> None:
    """cs:label names a variable that has content, singular or plural."""
    item = {"page": pages} if pages else {}
    assert entry(f'<label variable="page" {attributes}/>', item) == expected


def test_counts_are_plural_from_two_on() -> None:
    """The label of number-of-volumes and the like is plural for a count above one, or several.

    What is no number is not counted.
    """
    layout = '<label variable="number-of-volumes"/>'
    numbers = ("1", "2", "1a-1b", "2 boxes")
    labels = [entry(layout, {"number-of-volumes": number}) for number in numbers]
    assert labels == ["volume", "volumes", "volumes", "volume"]


@pytest.mark.parametrize(
    ("number", "expected"),
    [("1", "1-a"), ("22", "22-b"), ("3", "3-c"), ("4", "4-d"), ("12", "12-d"), ("30", "30-d")],
)
def test_the_four_ordinals_of_csl_1_0(number: str, expected: str) -> None:
    """Where a style has no term "ordinal", its fourth is for all but 1, 2, 3 and what ends so."""
    terms = "".join(
        f'<term name="ordinal-0{index}">-{letter}</term>'
        for index, letter in enumerate("abcd", start=1)
    )
    locale = f"<locale><terms>{terms}</terms></locale>"
    layout = '<number variable="edition" form="ordinal"/>'
    assert entry(layout, {"edition": number}, locale=locale) == expected


@pytest.mark.parametrize(
    ("style", "pages", "expected"),
    [
        ("", "321-28", "321–28"),
        ("expanded", "321-28", "321–328"),
        ("expanded", "N110-5", "N110-5"),
        ("expanded", "N110-N5", "N110–N115"),
        ("expanded", "1299b-1300", "1299b–1300"),
        ("minimal", "321-328", "321–8"),
        ("minimal-two", "321-328", "321–28"),
        ("chicago-15", "1496-1504", "1496–1504"),
        ("chicago-15", "100-104", "100–104"),
        ("chicago-15", "107-108", "107–8"),
        ("chicago-16", "1496-1500", "1496–500"),
        ("chicago-16", "808-833", "808–33"),
        ("chicago-16", "xxv-xxviii", "xxv–xxviii"),
        ("minimal", "71-72, 96-117", "71–2, 96–117"),
        ("minimal", "12--15", "12–5"),
        ("minimal", "3\\-B", "3-B"),
        ("minimal", "Smith-Jones", "Smith-Jones"),
    ],
)
def test_page_range(style: str, pages: str, expected: str) -> None:
    """Page ranges have the form of ``page-range-format`` (specification, appendix V)."""
    assert page_range(pages, style, "–") == expected


def test_page_range_format_of_a_style() -> None:
    """The option holds for the page variable."""
    layout = '<text variable="page"/>'
    assert entry(layout, {"page": "321-328"}, options='page-range-format="minimal"') == "321–8"


@given(st.integers(1, 9999), st.integers(1, 9999))
def test_expanding_undoes_shortening(first: int, length: int) -> None:
    """A shortened range says the same as the whole one."""
    whole = f"{first}–{first + length}"
    short = page_range(whole, "minimal", "–")
    assert page_range(short, "expanded", "–") == whole


@given(st.integers(1, 4999))
def test_roman_numerals_are_read_back(number: int) -> None:
    """A Roman numeral, read letter by letter, is the number."""
    values = {"m": 1000, "d": 500, "c": 100, "l": 50, "x": 10, "v": 5, "i": 1}
    digits = [values[letter] for letter in roman(number)]
    signed = [
        -digit if any(digit < later for later in digits[i + 1 : i + 2]) else digit
        for i, digit in enumerate(digits)
    ]
    assert sum(signed) == number


@pytest.mark.parametrize(
    ("pages", "expected"), [("12-15", "12"), ("12", "12"), ("S5, S7", "S5"), ("xii–xv", "xii")]
)
def test_page_first(pages: str, expected: str) -> None:
    """The variable page-first is what stands before the first separator."""
    assert page_first(pages) == expected


def test_numbers_of_any_length_are_printed() -> None:
    """Thousands of digits are no number that anybody counts by; they stay as they are."""
    digits = "9" * 5000
    text = {"title": "T", "volume": digits, "page": f"{digits}--{digits}"}
    ((_, printed),) = apa([Item("article-journal", text, id="k")])

    assert digits in printed


@pytest.mark.parametrize(
    ("form", "lang", "number", "expected"),
    [
        ("ordinal", "de-DE", "1-3", "1.–3."),
        ("long-ordinal", "fr-FR", "1-3", "premier‑troisième"),
        ("long-ordinal", "pt-BR", "2", "segunda"),
        ("numeric", "en-US", r"2\-3", "2-3"),
        ("roman", "en-US", "1, 3", "i, iii"),
        ("ordinal", "en-US", "10 and 11", "10th and 11th"),
        ("ordinal", "pt-PT", "3", "3.<sup>a</sup>"),
    ],
)
def test_numbers_of_languages(form: str, lang: str, number: str, expected: str) -> None:
    """Ranges have the language's delimiter, words are never those of another language.

    A language that has its suffixes only by gender gives one in some gender rather than none.
    """
    found = entry(f'<number variable="edition" form="{form}"/>', {"edition": number}, lang)
    assert found == expected


@pytest.mark.parametrize(
    ("variable", "text", "expected"),
    [
        ("number", "18-2424", "no. 18-2424"),
        ("number", "12, 13", "nos. 12, 13"),
        ("issue", "2019-04", "no. 2019-04"),
        ("issue", "3-4", "nos. 3–4"),
        ("volume", "9,367,592", "vol. 9,367,592"),
        ("page", "104-06", "pp. 104–06"),
        ("page", "S12-1–S12-9", "pp. S12-1–S12-9"),
        ("page", "S12-1-S12-9", "pp. S12-1–S12-9"),
        ("page", "297–297", "p. 297"),
    ],
)
def test_identifiers_are_neither_ranges_nor_lists(variable: str, text: str, expected: str) -> None:
    """A report's number and a number with thousands are one number, with the signs it has."""
    layout = f'<label variable="{variable}" form="short" suffix=" "/><text variable="{variable}"/>'
    assert entry(layout, {variable: text}) == expected


@pytest.mark.parametrize("locator", ["3 and 5", "iv and v", "3 & 5", "12a, b", "7–9"])
def test_a_label_of_several_places_is_plural(locator: str) -> None:
    """Several numbers, in whatever form and with whatever between them, are several places."""
    assert is_plural(locator)


@pytest.mark.parametrize("locator", ["3", "iv", "3:1-2", "3 passim", "mixed-methods"])
def test_a_label_of_one_place_is_singular(locator: str) -> None:
    """One number is one place, also where a range of verses is within it."""
    assert not is_plural(locator)


@pytest.mark.parametrize(
    ("volume", "expected"),
    [
        ("3", "vol. 3"),
        ("vol. 3", "vol. 3"),
        ("fol. 3", "fol. 3"),
        ("§ 5", "§ 5"),
        ("Part", "vol. Part"),
    ],
)
def test_a_number_with_a_label_of_its_own_has_no_second_one(volume: str, expected: str) -> None:
    """Nobody wants "vol. vol. 3"."""
    layout = '<label variable="volume" form="short" suffix=" "/><text variable="volume"/>'
    assert entry(layout, {"volume": volume}) == expected


def test_a_number_does_not_bring_the_label_that_the_style_writes() -> None:
    """The page "pp. 5-7" is a range of pages, also where the style writes no label."""
    layout = '<number variable="page"/><text variable="volume" prefix=", "/>'
    assert entry(layout, {"page": "pp. 5-7", "volume": "Vol. 3"}) == "5–7, 3"
    assert entry(layout, {"page": "fol. 5", "volume": "Part"}) == "fol. 5, Part"
