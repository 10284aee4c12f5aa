"""Entries as BibTeX or biblatex.

What came from a BibTeX source keeps its text; everything else is written anew, through
bibtexparser.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compcite.formats.bibtex.unmapping import Dialect, to_fields
from compcite.model.library import Written

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from compcite.model.library import Entry

__all__ = ["write_biblatex", "write_bibtex"]

_MONTHS = frozenset(
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
)
_INHERITING = ("crossref", "xdata", "xref")


def write_bibtex(
    entries: Sequence[Entry],
    *,
    ascii: bool = False,  # noqa: A002 - the option has that name
    normalize: bool = False,
    biblatex: bool = False,
) -> Written:
    """The entries as BibTeX, each followed by an empty line but the last.

    An entry that was read from BibTeX keeps its text, macros replaced by their values, unless
    ``normalize`` asks for all to be written alike, ``ascii`` for commands in place of
    characters beyond ASCII, or it inherits from an entry that is not written.
    """
    keys = {entry.key.lower() for entry in entries}
    blocks: list[str] = []
    losses: list[str] = []
    for entry in entries:
        original = None if normalize else _original(entry, keys)
        if original is not None and (original.isascii() or not ascii):
            blocks.append(original)
            continue
        block, lost = _anew(entry, biblatex=biblatex, ascii_only=ascii)
        blocks.append(block)
        name = "biblatex" if biblatex else "BibTeX"
        losses += [f"{entry.key}: {name} has no field for “{variable}”." for variable in lost]
    return Written("\n\n".join(blocks) + "\n" if blocks else "", tuple(losses))


def write_biblatex(entries: Sequence[Entry]) -> Written:
    """The entries as biblatex, all written anew."""
    return write_bibtex(entries, normalize=True, biblatex=True)


def _original(entry: Entry, keys: AbstractSet[str]) -> str | None:
    """The entry's own text, if it is BibTeX that stands by itself."""
    if entry.source is None or not entry.source.text.startswith("@", entry.span.start):
        return None
    for name in _INHERITING:
        inherits = entry.field(name)
        if inherits and not {key.strip().lower() for key in inherits.value.split(",")} <= keys:
            return None
    text, at, out = entry.source.text, entry.span.start, []
    for field in sorted(entry.fields, key=lambda one: one.span.start):
        start, end = field.value_span.start, field.value_span.end
        written = text[start:end]
        if field.value_span == field.content_span and not _stands_alone(written):
            out += [text[at:start], "{" + field.value + "}"]
            at = end
    return "".join([*out, text[at : entry.span.end]]).replace("\r\n", "\n")


def _stands_alone(value: str) -> bool:
    """Whether an undelimited value means the same in any file: a number or a month."""
    return value.isdecimal() or value.lower() in _MONTHS


def _anew(entry: Entry, *, biblatex: bool, ascii_only: bool) -> tuple[str, list[str]]:
    """The entry written from its item, and the variables that found no field."""
    from bibtexparser.entrypoint import write_string
    from bibtexparser.library import Library
    from bibtexparser.model import Entry as Block
    from bibtexparser.model import Field as BlockField
    from bibtexparser.writer import BibtexFormat

    made = to_fields(entry.item, Dialect(biblatex=biblatex, ascii_only=ascii_only))
    layout = BibtexFormat()  # type: ignore[no-untyped-call]
    layout.indent = "  "
    layout.value_column = "auto"
    layout.trailing_comma = True
    fields = [
        BlockField(name, value if name == "month" and value in _MONTHS else "{" + value + "}")
        for name, value in made.fields.items()
    ]
    block = Library([Block(made.type, _key(entry.key), fields)])
    text: str = write_string(block, unparse_stack=[], bibtex_format=layout)
    return text.strip(), made.losses


def _key(key: str) -> str:
    """The citation key without the characters that end it in BibTeX."""
    return re.sub(r"[\s,{}()=\"#%\\~']+", "_", key) or "entry"
