r"""``compcite edit`` and ``compcite remove``: one entry changes, every other byte stays."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from compcite.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.cli.conftest import Compcite

HEAD = "@string{jasa = {J. Am. Stat. Assoc.}}\r\n\r\n% on the self\r\n"
ONE = '@Article{one,\r\n\tTitle = "One",\r\n\tJournal = jasa,\r\n\tYear  = 1999\r\n} % good\r\n'
TWO = "\r\n@inbook{two, crossref = {ONE}, note = {see \\citet[p. 3]{one}}}\r\n"


@pytest.fixture
def listed(folder: Path) -> Path:
    """A references.bib in a manner of its own: macros, tabs, quotes, comments, CRLF."""
    path = folder / "references.bib"
    path.write_bytes((HEAD + ONE + TWO).encode())
    return path


def text_of(path: Path) -> str:
    """The text of a file with the line ends that it has."""
    return path.read_bytes().decode()


def test_fields_are_set_in_the_manner_of_the_file(compcite: Compcite, listed: Path) -> None:
    """Names, tabs, quotes, bare numbers, macros and line ends are as those of the entry."""
    result = compcite(
        "edit", "one", "year=2004", "title=A {B}\\ss", "volume=3", "month=mar", "journal=jasa"
    )
    edited = ONE.replace('"One"', '"A {B}\\ss"').replace(
        "1999", "2004,\r\n\tVolume = 3,\r\n\tMonth = mar"
    )

    assert (result.code, result.err) == (0, "")
    assert text_of(listed) == HEAD + edited + TWO


def test_nothing_is_aligned_in_an_entry_of_one_line(compcite: Compcite, folder: Path) -> None:
    """That ``=`` stands at the same distance from two names there is chance."""
    refs = folder / "references.bib"
    refs.write_text("@misc{au, title = {Shame}, author={Au, T.}, year=2017}\n", encoding="utf-8")
    compcite("edit", "au", "pages=3")
    assert refs.read_text(encoding="utf-8").endswith("author={Au, T.}, year=2017, pages=3}\n")


def test_fields_are_removed(compcite: Compcite, listed: Path) -> None:
    """Each with one comma; a field may be removed beside one that is set."""
    assert compcite("edit", "one", "--unset", "Year", "--unset", "title", "isbn=x").code == 0
    assert text_of(listed) == HEAD + (
        '@Article{one,\r\n\tJournal = jasa,\r\n\tIsbn  = "x"\r\n} % good\r\n' + TWO
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("year=2004", "volume=3"), "set year and volume"),
        (("--unset", "year", "--unset", "title"), "removed title and year"),
        (("isbn=x", "--unset", "year"), "set isbn, removed year"),
        (("title={One}",), "set title"),
        (("journal={J. Am. Stat. Assoc.}",), "set journal"),
    ],
)
@pytest.mark.usefixtures("listed")
def test_what_was_changed_is_said(
    compcite: Compcite, arguments: tuple[str, ...], said: str
) -> None:
    """With the place of the entry, on standard output."""
    result = compcite("edit", "one", *arguments)

    assert (result.code, result.out) == (0, f"references.bib:4: one: {said}\n")


def test_the_difference_is_shown_and_nothing_written(compcite: Compcite, listed: Path) -> None:
    """With 1 where something would change, else 0; what is so already is said."""
    shown = compcite("edit", "one", "year=2004", "--diff")
    same = compcite("edit", "one", "year=1999", "--diff")

    assert (shown.code, "-\tYear  = 1999\r\n+\tYear  = 2004\r\n" in shown.out) == (1, True)
    assert (same.code, same.out, same.err) == (0, "", "one has these values already.\n")
    assert text_of(listed) == HEAD + ONE + TWO


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("ones", "year=1"), "no entry has the key ones; did you mean one?"),
        (("year=1", "one"), "the key comes first; write for example: compcite edit KEY year=1"),
        (("one", "year"), "'year' is no FIELD=VALUE"),
        (("one", "year=1", "--unset", "year"), "a field is named twice"),
        (("one", "note={"), "the braces of the new note are not balanced"),
        (("one", "a b=c"), "'a b' cannot name a field"),
        (("one", "--unset", "doi"), "one has no field doi"),
        (("one", "key=other"), "`compcite rename one other`"),
    ],
)
def test_what_cannot_be_done_is_said(
    compcite: Compcite, listed: Path, arguments: tuple[str, ...], reason: str
) -> None:
    """In one sentence, with 2; the file stays."""
    result = compcite("edit", *arguments)

    assert (result.code, reason in result.err) == (ExitCode.COULD_NOT_RUN, True), result.err
    assert text_of(listed) == HEAD + ONE + TWO


def test_the_field_type_is_told_from_the_type_of_the_entry(
    compcite: Compcite, listed: Path
) -> None:
    """``type=book`` is set as a field, and the way to the other one is named."""
    result = compcite("edit", "two", "type=book")

    assert result.code == 0
    assert "opens the entry, to change @inbook itself" in result.err
    assert "type = {book}" in text_of(listed)


def test_one_of_two_entries_with_a_key_is_not_guessed(compcite: Compcite, listed: Path) -> None:
    """Neither is changed or removed; the places are named."""
    listed.write_bytes((ONE + ONE).encode())
    for arguments in (("edit", "one", "year=1"), ("remove", "one")):
        result = compcite(*arguments)

        assert (result.code, text_of(listed)) == (2, ONE + ONE)
        assert "2 entries have the key one (references.bib:1, references.bib:6)" in result.err


def test_edits_that_are_started_together_wait_for_one_another(folder: Path) -> None:
    """None is refused, and none is lost."""
    (folder / "references.bib").write_text("@misc{a}\n@misc{b}\n@misc{c}\n@misc{d}\n")
    edit = [sys.executable, "-m", "compcite", "edit"]
    runs = [subprocess.Popen([*edit, key, f"note={key}"], cwd=folder) for key in "abcd"]

    assert [run.wait(timeout=120) for run in runs] == [0, 0, 0, 0]
    assert text_of(folder / "references.bib") == "".join(
        f"@misc{{{key}, note = {{{key}}}}}\n" for key in "abcd"
    )


@pytest.mark.skipif(sys.platform == "win32", reason="hard links are rare there")
def test_another_name_of_the_file_keeps_the_old_text(compcite: Compcite, listed: Path) -> None:
    """That is said, since both names had one text before."""
    other = listed.with_name("other.bib")
    other.hardlink_to(listed)
    result = compcite("edit", "one", "year=2004", "--source", "references.bib")

    assert (result.code, text_of(other)) == (0, HEAD + ONE + TWO)
    assert "references.bib: its other names on this disk (hard links) keep the old" in result.err


# In an editor


@pytest.fixture
def editor(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An editor that runs a Python program on the text; drafts are in a folder of their own."""
    program = tmp_path / "editor.py"
    drafts = tmp_path / "drafts"
    drafts.mkdir()
    monkeypatch.setenv("TMPDIR", str(drafts))
    monkeypatch.setattr("tempfile.tempdir", str(drafts))
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f'"{sys.executable}" "{program}"')
    return program


