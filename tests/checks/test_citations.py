"""Family L7: entries beside what documents cite."""

from __future__ import annotations

import pytest

from compcite.checks.citations import find_cited, relatives
from compcite.errors import ExitCode
from compcite.formats.documents import read_document
from compcite.model.citations import Citation, Citations
from compcite.model.library import Library
from compcite.model.report import EntryReport, Report, Severity, Standing, Status
from compcite.model.source import SourceFile, Span
from compcite.verbs.verify import check_library, verify_library
from tests.checks.cases import AU, Answers, entry, finding_of, found, library, rules_of


def citing(*keys: str, name: str = "paper.tex", everything: bool = False) -> Citations:
    """The citations of a document that names the keys, a line each."""
    source = SourceFile(name, "".join(f"{key}\n" for key in keys))
    citations, start = [], 0
    for key in keys:
        citations.append(Citation(key, source, Span(start, start + len(key))))
        start += len(key) + 1
    return Citations(tuple(citations), everything=everything)


def report(text: str, citations: Citations) -> Report:
    """What checking offline says of a list beside the citations."""
    return check_library(library(text), citations=citations)


def uncited(text: str, *keys: str) -> list[str]:
    """The keys of the entries that nobody cites."""
    made = report(text, citing(*keys))
    return [str(one.key) for one in made.entries if "entry-uncited" in rules_of(one)]


def undefined(text: str, citations: Citations) -> list[EntryReport]:
    """The citations that no entry answers."""
    return report(text, citations).entries_of(Standing.UNDEFINED)


def test_an_entry_that_nobody_cites_is_a_note() -> None:
    """It stands on the entry; the cited one has none."""
    made = report(entry("a") + entry("b", doi="10.1000/b"), citing("a"))
    assert [rules_of(one) for one in made.entries] == [[], ["entry-uncited"]]
    assert finding_of(made.entries[1], "entry-uncited").severity is Severity.NOTE


def test_without_documents_nothing_is_uncited() -> None:
    """The rules speak only where documents are read."""
    assert rules_of(check_library(library(entry())).entries[0]) == []


def test_everything_may_be_cited_at_once() -> None:
    r"""``\nocite{*}`` leaves no entry uncited."""
    assert rules_of(report(entry("a"), citing(everything=True)).entries[0]) == []


def test_nobody_is_asked_about_an_uncited_entry() -> None:
    """It is reported once, unjudged, and fails nothing."""
    text = entry("a") + entry("b", doi="10.1000/none", year="1800")
    asked: list[tuple[int, int]] = []
    made = verify_library(
        library(text),
        Answers(found()),
        citations=citing("a"),
        progress=lambda *step: asked.append(step),
    )
    cited, other = made.entries
    assert asked == [(1, 1)]
    assert (cited.status, cited.standing) == (Status.VERIFIED, Standing.JUDGED)
    assert (other.status, other.doi) == (Status.UNVERIFIED, "10.1000/none")
    assert rules_of(other) == ["entry-uncited"]
    assert made.count(Status.UNVERIFIED) == 0
    assert made.exit_code(Severity.WARNING) is ExitCode.OK


def test_an_uncited_entry_makes_no_duplicate() -> None:
    """What does not reach the bibliography cannot stand in it twice."""
    text = entry("a") + entry("b")
    assert rules_of(report(text, citing("b")).entries[1]) == []
    assert rules_of(report(text, citing("a", "b")).entries[1]) == ["doi-duplicated"]


def test_entries_with_one_key_are_cited_together() -> None:
    """Nobody can tell which of them a document means."""
    text = entry("a") + entry("a", doi="10.1000/b", title="Something else entirely")
    assert uncited(text, "a") == []


def test_an_alias_is_a_key() -> None:
    """Biblatex takes an entry by any name in ``ids``."""
    text = entry("a", ids="old, older")
    assert uncited(text, "older") == []
    assert undefined(text, citing("older")) == []


@pytest.mark.parametrize("field", ["crossref", "xref", "xdata", "related"])
def test_a_parent_of_a_cited_entry_is_in_use(field: str) -> None:
    """Also the parent's parent, whatever the letter case; a child of a cited one is not."""
    parents = entry("b", doi="", xdata="c") + "@xdata{c, publisher = {P}}\n"
    text = entry("a", **{field: "B"}) + parents + entry("d", doi="", crossref="a")
    assert uncited(text, "a") == ["d"]


def test_a_single_value_may_be_another_entrys() -> None:
    """``xdata=key-field`` in any field."""
    text = entry("a", publisher="xdata=names-publisher") + "@xdata{names, publisher = {P}}\n"
    assert uncited(text, "a") == []


