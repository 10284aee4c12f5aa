"""``compcite export``: bibliographies for papers, data for programs."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from compcite.cli._options import DOCUMENT_MARKUPS
from compcite.csl import DOCUMENTS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Compcite

NEFF_APA = (
    "Neff, K. D. (2003). Self-compassion: An alternative conceptualization. Self and Identity, "
    "2(2), 85–101. https://doi.org/10.1080/15298860309032\n"
)


@pytest.mark.usefixtures("references")
def test_apa_is_one_entry_a_line(compcite: Compcite) -> None:
    """The bibliography is in the style's order, never wrapped."""
    result = compcite("export", "--format", "apa")

    assert (result.code, result.out) == (
        0,
        NEFF_APA + "Raes, F., & Schön, A. (2010). Rumination and worry as mediators. "
        "Personality and Individual Differences.\n",
    )


@pytest.mark.usefixtures("references")
@pytest.mark.parametrize(
    ("name", "beginning"),
    [
        ("list.html", b"<!DOCTYPE html>"),
        ("list.htm", b"<!DOCTYPE html>"),
        ("list.md", b"Neff, K. D. (2003). Self"),
        ("list.tex", b"\\begin{thebibliography}"),
        ("list.RTF", b"{\\rtf1"),
        ("list.docx", b"PK"),
        ("list.txt", b"Neff, K. D. (2003). Self"),
        ("list.unknown", b"Neff, K. D. (2003). Self"),
    ],
)
def test_the_name_of_the_file_chooses_the_markup(
    compcite: Compcite, folder: Path, name: str, beginning: bytes
) -> None:
    """A bibliography needs no --markup where the ending of the file's name says it."""
    if name.endswith("docx"):
        pytest.importorskip("docx")

    result = compcite("export", "--output", name)

    assert (result.code, result.out, result.err) == (0, "", "")
    assert (folder / name).read_bytes().startswith(beginning)


@pytest.mark.usefixtures("references")
def test_a_given_markup_counts_more_than_the_name_of_the_file(
    compcite: Compcite, folder: Path
) -> None:
    """Whoever names a markup means it."""
    compcite("export", "--markup", "html", "--output", "list.txt")

    assert (folder / "list.txt").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.usefixtures("references")
def test_a_markup_that_does_not_exist_is_refused(compcite: Compcite) -> None:
    """The sentence names those that there are."""
    result = compcite("export", "--markup", "troff")

    assert (result.code, result.err) == (
        2,
        "compcite: unknown markup 'troff'; known are text, markdown, html, latex, rtf, docx\n",
    )


def test_every_document_markup_is_an_option() -> None:
    """The table of documents is not imported for an option; both say the same."""
    assert (*DOCUMENTS,) == DOCUMENT_MARKUPS


def test_a_pipe_gets_what_a_file_gets(compcite: Compcite, folder: Path) -> None:
    """Control characters are made visible for terminals alone: JSON would not be JSON any more."""
    (folder / "x.ris").write_bytes(b"TY  - JOUR\nTI  - Aerial \xc2\x91photo\xc2\x92 maps\nER  - \n")

    result = compcite("convert", "x.ris", "--to", "csl-json")
    compcite("convert", "x.ris", "--to", "csl-json", "--output", "x.json")

    assert result.out.encode() == (folder / "x.json").read_bytes()
    assert json.loads(result.out)[0]["title"] == "Aerial \x91photo\x92 maps"


@pytest.mark.usefixtures("references")
def test_bibtex_is_the_text_of_the_author(compcite: Compcite) -> None:
    """What came from BibTeX goes out as it was written."""
    result = compcite("export", "--format", "bibtex", "--key", "raes2010rumination")

    assert 'author = {Raes, Filip and Sch{\\"o}n, Ana}' in result.out


