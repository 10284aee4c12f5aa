"""``compcite import``: the entries of other lists at the end of a file, in its own manner."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compcite.errors import ExitCode
from compcite.formats.bibtex.read.reader import read_bibtex
from compcite.model.source import SourceFile
from compcite.verbs.gather import gather_entries

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Compcite

TITLE = "Compassion-Based Therapy for Trauma-Related Shame"
THERE = f'@Article{{au,\n\tauthor = "Au, T.",\n\ttitle  = "{TITLE}",\n\tyear   = 2017\n}}\n'
RIS = (
    "TY  - JOUR\nAU  - Neff, Kristin\nTI  - Self-Compassion Revisited\nJO  - Self and Identity\n"
    "PY  - 2003\nID  - neff\nER  - \n"
)
TWIN = (
    f"@article{{twin, author = {{Au, Teresa}}, title = {{{TITLE}}}, year = 2017, "
    "journal = {Behavior Therapy}}\n"
)


@pytest.fixture
def refs(folder: Path) -> Path:
    """A list with one entry in a manner of its own."""
    path = folder / "references.bib"
    path.write_text(THERE, encoding="utf-8")
    return path


def text_of(path: Path) -> str:
    """The text of a file."""
    return path.read_text(encoding="utf-8")


def test_entries_of_any_format_are_written_as_their_neighbours_are(
    compcite: Compcite, folder: Path, refs: Path
) -> None:
    """Keys are kept; a second run adds nothing."""
    (folder / "more.ris").write_text(RIS, encoding="utf-8")
    result = compcite("import", "more.ris")

    assert (result.code, result.out) == (ExitCode.OK, "references.bib:7: neff\n")
    assert result.err == "Added 1 of 1 entry to references.bib.\n"
    assert text_of(refs) == THERE + (
        '\n@Article{neff,\n\tauthor = "Neff, Kristin",\n'
        '\ttitle  = "Self-{Compassion} {Revisited}",\n'
        '\tjournal = "Self and Identity",\n\tyear   = 2003\n}\n'
    )
    again = compcite("import", "more.ris")
    assert (again.code, again.out) == (ExitCode.OK, "")
    assert again.err.endswith(
        "Added 0 of 1 entry to references.bib; 1 left out, since the work was there.\n"
    )


def test_a_diff_writes_nothing(compcite: Compcite, folder: Path, refs: Path) -> None:
    """It shows the new lines and ends with 1; a new file is not created either."""
    (folder / "more.ris").write_text(RIS, encoding="utf-8")
    shown = compcite("import", "more.ris", "--diff")
    assert (shown.code, text_of(refs)) == (ExitCode.FINDINGS, THERE)
    assert "+@Article{neff," in shown.out
    assert compcite("import", "more.ris", "--to", "new.bib", "--diff").code == ExitCode.FINDINGS
    assert not (folder / "new.bib").exists()
    assert compcite("import", "more.ris", "--to", "new.bib").code == ExitCode.OK
    assert text_of(folder / "new.bib").startswith("@article{neff,")


def test_fields_of_another_bib_file_keep_their_values(
    compcite: Compcite, folder: Path, refs: Path
) -> None:
    """As they are written, with the values of macros that this file does not have."""
    (folder / "b.bib").write_text(
        '@string{jot = "J. Tests"}\n'
        '@article{b, title = {{DNA} \\"uber alles}, journal = jot, month = mar, '
        'pages = "1" # "--2", year = {1999}, custom = {x\n  y}}\n',
        encoding="utf-8",
    )
    compcite("import", "b.bib")
    assert text_of(refs) == THERE + (
        '\n@Article{b,\n\ttitle  = {{DNA} \\"uber alles},\n\tjournal = "J. Tests",\n'
        '\tmonth  = mar,\n\tpages  = "1" # "--2",\n\tyear   = 1999,\n\tcustom = "x\n  y"\n}\n'
    )


def test_a_taken_key_is_replaced_also_where_others_refer_to_it(
    compcite: Compcite, folder: Path, refs: Path
) -> None:
    """The new key is said beside the old one."""
    (folder / "b.bib").write_text(
        "@inproceedings{kid, title = {A paper}, crossref = {AU}}\n"
        "@proceedings{AU, editor = {Berg, A.}, title = {Meeting of minds}, year = 2001}\n",
        encoding="utf-8",
    )
    result = compcite("import", "b.bib")
    assert result.out == "references.bib:7: kid\nreferences.bib:12: berg2001meeting (was AU)\n"
    assert 'crossref = "berg2001meeting"' in text_of(refs)


def test_a_citation_in_a_value_gets_the_new_key(
    compcite: Compcite, folder: Path, refs: Path
) -> None:
    """Otherwise it would cite the other work that has the old key in this file."""
    (folder / "b.bib").write_text(
        "@article{Au, author = {Berg, A.}, title = {Meeting of minds}, year = 2001}\n"
        "@article{reply, title = {On minds}, note = {Reply to \\citet{Au, other}; \\emph{Au}}}\n",
        encoding="utf-8",
    )
    compcite("import", "b.bib")
    assert '"Reply to \\citet{berg2001meeting, other}; \\emph{Au}"' in text_of(refs)


def test_a_preamble_that_the_file_lacks_is_named(
    compcite: Compcite, folder: Path, refs: Path
) -> None:
    """The commands that it defines may stand in the values of the new entries."""
    (folder / "b.bib").write_text(
        '@preamble{"\\newcommand{\\noop}[1]{}"}\n'
        "@article{berg, author = {Berg, A.}, title = {Meeting of minds}, year = {\\noop{a}2001}}\n",
        encoding="utf-8",
    )
    said = "b.bib:1: this @preamble is not copied; the new entries may use its commands"
    assert said in compcite("import", "b.bib", "--diff").err
    refs.write_text('@preamble{"\\newcommand{\\noop}[1]{}"}\n' + THERE, encoding="utf-8")
    assert said not in compcite("import", "b.bib", "--diff").err


@pytest.mark.parametrize("files", [("a.bib", "b.bib"), ("one.bib",)])
def test_a_key_that_two_works_have_still_names_the_one_that_it_named(
    compcite: Compcite, folder: Path, refs: Path, files: tuple[str, ...]
) -> None:
    """In two files it names the work of its own file; in one file, the first work."""
    first = (
        "@inproceedings{kid1, title = {A paper}, crossref = {par}}\n"
        "@proceedings{par, editor = {Berg, A.}, title = {Meeting of minds}, year = 2001}\n"
    )
    second = (
        "@inproceedings{kid2, title = {Another}, crossref = {par}}\n"
        "@proceedings{par, editor = {Cole, B.}, title = {Other meeting}, year = 2010}\n"
    )
    for name, text in {"a.bib": first, "b.bib": second, "one.bib": first + second}.items():
        (folder / name).write_text(text, encoding="utf-8")
    compcite("import", *files)

    added, _ = read_bibtex(SourceFile("", text_of(refs)))
    parents = {
        entry.key: entry.field("crossref") for entry in added if entry.key in ("kid1", "kid2")
    }
    expected = {"kid1": "par", "kid2": "par" if files == ("one.bib",) else "cole2010other"}
    assert expected == {key: field and field.value for key, field in parents.items()}


def test_a_work_that_is_there_is_left_out_or_completes_it(
    compcite: Compcite, folder: Path, refs: Path
) -> None:
    """Either way it is said, with both places."""
    (folder / "b.bib").write_text(TWIN, encoding="utf-8")
    said = "compcite: b.bib:1: twin is the work of references.bib:1: au"
    result = compcite("import", "b.bib")
    assert (result.code, text_of(refs)) == (ExitCode.OK, THERE)
    assert result.err.startswith(f"{said}; left out\n")

    result = compcite("import", "b.bib", "--on-duplicate", "complete")
    assert text_of(refs) == THERE.replace("2017\n", '2017,\n\tjournal = "Behavior Therapy"\n')
    assert result.err.startswith(f"{said}, which gets journal\n")


def test_several_duplicates_complete_an_entry_with_their_values_as_written(
    compcite: Compcite, folder: Path, refs: Path
) -> None:
    """Also in fields that no style knows; what programs note, and other entries' keys, stay out."""
    first = (
        TWIN.rstrip().removesuffix("}") + ", keywords = {a, {B}}, owner = {me}, related = {x}}\n"
    )
    second = TWIN.replace("twin", "third").rstrip().removesuffix("}") + ", abstract = {\\'Ecole}}\n"
    (folder / "b.bib").write_text(
        f"{first}{second}@misc{{new, title = {{New}}}}\n", encoding="utf-8"
    )
    result = compcite("import", "b.bib", "--on-duplicate", "complete")

    added = (
        '2017,\n\tjournal = "Behavior Therapy",\n\tkeywords = "a, {B}",\n\tabstract = "\\\'Ecole"\n'
    )
    assert text_of(refs).startswith(THERE.replace("2017\n", added))
    assert result.out == f"references.bib:{text_of(refs)[:-1].count(chr(10)) - 1}: new\n"
    assert "b.bib:1: twin is the work of references.bib:1: au, which gets journal" in result.err
    assert "third is the work of references.bib:1: au, which gets abstract\n" in result.err


