"""Which keys documents cite: several documents, included files, what cannot be read."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compcite.errors import SourceError, UsageError
from compcite.formats.citing import READERS, cited_alone, cited_in
from compcite.formats.citing.events import Cited
from compcite.model.source import SourceFile

if TYPE_CHECKING:
    from pathlib import Path

PIECES = [
    "\\cite{", "\\cites", "a,b", "}", "[", "]", "{", "%", "\n", "\r\n", "\\newcommand{\\my}[2][]{",
    "\\my", "#1", "#2", "\\input{", "\\iffalse", "\\fi", "\\else", "\\begin{verbatim}", "\\verb|",
    "\\end{verbatim}", "\\begin{document}", "\\usepackage{", "@key", "@{", "`", "```\n", "---\n",
    "nocite: ", "references:\n- id: x\n", "$", "<", ">", "<!--", "{{< include ", "(@a) ", ":cite:`",
    "[a]_", ".. ", "::\n\n", "   ", "#cite(<k>)", "#let f(x) = cite(", "#if ", '"', "/*", "//",
    "label(", "\\citation{", "<bcf:citekey>", "]](", "\x00", "\ud800", "10.1/x", "…",
]  # fmt: skip


def write(folder: Path, **files: str) -> None:
    """Put documents into a folder; an underscore in a name stands for the dot."""
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")


def test_documents_of_several_kinds_are_read_in_order(tmp_path: Path) -> None:
    """Keys come once, in the order in which the documents cite them."""
    write(tmp_path, a_tex=r"\cite{one,two}", b_md="[@two; @three]", c_typ="@four")
    found = cited_in([str(tmp_path / name) for name in ("a.tex", "b.md", "c.typ")])
    assert found.keys == ("one", "two", "three", "four")
    assert not found.everything


def test_a_label_in_typst_hides_no_citation_of_other_languages(tmp_path: Path) -> None:
    """The label ``<one>`` and the key ``one`` of another document have nothing in common."""
    write(tmp_path, a_tex=r"\cite{one}", b_md="[@one]", c_typ="= Part <one>\n@one")
    found = cited_in([str(tmp_path / name) for name in ("a.tex", "b.md", "c.typ")])
    assert [one.place.rpartition("/")[2] for one in found.citations] == ["a.tex:1:7", "b.md:1:3"]


def test_each_citation_has_its_place(tmp_path: Path) -> None:
    """The second mention of a key is a citation of its own, at its own line and column."""
    write(tmp_path, a_md="First @smith.\nThen [see @smith].\n")
    first, second = cited_in([str(tmp_path / "a.md")]).citations
    assert first.source.text[first.span.start : first.span.end] == "smith"
    place = second.source.position(second.span.start)
    assert (place.line, place.column) == (2, 12)


def test_a_file_is_read_once(tmp_path: Path) -> None:
    """A chapter that is named and included, and a circle of files, do no harm."""
    write(
        tmp_path,
        main_tex=r"\cite{m}\input{chapter}",
        chapter_tex=r"\cite{c}\input{main}\input{chapter}",
    )
    found = cited_in([str(tmp_path / name) for name in ("main.tex", "chapter.tex", "main.tex")])
    assert [one.key for one in found.citations] == ["m", "c"]


def test_long_chains_of_files_are_followed(tmp_path: Path) -> None:
    """A file that reads a file that reads a file, more often than Python recurses."""
    for number in range(1200):
        write(tmp_path, **{f"f{number}_tex": rf"\cite{{k{number}}}\input{{f{number + 1}}}"})
    write(tmp_path, f1200_tex=r"\cite{last}")
    assert cited_in([str(tmp_path / "f0.tex")]).keys[-1] == "last"


def test_a_missing_document_is_an_error(tmp_path: Path) -> None:
    """What cannot be read is named."""
    with pytest.raises(SourceError, match=r"gone\.tex: cannot be read"):
        cited_in([str(tmp_path / "gone.tex")])


def test_a_document_of_another_kind_is_an_error(tmp_path: Path) -> None:
    """A word processor's file is refused, and the message says what is read."""
    write(tmp_path, paper_docx="PK")
    with pytest.raises(UsageError, match=r"paper\.docx: .*\.tex, .*\.md"):
        cited_in([str(tmp_path / "paper.docx")])


@pytest.mark.parametrize(
    ("text", "expected"),
    [("\\documentclass{article}\n\\cite{a}", ("a",)), ("As [@a] says.", ("a",))],
)
def test_a_name_without_suffix_is_judged_by_its_text(
    tmp_path: Path, text: str, expected: tuple[str, ...]
) -> None:
    """LaTeX is recognised, all else is taken for Markdown."""
    write(tmp_path, paper=text)
    assert cited_in([str(tmp_path / "paper")]).keys == expected


@pytest.mark.parametrize("suffix", [suffix for suffix in READERS if suffix != ".ipynb"])
@given(pieces=st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=25))
@settings(max_examples=40)
def test_any_text_can_be_read(suffix: str, pieces: list[str]) -> None:
    """No text is too broken; every key stands at its place and is not empty."""
    source = SourceFile("paper" + suffix, "".join(pieces))
    found: list[Cited] = []
    with suppress(SourceError):  # an input that is not there
        found += (event for event in READERS[suffix]()(source) if isinstance(event, Cited))
    assert [one for one in found if not one.key or not 0 <= one.start < one.end] == []
    assert [one for one in found if one.end > len(source.text)] == []


def test_a_file_alone_knows_the_commands_of_files_before_it(tmp_path: Path) -> None:
    """A chapter cites by a command of the main file; a file that is missing is passed over."""
    main = SourceFile("main.tex", "\\newcommand{\\mycite}[1]{\\cite{#1}}\\begin{document}")
    chapter = SourceFile("one.tex", "\\input{missing}\\mycite{a}", tmp_path / "one.tex")
    assert cited_alone(chapter) == []
    assert [event.key for event in cited_alone(chapter, [main])] == ["a"]
    with pytest.raises(SourceError, match="which is not there"):
        cited_in(["one.tex"], lambda _name: chapter)
    assert cited_in(["one.tex"], lambda _name: chapter, strict=False).citations == ()
