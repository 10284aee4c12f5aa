"""Family B1: problems that the reader of a source met."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compcite.checks.case import Case, Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "TO_COMPCITE",
    "comma_missing",
    "comment_in_entry",
    "encoding_guessed",
    "entry_unparsed",
    "field_duplicated",
    "field_unread",
    "string_undefined",
]


TO_COMPCITE = re.compile(r"(?<!\\)%[%\s]{0,80}?compcite[ \t]*:[ \t]*([^\r\n]*)", re.IGNORECASE)
"""A comment that speaks to compcite, such as ``% compcite: ignore[year-mismatch] reason``.

The group is the text behind the colon. Before ``compcite``, 80 percent signs and blanks may stand,
as many as a line has. Without this limit, a row of n percent signs would take n² steps.
"""


def _told(case: Case, rule: str) -> Iterator[Fault]:
    """The faults of the problems that readers reported under this rule."""
    for problem in case.problems:
        if problem.rule == rule:
            yield Fault(problem.message, problem.span)


def entry_unparsed(case: Case) -> Iterator[Fault]:
    """A block that begins like an entry cannot be read, or a file has text but no entry.

    BibTeX would skip or misread it, so the reference is missing from the bibliography. Mostly
    a brace or quotation mark is not closed; the message says where the trouble begins. The
    other entries are read and checked all the same. A whole file without an entry is often
    something else that was saved under the name of the list, such as an error page.

        @article{au2017, title = {An open brace, year = 2017}
    """
    return _told(case, "entry-unparsed")


def comma_missing(case: Case) -> Iterator[Fault]:
    """There is no comma between two fields.

    BibTeX stops reading the entry there, so all later fields are lost without a word in the
    bibliography. compcite reads them nevertheless.

        year = 2017
        doi  = {10.1000/xyz}
    """
    return _told(case, "comma-missing")


def field_duplicated(case: Case) -> Iterator[Fault]:
    """An entry has the same field twice.

    BibTeX takes the first and ignores the second, other programs the other way round, so the
    reference depends on who reads it. Delete the one that is wrong.
    """
    return _told(case, "field-duplicated")


def string_undefined(case: Case) -> Iterator[Fault]:
    """A value names a macro that no `@string` defines.

    BibTeX puts nothing in its place. Define the macro before it is used, or put the value in
    braces if it was meant as text.

        journal = jpsp
    """
    return _told(case, "string-undefined")


def comment_in_entry(case: Case) -> Iterator[Fault]:
    """A line inside an entry begins with a percent sign.

    BibTeX knows no comments inside entries and takes the line for fields or stops there.
    Move the remark out of the entry. A comment that speaks to compcite is not reported.
    """
    for problem in case.problems:
        comment = problem.source.text[problem.span.start : problem.span.end]
        if problem.rule == "comment-in-entry" and not TO_COMPCITE.match(comment):
            yield Fault(problem.message, problem.span)


def encoding_guessed(case: Case) -> Iterator[Fault]:
    """The file is not UTF-8 and does not say what it is.

    It was read as Windows-1252. Save it as UTF-8, or declare the encoding in a line such as
    `% Encoding: ISO-8859-1`, so that every program reads the same letters.
    """
    return _told(case, "encoding-guessed")


def field_unread(case: Case) -> Iterator[Fault]:
    """A field of CSL-JSON or CSL-YAML has a value that cannot be read.

    The field counts as missing: it is neither compared nor exported. Write the value in the type
    that CSL has for it: a text, a list of names, a date.

        "issued": {"date-parts": [["last year"]]}
    """
    return _told(case, "field-unread")
