"""A loaded reference list: its sources, entries and fields, and what could not be read."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import TYPE_CHECKING

from compcite.model.source import Span
from compcite.text.markup import without_tags
from compcite.text.unicode import on_one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compcite.model.item import Item
    from compcite.model.source import SourceFile

__all__ = [
    "NOWHERE",
    "STAND_INS",
    "Entry",
    "Field",
    "Library",
    "Problem",
    "Written",
    "with_aliases",
]

NOWHERE = Span(0, 0)

STAND_INS = frozenset({"set", "xdata"})
"""The biblatex types that describe no work: a set of other entries, a store of shared fields."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field as its author wrote it.

    ``name`` is in lower case. ``value`` is the text without its outer delimiters; macros are
    replaced and parts joined by ``#`` are joined, but LaTeX stays. Three spans say where it stands:
    ``span`` from the name to the end of the value, ``value_span`` the value with its delimiters,
    and ``content_span`` the text between the delimiters. Where the value is not one delimited text
    (a macro, a number, parts joined by ``#``), ``content_span`` equals ``value_span``. A field is
    ``ignored`` where an earlier field of the entry has the same name, since BibTeX reads the first.
    ``confidence`` is below 1 where the reader took the field from plain text: of fields at 0.9,
    nine in ten are right.
    """

    name: str
    value: str
    span: Span = NOWHERE
    value_span: Span = NOWHERE
    content_span: Span = NOWHERE
    ignored: bool = False
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a reference list: what an author wrote about one work.

    ``type`` is the entry type as written, in lower case (``article``); a source in CSL's terms has
    the CSL type here. ``item`` is the same description in CSL's terms, with the fields inherited by
    ``crossref`` or ``xdata``. ``format`` is the name in FORMATS of the source's format. An entry
    that was made from a registry's record has no source and no format.
    """

    key: str
    item: Item
    type: str = ""
    fields: Sequence[Field] = ()
    source: SourceFile | None = None
    span: Span = NOWHERE
    key_span: Span = NOWHERE
    format: str = ""
    _by_name: dict[str, Field] | None = dataclass_field(
        default=None, init=False, repr=False, compare=False
    )

    def field(self, name: str) -> Field | None:
        """The field of that name, in lower case; None where there is none.

        Of several it is the one that counts: the first in BibTeX, the last in CSL-JSON.
        """
        # The rules ask for about ninety fields of each entry: a loop over them took a quarter of
        # the time of `check`.
        by_name = self._by_name
        if by_name is None:
            by_name = {one.name: one for one in self.fields if not one.ignored}
            object.__setattr__(self, "_by_name", by_name)
        return by_name.get(name)

    @property
    def place(self) -> str:
        """The file and line, as ``refs.bib:12``; empty for an entry without a source."""
        if self.source is None:
            return ""
        return f"{self.source.name}:{self.source.position(self.span.start).line}"

    @property
    def where(self) -> str:
        """The place and the key, as ``refs.bib:12: au2017``; the key for one without a source."""
        return f"{self.place}: {self.key}" if self.source else self.key

    @property
    def keys(self) -> tuple[str, ...]:
        """The citation key and its aliases (biblatex manual, section 2.2.3: ``ids``)."""
        ids = self.field("ids")
        return with_aliases(self.key, ids.value) if ids is not None else (self.key,)

    @property
    def title(self) -> str:
        """The title as plain text on one line; empty where there is none."""
        return on_one_line(without_tags(self.item.text.get("title", "")))

    @property
    def authors(self) -> tuple[str, ...]:
        """The authors, else the editors, and so on, as in :attr:`Item.creators`."""
        return self.item.creators

    @property
    def year(self) -> int | str | None:
        """The year of publication, else the words in its place ("in press"), else None."""
        return self.item.year

    @property
    def doi(self) -> str | None:
        """The DOI as it is written in the field for it; None where there is none."""
        return self.item.text.get("DOI")


def with_aliases(key: str, ids: str) -> tuple[str, ...]:
    """A citation key and the aliases in the field ``ids``, such as ``old2003, older``."""
    return (key, *filter(None, map(str.strip, ids.split(","))))


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault that a reader found in a source; ``rule`` is the name of the B1 rule that reports it.

    ``key`` is the citation key of the entry concerned, or None where no key could be read. With the
    rule ``entry-unparsed`` the text at ``span`` became no entry.
    """

    rule: str
    message: str
    source: SourceFile
    span: Span
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Library:
    """Loaded reference lists: the sources, their entries in order, and the readers' problems.

    A library is a sequence of its entries, and gives an entry by its citation key.
    """

    sources: Sequence[SourceFile]
    entries: Sequence[Entry]
    problems: Sequence[Problem] = ()
    _by_key: dict[str, Entry] | None = dataclass_field(
        default=None, init=False, repr=False, compare=False
    )

    def __repr__(self) -> str:
        """Short enough for a prompt: ``<Library of 2 entries: refs.bib>``."""
        names = ", ".join(source.name for source in self.sources)
        return f"<Library of {len(self)} entries: {names}>"

    def __iter__(self) -> Iterator[Entry]:
        """The entries in the order of the sources."""
        return iter(self.entries)

    def __len__(self) -> int:
        """The number of entries."""
        return len(self.entries)

    def __getitem__(self, key: str) -> Entry:
        """The first entry with this citation key or alias; raises KeyError where there is none."""
        by_key = self._by_key
        if by_key is None:
            by_key = {key: entry for entry in reversed(self.entries) for key in entry.keys}
            object.__setattr__(self, "_by_key", by_key)
        return by_key[key]


@dataclass(frozen=True, slots=True)
class Written:
    """Entries written in a format: the text, and the values that the format cannot hold.

    ``losses`` are sentences; each names an entry by its key. A format that is not text (Word) has
    the content of its file in ``data``, and ``text`` is empty.
    """

    text: str
    losses: tuple[str, ...] = ()
    data: bytes = b""

    @property
    def content(self) -> bytes:
        """The bytes for a file: ``data``, else the text in UTF-8.

        Bytes that were not UTF-8 when they were read become the same bytes again.
        """
        return self.data or self.text.encode("utf-8", "surrogateescape")
