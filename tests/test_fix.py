"""Fixes applied: to a fixed point, the safe ones only, each in its own fields alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from compcite.errors import SourceError
from compcite.files.decoding import read_source
from compcite.files.sources import write_sources
from compcite.model.doi import DOI
from compcite.model.report import Edit, Finding, Report
from compcite.model.work import Relation
from compcite.registries.lock.locked import LockedRegistries
from compcite.registries.settings import Settings
from compcite.verbs.fix import Fixed, apply_fixes
from compcite.verbs.load import library_of, reload_changed
from compcite.verbs.verify import check_library, verify_library
from tests.checks.cases import AU, Answers, entry, found, library, work

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from compcite.model.library import Library

NAMES = "Au, Teresa M. and Litz, Brett T."


def mended(
    asked: Library, judge: Callable[[Library], Report] = check_library, *, unsafe: bool = False
) -> Fixed:
    """The library with what a judge offers."""
    return apply_fixes(asked, judge, reload_changed, unsafe=unsafe)


def answers_of(*outcomes: object) -> LockedRegistries:
    """What a run asks, where the registries give these answers."""
    return LockedRegistries(Settings(), open_registries=lambda _: Answers(*outcomes))  # type: ignore[arg-type, return-value]


def verified(text: str, *outcomes: object, unsafe: bool = True, suggest: bool = False) -> str:
    """A text after the fixes that the registries' answers lead to."""
    asked = library(text)
    with answers_of(*outcomes) as answers:
        verify_library(asked, answers, suggest=suggest)

    def judge(one: Library) -> Report:
        return verify_library(one, answers, suggest=suggest)

    return mended(asked, judge, unsafe=unsafe).sources[0].text


def checked(*texts: str, unsafe: bool = False) -> Fixed:
    """What the fixes that need no network make of texts."""
    return mended(library(*texts), unsafe=unsafe)


def test_safe_fixes_are_applied_and_nothing_else() -> None:
    """Each source is mended by itself; what is unsafe stays."""
    one = entry(doi=f"https://doi.org/{AU}", pages="pp. 207---221")
    two = entry(url=f"https://doi.org/{AU}")
    fixed = checked(one, two)

    assert [source.text for source in fixed.sources] == [entry(), two]
    assert [done.finding.rule.name for done in fixed.applied] == ["pages-malformed", "doi-style"]
    assert [before.name for before, _ in fixed.changed] == ["0.bib"]


def test_unsafe_fixes_are_applied_on_demand() -> None:
    """A URL that only repeats the DOI goes."""
    assert checked(entry(url=f"https://doi.org/{AU}"), unsafe=True).sources[0].text == entry()


def test_fixes_run_until_there_is_nothing_more_to_do() -> None:
    """A DOI that was moved out of the note is tidied, then replaced by the one it is alias of."""
    alias = "10.1000/old"
    text = entry(doi="", note=f"https://doi.org/{alias}")
    fixed = verified(text, replace(found(), doi=DOI(alias)), found(), unsafe=False)

    assert fixed == entry()


def test_what_an_alias_led_to_judges_the_entry_from_then_on() -> None:
    """Without asking again: its wrong year is found in the same run."""
    asked = library(entry(doi="10.1000/old", year="2009"))
    with answers_of(replace(found(), doi=DOI("10.1000/old"))) as answers:
        verify_library(asked, answers)
    fixed = mended(asked, lambda one: verify_library(one, answers))
    found_at_last = fixed.report.entries[0].findings

    assert fixed.sources[0].text == entry(year="2009")
    assert [finding.rule.name for finding in found_at_last] == ["year-mismatch"]


def test_refused_fixes_leave_the_others_alone() -> None:
    """Proved together as far as they can be; each of those that cannot is named."""
    text = "".join(f"@misc{{k{n}, doi = {{doi:10.1000/{n}}}}}\n" for n in range(20))

    def judge(one: Library) -> Report:
        """What is offered, the fixes of two entries so that they change more than a field."""
        report = check_library(one)
        return replace(
            report,
            entries=[
                replace(one, findings=tuple(map(spoiled, one.findings)))
                if one.key in ("k3", "k18")
                else one
                for one in report.entries
            ],
        )

    def spoiled(finding: Finding) -> Finding:
        if finding.fix is None:
            return finding
        start = finding.fix.edits[0].start
        return replace(finding, fix=replace(finding.fix, edits=(Edit(start, start, "}"),)))

    fixed = mended(library(text), judge)

    assert [done.entry.key for done in fixed.refused] == ["k3", "k18"]
    assert len(fixed.applied) == 18
    assert fixed.sources[0].text.count("doi:") == 2


def test_many_copies_of_one_entry_become_one() -> None:
    """However many passes that takes."""
    fixed = checked(entry() * 120, unsafe=True)

    assert fixed.sources[0].text.strip() == entry().strip()


