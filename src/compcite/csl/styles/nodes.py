"""The typed tree of a style, which never changes; the reader makes it, and the compiler uses it.

Every class is one element of the specification, and its fields have the names of the attributes.
``None`` means "not given" for attributes that are inherited or have no default.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "NO_AFFIXES",
    "NO_FORMAT",
    "Affixes",
    "Area",
    "Branch",
    "Choose",
    "Condition",
    "DateFormat",
    "DateNode",
    "DatePart",
    "EtAl",
    "Format",
    "Group",
    "LabelNode",
    "Layout",
    "LocaleLayer",
    "NameNode",
    "NameOptions",
    "NamePart",
    "NamesNode",
    "Node",
    "NumberNode",
    "SortKey",
    "StyleInfo",
    "StyleOptions",
    "StyleTree",
    "Term",
    "TextNode",
]


@dataclass(frozen=True, slots=True)
class Format:
    """The formatting attributes, as (attribute, value) pairs in the order they nest."""

    pairs: tuple[tuple[str, str], ...] = ()


NO_FORMAT = Format()


@dataclass(frozen=True, slots=True)
class Affixes:
    """What stands before and after an element's output; not part of its formatting."""

    prefix: str = ""
    suffix: str = ""


NO_AFFIXES = Affixes()


@dataclass(frozen=True, slots=True)
class TextNode:
    """``cs:text``: a variable, a macro, a term or a value, whichever ``kind`` says."""

    kind: str
    value: str
    form: str = "long"
    plural: bool = False
    quotes: bool = False
    strip_periods: bool = False
    text_case: str = ""
    display: str = ""
    format: Format = NO_FORMAT
    affixes: Affixes = NO_AFFIXES


@dataclass(frozen=True, slots=True)
class NumberNode:
    """``cs:number``: a number variable in a numeral form."""

    variable: str
    form: str = "numeric"
    text_case: str = ""
    display: str = ""
    format: Format = NO_FORMAT
    affixes: Affixes = NO_AFFIXES


@dataclass(frozen=True, slots=True)
class LabelNode:
    """``cs:label``: the term that names a variable, singular or plural as its content is."""

    variable: str = ""  # empty inside cs:names, where the name variable is meant
    form: str = "long"
    plural: str = "contextual"
    strip_periods: bool = False
    text_case: str = ""
    format: Format = NO_FORMAT
    affixes: Affixes = NO_AFFIXES


@dataclass(frozen=True, slots=True)
class DatePart:
    """``cs:date-part``: the form and affixes of a year, month or day."""

    name: str
    form: str | None = None
    range_delimiter: str | None = None
    strip_periods: bool = False
    text_case: str = ""
    format: Format = NO_FORMAT
    affixes: Affixes | None = None


@dataclass(frozen=True, slots=True)
class DateNode:
    """``cs:date``: a date variable, in the style's own parts or a localized form."""

    variable: str
    form: str = ""
    date_parts: tuple[str, ...] = ("year", "month", "day")
    parts: tuple[DatePart, ...] = ()
    delimiter: str = ""
    text_case: str = ""
    display: str = ""
    format: Format = NO_FORMAT
    affixes: Affixes = NO_AFFIXES


@dataclass(frozen=True, slots=True)
class NamePart:
    """``cs:name-part``: how the given or family name is set off."""

    name: str
    text_case: str = ""
    format: Format = NO_FORMAT
    affixes: Affixes = NO_AFFIXES


@dataclass(frozen=True, slots=True)
class EtAl:
    """``cs:et-al``: the term that cuts a list of names short, and its formatting."""

    term: str = "et-al"
    format: Format = NO_FORMAT


@dataclass(frozen=True, slots=True)
class NameOptions:
    """The name options that inherit: from cs:style to cs:citation or cs:bibliography to cs:name."""

    conjunction: str | None = None  # the attribute "and": "text" or "symbol"
    delimiter: str | None = None
    delimiter_precedes_et_al: str | None = None
    delimiter_precedes_last: str | None = None
    et_al_min: int | None = None
    et_al_use_first: int | None = None
    et_al_subsequent_min: int | None = None
    et_al_subsequent_use_first: int | None = None
    et_al_use_last: bool | None = None
    form: str | None = None
    initialize: bool | None = None
    initialize_with: str | None = None
    name_as_sort_order: str | None = None
    sort_separator: str | None = None
    names_delimiter: str | None = None

    def over(self, outer: NameOptions) -> NameOptions:
        """Return these options; one that is not given is taken from ``outer``."""
        return NameOptions(
            *(
                getattr(outer, option.name) if own is None else own
                for option in fields(self)
                for own in (getattr(self, option.name),)
            )
        )


