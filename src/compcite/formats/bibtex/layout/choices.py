"""How a .bib file can be laid out: the choices of ``tidy`` and of ``[tool.compcite.tidy]``.

The command line and the configuration read their values by the same table, :data:`CHOICES`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from compcite.text.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["CHOICES", "LAYOUT_SCHEMA", "USUAL_ORDER", "Choice", "Layout", "read_choices"]

_WIDEST = 200  # columns: more than a screen has, so a larger number is a slip
_NARROWEST = 20  # columns: in fewer, most lines would hold a single word
_MOST_BLANK_LINES = 9

USUAL_ORDER: tuple[str, ...] = (
    *("author", "editor", "translator", "title", "subtitle", "titleaddon", "shorttitle"),
    *("journal", "journaltitle", "journalsubtitle", "booktitle", "booksubtitle", "maintitle"),
    *("series", "edition", "volume", "number", "issue", "chapter", "part", "pages", "eid"),
    *("pagetotal", "date", "year", "month", "day", "publisher", "school", "institution"),
    *("organization", "howpublished", "address", "location", "type", "doi", "isbn", "issn"),
    *("archiveprefix", "eprinttype", "eprint", "primaryclass", "eprintclass", "url", "urldate"),
    *("crossref", "language", "langid", "keywords", "note", "abstract", "file"),
)
"""What ``usual`` stands for in the order of fields: who, what, where, when, how to find it."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file is to be laid out; the defaults are those of ``tidy`` without options.

    ``sort`` are columns as those of ``list --sort``, and ``special``; ``order`` are the fields that
    stand first in an entry. ``align`` is the column of ``=``, counted from the start of the name.
    ``wrap`` is the greatest length of a line; ``keep`` leaves the lines of a value as they are.
    """

    sort: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    align: int | Literal["none", "auto"] = "none"
    indent: int | Literal["tab"] = 2
    wrap: int | Literal["keep", "one-line"] = "keep"
    delimiters: Literal["braces", "quotes", "keep"] = "braces"
    numbers: Literal["keep", "bare", "delimited"] = "keep"
    blank_lines: int = 1
    trailing_comma: bool = True
    case: Literal["lower", "keep"] = "lower"

    @property
    def fields_first(self) -> tuple[str, ...]:
        """The fields that stand first in an entry, each once; ``usual`` is spelled out."""
        spelled = ((USUAL_ORDER if name == "usual" else (name,)) for name in self.order)
        return tuple(dict.fromkeys(name for names in spelled for name in names))

    @property
    def margin(self) -> str:
        """The blanks before the name of a field."""
        return "\t" if self.indent == "tab" else " " * self.indent


class Choice(NamedTuple):
    """One choice: ``read`` checks a value, and raises TypeError with what is wanted, in words.

    ``schema`` is JSON Schema (draft 7), ``meaning`` a phrase for users.
    """

    read: Callable[[object], object]
    schema: Mapping[str, object]
    metavar: str
    meaning: str


def _names(value: object) -> tuple[str, ...]:
    """Names of fields, from a list or from one string with commas; ``none`` is the empty list.

    They are in lower case. Raises TypeError for anything else.
    """
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list | tuple) or not all(isinstance(one, str) for one in values):
        raise TypeError("a list of fields")
    names = [name.strip().lower() for one in values for name in one.split(",")]
    return tuple(name for name in names if name not in {"", "none"})


def _one_of(*words: str) -> tuple[Callable[[object], object], Mapping[str, object]]:
    """The reader and the schema of a choice between words."""

    def read(value: object) -> object:
        if value not in words:
            raise TypeError("one of " + ", ".join(words))
        return value

    return read, {"enum": list(words)}


def _number_or(
    least: int, most: int, *words: str
) -> tuple[Callable[[object], object], Mapping[str, object]]:
    """The reader and the schema of a choice of a whole number from a range, or of a word."""
    wanted = " or ".join([f"a whole number from {least} to {most}", *words])

    def read(value: object) -> object:
        number = isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
        if not (number or value in words):
            raise TypeError(wanted)
        return value

    number = {"type": "integer", "minimum": least, "maximum": most}
    return read, {"anyOf": [number, {"enum": list(words)}]} if words else number


def _switch(value: object) -> bool:
    """The value, if it is true or false; else TypeError is raised."""
    if not isinstance(value, bool):
        raise TypeError("true or false")
    return value


_NAMES_SCHEMA = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}

CHOICES: dict[str, Choice] = {
    "sort": Choice(
        _names,
        _NAMES_SCHEMA,
        "FIELD,…",
        "the order of entries, by key, author, year or any field; -year descends",
    ),
    "order": Choice(
        _names, _NAMES_SCHEMA, "FIELD,…", "the fields that stand first in an entry; usual is a list"
    ),
    "align": Choice(
        *_number_or(1, _WIDEST, "auto", "none"),
        "COLUMN|auto|none",
        "the column of =, counted from the name; auto aligns by the longest name of an entry",
    ),
    "indent": Choice(
        *_number_or(0, _WIDEST, "tab"), "COLUMNS|tab", "the blanks before the name of a field"
    ),
    "wrap": Choice(
        *_number_or(_NARROWEST, 10_000, "one-line", "keep"),
        "COLUMN|one-line|keep",
        "the greatest length of the lines of a value",
    ),
    "delimiters": Choice(
        *_one_of("braces", "quotes", "keep"), "braces|quotes|keep", "what stands around a value"
    ),
    "numbers": Choice(
        *_one_of("bare", "delimited", "keep"),
        "bare|delimited|keep",
        "whether delimiters stand around a number",
    ),
    "blank-lines": Choice(
        *_number_or(0, _MOST_BLANK_LINES), "NUMBER", "the number of blank lines between entries"
    ),
    "trailing-comma": Choice(
        _switch, {"type": "boolean"}, "", "whether a comma stands behind the last field"
    ),
    "case": Choice(
        *_one_of("lower", "keep"), "lower|keep", "the letter case of types and of fields' names"
    ),
}
"""All choices, by their names in the configuration and, with two hyphens, on the command line."""

LAYOUT_SCHEMA: Mapping[str, object] = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        key: {**choice.schema, "description": f"{choice.meaning[0].upper()}{choice.meaning[1:]}."}
        for key, choice in CHOICES.items()
    },
}


def read_choices(table: object) -> dict[str, object]:
    """The values of a table of choices, checked; a choice that is not in the table is left out.

    Raises TypeError, with what is wanted in words, for an unknown choice or a wrong value.
    """
    if not isinstance(table, dict):
        raise TypeError(f"a table with the keys {', '.join(CHOICES)}")
    values = {}
    for key, value in table.items():
        choice = CHOICES.get(key)
        if choice is None:
            near = nearest(key, CHOICES)
            hint = f"did you mean {near!r}?" if near else f"known are {', '.join(CHOICES)}"
            raise TypeError(f"a table without the unknown key {key!r} ({hint})")
        try:
            values[key] = choice.read(value)
        except TypeError as wanted:
            raise TypeError(f"a table in which {key} is {wanted}") from None
    return values