def edits(editor: Path, expression: str) -> None:
    """Let the editor put the value of an expression of ``text`` in the place of the text."""
    editor.write_text(
        "import sys\nfrom pathlib import Path\npath = Path(sys.argv[1])\n"
        "text = path.read_bytes().decode()\n"
        f"path.write_bytes(({expression}).encode())\n",
        encoding="utf-8",
    )


def drafts(editor: Path) -> list[str]:
    """What is in the drafts that were kept."""
    return [one.read_bytes().decode() for one in (editor.parent / "drafts").iterdir()]


@pytest.mark.parametrize("made", ["text", "text.replace('\\r\\n', '\\n')"])
def test_an_entry_is_edited_alone(
    compcite: Compcite, listed: Path, editor: Path, made: str
) -> None:
    """The editor sees the entry and nothing else; its line ends become those of the file."""
    edits(editor, f"({made}).replace('Article', 'Book').replace('One', 'Two')")
    result = compcite("edit", "one")

    assert (result.code, result.err) == (0, "")
    assert result.out == "references.bib:4: one: now @book, set title\n"
    assert text_of(listed) == HEAD + ONE.replace("Article", "Book").replace("One", "Two") + TWO
    assert drafts(editor) == []


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        ("text.replace('one', 'new')", "`compcite rename one new`"),
        ("text + text", "the text holds 2 entries, and one was given to edit"),
        ("'words'", "the text holds 0 entries and other text"),
        ("'' ", "the text holds 0 entries, and"),
        ("text.rstrip().rstrip('}')", "line 1: the entry is never closed"),
    ],
)
def test_nothing_that_was_typed_is_lost(
    compcite: Compcite, listed: Path, editor: Path, made: str, reason: str
) -> None:
    """A text that is not that entry is refused, and kept in a file that is named."""
    edits(editor, made)
    result = compcite("edit", "one")

    assert (result.code, reason in result.err) == (2, True), result.err
    assert text_of(listed) == HEAD + ONE + TWO
    (kept,) = (editor.parent / "drafts").iterdir()
    assert f"what you typed is in {kept}" in result.err


def test_a_file_that_changed_meanwhile_is_not_overwritten(
    compcite: Compcite, listed: Path, editor: Path
) -> None:
    """The other change stays in the file, the typed text in its draft."""
    edits(editor, f"(Path({str(listed)!r}).write_text('% other'), text.replace('One', 'Two'))[1]")
    result = compcite("edit", "one")

    assert (result.code, text_of(listed)) == (2, "% other")
    assert "another program has changed it" in result.err
    assert '"Two"' in drafts(editor)[0]


@pytest.mark.parametrize(
    ("named", "reason"),
    [
        ("", "set $VISUAL or $EDITOR"),
        ("/no/such/editor", "cannot be started"),
        (f'"{sys.executable}" -c "raise SystemExit(3)"', "ended with the code 3"),
    ],
)
@pytest.mark.usefixtures("listed")
def test_without_a_working_editor_nothing_happens(
    compcite: Compcite, editor: Path, monkeypatch: pytest.MonkeyPatch, named: str, reason: str
) -> None:
    """The reason is said, and no draft stays."""
    monkeypatch.setenv("EDITOR", named)
    result = compcite("edit", "one")

    assert (result.code, reason in result.err, drafts(editor)) == (2, True, [])


