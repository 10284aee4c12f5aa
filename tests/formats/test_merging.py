"""Two entries of one work become one: nothing is lost, and what they deny each other stays two."""

from __future__ import annotations

import pytest

from compcite.errors import ContradictionError, EditError
from compcite.formats.bibtex.merge.same_value import united
from compcite.formats.rewriting import changed_fields, merge
from compcite.model.edits import apply_edits
from compcite.model.source import SourceFile
from compcite.verbs.load import library_of


def merged(text: str, later: int = 1, name: str = "x.bib") -> str:
    """The text after a later entry has been merged into the first."""
    entries = library_of([SourceFile(name, text)]).entries
    return apply_edits(text, merge([entries[later]], entries[0]).edits)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("year = 2001", "year = {2001}", "year = 2001"),
        ("year = 2001", "year = 2001, month = may", "year = 2001, month = may"),
        ("year = 2001, month = 5", "year = 2001, month = may", "year = 2001, month = 5"),
        ("date = {2001-05}", "year = 2001, month = may", "date = {2001-05}"),
        ("doi = {10.1000/A}", "doi = {https://doi.org/10.1000/a}", "doi = {10.1000/A}"),
        ("keywords = {a, b}", "keywords = {b, c}", "keywords = {a, b, c}"),
        ("keywords = {a, b}", "keywords = {c}", "keywords = {a, b, c}"),
        (r"note = {5\% of all}", "note = {5% of all}", r"note = {5\% of all}"),
        ("note = {5% of all}", r"note = {5\% of all}", "note = {5% of all}"),
        ("note = {}", "note = {Read}", "note = {Read}"),
        ("owner = {me}", "owner = {you}, timestamp = {2001}", "owner = {me}"),
        (r"file = {a\;b.pdf}", r"file = {c\;b.pdf}", r"file = {a\;b.pdf;c\;b.pdf}"),
        ("keywords = {{a, b}, c}", "keywords = {{d, b}, {a, e}}",
         "keywords = {{a, b}, c, {d, b}, {a, e}}"),
        ('NOTE = "a"', "volume = {4}", 'NOTE = "a", VOLUME = "4"'),
        ("note = {a}", 'abstract = {Say "no"}', 'note = {a}, abstract = {Say "no"}'),
        ("urldate = {2001-01-01}", "urldate = {2002-02-02}", "urldate = {2001-01-01}"),
        (r"file = {a\;}", "file = {b}", r"file = {a\;;b}"),
        ("issn = {1234-5678}", "issn = {12345678}", "issn = {1234-5678}"),
        ("issn = {1234-5678}", "issn = {8765-4321}", "issn = {1234-5678, 8765-4321}"),
        ("url = {https://a.org/x_y}", r"url = {https://a.org/x\_y}",
         "url = {https://a.org/x_y}"),
        ("year = 2001, month = jun", "year = 2001, month = 6, day = 5",
         "year = 2001, month = jun, day = 5"),
        ("note = {a}", "journal = ieee_pami", "note = {a}, journal = ieee_pami"),
        ("note = {a}", 'title = "A" # may', 'note = {a}, title = "A" # may'),
    ],
)  # fmt: skip
def test_the_first_entry_takes_over_what_only_the_later_one_says(
    one: str, other: str, expected: str
) -> None:
    """In its own manner; of two ways of writing the same the first one stays."""
    text = f"@misc{{k, {one}}}\n@misc{{k, {other}}}\n"

    assert merged(text) == f"@misc{{k, {expected}}}\n"