@dataclass(frozen=True, slots=True)
class NameNode:
    """``cs:name``: its options, its parts and its formatting."""

    options: NameOptions = field(default_factory=NameOptions)
    parts: tuple[NamePart, ...] = ()
    format: Format = NO_FORMAT
    affixes: Affixes = NO_AFFIXES


@dataclass(frozen=True, slots=True)
class NamesNode:
    """``cs:names``: the name variables and what is written when all of them are empty."""

    variables: tuple[str, ...]
    name: NameNode | None = None
    et_al: EtAl | None = None
    label: LabelNode | None = None
    label_first: bool = False  # the label stands before the names
    substitute: tuple[Node, ...] = ()
    delimiter: str | None = None
    display: str = ""
    format: Format = NO_FORMAT
    affixes: Affixes = NO_AFFIXES


@dataclass(frozen=True, slots=True)
class Group:
    """``cs:group``: elements with a delimiter that vanish together."""

    children: tuple[Node, ...]
    delimiter: str = ""
    display: str = ""
    format: Format = NO_FORMAT
    affixes: Affixes = NO_AFFIXES


@dataclass(frozen=True, slots=True)
class Condition:
    """One test of one value: ``type="book"`` is ``Condition("type", "book")``."""

    test: str
    value: str


@dataclass(frozen=True, slots=True)
class Branch:
    """``cs:if``, ``cs:else-if`` or, without conditions, ``cs:else``."""

    conditions: tuple[Condition, ...]
    match: str
    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Choose:
    """``cs:choose``: the first branch whose conditions hold."""

    branches: tuple[Branch, ...]


Node = TextNode | NumberNode | LabelNode | DateNode | NamesNode | Group | Choose


@dataclass(frozen=True, slots=True)
class SortKey:
    """``cs:key``: a variable or a macro to sort by."""

    variable: str = ""
    macro: str = ""
    descending: bool = False
    names_min: int | None = None
    names_use_first: int | None = None
    names_use_last: bool | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """``cs:layout``: what a cite or an entry consists of."""

    children: tuple[Node, ...]
    delimiter: str = ""
    format: Format = NO_FORMAT
    affixes: Affixes = NO_AFFIXES


@dataclass(frozen=True, slots=True)
class StyleOptions:
    """The options of cs:citation and cs:bibliography that do not concern names."""

    collapse: str = ""
    cite_group_delimiter: str | None = None
    year_suffix_delimiter: str | None = None
    after_collapse_delimiter: str | None = None
    near_note_distance: int = 5
    disambiguate_add_names: bool = False
    disambiguate_add_givenname: bool = False
    disambiguate_add_year_suffix: bool = False
    givenname_rule: str = "by-cite"
    hanging_indent: bool = False
    second_field_align: str = ""
    line_spacing: int = 1
    entry_spacing: int = 1
    subsequent_author_substitute: str | None = None
    subsequent_author_substitute_rule: str = "complete-all"


@dataclass(frozen=True, slots=True)
class Area:
    """``cs:citation`` or ``cs:bibliography``: options, sort keys and layout."""

    layout: Layout
    sort: tuple[SortKey, ...] = ()
    names: NameOptions = field(default_factory=NameOptions)
    options: StyleOptions = field(default_factory=StyleOptions)


@dataclass(frozen=True, slots=True)
class Term:
    """A term in one form."""

    single: str = ""
    multiple: str = ""
    gender: str = ""
    match: str = ""

    def text(self, *, plural: bool) -> str:
        """Return the plural or the singular of the term."""
        return self.multiple if plural else self.single


@dataclass(frozen=True, slots=True)
class DateFormat:
    """A localized date format."""

    parts: tuple[DatePart, ...] = ()
    delimiter: str = ""


@dataclass(frozen=True, slots=True)
class LocaleLayer:
    """What one ``cs:locale`` defines."""

    lang: str
    terms: Mapping[tuple[str, str], Term] = field(default_factory=dict)
    # Ordinal suffixes and long ordinals by (name, gender-form).
    ordinals: Mapping[tuple[str, str], Term] = field(default_factory=dict)
    dates: Mapping[str, DateFormat] = field(default_factory=dict)
    options: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StyleInfo:
    """What cs:info says that somebody may ask for."""

    title: str = ""
    id: str = ""
    parent: str = ""  # the address of the independent parent, in dependent styles
    citation_format: str = ""


@dataclass(frozen=True, slots=True)
class StyleTree:
    """``cs:style``: a whole independent style."""

    info: StyleInfo
    style_class: str
    default_locale: str
    macros: dict[str, tuple[Node, ...]]
    citation: Area
    bibliography: Area | None
    intext: Area | None
    locales: tuple[LocaleLayer, ...]
    page_range_format: str = ""
    demote_non_dropping_particle: str = "display-and-sort"
    initialize_with_hyphen: bool = True