def test_applied_again_they_change_nothing() -> None:
    """The result is a fixed point."""
    once = checked(entry(doi=f"doi:{AU}.", issn="00057894"), entry(doi="", note=AU))
    again = mended(once.library)

    assert (again.applied, again.changed) == ((), [])


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ({"year": "2012"}, {"year": "2017"}),
        ({"author": "Au, T. M. and Fleming, Ian"}, {"author": NAMES}),
        ({"journal": "Sheep Quarterly"}, {"journal": "Behavior Therapy"}),
        ({"volume": "84"}, {"volume": "48"}),
        ({"number": "9"}, {"number": "2"}),
        ({"pages": "301--315"}, {"pages": "207--221"}),
        (
            {"title": "Rethinking compassion: challenges for exploring hurricanes"},
            {"title": "Compassion-Based Therapy for Trauma-Related Shame"},
        ),
    ],
)
def test_fields_take_the_registered_values(wrong: dict[str, str], right: dict[str, str]) -> None:
    """Only on demand, and only the field that differs."""
    text = entry(**wrong)

    assert verified(text, found(), unsafe=False) == text
    assert verified(text, found()) == entry(**right)


def test_a_wrong_doi_gives_way_to_the_right_one() -> None:
    """Its record, which the search gave, judges the entry from then on."""
    text = entry(doi="10.1000/none", volume="84")

    assert verified(text, found()) == entry()


def test_a_missing_doi_is_added() -> None:
    """Where it was looked for, at the end of the entry."""
    assert verified(entry(doi=""), found(), suggest=True) == entry()


def test_a_preprint_gives_way_to_its_article() -> None:
    """As a whole; where nobody gave the article's record, the entry stays as it is."""
    arxiv = "10.48550/arxiv.1706.03762"
    relation = Relation("is-preprint-of", DOI(AU))
    preprint = replace(found(arxiv), work=replace(work(arxiv), relations=(relation,)))
    text = entry(doi=arxiv, journal="arXiv", volume="", number="", pages="")

    changed = verified(text, preprint, found())
    for line in ("journal = {Behavior Therapy}", f"doi = {{{AU}}}", "eprint = {1706.03762}"):
        assert line in changed
    assert verified(entry(doi=arxiv), preprint) == entry(doi=arxiv)


def offering(*edits: tuple[int, int, str]) -> Callable[[Library], Report]:
    """A judge whose doi-style finding has these edits of the field doi."""

    def judge(one: Library) -> Report:
        report = check_library(one)
        mended = [
            replace(
                one,
                findings=tuple(
                    replace(f, fix=replace(f.fix, edits=tuple(Edit(*edit) for edit in edits)))
                    if f.rule.name == "doi-style" and f.fix
                    else f
                    for f in one.findings
                ),
            )
            for one in report.entries
        ]
        return replace(report, entries=mended)

    return judge


@pytest.mark.parametrize(
    "edits", [[(0, 3, "@b")], [(12, 13, "")], [(13, 13, "x"), (12, 14, "y")], [(0, 999, "")]]
)
def test_a_fix_that_would_change_more_is_refused(edits: list[tuple[int, int, str]]) -> None:
    """Type, key and every other field are safe from it; other fixes go on."""
    text = entry(doi=f"doi:{AU}", issn="00057894")
    fixed = mended(library(text), offering(*edits))

    assert fixed.sources[0].text == text.replace("00057894", "0005-7894")
    assert [done.finding.rule.name for done in fixed.refused] == ["doi-style"]
    assert fixed.refused[0].refused


def test_a_fix_that_never_settles_comes_to_an_end() -> None:
    """A text that was there before ends the run."""
    text = entry(doi=f"doi:{AU}")
    start = text.index("doi:")
    back_and_forth = iter(["DOI:", "doi:"] * 100)

    def judge(one: Library) -> Report:
        return offering((start, start + 4, next(back_and_forth)))(one)

    assert mended(library(text), judge).sources[0].text != ""
    assert len(list(back_and_forth)) > 150


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf@misc{k, title = {\xc3\x9c}, doi = {doi:10.1000/a}}\r\n",
        b"% Encoding: iso-8859-1\n@misc{k, title = {\xdc}, doi = {doi:10.1000/a}}",
        "\ufeff@misc{k, title = {Ü}, doi = {doi:10.1000/a}}".encode("utf-16-le"),
        b"@misc{k, title = {\x93\xdc\x94 \x81}, doi = {doi:10.1000/a}}\r",
    ],
)
def test_bytes_stay_as_they_are(tmp_path: Path, data: bytes) -> None:
    """Byte order mark, encoding and line ends; only the label goes."""
    path = tmp_path / "x.bib"
    path.write_bytes(data)
    fixed = mended(library_of([read_source(str(path))]))
    write_sources(fixed.changed)
    label = "doi:".encode("utf-16-le") if b"d\0" in data else b"doi:"

    assert path.read_bytes() == data.replace(label, b"")


def test_a_file_that_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    """All files are looked at before the first is written."""
    paths = [tmp_path / "a.bib", tmp_path / "b.bib"]
    for path in paths:
        path.write_text(entry(doi=f"doi:{AU}"), encoding="utf-8")
    fixed = mended(library_of([read_source(str(path)) for path in paths]))
    paths[1].write_text("somebody else's", encoding="utf-8")

    with pytest.raises(SourceError, match="another program has changed it"):
        write_sources(fixed.changed)
    assert paths[0].read_text(encoding="utf-8") == entry(doi=f"doi:{AU}")
    assert paths[1].read_text(encoding="utf-8") == "somebody else's"
