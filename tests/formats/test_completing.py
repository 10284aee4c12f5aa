"""An entry gets what it lacks from the record of its work, written as its file writes it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compcite.errors import EditError
from compcite.formats import READERS
from compcite.formats.rewriting import Completion, complete, publish
from compcite.model.edits import apply_edits
from compcite.model.item import Date, Item, Name
from compcite.model.report import Change
from compcite.model.source import SourceFile

ARTICLE = Item(
    "article-journal",
    {
        "title": "Seeds of Life",
        "container-title": "Acta Botanica",
        "volume": "48",
        "issue": "2",
        "page": "207-221",
        "publisher": "Springer",
        "DOI": "10.1000/art",
    },
    {"author": (Name("Müller", "Jörg"),)},
    {"issued": Date(((2018, 5, 2),))},
)
PLACE = Item(
    ARTICLE.type, {n: v for n, v in ARTICLE.text.items() if n != "title"}, {}, ARTICLE.dates
)
BOOK = Item(
    "book",
    {"title": "Seeds", "publisher": "Springer", "ISBN": "9780198526636"},
    {"editor": (Name("Berg", "Ada"),)},
    {"issued": Date(((2018,),))},
)


def completed(text: str, completion: Completion | Item, encoding: str = "utf-8") -> str:
    """The text after its first entry is completed."""
    if isinstance(completion, Item):
        completion = Completion(completion)
    source = SourceFile("x.bib", text, encoding=encoding)
    entry = READERS["bibtex"](source)[0][0]
    return apply_edits(text, complete(entry, completion).edits)


def published(text: str, article: Item = PLACE) -> str:
    """The text after its first entry, a preprint, is made the article."""
    entry = READERS["bibtex"](SourceFile("x.bib", text))[0][0]
    return apply_edits(text, publish(entry, article).edits)


@pytest.mark.parametrize(
    ("before", "record", "after"),
    [
        (
            "@article{k,\n  title = {Seeds of Life},\n  author = {J},\n  doi = {10.1000/art}\n}\n",
            ARTICLE,
            (
                "@article{k,\n  title = {Seeds of Life},\n  author = {J},\n  doi = {10.1000/art},\n"
                "  journal = {Acta Botanica},\n  year = {2018},\n  month = may,\n  volume = {48},\n"
                "  number = {2},\n  pages = {207--221},\n  publisher = {Springer}\n}\n"
            ),
        ),
        (
            '@BOOK{k,\n\tTITLE = "Seeds",\n\tYEAR  = 2018,\n}',
            BOOK,
            (
                '@BOOK{k,\n\tTITLE = "Seeds",\n\tYEAR  = 2018,\n\tEDITOR = "Berg, Ada",\n'
                '\tPUBLISHER = "Springer",\n\tISBN  = 9780198526636,\n}'
            ),
        ),
    ],
)
def test_lacking_fields_are_written_in_the_manner_of_the_entry(
    before: str, record: Item, after: str
) -> None:
    """Case, delimiters, alignment, bare numbers, trailing comma; LaTeX where the file has it."""
    assert completed(before, record) == after


@pytest.mark.parametrize(
    ("head", "written"),
    [
        ("@string{x = {y}}", "month = may"),
        ("@misc{a, month = {3}}", "month = {5}"),
        ("@misc{a, month = 03}", "month = 05"),
        ('@misc{a, month = "March"}', 'month = "May"'),
        ("@misc{a, month = {Mar.}}@misc{b, month = {Feb.}}", "month = {May.}"),
        ("@misc{a, month = {4--5}}", "month = may"),
    ],
)
def test_a_month_is_written_as_the_file_writes_months(head: str, written: str) -> None:
    """By macro, number or name; by macro where no other entry has a usual month."""
    entry = "@article{k, title = {Seeds of Life}, year = {2018}}"
    source = SourceFile("x.bib", f"{entry}\n{head}\n")
    record = Completion(ARTICLE, fields=frozenset({"month"}))
    made = complete(READERS["bibtex"](source)[0][0], record)
    assert apply_edits(source.text, made.edits).startswith(entry[:-1] + f", {written}}}")


def test_letters_are_written_as_the_file_writes_them() -> None:
    """As LaTeX commands in a file of ASCII or of another encoding, else as they are."""
    author = Completion(ARTICLE, fields=frozenset({"author"}))
    latin = "@article{k, title = {Sé}}"
    greek = "@article{k, title = {Σ}}"
    assert completed("@article{k, title = {S}}", author).endswith(
        ', author = {M{\\"u}ller, J{\\"o}rg}}'
    )
    assert completed(latin, author).endswith(", author = {Müller, Jörg}}")
    assert completed(greek, author, "iso8859-7").endswith(', author = {M{\\"u}ller, J{\\"o}rg}}')


def test_biblatex_gets_its_own_fields() -> None:
    """A journaltitle and a date; an empty field of the entry is filled under its own name."""
    assert completed("@article{k, date = {}, subtitle = {x}, title = {S}}", ARTICLE).startswith(
        "@article{k, date = {2018-05-02}, subtitle = {x}, title = {S}, author = {"
    )
    filled = completed("@article{k, journal = {}, subtitle = {x}, title = {S}}", ARTICLE)
    assert "journal = {Acta Botanica}" in filled
    assert "journaltitle" not in filled


def test_what_the_entry_says_or_inherits_is_not_lacking() -> None:
    """Neither a value of its own, nor a title of the book from its parent."""
    whole = completed("@article{k, title = {S}}", ARTICLE)
    assert completed(whole, ARTICLE) == whole
    child = "@inproceedings{k, title = {S}, crossref = {p}}"
    parent = "@proceedings{p, title = {Proc}, year = {2018}, publisher = {Springer}}"
    made = completed(f"{child}\n{parent}", ARTICLE)
    assert "booktitle" not in made
    assert made.count("publisher") == made.count("year") == 1


def test_an_entry_that_says_nothing_of_its_type_gets_the_type_of_the_record() -> None:
    """A bare DOI as @misc becomes the whole article; a dataset stays @misc."""
    made = completed("@Misc{k, doi = {10.1000/art}}", ARTICLE)
    assert made.startswith("@Article{k, doi = {10.1000/art}, author = ")
    data = Item("dataset", {"title": "Data", "publisher": "Zenodo"})
    assert completed("@misc{k, title = {Data}}", data).startswith("@misc{k, title = {Data}, ")


@pytest.mark.parametrize(
    ("before", "added"),
    [
        ("@misc{k, title = {S}}", ", eprint = {1706.03762}, archiveprefix = {arXiv}}"),
        ("@misc{k, title = {S}, eprint = {1706.03762}, archiveprefix = {arXiv}}", "}"),
        ("@article{k, title = {S}, journal = {arXiv preprint arXiv:1706.03762}}", "}"),
    ],
)
def test_a_preprint_gets_its_number_once(before: str, added: str) -> None:
    """As an eprint, unless it stands in the entry already."""
    record = Item("article", {"title": "S", "number": "arXiv:1706.03762", "publisher": "arXiv"})
    assert completed(before, record) == before[:-1] + added


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (
            "publisher = {bioRxiv}, doi = {10.1101/2020.05.01.123456}",
            "eprint = {2020.05.01.123456}, archiveprefix = {bioRxiv}",
        ),
        (
            "url = {https://doi.org/10.26434/chemrxiv.5406907.v5}, note = {Preprint at ChemRxiv}",
            "eprint = {chemrxiv.5406907.v5}, archiveprefix = {ChemRxiv}",
        ),
        (
            "date = {2015}, eprinttype = {medrxiv}, doi = {10.1101/2020.05.01.123456}",
            "eprinttype = {medrxiv}, eprint = {2020.05.01.123456}",
        ),
        ("doi = {10.1101/2020.05.01.123456}", ""),
    ],
)
def test_a_preprint_of_another_server_keeps_its_number(said: str, kept: str) -> None:
    """Under the name that the entry has for its server; without a name the prefix may be of two."""
    text = published(f"@misc{{k, title = {{Seeds of Life}}, {said}}}")
    entry = READERS["bibtex"](SourceFile("x.bib", text))[0][0]
    names = ("eprinttype", "eprint", "archiveprefix")
    there = [(one.name, one.value) for one in entry.fields if one.name in names]

    assert sorted(f"{name} = {{{value}}}" for name, value in there) == sorted(
        filter(None, kept.split(", "))
    )
    assert entry.item.text["DOI"] == PLACE.text["DOI"]


def test_only_wanted_fields_are_written() -> None:
    """Under either name of the same thing."""
    for name in ("journal", "journaltitle"):
        wanted = Completion(ARTICLE, fields=frozenset({name}))
        assert completed("@misc{k, doi = {10.1000/art}}", wanted) == (
            "@misc{k, doi = {10.1000/art}, journal = {Acta Botanica}}"
        )


def test_values_that_differ_are_overwritten_on_demand() -> None:
    """Those that rules compare by changes; others where neither value contains the other."""
    text = "@article{k, title = {S}, year = {2016}, publisher = {Elsevier}, issn = {1}}"
    record = Item(
        "article-journal",
        {"title": "S", "publisher": "Springer", "ISSN": "1"},
        {},
        {"issued": Date(((2018,),))},
    )
    year = Change("issued", Date(((2018,),)))
    assert completed(text, Completion(record, (year,), overwrite=True)) == (
        "@article{k, title = {S}, year = {2018}, publisher = {Springer}, issn = {1}}"
    )
    assert completed(text, Completion(record)) == text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            (
                "@misc{k,\n  title = {Seeds of Life},\n  author = {M, J},\n  year = {2016},\n"
                "  eprint = {1706.03762},\n  archivePrefix = {arXiv},\n  primaryClass = {cs.CL},\n"
                "  url = {https://arxiv.org/abs/1706.03762},\n"
                "  doi = {10.48550/arXiv.1706.03762}\n}"
            ),
            (
                "@article{k,\n  title = {Seeds of Life},\n  author = {M, J},\n  year = {2018},\n"
                "  eprint = {1706.03762},\n  archivePrefix = {arXiv},\n  primaryClass = {cs.CL},\n"
                "  doi = {10.1000/art},\n  journal = {Acta Botanica},\n  volume = {48},\n"
                "  number = {2},\n  pages = {207--221},\n  publisher = {Springer},\n"
                "  month = may\n}"
            ),
        ),
        (
            (
                "@article{k, title = {Seeds of Life}, journal = {arXiv preprint arXiv:1706.03762}, "
                "volume = {abs/1706.03762}, year = 2016, note = {Preprint}, annote = {good}}"
            ),
            (
                "@article{k, title = {Seeds of Life}, journal = {Acta Botanica}, volume = {48}, "
                "year = 2018, annote = {good}, number = 2, pages = {207--221}, "
                "publisher = {Springer}, doi = {10.1000/art}, month = may, "
                "eprint = {1706.03762}, archiveprefix = {arXiv}}"
            ),
        ),
        (
            (
                "@online{k, title = {Seeds of Life}, date = {2016-06}, eprint = {1706.03762}, "
                "eprinttype = {arxiv}, eprintclass = {cs.CL}, pubstate = {preprint}}"
            ),
            (
                "@article{k, title = {Seeds of Life}, date = {2018-05-02}, eprint = {1706.03762}, "
                "eprinttype = {arxiv}, eprintclass = {cs.CL}, journaltitle = {Acta Botanica}, "
                "volume = {48}, number = {2}, pages = {207--221}, publisher = {Springer}, "
                "doi = {10.1000/art}}"
            ),
        ),
    ],
)
def test_a_preprint_becomes_the_article_as_a_whole(before: str, after: str) -> None:
    """What is about the preprint goes, except its number; what its author noted stays."""
    assert published(before) == after


def test_an_entry_that_names_the_journal_already_loses_nothing() -> None:
    """Only its DOI was that of the preprint."""
    made = published(
        "@article{k, title = {Seeds of Life}, journal = {Acta Bot.}, eid = {e12}, year = {2018}, "
        "doi = {10.48550/arXiv.1706.03762}}"
    )
    assert "eid = {e12}" in made
    assert "doi = {10.1000/art}" in made


def test_a_note_that_says_more_than_that_it_is_a_preprint_stays() -> None:
    """Also a publisher that is no server of preprints, where the record names none."""
    bare = Item(
        PLACE.type, {n: v for n, v in PLACE.text.items() if n != "publisher"}, {}, PLACE.dates
    )
    made = published(
        "@misc{k, title = {S}, note = {arXiv preprint; code by A. Adler}, publisher = {MIT}}", bare
    )
    assert "note = {arXiv preprint; code by A. Adler}" in made
    assert "publisher = {MIT}" in made


def test_a_preprint_that_inherits_is_left_to_its_author() -> None:
    """What it inherits cannot be replaced in it."""
    with pytest.raises(EditError, match="inherits"):
        published("@misc{k, title = {S}, crossref = {p}}\n@misc{p, note = {x}}")


WORDS = st.text(alphabet="abcÄé &%$#_{}\\\"'-", min_size=1, max_size=12)


STYLES = ("@article{k, note={n}}", '@article{k,\n title = "T",\n note = "n",\n}\n')


@given(st.lists(st.sampled_from(sorted(ARTICLE.text)), unique=True), WORDS, st.sampled_from(STYLES))
def test_a_completed_entry_is_complete_and_else_unchanged(
    known: list[str], value: str, before: str
) -> None:
    """Whatever the record says; a second completion finds nothing lacking."""
    text = {name: value for name in known if name != "DOI"}
    record = Item("article-journal", text, ARTICLE.names, ARTICLE.dates)
    try:
        after = completed(before, record)
    except EditError:
        return
    assert completed(after, record) == after
    entries, _ = READERS["bibtex"](SourceFile("x.bib", after))
    assert [entry.item.text["note"] for entry in entries] == ["n"]
