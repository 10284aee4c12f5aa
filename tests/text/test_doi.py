"""DOIs in every form in which people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compcite.model.doi import DOI
from compcite.text.arxiv import arxiv_doi, find_arxiv_ids
from compcite.text.doi import find_dois, read_doi, without_page

PLAIN = "10.1016/j.beth.2016.11.012"
SICI = "10.1002/(SICI)1097-4636(199823)43:4<338::AID-JBM16>3.0.CO;2-B"
SICI_ESCAPED = "10.1002/%28SICI%291097-4636%28199823%2943%3A4%3C338%3A%3AAID-JBM16%3E3.0.CO%3B2-B"

SPELLINGS = [
    # bare, labelled, resolved
    (PLAIN, PLAIN),
    (f"  {PLAIN}\n", PLAIN),
    (PLAIN.upper(), PLAIN.upper()),
    (f"doi:{PLAIN}", PLAIN),
    (f"DOI: {PLAIN}", PLAIN),
    (f"DOI {PLAIN}", PLAIN),
    (f"urn:doi:{PLAIN}", PLAIN),
    (f"info:doi/{PLAIN}", PLAIN),
    (f"doi.org/{PLAIN}", PLAIN),
    (f"dx.doi.org/{PLAIN}", PLAIN),
    (f"https://doi.org/{PLAIN}", PLAIN),
    (f"http://dx.doi.org/{PLAIN}", PLAIN),
    (f"https://www.doi.org/{PLAIN}", PLAIN),
    (f"https:/doi.org/{PLAIN}", PLAIN),
    (f"http://https://doi.org/{PLAIN}", PLAIN),
    (f"https://doi.org/https://doi.org/{PLAIN}", PLAIN),
    (f"DOI:https://doi.org/{PLAIN}", PLAIN),
    (f"https://doi.org/doi:{PLAIN}", PLAIN),
    (f"https://doi-org.proxy.lib.edu/{PLAIN}", PLAIN),
    (f"https://onlinelibrary.wiley.com/doi/abs/{PLAIN}", PLAIN),
    # what stands behind and around
    (f"{PLAIN}.", PLAIN),
    (f"{PLAIN},", PLAIN),
    (f"{PLAIN};", PLAIN),
    (f"({PLAIN})", PLAIN),
    (f"[doi:{PLAIN}]", PLAIN),
    (f"<{PLAIN}>", PLAIN),
    (f"<https://doi.org/{PLAIN}>", PLAIN),
    (f"“{PLAIN}”", PLAIN),
    (f"{PLAIN}\u200b", PLAIN),
    (f"https://doi.org/{PLAIN}?utm_source=x&utm_medium=y", PLAIN),
    (f"https://doi.org/{PLAIN}#abstract", PLAIN),
    ("10.1000/a#b", "10.1000/a#b"),
    # markup of Markdown, Org and HTML
    (f"[{PLAIN}](https://doi.org/{PLAIN})", PLAIN),
    (f"[[https://doi.org/{PLAIN}][{PLAIN}]]", PLAIN),
    (f'<a href="https://doi.org/{PLAIN}" target="_blank">https://doi.org/{PLAIN}</a>', PLAIN),
    (f"<a href='https://doi.org/{SICI_ESCAPED}'>{SICI}</a>", SICI),
    (f"<p>{PLAIN}</p><br/>", PLAIN),
    (f"`{PLAIN}`", PLAIN),
    (f"**https://doi.org/{PLAIN}**", PLAIN),
    # short DOIs
    ("10/fz5d", "10/fz5d"),
    ("doi:10/fz5d", "10/fz5d"),
    ("doi:10/123", "10/123"),
    ("https://doi.org/10/fz5d", "10/fz5d"),
    ("http://dx.doi.org/10/fz5d.", "10/fz5d"),
    ("https://doi.org/fz5d", "10/fz5d"),
    # LaTeX
    (r"10.1007/978-3-642-1\_2", "10.1007/978-3-642-1_2"),
    (r"10.1007/978-3-642-1{\_}2", "10.1007/978-3-642-1_2"),
    (r"10.1007/978-3-642$\backslash$_1", "10.1007/978-3-642_1"),
    (rf"\url{{https://doi.org/{PLAIN}}}", PLAIN),
    (rf"\href{{https://doi.org/{PLAIN}}}{{{PLAIN}}}", PLAIN),
    (f"{{{PLAIN}}}", PLAIN),
    (f"${PLAIN}$", PLAIN),
    (r"10.1016\/j.beth.2016.11.012", PLAIN),
    # escapes of URLs and HTML
    (PLAIN.replace("/", "%2F"), PLAIN),
    (PLAIN.replace("/", r"\%2F"), PLAIN),
    (PLAIN.replace("/", "%252F"), PLAIN),
    ("10.1371%5C%2Fjournal.pone.1", "10.1371/journal.pone.1"),
    # SICIs
    (SICI, SICI),
    (f"doi:{SICI}.", SICI),
    (f"<https://doi.org/{SICI}>", SICI),
    (f"https://doi.org/{SICI_ESCAPED}", SICI),
    (SICI.replace("<", "$<$").replace(">", "$>$"), SICI),
    (SICI.replace("<", r"{\textless}").replace(">", r"{\textgreater}"), SICI),
    (SICI.replace("<", "&lt;").replace(">", "&gt;"), SICI),
    ("10.1016/S0140-6736(05)12345-X", "10.1016/S0140-6736(05)12345-X"),
    ("(10.1016/S0140-6736(05)12345-X)", "10.1016/S0140-6736(05)12345-X"),
    # check characters that look like punctuation
    ("10.18730/M5K8*", "10.18730/M5K8*"),
    ("10.18730/M5K8$", "10.18730/M5K8$"),
    ("https://doi.org/10.18730/M5K8=", "10.18730/M5K8="),
    # broken by a blank or the end of a line
    ("10.1016/ j.beth.2016.11.012", PLAIN),
    ("10.1016/j.beth.2016.\n   11.012", PLAIN),
    ("10.1016/j.beth\u20102016", "10.1016/j.beth-2016"),
]


@pytest.mark.parametrize(("spelled", "bare"), SPELLINGS)
def test_every_spelling_of_a_doi_is_read(spelled: str, bare: str) -> None:
    """However a DOI is written, the bare DOI is read."""
    found = read_doi(spelled)
    assert found is not None
    assert found.doi == bare


@pytest.mark.parametrize(("spelled", "bare"), SPELLINGS)
def test_the_spelling_may_be_replaced_by_the_bare_doi(spelled: str, bare: str) -> None:
    """What a fix leaves in the field is read as the same DOI."""
    found = read_doi(spelled)
    assert found is not None
    fixed = read_doi(spelled[: found.start] + found.doi + spelled[found.end :])
    assert fixed is not None
    assert fixed.doi == bare


@pytest.mark.parametrize(
    "text",
    [
        "",
        "n/a",
        "S0005-7894(16)30112-3",
        "https://www.jstor.org/stable/2346178",
        "10.1000/",
        "110.1000/x",
        f"see {PLAIN}",
        f"{PLAIN} accessed 2012",
        f"{PLAIN}; 10.1000/x",
        f"{PLAIN};10.1000/x",
    ],
)
def test_anything_else_is_no_doi(text: str) -> None:
    """A field with other words, or with two DOIs, holds no DOI."""
    assert read_doi(text) is None


@pytest.mark.parametrize(
    "text", ["2016/12", "10/3-4", "p. 10/ab", "https://www.doi.org/about.html"]
)
def test_numbers_and_pages_are_no_short_doi(text: str) -> None:
    """Nothing may stand beside it."""
    assert read_doi(text) is None


def test_dois_are_found_among_words() -> None:
    """In running text a DOI ends before the punctuation of the sentence."""
    text = "See https://doi.org/10.1000/abc, (doi:10.1000/d(e)f) and 10.1000/xyz."
    assert [found.doi for found in find_dois(text)] == [
        "10.1000/abc",
        "10.1000/d(e)f",
        "10.1000/xyz",
    ]


@pytest.mark.parametrize(
    "identifier",
    [
        "2101.00001",
        "arXiv:2101.00001",
        "2101.00001v2",
        "https://arxiv.org/abs/2101.00001",
        "https://arxiv.org/pdf/2101.00001v3.pdf",
        "arXiv:2101.00001 [cs.LG]",
    ],
)
def test_an_arxiv_identifier_has_a_doi(identifier: str) -> None:
    """ArXiv registers one DOI for all versions of a paper."""
    assert arxiv_doi(identifier) == "10.48550/arXiv.2101.00001"


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("arXiv preprint arXiv:2101.00001", "2101.00001"),
        ("arXiv e-prints, arXiv:2101.00001v3 [cs.LG]", "2101.00001"),
        ("https://arxiv.org/pdf/2101.00001v2.pdf", "2101.00001"),
        ("Available at arxiv.org/abs/hep-th/9901001", "hep-th/9901001"),
        ("abs/2101.00001", "2101.00001"),
        ("2101.00001v1", "2101.00001"),
        ("arXiv:math.AG/0601001", "math/0601001"),
    ],
)
def test_a_text_names_an_arxiv_identifier(text: str, identifier: str) -> None:
    """A label or an address makes a number one, or that nothing stands beside it."""
    assert [one.doi for one in find_arxiv_ids(text)] == [f"10.48550/arXiv.{identifier}"]


@pytest.mark.parametrize("text", ["Sensors 2101.00001 (2021)", "arXiv:2113.00001", "abs/12", ""])
def test_other_numbers_are_no_arxiv_identifiers(text: str) -> None:
    """Identifiers begin with a year and a month."""
    assert list(find_arxiv_ids(text)) == []


def test_the_version_is_no_part_of_an_arxiv_doi() -> None:
    """Only the bare identifier is registered."""
    found = read_doi("https://doi.org/10.48550/arXiv.2101.00001v2")
    assert found is not None
    assert found.doi == "10.48550/arXiv.2101.00001"


@pytest.mark.parametrize("part", [" ", ". ", "doi ", "doi: ", "http: / ", "/ ", "a. ", "_ "])
def test_what_repeats_thousands_of_times_is_no_doi(part: str) -> None:
    """It is read at once: without recursion, and in time that grows with the length alone."""
    assert read_doi(part * 20_000 + "!") is None
    assert list(find_dois(part * 20_000)) == []


def test_dois_are_equal_without_regard_to_case() -> None:
    """Letter case is no part of a DOI."""
    assert DOI.parse(PLAIN.upper()) == DOI(PLAIN)


def test_a_doi_makes_a_link_that_works() -> None:
    """Signs that a URL may not hold are escaped in the link and nowhere else."""
    doi = DOI("10.1000/a<b>#c")
    assert (str(doi), doi.prefix) == ("10.1000/a<b>#c", "10.1000")
    assert doi.url == "https://doi.org/10.1000/a%3Cb%3E%23c"


SUFFIX = st.text("abcXYZ0123456789.-_()/;:<>", min_size=1, max_size=20)


@given(SUFFIX.map(lambda suffix: f"10.1000/{suffix}z"))
def test_a_bare_doi_is_read_as_it_stands(doi: str) -> None:
    """Whatever a suffix holds, a bare DOI that ends in a letter is read in one piece."""
    found = next(find_dois(doi))
    assert doi.startswith(found.doi)
    if doi.count("(") == doi.count(")") and not any(sign in doi for sign in ";:<>"):
        assert found.doi == doi


@given(st.text("10.1234/ab \\{}<>$&;,%?#doi:htps", max_size=60))
def test_what_is_found_stands_in_the_text(text: str) -> None:
    """Places are within the text, in order, and do not overlap; nothing fails."""
    places = [(found.start, found.end) for found in find_dois(text)]
    flat = [offset for place in places for offset in place]
    assert flat == sorted(flat)
    assert all(0 <= offset <= len(text) for offset in flat)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 100_000,
        "http://" + "a/" * 20_000,
        "10.1000/" * 10_000,
        "doi:" * 20_000,
        "\\url{" * 20_000,
        "10.1000/a" + ";;" * 20_000,
    ],
)
def test_long_texts_take_linear_time(text: str) -> None:
    """No text makes the reader slow; one that did would stall this test for hours."""
    assert sum(1 for _ in find_dois(text)) <= len(text)


@pytest.mark.no_cover
@pytest.mark.parametrize("piece", ["10.1000/a;", r"\doi{10.1000/a}", "10.1000/a?utm_source=x "])
def test_a_long_run_without_blanks_takes_no_longer_than_its_parts(piece: str) -> None:
    """A file in one line costs what the same DOIs in many lines cost, and all are found."""
    assert {found.doi for found in find_dois(piece * 20_000)} == {"10.1000/a"}


@pytest.mark.parametrize("tail", [")", ">", "<" + ">" * 9, ".", "?"])
def test_a_long_tail_is_no_part_of_a_doi(tail: str) -> None:
    """However many brackets and stops follow, what is found begins with the DOI."""
    (found,) = find_dois("10.1000/a" + tail * 20_000)
    assert found.doi.startswith("10.1000/a")


@pytest.mark.parametrize(
    ("address", "bare"),
    [
        ("10.1000/a/full", "10.1000/a"),
        ("10.1101/2020.01.01v2.full.pdf", "10.1101/2020.01.01"),
        ("10.1000/a?journal=b", "10.1000/a"),
        ("10.1000/a.b", "10.1000/a.b"),
    ],
)
def test_the_name_of_a_page_is_no_part_of_a_doi(address: str, bare: str) -> None:
    """Publishers append what is shown to the DOI in the addresses of their pages."""
    assert without_page(address) == bare
