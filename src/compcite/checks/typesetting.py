"""Family E2, continued: rules about what stops LaTeX or BibTeX, and about misspelt fields.

Each rule yields a fault if what the first line of its docstring says is true of the entry.
Sources: The TeXbook, chapter 7 (the ten special characters); BibTeX 0.99 (``bibtex.web``) for
names with too many commas.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compcite.checks.case import Case, Fault, place_of
from compcite.checks.fields import is_bibtex
from compcite.values.field_names import meant_fields

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["field_misspelt", "latex_unescaped", "names_malformed"]

_NAMES = ("author", "editor", "translator", "bookauthor")
# Fields that styles print as LaTeX. Those that hold addresses, files and abstracts are not.
_PRINTED = {
    *_NAMES,
    *("title", "subtitle", "booktitle", "booksubtitle", "maintitle", "shorttitle", "titleaddon"),
    *("journal", "journaltitle", "series", "publisher", "school", "institution", "organization"),
    *("address", "location", "edition", "volume", "number", "pages", "chapter", "type", "note"),
    *("howpublished", "eventtitle", "venue", "addendum"),
}
_NO_LATEX = re.compile(
    r"\\(?:url|path|nolinkurl|doi|verb|href|detokenize|SI|si|label|ref|cite)\s*\{[^{}]*\}"
    r"|\\\(.*?\\\)|\\(?s:.)|\$[^$]*\$",
)
_SPECIAL = re.compile(r"[&%#_^]")
_MOST_COMMAS = 2  # Last, Jr, First
_AND = re.compile(r"\sand\s", re.IGNORECASE)
_BRACED = re.compile(r"\{[^{}]*\}")
_DEPTH = 5  # braces in braces that are taken out of a name


def field_misspelt(case: Case) -> Iterator[Fault]:
    """The name of a field is one slip away from one that styles read.

    No style prints it then, and none says so. Names of your own are fine, as long as they are
    not that near to another. Nothing is said where the entry has the right field as well.

        titel = {A Title}
        title = {A Title}
    """
    if not is_bibtex(case.entry):
        return
    present = {field.name for field in case.entry.fields if field.value.strip()}
    for field in case.entry.fields:
        meant = [name for name in meant_fields(field.name) if name not in present]
        if meant:
            message = f"no style reads {field.name}; is it {' or '.join(meant)}?"
            expected = meant[0] if len(meant) == 1 else None
            place = place_of(case.entry, field)
            yield Fault(message, place, field.name, expected=expected, actual=field.name)


def latex_unescaped(case: Case) -> Iterator[Fault]:
    r"""A character that LaTeX takes for a command has no backslash before it.

    `&`, `#`, `_` and `^` stop LaTeX in text, and `%` hides the rest of the line. Write a backslash
    before each. Addresses, formulas and fields that styles do not print are left alone.

        journal = {Politics & Society}
        journal = {Politics \& Society}
    """
    if not is_bibtex(case.entry):
        return
    for field in case.entry.fields:
        if field.name not in _PRINTED or field.ignored or not _SPECIAL.search(field.value):
            continue
        bare = dict.fromkeys(_SPECIAL.findall(_NO_LATEX.sub("", field.value)))
        if bare:
            shown = " ".join(bare)
            message = f"LaTeX needs a backslash before {shown} in {field.name}"
            place = place_of(case.entry, field)
            yield Fault(message, place, field.name, actual=field.value.strip())


def names_malformed(case: Case) -> Iterator[Fault]:
    """Only commas stand between several names, so BibTeX cannot tell them apart.

    For BibTeX, a name with more than two commas is an error; biblatex reads it as one person.
    Write `and` between two names.

        author = {Doe, Jane, Roe, Ann, Poe, Eve}
        author = {Doe, Jane and Roe, Ann and Poe, Eve}
    """
    if not is_bibtex(case.entry):
        return
    for role in _NAMES:
        field = case.entry.field(role)
        if field is None or field.value.count(",") <= _MOST_COMMAS:
            continue
        value = field.value
        for _ in range(_DEPTH):
            value = _BRACED.sub("", value)
        if any(_too_many_commas(name) for name in _AND.split(value)):
            message = f"the names in {role} are joined by commas; BibTeX wants and between them"
            yield Fault(message, place_of(case.entry, field), role, actual=field.value.strip())


def _too_many_commas(name: str) -> bool:
    """Return whether a name has more commas than BibTeX has parts for.

    Names in biblatex's long form (``family=Doe, given=Jane``) have not.
    """
    return name.count(",") > _MOST_COMMAS and "=" not in name
