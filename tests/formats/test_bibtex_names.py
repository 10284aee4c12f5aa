"""BibTeX name lists as names."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from compcite.formats.bibtex.read.name_fields import parse_names, split_names
from compcite.model.item import Name


def one(value: str) -> Name:
    """The only name of a list."""
    (name,), _ = parse_names(value)
    return name


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Neff, Kristin D.", Name("Neff", "Kristin D.")),
        ("Kristin D. Neff", Name("Neff", "Kristin D.")),
        ("Plato", Name("Plato")),
        ("van der Berg, Jan", Name("Berg", "Jan", non_dropping_particle="van der")),
        (r"F. d\textquotesingle Alch{\'e}-Buc", Name("d'Alché-Buc", "F.")),
        (r"O{\textquoteright}Neil, A.", Name("O’Neil", "A.")),
        ("Ortega y Gasset, José", Name("Ortega y Gasset", "José")),
        (r"Fosas de {P}ando, Miguel", Name("Fosas de Pando", "Miguel")),
        ("Van den Berg, Jan", Name("Van den Berg", "Jan")),
        ("van Der den {F}oo, B", Name("Der den Foo", "B", non_dropping_particle="van")),
        ("Jan van der Berg", Name("Berg", "Jan", non_dropping_particle="van der")),
        ("de la Cruz, Jr., Juan", Name("Cruz", "Juan", "", "de la", "Jr.")),
        ("Cruz, Juan, Jr.", Name("Cruz", "Juan", suffix="Jr.")),
        ("Brinch Hansen, Per", Name("Brinch Hansen", "Per")),
        ("O'Nions, R. K.", Name("O'Nions", "R. K.")),
        ("d'Ormesson, Jean", Name("d'Ormesson", "Jean")),
        ("al-Hasan, Ali", Name("al-Hasan", "Ali")),
        ("D.~E. Knuth", Name("Knuth", "D. E.")),
        ("Aquino, Thomas von", Name("Aquino", "Thomas", dropping_particle="von")),
        ("Kim, Min jung", Name("Kim", "Min jung")),
        ("Dixon, R.M.W.", Name("Dixon", "R. M. W.")),
        ("Sartre, J.-P.", Name("Sartre", "J.-P.")),
        ("毛泽东", Name("毛泽东")),
    ],
)
def test_the_three_forms_of_bibtex(written: str, expected: Name) -> None:
    """First von Last; von Last, First; von Last, Jr, First; and how people bend them."""
    assert expected == one(written)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (r"M{\"u}ller, J{\"o}rg", Name("Müller", "Jörg")),
        (r"{\'E}mile Zola", Name("Zola", "Émile")),
        (
            r"Charles Louis Xavier Joseph de la Vall{\'e}e Poussin",
            Name("Vallée Poussin", "Charles Louis Xavier Joseph", "", "de la"),
        ),
        ("{van der Berg}, Jan", Name("van der Berg", "Jan")),
        ("Sammy {Davis, Jr.}", Name("Davis, Jr.", "Sammy")),
        ("{World Health Organization}", Name(literal="World Health Organization")),
        ("{{WHO} and Friends}", Name(literal="WHO and Friends")),
        (r"{Barnes \& Noble}", Name(literal="Barnes & Noble")),
        (r"{\relax Ch}arles Xavier", Name("Xavier", "Charles")),
    ],
)
def test_braces_and_commands_in_names(written: str, expected: Name) -> None:
    """Letters are decoded, braces hold parts together, a braced name is an institution."""
    assert expected == one(written)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("family=Berg, given=Jan, prefix=van der", Name("Berg", "Jan", "", "van der")),
        (
            "given=Jan, family=Berg, prefix=van der, useprefix=false",
            Name("Berg", "Jan", "van der"),
        ),
        (
            'family="Smith, Jones", given={Anna and Bea}, suffix=Jr.',
            Name("Smith, Jones", "Anna and Bea", suffix="Jr."),
        ),
        ("id=x, family=Adler, given=Alfred, given-i=A", Name("Adler", "Alfred")),
    ],
)
def test_biblatex_names_with_named_parts(written: str, expected: Name) -> None:
    """The extended name format, with and without ``useprefix``."""
    assert expected == one(written)


@pytest.mark.parametrize("more", [" et al.", ", et al", " {et al.}", ", et. al."])
def test_et_al_is_no_part_of_the_last_name(more: str) -> None:
    """It says that there are more names than given, wherever it stands."""
    assert ((Name("Au", "T."),), True) == parse_names(f"Au, T.{more}")


def test_others_are_more_names() -> None:
    """At the end, ``and others`` and ``and et al.`` say that there are more names than given."""
    assert ((Name("Au", "T."),), True) == parse_names("Au, T. and others")
    assert ((Name("Au", "T."),), True) == parse_names("Au, T., et al.")
    assert ((Name("Set al.", "T."),), False) == parse_names("Set al., T.")
    assert ((Name("Au", "T."),), True) == parse_names("Au, T. and et al.")
    assert ((Name("Others", "M."),), False) == parse_names("Others, M.")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("A and B and C", ["A", "B", "C"]),
        ("A AND B\n  and C", ["A", "B", "C"]),
        ("{A and B} and C", ["{A and B}", "C"]),
        ("Sand, A and Brand, B", ["Sand, A", "Brand, B"]),
        ("Smith, A.; Jones, B.", ["Smith, A.", "Jones, B."]),
        ("A and and B", ["A", "B"]),
        ("and A", ["A"]),
        ("", []),
        (" and ", []),
        ("{A} and {B", ["{A}", "{B"]),
    ],
)
def test_a_list_is_taken_apart_at_and(value: str, expected: list[str]) -> None:
    """Only a free-standing ``and`` outside braces separates; empty names are no names."""
    assert expected == split_names(value)


@pytest.mark.parametrize("value", ["", "{}", " and ", ",", "xdata=a", "labelname=x", "{ }"])
def test_what_holds_no_name_gives_none(value: str) -> None:
    """Empty names, options and references are no names."""
    assert parse_names(value)[0] == ()


WORDS = ["Anna", "O'Neil", "de", "van", "der", "Berg", "J.", "al-Din", "McX", "d'Or"]
SECTION = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)


@given(st.lists(SECTION, min_size=1, max_size=3).map(", ".join))
def test_plain_names_are_what_bibtexparser_makes_of_them(written: str) -> None:
    """The fast way and bibtexparser's agree; a particle behind the given name is set apart.

    But for ``First von Last`` whose last word is in lower case: there bibtexparser takes all
    words up to the last for the particle, BibTeX those up to the last particle. And but for
    ``von Last, First`` with a capital before a word in lower case, which CSL needs in one piece.
    """
    from bibtexparser.middlewares.names import parse_single_name_into_parts

    assume("," in written or not written.rsplit(maxsplit=1)[-1][0].islower())
    parts = parse_single_name_into_parts(written, strict=False)
    assume("," not in written or not any(word[0].isupper() for word in parts.von))
    name = one(written)
    given_name = " ".join(filter(None, (name.given, name.dropping_particle)))
    assert [" ".join(part) for part in (parts.von, parts.last, parts.jr, parts.first)] == [
        name.non_dropping_particle,
        name.family,
        name.suffix,
        given_name,
    ]


@given(st.lists(st.sampled_from(["A", "and", "{A and {B}}", "Sand", "{and}", "B,"]), max_size=8))
def test_lists_are_split_where_bibtexparser_splits_them(words: list[str]) -> None:
    """The own split and bibtexparser's agree on lists without empty names."""
    from bibtexparser.middlewares.names import split_multiple_persons_names

    value = " ".join(words)
    expected = [part.strip(" ,") for part in split_multiple_persons_names(value)]
    assume("and and" not in value and "and" not in (*words[:1], *words[-1:]) and all(expected))
    assert expected == split_names(value)


@given(st.text(alphabet="aA{}\\,~ dn='\"-é.;", max_size=40))
def test_no_list_is_malformed(value: str) -> None:
    """Whatever stands in a name field, reading it gives names with a family or a literal."""
    for name in parse_names(value)[0]:
        assert name.family or name.literal


def test_long_runs_of_blanks_are_read_at_once() -> None:
    """Blanks of any kind are passed over in time that grows as they do."""
    for blank in (" ", "\x85", "\u2028", "\x0b"):
        names, more = parse_names("Roe" + blank * 50_000 + "Ann")

        assert (len(names), more) == (1, False)
