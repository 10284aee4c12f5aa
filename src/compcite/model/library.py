"""What a source holds: entries with their fields, and what could not be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compcite.model.source import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compcite.model.item import Item
    from compcite.model.source import SourceFile

__all__ = ["NOWHERE", "STAND_INS", "Entry", "Field", "Library", "Problem", "Written"]

NOWHERE = Span(0, 0)

STAND_INS = frozenset({"set", "xdata"})
"""The types of biblatex entries that describe no work: they stand for others, or lend to them."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field as its author wrote it.

    ``name`` is lower-case. ``value`` is the text without its outer delimiters, macros and
    ``#`` resolved, otherwise as written (LaTeX and all). ``span`` reaches from the name to the
    end of the value; ``value_span`` is the value with its delimiters; ``content_span`` is
    what stands between them, or ``value_span`` itself where the value is not one delimited
    piece (a macro, a number, a concatenation). A field that BibTeX ignores because an earlier
    one has its name is ``ignored``.
    """

    name: str
    value: str
    span: Span = NOWHERE
    value_span: Span = NOWHERE
    content_span: Span = NOWHERE
    ignored: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """What an author wrote about one work.

    ``type`` is the entry type as written, in lower case (``article``), or the CSL type where
    the source speaks CSL. ``item`` says the same in CSL's terms, with what is inherited by
    ``crossref`` or ``xdata``. ``format`` is the name in FORMATS of what the source is written in.
    An entry made from a registry's record has neither source nor format.
    """

    key: str
    item: Item
    type: str = ""
    fields: Sequence[Field] = ()
    source: SourceFile | None = None
    span: Span = NOWHERE
    key_span: Span = NOWHERE
    format: str = ""

    def field(self, name: str) -> Field | None:
        """The field of that name which counts: the first one."""
        # A plain loop, since rules ask for some forty fields of each entry: a generator takes
        # half as long again.
        for field in self.fields:
            if field.name == name and not field.ignored:
                return field
        return None

    @property
    def keys(self) -> tuple[str, ...]:
        """The citation key and its aliases (biblatex manual, section 2.2.3: ``ids``)."""
        ids = self.field("ids")
        aliases = (alias.strip() for alias in ids.value.split(",")) if ids is not None else ()
        return (self.key, *filter(None, aliases))


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault of the source that its reader met; ``rule`` is the name of a rule of family B1.

    ``key`` is the citation key of the entry it concerns, where one could be read. Under
    ``entry-unparsed`` the block at ``span`` yielded no entry.
    """

    rule: str
    message: str
    source: SourceFile
    span: Span
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Library:
    """What was loaded: the sources in order, their entries in order, what was in the way."""

    sources: Sequence[SourceFile]
    entries: Sequence[Entry]
    problems: Sequence[Problem] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """What a format's writer made of entries: the text, and what it could not hold.

    ``losses`` are sentences, each naming the entry by its key. A format that is no text, such as
    Word's, has its file in ``data`` and no text.
    """

    text: str
    losses: tuple[str, ...] = ()
    data: bytes = b""

    @property
    def content(self) -> bytes:
        """What a file gets; a text in UTF-8, with bytes that were not UTF-8 as they were."""
        return self.data or self.text.encode("utf-8", "surrogateescape")