@pytest.mark.usefixtures("references")
def test_csl_json_has_variables_and_no_empty_values(compcite: Compcite) -> None:
    """CSL-JSON speaks CSL: types, names in parts, dates in parts."""
    result = compcite("export", "--format", "csl-json", "--key", "raes2010rumination")

    assert json.loads(result.out) == [
        {
            "id": "raes2010rumination",
            "type": "article-journal",
            "title": "Rumination and worry as mediators",
            "container-title": "Personality and Individual Differences",
            "author": [
                {"family": "Raes", "given": "Filip"},
                {"family": "Schön", "given": "Ana"},
            ],
            "issued": {"date-parts": [[2010]]},
        }
    ]


@pytest.mark.usefixtures("references")
def test_a_condition_that_nothing_meets_empties_no_file(compcite: Compcite, folder: Path) -> None:
    """The bibliography of an earlier run stays; a new file is written empty."""
    (folder / "old.txt").write_text("Neff\n", encoding="utf-8")
    line = ("export", "--where", "author=nef-misspelt", "--output")
    old, new = compcite(*line, "old.txt"), compcite(*line, "new.txt")

    assert (old.code, new.code) == (2, 0)
    assert "no entry matches --where (of" in old.err
    assert (folder / "old.txt").read_text(encoding="utf-8") == "Neff\n"
    assert (folder / "new.txt").read_text(encoding="utf-8") == ""


@pytest.mark.usefixtures("references")
def test_where_and_key_choose_what_is_exported(compcite: Compcite) -> None:
    """``--where`` narrows the export."""
    assert compcite("export", "--where", "author=neff").out == NEFF_APA


@pytest.mark.usefixtures("references")
def test_an_unknown_key_ends_with_two_and_the_nearest(compcite: Compcite) -> None:
    """A key that no entry has is not passed over in silence."""
    result = compcite("export", "--key", "neff2003selv")

    assert (result.code, result.err) == (
        2,
        "compcite: no entry has the key neff2003selv; did you mean neff2003self?\n",
    )


@pytest.mark.usefixtures("references")
@pytest.mark.parametrize(
    "arguments",
    [("--format", "word"), ("--style", "no-such-style"), ("--markup", "pdf")],
)
def test_an_unknown_format_style_or_markup_ends_with_two(
    compcite: Compcite, arguments: tuple[str, str]
) -> None:
    """What cannot be written is one sentence."""
    result = compcite("export", *arguments)

    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)


def test_a_set_is_never_lost_in_silence(compcite: Compcite, folder: Path) -> None:
    """A chosen ``@set`` brings its members; formats that know no sets name it and them."""
    (folder / "references.bib").write_text(
        "@set{both, entryset={one,two}}\n"
        "@book{one, author={Roe, J.}, title={A}, date={2001}}\n"
        "@book{two, author={Zoe, J.}, title={B}, date={2001}}\n",
        encoding="utf-8",
    )
    said = "compcite: both: only biblatex has sets of entries; cite its members: one, two.\n"
    for form, message in (("csl-json", said), ("biblatex", ""), ("apa", "")):
        result = compcite("export", "--key", "both", "--format", form)
        assert (result.code, result.err) == (0, message)
        assert ("Roe" in result.out, "Zoe" in result.out) == (True, True)
    normalized = compcite("export", "--format", "bibtex", "--normalize")
    assert normalized.err == said
    written = compcite("export", "--format", "biblatex").out
    assert written.startswith("@set{both,\n  entryset = {one,two},\n}\n")


def test_items_without_a_key_get_one_and_no_item_vanishes(compcite: Compcite, folder: Path) -> None:
    """Nor does a second item of one key; a DOI that is an address is written as a DOI."""
    (folder / "items.json").write_text(
        '[{"type": "book", "title": "One", "DOI": "https://doi.org/10.1000/xyz"},'
        ' {"id": "", "type": "book", "title": "Two"},'
        ' {"id": "a", "type": "book", "title": "Three"},'
        ' {"id": "a", "type": "book", "title": "Four"}]',
        encoding="utf-8",
    )
    hayagriva = compcite("export", "--format", "hayagriva", "items.json")
    assert [line for line in hayagriva.out.splitlines() if line[0] != " "] == [
        "one:",
        "two:",
        "a:",
        "a-2:",
    ]
    assert "a: Hayagriva has one entry of a key, so this one is written as a-2." in hayagriva.err
    assert 'doi: "10.1000/xyz"' in hayagriva.out
    assert "compcite: :" not in hayagriva.err
    ris = compcite("export", "--format", "ris", "items.json").out
    assert re.findall(r"^(?:ID|DO)  - (.*)", ris, re.MULTILINE) == [
        "one",
        "10.1000/xyz",
        "two",
        "a",
        "a",
    ]