def test_an_item_of_csl_json_is_not_opened(compcite: Compcite, folder: Path, editor: Path) -> None:
    """It is said before anything is typed."""
    (folder / "r.json").write_text('[{"id": "a", "type": "book"}]', encoding="utf-8")
    edits(editor, "'typed'")
    result = compcite("edit", "a", "--source", "r.json")

    assert (result.code, "set FIELD=VALUE" in result.err, drafts(editor)) == (2, True, [])


# Removing


def test_an_entry_goes_with_its_lines_and_comments_stay(compcite: Compcite, listed: Path) -> None:
    """A comment above may be about all that follows; what stays is said."""
    result = compcite("remove", "one", "two", "--force")

    assert (result.code, text_of(listed)) == (0, HEAD + " % good\r\n")
    assert result.out == "references.bib:4: one\nreferences.bib:10: two\n"
    assert "references.bib:3: the comment before one stays" in result.err
    assert "references.bib:8: the text behind one stays" in result.err


def test_what_is_cited_or_inherited_from_is_not_removed(
    compcite: Compcite, folder: Path, listed: Path
) -> None:
    """Each place is named; an entry that goes with it needs it no more."""
    (folder / "paper.tex").write_text("x\n \\cite{a,one}", encoding="utf-8")
    (folder / "compcite.toml").write_text('cited-in = ["paper.tex"]', encoding="utf-8")
    refused = compcite("remove", "one", "--diff")
    both = compcite("remove", "one", "two", "--diff")

    assert (refused.code, refused.out, text_of(listed)) == (1, "", HEAD + ONE + TWO)
    assert refused.err.splitlines() == [
        "compcite: paper.tex:2:10: cites one",
        "compcite: references.bib:10: two names ONE in its field crossref",
        "compcite: references.bib:10: two names one in its field note",
        "compcite: nothing was removed; --force removes them all the same",
    ]
    assert both.err.splitlines()[:-1] == ["compcite: paper.tex:2:10: cites one"]


@pytest.mark.parametrize(
    "field", ["xref={a}", "xdata={b,a}", "related={a}", "entryset={a}", "author={xdata=a-author}"]
)
def test_every_link_of_biblatex_counts(compcite: Compcite, folder: Path, field: str) -> None:
    """By key or by an alias; not the removed entry's own."""
    (folder / "r.bib").write_text(
        f"@misc{{q, ids={{a}}, related={{a}}}}\n@misc{{c, {field}}}\n", encoding="utf-8"
    )
    assert compcite("remove", "q").code == ExitCode.FINDINGS
    assert compcite("remove", "c").code == ExitCode.OK
    assert compcite("remove", "q").code == ExitCode.OK
    assert not (folder / "r.bib").read_text(encoding="utf-8")


def test_csl_json_is_edited_and_shortened_too(compcite: Compcite, folder: Path) -> None:
    """What it cannot hold is said."""
    path = folder / "r.json"
    items = [{"id": "a", "type": "book", "title": "A"}, {"id": "b", "type": "book"}]
    path.write_text(json.dumps(items, indent=1), encoding="utf-8")
    given = ("--source", "r.json")

    assert compcite("edit", "a", "title=Be", "DOI=10.1000/1", *given).code == ExitCode.OK
    assert compcite("edit", "a", "author=Neff", *given).code == ExitCode.COULD_NOT_RUN
    assert compcite("remove", "b", *given).code == ExitCode.OK
    assert json.loads(path.read_text(encoding="utf-8")) == [
        items[0] | {"title": "Be", "DOI": "10.1000/1"}
    ]


@pytest.fixture
def from_input(listed: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The list as standard input."""
    with listed.open(encoding="utf-8", newline="") as stream:
        monkeypatch.setattr(sys, "stdin", stream)
        yield


@pytest.mark.parametrize(
    ("arguments", "out", "said"),
    [
        (("remove", "two"), HEAD + ONE, "-:10: two"),
        (("edit", "one", "year=2004"), HEAD + ONE.replace("1999", "2004") + TWO, "set year"),
        (("edit", "one", "year=1999"), HEAD + ONE + TWO, "has these values already"),
        (("rename", "one", "one"), HEAD + ONE + TWO, "Nothing to rename"),
        (("merge",), HEAD + ONE + TWO, "Nothing to merge"),
    ],
)
@pytest.mark.usefixtures("from_input")
def test_a_list_from_standard_input_goes_to_standard_output(
    compcite: Compcite, arguments: tuple[str, ...], out: str, said: str
) -> None:
    """Also where nothing changes, so that the next program of a pipe gets it; the rest is aside."""
    result = compcite(*arguments, "--source", "-")

    assert (result.code, result.out, said in result.err) == (0, out, True), result.err
