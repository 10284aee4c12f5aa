"""Every rule on a list that has its fault, and on one that differs only in not having it.

A new rule without an example here fails the first test, which says what to write.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from compcite.checks import RULES
from compcite.files.decoding import decode
from compcite.model.citations import Citation, Citations
from compcite.model.doi import DOI
from compcite.model.item import Date, Item, Name
from compcite.model.source import SourceFile, Span
from compcite.model.work import Found, NotFound, Outcome, Relation, Unavailable, Update, Work
from compcite.verbs.load import library_of
from compcite.verbs.verify import verify_library
from tests.checks.cases import AU, Answers, entry, found

KNOWN = found()
RIVERS = Found(
    DOI(AU),
    Work(
        DOI(AU),
        "Crossref",
        Item(
            "article-journal",
            {"title": "Sediment transport in braided rivers", "container-title": "Geomorphology"},
            {"author": (Name("Ashmore", "Peter"),)},
            {"issued": Date(((1991,),))},
        ),
        titles=("Sediment transport in braided rivers",),
        containers=("Geomorphology",),
        years=frozenset({1991}),
    ),
)
"""The DOI of the example, registered for quite another work."""


def _updated(kind: str) -> Found:
    return found(updates=(Update(kind, DOI("10.1000/notice"), asserted_by="publisher"),))


@dataclass(frozen=True, slots=True)
class Example:
    """A list with the fault of a rule and a list without it, each with the registries' answer.

    ``cited`` are the keys that a document cites, where the rule is about citations. ``suggest``
    is false where the rule speaks only as long as nobody searches for the work. ``name`` is that
    of the list's file, whose ending tells its format.
    """

    faulty: str | bytes
    sound: str | bytes = entry()
    answer: Outcome = KNOWN
    sound_answer: Outcome = KNOWN
    cited: tuple[str, ...] = ()
    suggest: bool = True
    name: str = "list.bib"


EXAMPLES: dict[str, Example] = {
    "entry-unparsed": Example(entry() + "@book{open, title = {Never closed\n"),
    "comma-missing": Example(entry().replace("{2017},", "{2017}")),
    "field-duplicated": Example(entry().replace("  year", "  year = {2016},\n  year")),
    "string-undefined": Example(entry().replace("{Behavior Therapy}", "behther")),
    "comment-in-entry": Example(entry().replace("  year", "  % a remark\n  year")),
    "encoding-guessed": Example(
        entry(author="Litz, B. and Müller, J.").encode("latin-1"),
        entry(author="Litz, B. and Müller, J.").encode(),
    ),
    "field-unread": Example(
        '[{"id": "au2017", "issued": {"date-parts": [["last year"]]}}]',
        '[{"id": "au2017", "issued": {"date-parts": [[2017]]}}]',
        name="list.json",
    ),
    "field-missing": Example(entry(journal="")),
    "date-malformed": Example(entry(year="20177")),
    "pages-malformed": Example(entry(pages="221--207")),
    "isbn-invalid": Example(entry(isbn="978-3-16-148410-1"), entry(isbn="978-3-16-148410-0")),
    "issn-invalid": Example(entry(issn="0005-7895"), entry(issn="0005-7894")),
    "url-repeats-doi": Example(entry(url=f"https://doi.org/{AU}")),
    "field-misspelt": Example(entry(journal="", jounal="J"), entry(myfield="J")),
    "latex-unescaped": Example(entry(note="R & D"), entry(note=r"R \& D")),
    "names-malformed": Example(entry(author="Au, T, Wong, P, Lee, C")),
    "doi-missing": Example(entry(doi=""), suggest=False),
    "doi-malformed": Example(entry(doi="1016/j.beth")),
    "doi-style": Example(entry(doi=f"https://doi.org/{AU}")),
    "doi-in-other-field": Example(entry(doi="", note=AU)),
    "doi-suggested": Example(entry(doi="")),
    "work-not-found": Example(entry(doi=""), answer=NotFound(DOI(AU))),
    "doi-not-registered": Example(entry(), answer=NotFound(DOI(AU))),
    "doi-alias": Example(entry(), answer=Found(DOI(AU), found("10.1000/main").work)),
    "doi-unresolvable": Example(entry(), answer=Found(DOI(AU), KNOWN.work, resolvable=False)),
    "doi-unverified": Example(entry(), answer=Unavailable(DOI(AU), "Nobody answered.")),
    "wrong-work": Example(entry(), answer=RIVERS),
    "title-mismatch": Example(entry(title="Group therapy for chronic pain in adolescents")),
    "author-mismatch": Example(entry(author="Au, T. M. and Ashmore, P.")),
    "year-mismatch": Example(entry(year="2009")),
    "container-mismatch": Example(entry(journal="Geomorphology")),
    "volume-mismatch": Example(entry(volume="12")),
    "issue-mismatch": Example(entry(number="7")),
    "pages-mismatch": Example(entry(pages="1001--1019")),
    "type-mismatch": Example(
        entry(kind="book", publisher="Elsevier"), answer=found(registered_type="journal-article")
    ),
    "work-retracted": Example(entry(), answer=_updated("retraction")),
    "work-withdrawn": Example(entry(), answer=_updated("withdrawal")),
    "expression-of-concern": Example(entry(), answer=_updated("expression_of_concern")),
    "work-corrected": Example(entry(), answer=_updated("correction")),
    "preprint-published": Example(
        entry(), answer=found(relations=(Relation("is-preprint-of", DOI("10.1000/article")),))
    ),
    "key-duplicated": Example(entry() + entry(doi=""), entry() + entry(key="litz", doi="")),
    "doi-duplicated": Example(entry() + entry(key="again"), entry() + entry(key="again", doi="")),
    "work-duplicated": Example(
        entry(doi="") + entry(key="again"),
        entry(doi="") + entry(key="other", title="Shame and posttraumatic stress in veterans"),
    ),
    "entry-uncited": Example(entry() + entry(key="left"), entry(), cited=("au2017",)),
    "citation-undefined": Example(
        entry("other"), entry() + entry("other"), cited=("au2017", "other")
    ),
}
"""By the rule's name: the smallest list that has its fault."""


def _rules_found(example: Example, text: str | bytes, answer: Outcome) -> set[str]:
    """The rules that find something in a list, when all of them look."""
    source = decode(text.encode() if isinstance(text, str) else text, example.name)
    paper = SourceFile("paper.tex", "")
    citations = Citations(tuple(Citation(key, paper, Span(0, 0)) for key in example.cited))
    report = verify_library(
        library_of([source]),
        Answers(answer),
        rules=list(RULES),
        suggest=example.suggest,
        citations=citations if example.cited else None,
    )
    return {finding.rule.name for entry in report.entries for finding in entry.findings}


def test_every_rule_has_an_example_and_every_example_a_rule() -> None:
    """Without one: add to EXAMPLES the smallest list that has the fault, and the list without."""
    assert sorted(EXAMPLES) == sorted(RULES), f"EXAMPLES of {__file__}"


@pytest.mark.parametrize("rule", EXAMPLES)
def test_a_rule_finds_its_fault(rule: str) -> None:
    """On the faulty list the rule speaks, whatever else may."""
    example = EXAMPLES[rule]

    assert rule in _rules_found(example, example.faulty, example.answer)


@pytest.mark.parametrize("rule", EXAMPLES)
def test_a_rule_is_silent_without_its_fault(rule: str) -> None:
    """On the sound list the rule says nothing."""
    example = EXAMPLES[rule]

    assert rule not in _rules_found(example, example.sound, example.sound_answer)