@pytest.mark.usefixtures("references")
def test_a_format_that_nobody_knows_is_answered_with_the_nearest(compcite: Compcite) -> None:
    """Or with all of them, if none is like it."""
    message = "unknown format 'bibtx'; did you mean bibtex?"
    assert message in compcite("export", "--format", "bibtx").err
    assert "known are apa, bibtex" in compcite("export", "--format", "nosuch").err


@pytest.mark.usefixtures("references")
def test_output_replaces_the_file_at_once_and_keeps_its_mode(
    compcite: Compcite, folder: Path
) -> None:
    """``--output`` writes the whole file or nothing, and follows a symbolic link."""
    target = folder / "real.txt"
    target.write_text("old\n", encoding="utf-8")
    target.chmod(0o640)
    link = folder / "link.txt"
    link.symlink_to(target)
    result = compcite("export", "--where", "author=neff", "--output", "link.txt")

    assert (result.code, result.out) == (0, "")
    assert target.read_text(encoding="utf-8") == NEFF_APA
    assert (link.is_symlink(), target.stat().st_mode & 0o777) == (True, 0o640)
    assert [path.name for path in folder.iterdir() if path.name.endswith(".tmp")] == []


def test_output_into_a_missing_folder_is_one_sentence(compcite: Compcite, references: Path) -> None:
    """A place that cannot be written ends with 2."""
    result = compcite("export", str(references), "--output", "absent/out.txt")

    assert (result.code, result.err.count("\n")) == (2, 1)


def test_a_bad_entry_is_left_out_and_strict_tells(compcite: Compcite, folder: Path) -> None:
    """The rest is written; with --strict the run ends with 1."""
    (folder / "references.bib").write_text(
        "@book{whole, title = {T}, year = 2001}\n@article{broken, title = {never closed\n",
        encoding="utf-8",
    )
    result = compcite("export", "--format", "apa")

    assert (result.code, result.out) == (0, "T. (2001).\n")
    assert result.err.startswith("compcite: references.bib:2:1: left out: ")
    assert compcite("export", "--format", "apa", "--strict").code == 1


def test_further_keys_are_reported_where_documents_would_miss_them(
    compcite: Compcite, folder: Path
) -> None:
    """CSL-JSON has one id for an item; whoever cites the alias hears of it. BibTeX keeps it."""
    (folder / "a.bib").write_text("@misc{new, ids = {old, older}, title = {T}, year = 2001}\n")
    said = "compcite: new: CSL-JSON has no place for further keys (old, older); cite new.\n"
    assert said == compcite("export", "a.bib", "--key", "old", "--format", "csl-json").err
    assert not compcite("export", "a.bib", "--key", "old", "--format", "biblatex").err


def test_titles_in_other_languages_keep_their_case(compcite: Compcite, folder: Path) -> None:
    """German nouns are capital in any style."""
    title = "Handbuch Psychologische Diagnostik"
    folder.joinpath("references.bib").write_text(
        f"@book{{a, author = {{Neff, K.}}, title = {{{title}}}, year = 2011}}", encoding="utf-8"
    )

    assert title in compcite("export", "--format", "apa").out


@pytest.mark.usefixtures("references")
def test_titles_in_title_case_become_sentence_case_unless_told_otherwise(
    compcite: Compcite,
) -> None:
    """APA wants sentence case; ``--keep-case`` and styles with Title Case leave the title."""
    title = "Self-Compassion: An Alternative Conceptualization"

    assert title not in compcite("export", "--key", "neff2003self").out
    assert title in compcite("export", "--key", "neff2003self", "--keep-case").out
    assert (
        title in compcite("export", "--key", "neff2003self", "--style", "chicago-author-date").out
    )