def test_members_of_a_cited_set_are_cited() -> None:
    """And they belong into the bibliography, as parents do not."""
    text = "@set{s, entryset = {a, b}}\n" + entry("a", crossref="p") + entry("b") + entry("p")
    cited = find_cited(library(text), citing("s"))
    assert (sorted(cited.in_bibliography), sorted(cited.used)) == ([0, 1, 2], [0, 1, 2, 3])


def test_relatives_are_what_chosen_entries_need() -> None:
    """In the order of the list, without the chosen ones."""
    entries = library(entry("p", xdata="x") + "@xdata{x, a = {b}}\n" + entry("a", crossref="p"))
    assert [one.key for one in relatives(entries.entries, entries.entries[2:])] == ["p", "x"]


def test_a_citation_that_no_entry_answers_is_an_error() -> None:
    """It stands in the document, at each place where the key is cited."""
    (made,) = undefined(entry("neff2003self"), citing("neff2003selv", "neff2003selv"))
    assert (made.source.name, made.key, made.doi) == ("paper.tex", "neff2003selv", None)
    assert (made.status, made.item) == (Status.NO_DOI, None)
    assert rules_of(made) == ["citation-undefined"] * 2
    assert [made.source.position(one.span.start).line for one in made.findings] == [1, 2]
    first = made.findings[0]
    assert first.severity is Severity.ERROR
    assert first.message == "no entry has the key neff2003selv; did you mean neff2003self?"


def test_undefined_citations_stand_behind_the_entries() -> None:
    """Every entry of the list is there once, and the run fails."""
    made = report(entry("a"), citing("a", "b"))
    assert [one.key for one in made.entries] == ["a", "b"]
    assert made.count(Status.NO_DOI) == 0
    assert made.exit_code(Severity.WARNING) is ExitCode.FINDINGS


@pytest.mark.parametrize(
    ("name", "severity"),
    [("paper.tex", Severity.NOTE), ("paper.aux", Severity.NOTE), ("paper.bcf", Severity.ERROR),
     ("paper.md", Severity.ERROR), ("paper.typ", Severity.ERROR)],
)  # fmt: skip
def test_letter_case_counts_but_for_bibtex(name: str, severity: Severity) -> None:
    """The entry counts as cited; BibTeX finds it, biber and pandoc do not."""
    made = report(entry("Au2017"), citing("au2017", name=name))
    finding = finding_of(made.entries[1], "citation-undefined")
    assert rules_of(made.entries[0]) == []
    assert (finding.severity, finding.message) == (
        severity,
        "no entry has the key au2017; Au2017 differs from it in case",
    )


def test_what_a_document_defines_is_not_undefined() -> None:
    r"""``\bibitem`` needs no entry."""
    citations = citing("own")
    defined = Citations(citations.citations, definitions=citations.citations)
    assert undefined(entry("a"), defined) == []


def test_an_unreadable_entry_answers_its_citations() -> None:
    """One fault is told once; the block is reported though its key may be uncited."""
    text = entry("a") + "@book{broken, title = {never closed\n"
    made = report(text, citing("broken"))
    assert [rules_of(one) for one in made.entries] == [["entry-uncited"], ["entry-unparsed"]]


def test_a_key_that_is_an_identifier_is_looked_up_elsewhere() -> None:
    """Manubot takes ``doi:…`` for a key; where the list has the DOI, its entry is cited."""
    citations = citing(f"doi:{AU.upper()}", "doi:10.1000/x", "pmid:123", name="paper.md")
    made = report(entry("a"), citations)
    assert [rules_of(one) for one in made.entries] == [[]]


def test_mentions_of_a_document_are_not_uncited() -> None:
    """A DOI in prose is in use where it stands, and repeats no entry of a list."""
    document = SourceFile("paper.md", f"See https://doi.org/{AU} or doi:10.1000/x.")
    mentions, _ = read_document(document)
    listed = library(entry("a"))
    both = Library([*listed.sources, document, document], [*listed.entries, *mentions, *mentions])
    made = check_library(both, citations=citing("a"))
    assert [rules_of(one) for one in made.entries] == [[]] * 5


def test_a_mention_that_is_not_registered_is_not_searched_for() -> None:
    """Nothing is known of the work by which it could be found."""
    document = SourceFile("paper.md", "See https://doi.org/10.1000/none.")
    answers = Answers(found())
    made = verify_library(Library([document], read_document(document)[0]), answers, suggest=True)
    assert rules_of(made.entries[0]) == ["doi-not-registered"]
    assert answers.citations == []


def test_what_lends_to_others_describes_no_work() -> None:
    """Nothing is missing of ``@xdata`` and ``@set``, and no DOI in them is misplaced."""
    text = "@xdata{x, url = {https://doi.org/10.1000/x}}\n@set{s, entryset = {a}}\n"
    made = check_library(library(text))
    assert [rules_of(one) for one in made.entries] == [[], []]