@pytest.mark.parametrize(
    ("one", "other", "against"),
    [
        ("year = 2001", "year = 2002", "year"),
        ("year = 2001", "date = {2001-05}", "date"),
        ("date = {2001}", "date = {2001-05-03}", "date"),
        ("title = {{A} b}", "title = {A b}", "title"),
        ("title = {A b c}", "title = {A b c: And d}", "title"),
        ("author = {Au, T.}", "author = {Teresa Au}", "author"),
        ("author = {A. Au and others}", "author = {A. Au and B. Bo}", "author"),
        ("journal = {J. Test.}", "journaltitle = {Journal of Testing}", "journaltitle"),
        ("journal = {Self Identity}", "journal = {Self and Identity}", "journal"),
        ("pages = {321-8}", "pages = {321--328}", "pages"),
        ("doi = {10.1000/a}, url = {https://doi.org/10.1000/a}", "url = {https://example.org}",
         "url"),
        ("url = {http://example.org/}", "url = {https://www.example.org}", "url"),
        ("title = {A LaTeX Book}", r"title = {A \LaTeX{} Book}", "title"),
        ("title = {A b}", "title = {A~b}", "title"),
        ("language = {english}", "language = {en}", "language"),
        ("archiveprefix = {arxiv}", "archiveprefix = {arXiv}", "archiveprefix"),
        ("journal = {Lancet}", "journal = {The Lancet}", "journal"),
        ("title = {CO$_2$}", "title = {CO$_{2}$}", "title"),
        ("url = {https://doi.org/10.1000/a}, doi = {10.1000/a}, urldate = {2001}",
         "url = {https://b.org}, doi = {10.1000/a}, urldate = {2002}",
         "url"),
        ("publisher = {Wiley}", "publisher = {WILEY.}", "publisher"),
        ("title = {On dna and bars}", r"title = {On {DNA} and \emph{bars}}", "title"),
        ("author = {Muller, J.}", "author = {Müller, Jörg}", "author"),
        ("abstract = {We show}", "abstract = {We show that}", "abstract"),
        ("title = {On Paris and DNA now}", "title = {ON PARIS AND DNA NOW}", "title"),
        ("title = {Well-being: A test}", "title = {Well-Being: a test}", "title"),
        ("title = {on anti-semitism}", "title = {On anti-Semitism}", "title"),
        ("title = {Foo}", "title = {Foo: A study}", "title"),
        ("title = {Foo?}", "title = {Foo? Yes}", "title"),
        ("author = {SMITH, JOHN}", "author = {Smith, John Q.}", "author"),
        ("journal = {Adv Neural Inf}", "journal = {Advances in neural information}",
         "journal"),
        (r"journal = {Sci. \& Tech.}", "journal = {Science and Technology}", "journal"),
        ("language = {en}", "language = {en-US}", "language"),
        ("annote = {a b}", "annote = {a\n\nb}", "annote"),
        ("title = {on paris}", "title = {On Paris}", "title"),
        (r"title = {A \emph{b} c}", "title = {A b c}", "title"),
        ('author = {G{\\"o}del, K.}', "author = {Gödel, Kurt}", "author"),
        ("title = {Third}", "title = {Thirds}", "title"),
        ("author = {Au, T.}", "author = {Bo, U.}", "author"),
        ("volume = 4", "volume = 48", "volume"),
        ("number = {2}", "number = {2-3}", "number"),
        ("doi = {10.1000/a}", "doi = {10.1000/b}", "doi"),
        ("url = {https://a.org}", "url = {https://b.org}", "url"),
        ("abstract = {One}, note = {Mine}", "abstract = {Two}, note = {Yours}",
         "abstract and note"),
        ("note = {a}", "note = {a}, note = {b}", "note"),
        ("note = {peer reviewed}", "note = {not peer reviewed}", "note"),
        ("address = {York}", "address = {New York}", "address"),
        ("title = {On foo}", "title = {Erratum: On foo}", "title"),
        ("title = {On foo}", "title = {On foo and bar}", "title"),
        ("edition = {Revised}", "edition = {Second revised}", "edition"),
        ("number = {B}", "number = {A B}", "number"),
        ("note = {C}", "note = {C++}", "note"),
        ("author = {Smith, Jonathan and Doe, K.}", "author = {Smith, J. and Doe, Kate}", "author"),
        ("author = {Müller, J.}", "author = {Mueller, J.}", "author"),
        ("author = {Au, T. and Bo, U.}", "author = {Au, T.}", "author"),
        ("doi = {10.1000/x}, url = {https://foo.org/p}",
         "doi = {10.1000/x}, url = {https://doi.org/10.2000/preprint}", "url"),
        ("url = {https://foo.org/x?id=aB}", "url = {https://foo.org/x?id=Ab}", "url"),
        ("date = {2020}", "date = {2020~}", "date"),
        ("journal = {Nature}", "journal = {Nature Communications}", "journal"),
        ("journal = {J. Phys.}", "journal = {Journal of Physics A}", "journal"),
        ("journal = {Proc. C++}", "journal = {Proceedings C}", "journal"),
        ("journal = {{IEEE} Trans.}", "journal = {IEEE Transactions}", "journal"),
        ("title = {P ≠ NP}", "title = {P = NP}", "title"),
        ("title = {ガラス}", "title = {カラス}", "title"),
        ("title = {On $A_2$}", "title = {On $A^2$}", "title"),
        ("note = {$10^3$ steps}", "note = {103 steps}", "note"),
        ("volume = {12²}", "volume = {122}", "volume"),
        ("title = {On paris and London}", "title = {On Paris and london}", "title"),
        ("title = {X}", "title = {X: Erratum}", "title"),
        ("title = {X}", "title = {X: Corrigenda and errata}", "title"),
        ("title = {X}", "title = {X: Zweiter Teil}", "title"),
        ("title = {X}", "title = {X. Second edition}", "title"),
        ("title = {X}", "title = {X: A}", "title"),
        ("title = {X}", "title = {X: Long life revisited once more, 2nd part}", "title"),
        ("abstract = {a\n\nb}", "abstract = {a b c}", "abstract"),
        ("editor = {Au, T.}, editortype = {director}", "editor = {Bo, U.}, editortype = {director}",
         "editor"),
        ("author = {xdata=a-author}", "author = {xdata=b-author}", "author"),
        ("author = {Smith, J. and id=foo}", "author = {Smith, J. and id=bar}", "author"),
        (r"author = {\textsc{Smith}, J.}", "author = {Smith, J.}", "author"),
        ("author = {Roe, Jean-Paul}", "author = {Roe, Jean Paul X.}", "author"),
        (r"note = {On \cite{foo}}", r"note = {On \cite{bar}}", "note"),
        (r"title = {A\* search}", "title = {A search}", "title"),
        (r"title = {C\+\+}", "title = {C}", "title"),
        ("title = {On $p$ values}", "title = {On p values}", "title"),
        ("date = {2001-21}", "date = {2001-23}", "date"),
        ("year = 2001, day = 3", "year = 2001, day = 4", "day"),
        ("journal = {Acta B}", "journal = {Acta Biologica}", "journal"),
        ("journal = {Physical Review A}", "journal = {Physical Review Applied}", "journal"),
        ("title = {труды XXV съезда В москве}", "title = {Труды XXV съезда в Москве}", "title"),
        ("journal = {J. Test.}", "journal = {Journal of Tests}, journaltitle = {Jour. of Tests}",
         "journal and journaltitle"),
        ("keywords = {a; b}", "keywords = {Smith, John}", "keywords"),
        ("isbn = {9780306406157}", "isbn = {9783161484100}", "isbn"),
        ("urldate = {2001}, note = {a}", "url = {https://b.org}", "urldate"),
        ("urldate = {2001}", "urldate = {by Bob}", "urldate"),
        ("note = {a}", "options = {skipbib=true}", "options"),
        ("note = {a}", "sortkey = {aa}", "sortkey"),
        ("mynotes = {a b}", "mynotes = {a\n\nb}", "mynotes"),
        (r"title = {$a\$b$}", r"title = {$a\$B$}", "title"),
        ("author = {{Smith}, J. and Doe, K.}", "author = {Smith, John and {Doe}, Karl}", "author"),
        ("keywords = {a, b;}", "keywords = {c}", "keywords"),
        ("journal = {IEEE}", "journal = ieee", "journal"),
        ("title = {X}", "title = {X: A reply to Bo}", "title"),
        ("title = {X}", "title = {X. II. Uses}", "title"),
        ("title = {Numpy 1}", "title = {Numpy 1.5}", "title"),
        ("title = {The {DNA} code}", "title = {The DNA code: a history}", "title"),
        ("title = {On {DNA} and rna}", "title = {On dna and {RNA}}", "title"),
        (r"title = {r{\'e}sume}", r"title = {resum{\'e}}", "title"),
        ("author = {Au, T.}", "author = {Au, T. and others}", "author"),
        ("author = {given=Jane, id=X}", "author = {given=Jane}", "author"),
        (r"note = {\url{a.org/aB}}", r"note = {\url{a.org/Ab}}", "note"),
        (r"note = {\href{a.org}{PDF}}", r"note = {\href{b.org}{PDF}}", "note"),
        (r"note = {\foo}", r"note = {\bar}", "note"),
        ("pdf = {A.pdf}", "pdf = {a.pdf}", "pdf"),
        ("year = {2001b}", "year = {2001a}", "year"),
        ("month = {May (in fall)}", "month = may", "month"),
        ("year = 2001, month = {1}", "year = 2001, month = {13}", "month"),
        ("pages = {A1--A5}", "pages = {B1--B5}", "pages"),
        ("pages = {1--10}", "pages = {1--11}", "pages"),
        ("pages = {1--10}", "pages = {1, 10}", "pages"),
        ("keywords = {a, b}", "keywords = {c; d, e}", "keywords"),
        ("journal = {IEEE_PAMI}", "journal = ieee_pami", "journal"),
    ],
)  # fmt: skip
def test_entries_that_contradict_each_other_are_not_merged(
    one: str, other: str, against: str
) -> None:
    """And it is said in which fields: also where one only says more than the other."""
    text = f"@misc{{k, {one}}}\n@misc{{k, {other}}}\n"

    with pytest.raises(ContradictionError) as caught:
        merged(text)
    assert str(caught.value) == f"they differ in {against}"