def test_csl_json_is_taken_as_it_stands(compcite: Compcite, folder: Path) -> None:
    """A title in CSL-JSON keeps its case, and a name its form."""
    item = {"id": "k", "type": "book", "title": "A Book of Titles", "author": [{"literal": "X Y"}]}
    (folder / "one.json").write_text(json.dumps([item]), encoding="utf-8")

    assert compcite("export", "one.json").out == "X Y. (n.d.). A Book of Titles.\n"


@pytest.mark.usefixtures("references")
def test_a_style_without_a_bibliography_is_said_to_be_one(
    compcite: Compcite, tmp_path: Path
) -> None:
    """The message names what the style can do."""
    notes = tmp_path / "notes.csl"
    notes.write_text(
        '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="note">'
        "<info><title>Notes only</title></info>"
        '<citation><layout><text variable="title"/></layout></citation></style>',
        encoding="utf-8",
    )
    result = compcite("export", "--style", str(notes))

    assert (result.code, result.out) == (2, "")
    assert "the style 'Notes only' has no bibliography, only citations" in result.err
    assert f"compcite cite KEY --style {notes}" in result.err


def test_a_source_without_entries_costs_no_output(compcite: Compcite, folder: Path) -> None:
    """What an earlier run has written stays, and the run ends with 2."""
    (folder / "broken.json").write_text("[\n", encoding="utf-8")
    (folder / "good.bib").write_text("@book{k, title = {T}}\n", encoding="utf-8")

    for command in (("convert", "broken.json", "--to", "bibtex"), ("export", "broken.json")):
        result = compcite(*command, "-o", "good.bib")

        assert result.code == 2
        assert "broken.json: no entry to write; good.bib is left as it was" in result.err
        assert (folder / "good.bib").read_text(encoding="utf-8") == "@book{k, title = {T}}\n"


@pytest.mark.parametrize(
    ("name", "beginning"), [("out.bib", "@article{"), ("out.JSON", "["), ("out.ris", "TY  - ")]
)
@pytest.mark.usefixtures("references")
def test_the_ending_of_the_output_names_its_format(
    compcite: Compcite, folder: Path, name: str, beginning: str
) -> None:
    """A .bib file never gets an APA list, unless ``--format`` or ``--style`` asks for one."""
    assert compcite("export", "-o", name).code == 0
    assert (folder / name).read_text(encoding="utf-8").startswith(beginning)

    assert compcite("export", "--format", "apa", "-o", name).code == 0
    assert not (folder / name).read_text(encoding="utf-8").startswith(beginning)


@pytest.mark.usefixtures("references")
@pytest.mark.parametrize("form", [("--format", "apa"), ("--style", "ieee"), ("--format", "tsv")])
def test_sort_orders_an_export(compcite: Compcite, form: tuple[str, str]) -> None:
    """Also a bibliography whose style has an order of its own: a list of works, newest first."""
    lines = compcite("export", *form, "--sort", "-year").out.splitlines()
    years = [year for line in lines for year in ("2010", "2003") if year in line]

    assert years == ["2010", "2003"]
    assert "did you mean year?" in compcite("export", *form, "--sort", "yaer").err


def test_a_sorted_bibtex_export_keeps_parents_behind_their_children(
    compcite: Compcite, folder: Path
) -> None:
    """BibTeX finds the entry that a ``crossref`` names only further down."""
    (folder / "references.bib").write_text(
        "@incollection{zinn, title = {B}, crossref = {all}}\n@misc{more, title = {C}}\n"
        "@book{all, title = {A}, editor = {Au, T.}}\n",
        encoding="utf-8",
    )
    written = compcite("export", "--format", "bibtex", "--sort", "title").out

    assert re.findall(r"@\w+\{(\w+)", written) == ["zinn", "more", "all"]
