"""Entries of BibTeX sources: macros, joined values, inheritance, problems."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compcite.files.decoding import decode
from compcite.formats.bibtex.read.reader import read_bibtex

if TYPE_CHECKING:
    from pathlib import Path

    from compcite.model.library import Entry, Problem


def read(text: str) -> tuple[list[Entry], list[Problem]]:
    """The entries and problems of a text."""
    return read_bibtex(decode(text.encode(), "x.bib"))


def fields(text: str) -> dict[str, str]:
    """The fields of the last entry that count."""
    return {f.name: f.value for f in read(text)[0][-1].fields if not f.ignored}


def test_macros_and_joined_values_are_resolved() -> None:
    """Names fold case, months are known, pieces are joined as they stand."""
    text = """@string{JML = "Journal of " # kind}
        @string{kind = {Late}}
        @string{Kind2 = {Letters}}
        @string{jml = "Journal of " # KIND2}
        @article{k, journal = JML # { (} # 7 # ")", month = Jan}"""

    assert fields(text) == {"journal": "Journal of Letters (7)", "month": "January"}


def test_an_undefined_macro_is_told_with_its_place() -> None:
    """Its name stands for it, so that nothing is lost."""
    text = "@article{k,\n  journal = nosuch,\n}"
    entries, problems = read(text)

    assert entries[0].fields[0].value == "nosuch"
    assert [(p.rule, text[p.span.start : p.span.end], p.key) for p in problems] == [
        ("string-undefined", "nosuch", "k")
    ]


def test_the_first_of_two_fields_counts() -> None:
    """As in BibTeX; the other is kept, marked, and told."""
    entries, problems = read("@a{k, title = {One}, Title = {Two}}")

    assert [(f.value, f.ignored) for f in entries[0].fields] == [("One", False), ("Two", True)]
    assert (entries[0].item.text["title"], [p.rule for p in problems]) == (
        "One",
        ["field-duplicated"],
    )


def test_spans_tell_name_value_and_content_apart() -> None:
    """Edits replace the content and leave the delimiters."""
    text = "@a{k, Title = {One}, year = 1999, note = a # b}"
    entry = read(text)[0][0]
    found = [
        tuple(text[s.start : s.end] for s in (f.span, f.value_span, f.content_span))
        for f in entry.fields
    ]

    assert found == [
        ("Title = {One}", "{One}", "One"),
        ("year = 1999", "1999", "1999"),
        ("note = a # b", "a # b", "a # b"),
    ]
    assert text[entry.key_span.start : entry.key_span.end] == "k"
    assert text[entry.span.start : entry.span.end] == text


@pytest.mark.parametrize(
    ("child", "parent", "variable", "value"),
    [
        ("@inproceedings{c, title={P}, crossref={P1}}", "@proceedings{p1, title={Proc}, year=2001}",
         "container-title", "Proc"),
        ("@inproceedings{c, title={P}, crossref={p1}}",
         "@proceedings{p1, title={T}, booktitle={Booked}}", "container-title", "Booked"),
        ("@incollection{c, title={P}, crossref={p1}}",
         "@book{p1, title={B}, publisher={Pub}}", "publisher", "Pub"),
        ("@article{c, title={A}, crossref={p1}}",
         "@periodical{p1, title={Journal}}", "container-title", "Journal"),
        ("@article{c, title={A}, xdata={p1, nobody}}",
         "@xdata{p1, journaltitle={Shared}}", "container-title", "Shared"),
        ("@article{c, title={A}, journal={Own}, xdata={p1}}",
         "@xdata{p1, journal={Shared}}", "container-title", "Own"),
        ("@article{c, title={A}, journal={Own}, xdata={p1}}",
         "@xdata{p2, journal={Shared}}", "container-title", "Own"),
        ("@article{c, title={A}, xdata={alias}}",
         "@xdata{p1, ids={other, Alias}, volume={7}}", "volume", "7"),
        ("@article{c, title={A}, xdata={p1}}",
         "@xdata{p1, xdata={p2}}@xdata{p2, xdata={p1}, volume={7}}", "volume", "7"),
        ("@article{c, title={xdata=p-1-title}}", "@xdata{p-1, title={Given}}", "title", "Given"),
        ("@book{c, address={A and xdata=p-location-2}}",
         "@xdata{p, location={X and Y}}", "publisher-place", "A and Y"),
        ("@set{c, crossref={p1}}", "@article{p1, title={A}, pages={3--5}}", "page", "3-5"),
        ("@inproceedings{c, title={P}, crossref={p1}}",
         "@proceedings{p1, title={Proc}, pages={1--500}}", "page", ""),
        ("@book{c, title={xdata=p-title}}", "@xdata{q, title={x}}", "title", "xdata=p-title"),
        ("@inbook{c, title={Part}, crossref={p1}}",
         "@mvbook{p1, title={Main}}", "container-title", "Main"),
    ],
)  # fmt: skip
def test_entries_inherit(child: str, parent: str, variable: str, value: str) -> None:
    """Cross references and shared data give what an entry lacks, under the child's names."""
    entries, _ = read(f"{child}\n{parent}")

    assert entries[0].item.text.get(variable, "") == value


def test_a_part_inherits_the_author_of_its_book() -> None:
    """As its own where it has none, and as the book's in any case."""
    book = "@book{b, author={Bao, A.}, title={B}, date={2001-02}}"
    part, other = read(
        "@inbook{p, title={P}, crossref={b}}"
        f"@inbook{{o, author={{Own, B.}}, title={{O}}, year=1999, crossref={{b}}}}{book}"
    )[0][:2]

    assert [item.names["author"][0].family for item in (part.item, other.item)] == ["Bao", "Own"]
    assert other.item.names["container-author"][0].family == "Bao"
    assert [item.dates["issued"].year for item in (part.item, other.item)] == [2001, 1999]


@pytest.mark.parametrize(
    "text",
    [
        "@book{c, title={A}, xref={p}}\n@book{p, publisher={Pub}}",
        "@inbook{c, title={A}, crossref={p}}\n@book{p, doi={10.1234/whole}}",
        "@book{c, title={A}, crossref={c}}",
        "@book{c, title={A}, crossref={nobody}}",
        "@book{c, title={A}, crossref={}}\n@book{p, publisher={Pub}}",
        "@xdata{p, publisher={Pub}, xdata={}}\n@book{c, title={A}}",
    ],
)
def test_some_things_are_not_inherited(text: str) -> None:
    """An xref only refers; a DOI is the parent's own; circles and missing parents do no harm."""
    item = next(entry.item for entry in read(text)[0] if entry.key == "c")

    assert {"publisher", "DOI"} & set(item.text) == set()


def test_an_unreadable_block_is_a_problem_with_its_place() -> None:
    """It yields no entry, and the ones around it are read."""
    entries, problems = read("@a{one, t={x}}\n@b{bad, t = {\n@c{two, t={y}}\n")

    assert [entry.key for entry in entries] == ["one", "two"]
    assert [(p.rule, p.key, p.message) for p in problems] == [
        ("entry-unparsed", "bad", "a brace is never closed (line 2, column 13)")
    ]


@pytest.mark.parametrize(
    "text", ["\n% Encoding: UTF-8\n\nprose\nand more", "<html>404</html>", "[]", "a\0b", "prose %"]
)
def test_a_file_of_something_else_is_told(text: str) -> None:
    """It has text but no block: the problem is at its first line that is no comment."""
    entries, (problem,) = read(text)
    (line,) = [line for line in text.split("\n") if line and line[0] != "%"][:1]

    assert (entries, problem.rule, problem.key) == ([], "entry-unparsed", None)
    assert text[problem.span.start : problem.span.end] == line


@pytest.mark.parametrize(
    "text", ["", "\n \r\n", "% Encoding: UTF-8\n\n  % none\n", "@comment{jabref}"]
)
def test_an_empty_list_is_no_fault(text: str) -> None:
    """Programs write comments into a list before it has an entry."""
    assert read(text) == ([], [])


def test_a_guessed_encoding_is_told() -> None:
    """The whole file depends on it."""
    _, problems = read_bibtex(decode(b"@a{k, t={\xe9}}", "x.bib"))

    assert [problem.rule for problem in problems] == ["encoding-guessed"]


@pytest.mark.no_cover
def test_real_files_are_read(published: list[Path]) -> None:
    """No file stops the reader, and every field stands where it is said to."""
    for path in published:
        source = decode(path.read_bytes(), path.name)
        entries, _ = read_bibtex(source)
        for entry in entries:
            for field in entry.fields:
                written = source.text[field.span.start : field.span.end]
                assert written.lower().startswith(field.name)


def test_numbers_of_any_length_are_read() -> None:
    """A year of five thousand digits is text; nothing else suffers."""
    digits = "9" * 5000
    entries, problems = read(f"@article{{k, year = {digits}, month = {digits}, volume = {digits}}}")

    assert (entries[0].item.dates["issued"].literal, problems) == (digits, [])


def test_macros_that_multiply_are_stopped() -> None:
    """Twenty macros could stand for more text than a computer holds."""
    laughs = "".join(
        f"@string{{a{n} = a{n - 1} # a{n - 1} # a{n - 1} # a{n - 1}}}" for n in range(1, 21)
    )
    entries, problems = read('@string{a0 = "lol"}' + laughs + "@book{k, title = a20}")

    assert len(entries[0].fields[0].value) <= 20_000
    assert {problem.rule for problem in problems} == {"string-undefined"}