@pytest.mark.parametrize(
    "text",
    [
        "@misc{k, t = 1}\n@misc{k, t = 1 % mine\n}",
        "@misc{k, t = 1}\n@misc{k t = 1}",
        "@misc{k, t = 1}\n% compcite: ignore[E2] because\n@misc{l, t = 1}",
        "@misc{k, t = 1}\n@misc{l, t = 1, compcite = {ignore E2: because}}",
        "@misc{k, t = 1}\n@misc{l, t = 1, crossref = {m}}\n@book{m, title = {x}}",
        "@misc{k, t = 1}\n@misc{l, t = 1}\n@misc{m, crossref = {l}}",
        "@misc{k, t = 1}\n@misc{l, t = 1}\n@set{m, entryset = {a, l}}",
        "@misc{k, t = 1}\n@misc{l, t = 1, related = {k}}",
        "@misc{k, t = 1}\n@misc{l, t = 1}\n@misc{m, note = {see \\citep[p. 3]{x, l}}}",
        "@misc{k, t = 1}\n@misc{l, t = 1}\n@comment{jabref-meta: grouping: 1 G:foo\\;0\\;l\\;;}",
        "@misc{k, t = 1}\n% my note about l\n@misc{l, t = 1}",
        "@misc{k, url = {https://doi.org/10.1000/a}}\n@misc{k, url = {https://example.org}}",
        "@misc{k, title = {A: B}}\n@misc{k, title = {A}, subtitle = {B}}",
        "@misc{k, t = 1}\n@misc{l, t = 1} % mine\n",
        "@misc{k, t = 1, % mine\n}\n@misc{l, t = 1, u = 2}",
        "@misc{k, t = 1}\n% mine, me@example.org\n@misc{l, t = 1}",
        "@misc{k, t = 1}\nmine\n@misc{l, t = 1}",
        "@misc{k, t = 1}\n@misc{l, t = 1}\n@misc{z, note = {\\parencites{a}{l}}}",
        "@misc{k, t = 1}\n@misc{l, t = 1}\n@misc{z, xdata = {l-title}}",
        "@string{p = {l}}\n@misc{k, t = 1}\n@misc{l, t = 1}\n@misc{z, crossref = p}",
        "@misc{k, t = 1}\n@misc{l, t = 1}\n@misc{z, crossref = {} # {l}}",
        "@misc{k, t = 1}\n@misc{l, t = 1}\n@comment{BibDesk <string>L,z9</string>}",
        "@misc{k, t = 1}\n@misc{l, t = 1}\n@misc{l, t = 2}",
        "@misc{k, t = 1}\n@string{p = {x}}\n@misc{k, note = p}",
        "@misc{k, t = 1}\n@string{jan = {x}}\n@misc{k, month = jan}",
        "@misc{k, t = 1}\n@comment{mine}\n@misc{l, t = 1}",
        "@misc{k, note = {\\cite{l}}}\n@misc{l, t = 1}",
        "@phdthesis{k, t = 1}\n@mastersthesis{k, t = 1}",
    ],
)
def test_nothing_is_merged_that_would_be_lost_or_mean_something_else(text: str) -> None:
    """Comments, ignores, references by others, and fields that make one statement together."""
    with pytest.raises(EditError):
        merged(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@a{k, t = 1}\n\n@a{k, t = 1}\n\n@a{z}\n", "@a{k, t = 1}\n\n@a{z}\n"),
        ("@a{k, t = 1}\r\n\r\n@a{k, t = 1}\r\n", "@a{k, t = 1}\r\n"),
        ("@a{k, t = 1}\n\n\n@a{k, t = 1}", "@a{k, t = 1}"),
        ("@a{k, t = 1} @a{k, t = 1} @a{z}", "@a{k, t = 1}  @a{z}"),
        ("@a{k, t = 1}\n% b\n\n@a{k, t = 1}\n% c\n@a{z}", "@a{k, t = 1}\n% b\n\n% c\n@a{z}"),
        ("@a{k, t = 1}\n  @a{k, t = 1}\nnote\n", "@a{k, t = 1}\nnote\n"),
    ],
)  # fmt: skip
def test_the_later_entry_goes_with_its_lines(text: str, expected: str) -> None:
    """What stands round it stays, and no hole is left."""
    assert merged(text) == expected


