"""Reports for the tests of reporters: every status, every kind of finding, hostile text."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from compcite.model.doi import DOI
from compcite.model.item import Date, Item, Name
from compcite.model.report import (
    Edit,
    EntryReport,
    Finding,
    Fix,
    FixSafety,
    Report,
    Rule,
    Severity,
    Status,
)
from compcite.model.source import SourceFile, Span
from compcite.model.work import Update, Work
from compcite.reporters import ReportOptions

HOSTILE = (
    "[bold]x[/bold] \x1b[31m<script>alert(1)</script> \u202egnp.exe ::error::%0A | `x` {$a_1$}"
)
"""A title that tries to be Rich markup, an escape sequence, a script, a workflow command."""

OPTIONS = ReportOptions(started=dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC))
"""Options with a fixed start, so that reports which name it are the same every time."""


def rule(code: str, name: str, severity: Severity, fix: FixSafety = FixSafety.NONE) -> Rule:
    """A rule as a check would bring it, with a short explanation in Markdown."""
    summary = f"The {name.partition('-')[0]} is in doubt."
    why = f"`{name}` is *not* a matter of taste.\n\n    year = {{2017}}\n    title = {{<b>}}"
    return Rule(name, code, severity, summary, why, fix)


YEAR = rule("M503", "year-mismatch", Severity.WARNING, FixSafety.UNSAFE)
TITLE = rule("M501", "title-mismatch", Severity.WARNING, FixSafety.UNSAFE)
AUTHOR = rule("M502", "author-mismatch", Severity.WARNING)
WRONG_WORK = rule("M500", "wrong-work", Severity.ERROR)
RETRACTED = rule("R600", "work-retracted", Severity.ERROR)
CORRECTED = rule("R603", "work-corrected", Severity.NOTE)
STYLE = rule("D302", "doi-style", Severity.WARNING, FixSafety.SAFE)
MALFORMED = rule("D301", "doi-malformed", Severity.ERROR)
MISSING = rule("D300", "doi-missing", Severity.NOTE)
NOT_REGISTERED = rule("D400", "doi-not-registered", Severity.ERROR, FixSafety.UNSAFE)
UNVERIFIED = rule("D403", "doi-unverified", Severity.NOTE)
UNPARSED = rule("B100", "entry-unparsed", Severity.ERROR)
DUPLICATED = rule("L700", "key-duplicated", Severity.ERROR)

REFERENCES = f"""\
% References of the paper
@article{{au2017,
  author  = {{Au, Teresa M. and Litz, Brett T.}},
  title   = {{Compassion-Based Therapy for Trauma-Related Shame}},
  journal = {{Behavior Therapy}},
  year    = {{2016}},
  doi     = {{https://doi.org/10.1016/j.beth.2016.11.012}},
}}

@article{{neff2003,
  author = {{Neff, Kristin}},
  title  = {{The developement and validation of a scale}},
  year   = 2003,
  doi    = {{10.1080/15298860309027}},
}}

@article{{wang2010,
\tauthor = {{王, 小明 and Müller, Jürgen}},
\ttitle  = {{北京の e\u0301tude 心理学}},
\tdoi    = {{10.1000/182}},
}}

@article{{hostile,
  title = {{{HOSTILE}}},
  doi   = {{10.1234/<b>"x"</b>}},
}}

@article{{wakefield1998,
  title = {{Ileal-lymphoid-nodular hyperplasia}},
  doi   = {{10.1016/S0140-6736(97)11096-0}},
}}

@book{{old1950,
  title = {{A Book}},
}}

@article{{slow2020,
  doi = {{10.5555/slow}},
}}

@article{{typo2018,
  doi = {{10.1037/cou000275}},
}}

@article{{bent,
  doi = {{10.1016}},
}}

@article{{fine2012,
  doi = {{10.1111/bjc.12009}},
}}

@article{{broken, title = {{never closed
"""


def _span(source: SourceFile, piece: str, after: str = "") -> Span:
    """The span of a piece of the text, the first one after another piece."""
    start = source.text.index(piece, source.text.index(after))
    return Span(start, start + len(piece))


def _work(doi: str, agency: str, title: str, families: tuple[str, ...], year: int) -> Work:
    """A registered work with what a citation shows."""
    names = {"author": tuple(Name(family=family, given="A.") for family in families)}
    text = {"title": title, "container-title": "Self and Identity"}
    dates = {"issued": Date(((year,),))}
    return Work(DOI(doi), agency, Item("article-journal", text, names, dates))


def _au(source: SourceFile) -> EntryReport:
    """A verified entry with a wrong year and a DOI that is written as a link."""
    year = _span(source, "year    = {2016}")
    doi = _span(source, "doi     = {https://doi.org/10.1016/j.beth.2016.11.012}")
    return EntryReport(
        source,
        _span(source, "@article{au2017"),
        "au2017",
        "10.1016/j.beth.2016.11.012",
        Status.VERIFIED,
        "Crossref",
        (
            Finding(
                STYLE,
                Severity.WARNING,
                "The DOI is written as a link; the bare DOI is enough.",
                doi,
                "doi",
                "10.1016/j.beth.2016.11.012",
                "https://doi.org/10.1016/j.beth.2016.11.012",
                Fix(
                    "write the bare DOI",
                    safe=True,
                    edits=(Edit(doi.start + 11, doi.end - 1, "10.1016/j.beth.2016.11.012"),),
                ),
            ),
            Finding(
                YEAR,
                Severity.WARNING,
                "The year is 2016 here and 2017 in the record.",
                year,
                "year",
                "2017",
                "2016",
                Fix(
                    "write 2017",
                    safe=False,
                    edits=(Edit(year.end - 5, year.end - 1, "2017"),),
                ),
            ),
        ),
        _work(
            "10.1016/j.beth.2016.11.012",
            "Crossref",
            "Compassion-Based Therapy for Trauma-Related Shame and Posttraumatic Stress",
            ("Au", "Sauer-Zavala", "King", "Litz"),
            2017,
        ),
        item=Item(
            "article-journal",
            {
                "title": "Compassion-Based Therapy for Trauma-Related Shame",
                "container-title": "Behavior Therapy",
                "DOI": "10.1016/j.beth.2016.11.012",
            },
            {"author": (Name("Au", "Teresa M."), Name("Litz", "Brett T."))},
            {"issued": Date(((2016,),))},
        ),
    )


def _neff(source: SourceFile) -> EntryReport:
    """An entry whose DOI is another work's, with the right one offered."""
    doi = _span(source, "doi    = {10.1080/15298860309027}")
    title = _span(source, "title  = {The developement and validation of a scale}")
    return EntryReport(
        source,
        _span(source, "@article{neff2003"),
        "neff2003",
        "10.1080/15298860309027",
        Status.MISMATCH,
        "Crossref",
        (
            Finding(
                WRONG_WORK,
                Severity.ERROR,
                "The DOI is registered for another work.",
                doi,
                "doi",
                "10.1080/15298860309032",
                "10.1080/15298860309027",
            ),
            Finding(
                TITLE,
                Severity.WARNING,
                "The title differs from the registered one.",
                title,
                "title",
                "The development and validation of a scale",
                "The developement and validation of a scale",
            ),
        ),
        _work("10.1080/15298860309027", "Crossref", "Self-esteem & shame", ("Leary", "Tate"), 2003),
        cached=True,
    )


def _wang(source: SourceFile) -> EntryReport:
    """Wide and combining characters and tabs, from DataCite."""
    author = _span(source, "author = {王, 小明 and Müller, Jürgen}")
    title = _span(source, "title  = {北京の e\u0301tude 心理学}")
    return EntryReport(
        source,
        _span(source, "@article{wang2010"),
        "wang2010",
        "10.1000/182",
        Status.VERIFIED,
        "DataCite",
        (
            Finding(
                AUTHOR,
                Severity.WARNING,
                "The second author is registered as Möller.",
                author,
                "author",
                "王 小明 and Möller, Jürgen",
                "王 小明 and Müller, Jürgen",
            ),
            Finding(
                TITLE,
                Severity.WARNING,
                "The title differs from the registered one.",
                title,
                "title",
                "北京の e\u0301tude 社会学",
                "北京の e\u0301tude 心理学",
            ),
        ),
    )


def _hostile(source: SourceFile) -> EntryReport:
    """An entry whose every text is hostile, of a hostile agency."""
    return EntryReport(
        source,
        _span(source, "@article{hostile"),
        f"key{HOSTILE}\n::error::key",
        '10.1234/<b>"x"</b>',
        Status.VERIFIED,
        "Cross<ref>",
        (
            Finding(
                TITLE,
                Severity.WARNING,
                f"The title is {HOSTILE}\n::warning::here, 100% of it.",
                _span(source, HOSTILE),
                "title",
                f"registered {HOSTILE}",
                HOSTILE,
                Fix(
                    f"write {HOSTILE}",
                    safe=False,
                    edits=(Edit(0, 0, HOSTILE),),
                ),
            ),
        ),
        _work('10.1234/<b>"x"</b>', "Cross<ref>", HOSTILE, (HOSTILE,), 1999),
    )


def _retracted_work() -> Work:
    """A work with a notice of its retraction; nothing of it is compared."""
    notice = Update("retraction", DOI("10.1016/s0140-6736(10)60175-4"))
    return Work(DOI("10.1016/s0140-6736(97)11096-0"), "Crossref", updates=(notice,))


def _plain(  # noqa: PLR0913 - one argument a column of the table below
    source: SourceFile,
    key: str,
    doi: str | None,
    status: Status,
    agency: str | None = None,
    *findings: Finding,
    cached: bool = False,
) -> EntryReport:
    """An entry with nothing special about it."""
    span = _span(source, f"{{{key},")
    return EntryReport(source, span, key, doi, status, agency, findings, cached=cached)


def full_report() -> Report:
    """A run over one file in which about everything happens."""
    source = SourceFile("refs/my list.bib", REFERENCES)
    retracted = Finding(
        RETRACTED,
        Severity.ERROR,
        "The work was retracted on 2010-02-06 (10.1016/S0140-6736(10)60175-4).",
        _span(source, "doi   = {10.1016/S0140-6736(97)11096-0}"),
        "doi",
    )
    corrected = Finding(
        CORRECTED,
        Severity.NOTE,
        "The work was corrected on 2004-03-06.",
        _span(source, "doi   = {10.1016/S0140-6736(97)11096-0}"),
        "doi",
    )
    missing = Finding(MISSING, Severity.NOTE, "No DOI.", _span(source, "old1950"))
    slow = Finding(
        UNVERIFIED,
        Severity.NOTE,
        "The DOI could not be checked: api.crossref.org answered 503.",
        _span(source, "doi = {10.5555/slow}"),
        "doi",
    )
    typo_span = _span(source, "doi = {10.1037/cou000275}")
    typo = Finding(
        NOT_REGISTERED,
        Severity.ERROR,
        "The DOI is not registered.",
        typo_span,
        "doi",
        "10.1037/cou0000275",
        "10.1037/cou000275",
        Fix(
            "write 10.1037/cou0000275",
            safe=False,
            edits=(Edit(typo_span.start + 7, typo_span.end - 1, "10.1037/cou0000275"),),
        ),
    )
    bent = Finding(
        MALFORMED, Severity.ERROR, "10.1016 is no DOI.", _span(source, "doi = {10.1016}"), "doi"
    )
    unclosed = _span(source, "@article{broken, title = {never closed\n")
    broken = Finding(UNPARSED, Severity.ERROR, "A brace is never closed.", unclosed)
    return Report(
        (
            _au(source),
            _neff(source),
            _wang(source),
            _hostile(source),
            replace(
                _plain(
                    source,
                    "wakefield1998",
                    "10.1016/s0140-6736(97)11096-0",
                    Status.VERIFIED,
                    "Crossref",
                    retracted,
                    corrected,
                ),
                work=_retracted_work(),
            ),
            _plain(source, "old1950", None, Status.NO_DOI, None, missing),
            _plain(source, "slow2020", "10.5555/slow", Status.UNVERIFIED, None, slow),
            _plain(source, "typo2018", "10.1037/cou000275", Status.NOT_REGISTERED, None, typo),
            _plain(source, "bent", None, Status.MALFORMED, None, bent),
            _plain(
                source,
                "fine2012",
                "10.1111/bjc.12009",
                Status.VERIFIED,
                "Crossref",
                cached=True,
            ),
            EntryReport(source, unclosed, None, None, Status.UNPARSED, None, (broken,)),
        ),
        requests=5,
        seconds=1.25,
        outages={"api.crossref.org": "api.crossref.org answered 503 (service unavailable)."},
    )


def clean_report() -> Report:
    """A run that found nothing: two verified entries, one of them from the cache."""
    source = SourceFile("references.bib", REFERENCES)
    return Report(
        (
            _plain(source, "fine2012", "10.1111/bjc.12009", Status.VERIFIED, "Crossref"),
            _plain(source, "wang2010", "10.1000/182", Status.VERIFIED, "mEDRA", cached=True),
        ),
        requests=2,
        seconds=0.42,
    )


def offline_report() -> Report:
    """What ``check`` finds without asking: the same key twice, in two sources."""
    first = SourceFile("a.bib", "@misc{x,\n}\n@misc{x,\n}\n")
    second = SourceFile("-", "@misc{x,\n}\n@misc{x,\n}\n@misc{x,\n}\n")
    message = "The key x was used before, in line 1."

    def entry(source: SourceFile, start: int, *, again: bool) -> EntryReport:
        found = Finding(DUPLICATED, Severity.ERROR, message, Span(start + 6, start + 7))
        span = Span(start, start + 10)
        return EntryReport(source, span, "x", None, Status.NO_DOI, None, (found,) if again else ())

    return Report(
        (
            entry(first, 0, again=False),
            entry(first, 11, again=True),
            entry(second, 0, again=False),
            entry(second, 11, again=True),
            entry(second, 22, again=True),
        ),
        seconds=0.01,
        asked=False,
    )


def empty_report() -> Report:
    """A run over sources without entries."""
    return Report(())


SAMPLES = {
    "full": full_report,
    "clean": clean_report,
    "offline": offline_report,
    "empty": empty_report,
}
"""The reports that every reporter is tried on, by name."""


def thousand_report() -> Report:
    """A thousand entries of six fields in one file, each with a finding and a fix."""
    block = (
        "@article{{key{0},\n  author = {{Müller, Jürgen and Wang, Xiaoming and Doe, Jane}},\n"
        "  title = {{On the developement of the {0}th scale of something}},\n"
        "  journal = {{Journal of Things}},\n  year = {{2016}},\n  doi = {{10.1234/{0}}},\n}}\n\n"
    )
    source = SourceFile("thousand.bib", "".join(block.format(i) for i in range(1_000)))
    entries = []
    offset = 0
    for number in range(1_000):
        length = len(block.format(number))
        span = Span(offset, offset + length - 2)
        start = source.text.index("title", offset)
        end = source.text.index("\n", start) - 1
        actual = f"On the developement of the {number}th scale of something"
        expected = actual.replace("developement", "development")
        fix = Fix("write the title", safe=False, edits=(Edit(start + 9, end - 1, expected),))
        finding = Finding(
            TITLE,
            Severity.WARNING,
            "The title differs from the registered one.",
            Span(start, end),
            "title",
            expected,
            actual,
            fix,
        )
        doi = f"10.1234/{number}"
        item = Item("article-journal", {"title": actual}, {}, {"issued": Date(((2016,),))}, doi)
        work = _work(doi, "Crossref", expected, ("Müller", "Wang", "Doe"), 2016)
        entries.append(
            EntryReport(
                source,
                span,
                f"key{number}",
                doi,
                Status.VERIFIED,
                "Crossref",
                (finding,),
                work,
                item=item,
            )
        )
        offset += length
    return Report(tuple(entries), requests=12, seconds=9.9)
