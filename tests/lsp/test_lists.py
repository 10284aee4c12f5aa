"""A list that is edited has, after each edit, the findings of a fresh reading of its text."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from compcite.files.decoding import read_source
from compcite.lsp.lists import OpenList
from compcite.lsp.settings import project_of
from compcite.model.source import SourceFile
from tests.lsp.findings import document_of, edited, fresh, shown

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

PROJECT = project_of(None, {})
ENTRY = "@article{{{0},\n  author = {{Au, Tony}},\n  title = {{On {1} and its causes}},\n{2}}}\n"
PIECES = st.sampled_from(
    [
        "{", "}", '"', "@", ",", "=", "#", "\n", "\r\n", "% ", "(", ")", "é", "a", " jan ",
        "@string{jan = {Jan}}\n", '@string(x = "X" # jan)\n', "@comment{c}", "@preamble{{p}}\n",
        "% compcite: ignore[doi-missing, key-duplicated] known\n", "  journal = x,\n",
        "  crossref = {b},\n", "  xdata = {a},\n", "  ids = {b, c},\n", "  year = 2001,\n",
        "  doi = {https://doi.org/10.1000/1},\n", "  doi = {10.1000/1},\n",
        "  url = {xdata=a-url},\n",
        ENTRY.format("a", "hunger", "  year = 2001,\n"), ENTRY.format("b", "thirst", ""),
        ENTRY.format("c", "hunger", "  year = 2001,\n  doi = {10.1000/1},\n"),
    ]
)  # fmt: skip


class Typing(RuleBasedStateMachine):
    """Somebody who types, pastes, deletes and moves text at random places."""

    @initialize(pieces=st.lists(PIECES, max_size=8))
    def begin(self, pieces: list[str]) -> None:
        """Open a text."""
        self.one = OpenList(document_of(SourceFile("refs.bib", "".join(pieces))), PROJECT)

    @rule(place=st.floats(0, 1), length=st.sampled_from([0, 0, 1, 3, 40]), piece=PIECES)
    def replace(self, place: float, length: int, piece: str) -> None:
        """Replace a stretch of the text by a piece."""
        start = round(place * len(self.one.source.text))
        end = min(start + length, len(self.one.source.text))
        edited(self.one, start, end, piece)

    @rule(place=st.floats(0, 1), length=st.integers(1, 60))
    def delete(self, place: float, length: int) -> None:
        """Delete a stretch of the text."""
        start = round(place * len(self.one.source.text))
        edited(self.one, start, min(start + length, len(self.one.source.text)), "")

    @invariant()
    def findings_are_those_of_the_text(self) -> None:
        """What is shown is what a fresh reading finds."""
        assert shown(self.one) == fresh(self.one.source, PROJECT)


TestTyping = Typing.TestCase
TestTyping.settings = settings(max_examples=40, stateful_step_count=12, deadline=None)


def test_a_text_sent_whole_is_compared_with_the_one_before() -> None:
    """An editor that sends the whole text for each key gets the same findings."""
    text = ENTRY.format("a", "hunger", "") + ENTRY.format("b", "thirst", "")
    one = OpenList(document_of(SourceFile("refs.bib", text)), PROJECT)
    shown(one)
    first = one.units[0]
    source = one.source.with_text(text.replace("thirst", "sleep") * 40)
    one.take(document_of(source), [(0, len(text), source.text)])
    assert shown(one) == fresh(source, PROJECT)
    assert one.units[0] is first


def test_a_text_that_was_emptied_is_written_again() -> None:
    """Nothing is left of the text before, so nothing of it can be kept."""
    one = OpenList(document_of(SourceFile("refs.bib", ENTRY.format("a", "hunger", ""))), PROJECT)
    edited(one, 0, len(one.source.text), "")
    edited(one, 0, 0, ENTRY.format("b", "thirst", "").rstrip())
    assert shown(one) == fresh(one.source, PROJECT)


def test_a_change_while_repeats_are_looked_for_leaves_no_entry_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Repeats are looked for some entries at a time; a change between two steps loses none."""
    monkeypatch.setattr("compcite.lsp.lists._SLICE", 0)
    text = "".join(ENTRY.format(f"k{n}", f"cause {n % 300}", "") for n in range(600))
    one = OpenList(document_of(SourceFile("refs.bib", text)), PROJECT)
    steps = one.work()
    last = next(unit for unit in reversed(one.units) if unit.is_entry)
    while one.report(last) is None:
        next(steps)
    next(steps)  # all are judged by themselves, and for some of them repeats were looked for
    edited(one, 0, 0, ENTRY.format("first", "cause 1", ""))
    assert shown(one) == fresh(one.source, PROJECT)


def test_an_ignore_that_an_unclosed_entry_swallows_counts_no_more() -> None:
    """The entry behind is as it was, but the comment before it now belongs to the broken entry."""
    ignored = "@article % compcite: ignore[doi-missing] known\n\n"
    text = ENTRY.format("a", "hunger", "") + ignored + ENTRY.format("b", "thirst", "")
    one = OpenList(document_of(SourceFile("refs.bib", text)), PROJECT)
    assert [rule for rule, *_ in shown(one)].count("doi-missing") == 1
    edited(one, text.index("hunger"), text.index("hunger"), "{")
    assert shown(one) == fresh(one.source, PROJECT)


def test_real_lists_are_edited_at_random(shared: Path) -> None:
    """Real files, edits of all kinds; the campaign in benchmarks makes many more."""
    draw = random.Random(17)  # noqa: S311 - no secret
    paths = [path for path in sorted((shared / "data" / "bib").glob("*.bib")) if _is_small(path)]
    for path in draw.sample(paths, 12):
        one = OpenList(document_of(read_source(str(path))), PROJECT)
        assert shown(one) == fresh(one.source, PROJECT)
        for _ in range(8):
            text = one.source.text
            start = draw.randrange(len(text) + 1)
            end = min(len(text), start + draw.choice([0, 0, 1, 5, 200]))
            copied = draw.randrange(len(text) + 1)
            new = draw.choice(["{", "}", '"', "@", "\n", "", text[copied : copied + 50]])
            edited(one, start, end, new)
            assert shown(one) == fresh(one.source, PROJECT)


def _is_small(path: Path) -> bool:
    """Whether a file is read whole in a few milliseconds."""
    return path.stat().st_size < 15_000