def test_another_key_goes_on_as_an_alias() -> None:
    """With those that were aliases before, in the file's manner."""
    text = "@a{k, t = 1}\n@a{l, t = 1, ids = {m}}\n@a{n}\n"

    assert merged(text) == "@a{k, t = 1, ids = {m, l}}\n@a{n}\n"


def test_a_key_may_be_part_of_a_doi_and_hold_a_semicolon() -> None:
    """In the entries themselves it is no reference, and aliases stand between commas."""
    text = "@a{10.1/x;y, doi = {10.1/x;y}}\n@a{10.1/x, doi = {10.1/x;y}}\n"
    first = "@a{q, doi = {10.1/x}, ids = {r}}\n@a{10.1/x;y, doi = {10.1/x}}\n"

    assert merged(text) == "@a{10.1/x;y, doi = {10.1/x;y}, ids = {10.1/x}}\n"
    assert merged(first) == "@a{q, doi = {10.1/x}, ids = {r, 10.1/x;y}}\n"


def test_an_entry_without_a_key_leaves_no_alias() -> None:
    """Nobody can refer to it."""
    assert merged("@a{k, t = 1}\n@a{, t = 1}\n") == "@a{k, t = 1}\n"


def test_no_entry_gets_its_own_key_as_an_alias() -> None:
    """Where the later one had it."""
    assert merged("@a{k, t = 1}\n@a{l, t = 1, ids = {k}}\n") == "@a{k, t = 1, ids = {l}}\n"