def test_a_work_that_is_there_may_be_added_all_the_same(
    compcite: Compcite, folder: Path, refs: Path
) -> None:
    """Under a key of its own."""
    (folder / "b.bib").write_text(TWIN.replace("{twin", "{au"), encoding="utf-8")
    result = compcite("import", "b.bib", "--on-duplicate", "keep")
    assert result.out == "references.bib:7: au2017compassion (was au)\n"
    assert "; added as au2017compassion" in result.err
    assert text_of(refs).count("@Article") == 2


def test_what_the_dialect_of_the_file_cannot_hold_is_said(
    compcite: Compcite, folder: Path, refs: Path
) -> None:
    """An entry for biblatex is written for BibTeX where the file is."""
    (folder / "b.bib").write_text(
        "@movie{web, title = {Pages of the Web}, journaltitle = {T}, date = {2020}, "
        "custom = {kept}}\n",
        encoding="utf-8",
    )
    result = compcite("import", "b.bib")
    assert "@Misc{web," in text_of(refs)
    assert 'custom = "kept"' in text_of(refs)
    assert 'title  = "Pages of the Web"' in text_of(refs)
    assert "web: references.bib takes the type “motion_picture” for" in result.err


def test_a_list_is_not_brought_into_itself(compcite: Compcite, refs: Path) -> None:
    """Nor is anything but a list of BibTeX written."""
    result = compcite("import", "references.bib", "--to", "references.bib")
    assert (result.code, text_of(refs)) == (ExitCode.COULD_NOT_RUN, THERE)
    assert "which this run reads" in result.err
    assert compcite("import", "references.bib", "--to", "x.ris").code == ExitCode.COULD_NOT_RUN
    assert compcite("import", "references.bib", "--from", "bibtx").err.startswith(
        "compcite: unknown format 'bibtx'; did you mean bibtex?"
    )


KEYS = st.sampled_from(["a", "B", "b", "c1", "ö"])
VALUES = st.text(alphabet='abÄé \n\\{}"#%@,=', max_size=10).filter(
    lambda text: text.count("{") == text.count("}") and "}" not in text.partition("{")[0]
)


@given(st.lists(st.tuples(KEYS, VALUES, VALUES), max_size=4), st.sampled_from([THERE, "", "% x\n"]))
def test_every_entry_arrives_with_its_values(rows: list[tuple[str, str, str]], before: str) -> None:
    """Whatever they contain; what stood in the file stays as it is."""
    text = "\n".join(
        f"@misc{{{key}, title = {{T{place} {value}}}, note = {{{note}}}}}"
        for place, (key, value, note) in enumerate(rows)
    )
    entries, _ = read_bibtex(SourceFile("b.bib", text))
    gathered = gather_entries(SourceFile("a.bib", before), entries)
    assert gathered.source.text.startswith(before.rstrip())
    for outcome in gathered.outcomes:
        kept = outcome.added or outcome.earlier
        assert kept is not None
        if outcome.added is not None:
            assert [field.value for field in kept.fields] == [
                field.value for field in outcome.entry.fields
            ]
