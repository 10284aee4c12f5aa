"""What a rendering function can see: the item, where it is cited, and the options of the style.

A ``Renderer`` appends its output to a list of tokens. It returns ``UNTOUCHED`` (it called no
variable), ``CALLED`` (it called one, but all were empty) or ``CALLED | RENDERED``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from compcite.csl.richtext import Tokens

if TYPE_CHECKING:
    from compcite.csl.styles.locale import Locale
    from compcite.csl.styles.nodes import NameOptions, SortKey
    from compcite.model.item import Date, Item, Name

__all__ = [
    "CALLED",
    "RENDERED",
    "UNTOUCHED",
    "Cite",
    "Context",
    "Environment",
    "ListSpan",
    "NameListRecord",
    "Position",
    "Reading",
    "Renderer",
    "Scope",
]

# What a rendering function returns: whether it called a variable and whether one had content.
# A group whose children called variables, all of them empty, vanishes.
UNTOUCHED = 0
CALLED = 1
RENDERED = 2


@dataclass(frozen=True, slots=True)
class Cite:
    """One reference within a citation: which item, which part of it, and what stands around."""

    id: str
    locator: str = ""
    label: str = "page"
    prefix: str = ""
    suffix: str = ""
    suppress_author: bool = False
    author_only: bool = False
    # The position as a word processor computed it, where it did (0 first … 3 ibid with locator).
    position: int | None = None
    near_note: bool | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """Where a cite stands among the earlier cites of its item (specification, "Choose")."""

    names: frozenset[str] = frozenset({"first"})
    first_note: int = 0

    @property
    def is_first(self) -> bool:
        """Whether the item has not been cited before."""
        return "first" in self.names


@dataclass(frozen=True, slots=True)
class Reading:
    """How an item is told from others: what disambiguation found out for it."""

    # For each list of names a cite shows, how many are shown beyond et-al abbreviation.
    names: tuple[int, ...] = ()
    # For each list, how much of each given name is shown: 0 none, 1 initials, 2 all.
    givens: tuple[tuple[int, ...], ...] = ()
    condition: bool = False  # the truth of disambiguate="true"
    year_suffix: str = ""


@dataclass(frozen=True, slots=True)
class Environment:
    """What is the same for every item of a processor."""

    locale: Locale
    style_class: str = "in-text"
    page_range_format: str = ""
    demote_non_dropping_particle: str = "display-and-sort"
    initialize_with_hyphen: bool = True
    abbreviations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scope:
    """What an element takes from the area around it: the language, and the options for names."""

    environment: Environment
    names: NameOptions
    sorting: bool = False  # a sort key is compiled, not what is shown
    # Whether the style itself says where the year-suffix goes; if not, it follows the year.
    explicit_year_suffix: bool = False
    in_prose: bool = False  # names stand in a sentence: "and", not "&"


@dataclass(slots=True)
class Context:
    """The state while one cite, entry or sort key is rendered; each has a context of its own."""

    item: Item
    cite: Cite | None = None
    position: Position = field(default_factory=Position)
    number: int = 0  # the item's number in the bibliography
    reading: Reading = field(default_factory=Reading)
    sort_key: SortKey | None = None
    # What a cite does without: "names", its first ones, for suppress-author and collapsing, and
    # "year", where "b" alone is left of "2000b" after "2000a".
    left_out: frozenset[str] = frozenset()
    # What variables hold; what cs:substitute has used is taken out.
    text: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, tuple[Name, ...]] = field(default_factory=dict)
    dates: Mapping[str, Date] = field(default_factory=dict)
    # The variables rendered inside cs:substitute, while it is being rendered.
    substituted: list[str] | None = None
    # What the rendering was found to consist of.
    name_lists: list[NameListRecord] = field(default_factory=list)
    asked_disambiguate: bool = False
    # The tokens of the first names, for grouping cites and replacing repeated authors.
    first_names: tuple[int, int] | None = None
    # Within them, the tokens of each list without its label, and of each name.
    first_lists: list[ListSpan] = field(default_factory=list)
    # The tokens of the year-suffix, for collapsing.
    suffix_span: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        """Take the variables of the item."""
        self.text = self.item.text
        self.names = self.item.names
        self.dates = self.item.dates

    def use_up(self, variables: list[str]) -> None:
        """Hide ``variables`` from the rest of this rendering; the item itself does not change.

        ``cs:substitute`` has written them, and each may appear only once.
        """
        used = frozenset(variables)
        self.text = {k: v for k, v in self.text.items() if k not in used}
        self.names = {k: v for k, v in self.names.items() if k not in used}
        self.dates = {k: v for k, v in self.dates.items() if k not in used}


@dataclass(frozen=True, slots=True)
class ListSpan:
    """The indices of the tokens of a list of names, and of each name in it."""

    start: int
    end: int
    names: tuple[tuple[int, int], ...]
    people: tuple[Name, ...]  # whose names they are


@dataclass(frozen=True, slots=True)
class NameListRecord:
    """One list of names as it was rendered, for disambiguation."""

    names: tuple[Name, ...]
    shown: int  # how many of them
    base: int  # how much of a given name the style shows anyway
    steps: tuple[int, ...]  # how much more of it can be shown, step by step


Renderer = Callable[[Context, Tokens], int]