def test_a_list_keeps_its_own_separator() -> None:
    """Blank or none behind it, and nothing stands twice."""
    assert [
        united("file", "a;b", "b; c"),
        united("tags", "a,", "b"),
        united("tags", "a, b", "a,b"),
        united("tags", "a, b", "c; d, e"),
    ] == ["a;b;c", "a,b", "a, b", None]


def test_of_the_text_only_what_is_to_go_may_be_missing() -> None:
    """The proof that guards a file sees every other change."""
    source = SourceFile("x.bib", "one\n@a{k, t = 1}\ntwo\n@a{l, t = 1}\nthree\n")
    start = source.text.index("@a{l")

    assert changed_fields(source, "one\n@a{k, t = 2}\ntwo\nthree\n", {start}) == {(4, "t")}
    with pytest.raises(EditError):
        changed_fields(source, "one\n@a{k, t = 1}\nthree\n", {start})
    with pytest.raises(EditError):
        changed_fields(source, "one\n@a{k, t = 1}\ntwo\nthree\n")


def test_entries_of_other_formats_are_not_merged() -> None:
    """CSL-JSON is repaired field by field only."""
    text = '[{"id": "k", "type": "book"}, {"id": "k", "type": "book"}]'

    with pytest.raises(EditError):
        merged(text, name="x.json")
