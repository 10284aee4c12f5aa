"""Reading .bib files as pandoc does, but where the documentation says why not."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.formats.pandoc_comparison import compare
from tests.formats.pandoc_kinds import KINDS

PAGE = Path(__file__).parents[2] / "docs" / "formats.md"

# An entry for each kind of difference, by the beginning of the kind's row.
EXAMPLES = {
    "`@misc`": "@misc{k, title={T}, year=2001}",
    "`@conference`": "@conference{k, title={T}, booktitle={B}}",
    "`@online`": "@online{k, title={T}, eprint={1902.07120}, eprinttype={arxiv}}",
    "`@periodical`": "@periodical{k, title={T}, date={2001}}",
    "`booktitle` of": "@unpublished{k, title={T}, booktitle={B}}",
    "`booksubtitle`": "@incollection{k, booktitle={B}, booksubtitle={S}, maintitle={M}}",
    "`issue`": "@article{k, journaltitle={J}, issue={4}}",
    "`volume` and `series`": "@book{k, title={T}, series={S}, volume={7}}",
    "page counts": "@book{k, title={T}, pages={350 pages}}",
    "`12--12`": "@article{k, title={T}, journal={J}, pages={12--12}}",
    "`part`": "@book{k, title={T}, volume={7}, part={2}}",
    "duplicate": "@article{k, journaltitle={J}, volume={7}, volume={8}}",
    "macros": "@article{k, journaltitle=IEEE_J}",
    "`pages`": "@inproceedings{k, crossref={p}} @proceedings{p, pages={1--500}}",
    "`booktitle` beside": "@inproceedings{k, title={P}, crossref={q}}"
    "@proceedings{q, title={T}, booktitle={B}}",
    "`author`": "@book{k, crossref={m}} @mvbook{m, author={A, B}}",
    "`xdata`": "@article{k, xdata={other}} @xdata{x, ids={other}, journaltitle={J}}",
    "particles": "@book{k, author={van der Berg, Jan}}",
    "`{van": "@book{k, author={{van Eyck}, Jan and d'Arcy, P. and al-Hasan, A.}}",
    "`et al.`": "@book{k, author={A, B and et al.}}",
    "`AND`": "@book{k, author={Adam Berg AND Carl Dorn}}",
    "`and and`": "@book{k, author={Berg, Adam and and Dorn, Carl}}",
    "`Sam,": "@book{k, author={Ruby, Sam, and Thomas, Dave}}",
    "`Smith, John": "@book{k, author={Smith, John, Jr.}}",
    "`Smith J.P.`": "@book{k, author={Smith J.P.}}",
    "`e.e.": r"@book{k, author={e.e. cummings and {\'E}mile Zola}}",
    "`Oliveira": "@book{k, author={Oliveira, N. P. d.}}",
    "`L.Anne`": "@book{k, author={Glover, L.Anne}}",
    "`[A": "@book{k, author={[A Survey of Languages]}}",
    "`editora`": "@book{k, editor={A, B}, editora={C, D}, editoratype={redactor}}",
    "`holder`": "@patent{k, holder={{IBM}}}",
    "`month`": "@article{k, year=2001, month={March}}",
    "`year": "@article{k, year={c. 2000}}",
    "`1908-13`": "@article{k, year={1908-13}}",
    "`date": "@article{k, date={2015-1-2}}",
    "`?`": "@article{k, date={2001?}}",
    "`%`": "@article{k, title={10% of all}}",
    "formulas": r"@article{k, title={The $\alpha$ decay}}",
    "a `$`": "@article{k, title={Paid $250}}",
    r"`\underline": r"@article{k, title={a \underline{b}}}",
    r"`{\sc": r"@article{k, title={a {\sc b}}}",
    "unknown": r"@article{k, title={The \zh{language}}}",
    r"`\begin": r"@article{k, title={a\begin{it}b\end{it}c}}",
    r"`\-`": r"@article{k, title={pre\-colonial}}",
    "blanks": r"@article{k, title={a\;b}}",
    r"`{\'\i}`": r"@article{k, title={Garc{\'\i}a}}",
    "emphasis": r"@article{k, title={\emph{a \emph{b} c}}}",
    "`` `…'": "@article{k, title={The verb `be'}}",
    "apostrophes": "@article{k, title={Plato's cave}}",
    "dash": "@article{k, pages={pp. 5 -- 9}}",
}


def test_the_page_tells_each_kind_of_difference_and_no_other() -> None:
    """A row for each kind, in the same order, each with pandoc's reading and ours."""
    section = PAGE.read_text(encoding="utf-8").partition("## Where this differs from pandoc")[2]
    rows = [line.split(" | ") for line in section.partition("\n## ")[0].splitlines()]
    cells = [row for row in rows if len(row) > 1][1:]
    first_table = cells[: len(KINDS)]

    assert [kind.row for kind in KINDS] == [row[0].removeprefix("| ") for row in first_table]
    assert all(len(row) == 3 and all(row) for row in first_table)


def test_each_kind_of_difference_is_one(tmp_path: Path) -> None:
    """Pandoc itself reads an example of each kind as the kind says, and no example otherwise."""
    pytest.importorskip("pypandoc")
    path = tmp_path / "examples.bib"
    entries = (one.replace("{k", f"{{k{number}") for number, one in enumerate(EXAMPLES.values()))
    path.write_text("\n".join(entries), encoding="utf-8")
    tally = compare([path])

    assert tally.unexplained == []
    assert set(KINDS) == set(tally.kinds)


@pytest.mark.no_cover
def test_files_are_read_as_pandoc_reads_them(shared: Path) -> None:
    """Of the values that no kind of difference explains, 99 % are equal: a ninth of the files."""
    pytest.importorskip("pypandoc")
    tally = compare(sorted((shared / "data" / "bib").glob("*.bib"))[::9], timeout=5)

    assert tally.entries > 0
    assert tally.agreement() >= 0.99
