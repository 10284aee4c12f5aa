"""Write entries as BibTeX or biblatex.

An entry from a BibTeX file keeps its text; any other entry is written anew, with bibtexparser.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

from compcite.formats.bibtex.read.entry_to_item import to_item
from compcite.formats.bibtex.read.inheritance import OTHER_NAMES
from compcite.formats.bibtex.tables.macros import MONTHS
from compcite.formats.bibtex.write.item_to_fields import Dialect, EntryFields, to_fields
from compcite.formats.keys import citation_key
from compcite.formats.losses import loss
from compcite.model.library import Written
from compcite.text.latex.encode import encode_text
from compcite.text.markup import without_tags
from compcite.values.biblatex import ONLY_BIBLATEX_FIELDS, ONLY_BIBLATEX_TYPES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from compcite.model.item import Item
    from compcite.model.library import Entry

__all__ = [
    "beyond_csl",
    "fields_anew",
    "speaks_biblatex",
    "usable_key",
    "write_biblatex",
    "write_bibtex",
]

_ALIKE = str.maketrans({"’": "'", "‘": "'", "‐": "-", "\u00ad": None, "\u200b": None})
_NOT_IN_KEYS = re.compile(r"[\s,{}()=\"#%\\~'\x00-\x1f\x7f]+")
_INHERITING = ("crossref", "xdata", "xref")
# What may stand beside another field that says the same, and is written as that one.
_SAID_ONCE = frozenset(OTHER_NAMES) | frozenset(
    [
        *_INHERITING,
        *("issue", "number", "organization", "publisher", "url"),
    ]
)
# Fields of biblatex of which BibTeX's standard styles would print nothing either way.
_NEVER_PRINTED = frozenset({"eprinttype", "langid", "urldate"})
# Fields that both dialects have, and that CSL joins to one variable.
_PUBLISHERS = ("howpublished", "organization", "publisher")
# The names by which BibTeX's standard styles sort an entry; all other types have the author alone.
_SORTING_NAMES = {
    "book": ("author", "editor"),
    "inbook": ("author", "editor"),
    "manual": ("author", "organization"),
    "proceedings": ("editor", "organization"),
}
_URL_IS_OFF = re.compile(r"(?i)(?:^|,)\s*url\s*=\s*false\s*(?:,|$)")
# Where an entry can be read; in CSL an address, in BibTeX better what its author wrote.
_EPRINT = frozenset(["archiveprefix", "eprint", "eprintclass", "eprinttype", "primaryclass"])
_SAID_WITH_EPRINT = frozenset(["archiveprefix", "eprinttype"])


def write_bibtex(
    entries: Sequence[Entry],
    *,
    ascii: bool = False,  # noqa: A002 - the option has that name
    normalize: bool = False,
    biblatex: bool = False,
) -> Written:
    """Return the text of a BibTeX file with all entries, and a sentence for each loss.

    An entry that was read from BibTeX keeps its text, with the values of its macros. It is written
    anew if it is made for biblatex, or inherits from an entry that is not written, or if a
    parameter asks for it: ``normalize`` writes all alike, ``biblatex`` writes this dialect,
    ``ascii`` writes commands for characters beyond ASCII. What is written anew is read back to find
    the losses. A ``@set`` keeps its own fields in any case.
    """
    dialect = Dialect(biblatex=biblatex, ascii_only=ascii)
    keys = {entry.key.lower() for entry in entries}
    written_keys = _keys(entries)
    blocks: list[str] = []
    losses: list[str] = []
    for entry, key in zip(entries, written_keys, strict=True):
        original = None if normalize or biblatex else _original(entry, keys)
        if original is not None and (original.isascii() or not ascii):
            blocks.append(original)
            continue
        if entry.type == "set" and _is_bibtex(entry):
            blocks.append(_set(entry, key))
            continue
        block, lost = _anew(entry, key, dialect)
        blocks.append(block)
        losses += lost
    return Written("\n\n".join(blocks) + "\n" if blocks else "", tuple(losses))


def write_biblatex(entries: Sequence[Entry]) -> Written:
    """Return the text of a biblatex file with all entries, written anew, and all losses."""
    return write_bibtex(entries, biblatex=True)


def _original(entry: Entry, keys: AbstractSet[str]) -> str | None:
    """Return the entry's own text, with the values of macros; else None.

    It is None if the entry is not from a BibTeX file, is written for biblatex, or names an entry in
    ``crossref``, ``xdata`` or ``xref`` whose key is not among ``keys``.
    """
    if not _is_bibtex(entry) or entry.source is None or speaks_biblatex(entry):
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


def _is_bibtex(entry: Entry) -> bool:
    """Return whether an entry was read from BibTeX."""
    return entry.source is not None and entry.format == "bibtex"


def speaks_biblatex(entry: Entry) -> bool:
    """Return whether BibTeX's styles would print less of an entry, since it is for biblatex."""
    names = {field.name for field in entry.fields}
    alone = {name for name, usual in ONLY_BIBLATEX_FIELDS.items() if usual not in names}
    return entry.type in ONLY_BIBLATEX_TYPES or not names.isdisjoint(alone - _NEVER_PRINTED)


def _stands_alone(value: str) -> bool:
    """Return whether a value without delimiters means the same in any file: a number or month."""
    return value.isdecimal() or value.lower() in MONTHS


def _anew(entry: Entry, key: str, dialect: Dialect) -> tuple[str, list[str]]:
    """Return the entry as text made from its item, under this key, and a sentence for each loss.

    A new key is a loss, too.
    """
    made = fields_anew(entry, dialect)
    written = made.fields
    by = {} if dialect.biblatex else _sort_key(entry.item, made.type, written, dialect)
    text = _block(made.type, key, written | by)
    name = "biblatex" if dialect.biblatex else "BibTeX"
    item, kept = entry.item, to_item(made.type, written, key)
    if dialect.ascii_only:
        item, kept = _with_usual_signs(item), _with_usual_signs(kept)
    losses = list(loss(name, entry.key or key, item, kept))
    if dialect.ascii_only:
        foreign = (name for name, value in written.items() if not value.isascii())
        losses += [f"{entry.key or key}: “{field}” stays beyond ASCII." for field in foreign]
    if entry.key not in ("", key):
        doubled = usable_key(entry.key) == entry.key
        reason = "another entry has that key" if doubled else f"{name} cannot have that key"
        losses.append(f"{entry.key}: {reason}, so it is written as {key}.")
    return text, losses


def fields_anew(entry: Entry, dialect: Dialect) -> EntryFields:
    """Return the type and the fields of an entry, made from its item.

    Fields of BibTeX for which CSL has no variable are among them, as they are written. If an
    ``eprint`` is among those, a URL that does not stand in ``url`` is left out.
    """
    made = to_fields(entry.item, dialect, entry.type if _is_bibtex(entry) else "")
    _keep_publishers(entry, made)
    written = made.fields | beyond_csl(entry, made.fields)
    if "eprint" in written and "eprint" not in made.fields and not entry.field("url"):
        written.pop("url", None)
    return EntryFields(made.type, written)


def _sort_key(
    item: Item, entry_type: str, written: Mapping[str, str], dialect: Dialect
) -> dict[str, str]:
    """Return the field ``key`` for an entry that has no names to sort by; else an empty dict.

    An example is a book without author and editor. BibTeX's styles sort such an entry by its
    ``key``, and warn if there is none; many of them also cite the entry by it. The value is the
    title without its subtitle, as authors write it by hand.
    """
    if "key" in written or not written.keys().isdisjoint(
        _SORTING_NAMES.get(entry_type, ["author"])
    ):
        return {}
    title = without_tags(item.text.get("title-short") or item.text.get("title", ""))
    shown = encode_text(title.partition(": ")[0], ascii_only=dialect.ascii_only)
    return {"key": shown} if shown else {}


def _block(entry_type: str, key: str, fields: Mapping[str, str]) -> str:
    """Return an entry as text, one field a line, with all equals signs in one column.

    Values stand in braces, but the macro of a month (``mar``) stands without.
    """
    from bibtexparser.entrypoint import write_string
    from bibtexparser.library import Library
    from bibtexparser.model import Entry as Block
    from bibtexparser.model import Field as BlockField
    from bibtexparser.writer import BibtexFormat

    layout = BibtexFormat()  # type: ignore[no-untyped-call]
    layout.indent = "  "
    layout.value_column = "auto"
    layout.trailing_comma = True
    blocks = [
        BlockField(name, value if name == "month" and value in MONTHS else "{" + value + "}")
        for name, value in fields.items()
    ]
    text: str = write_string(
        Library([Block(entry_type, key, blocks)]), unparse_stack=[], bibtex_format=layout
    )
    return text.strip()


def _set(entry: Entry, key: str) -> str:
    """Return a ``@set`` as text: its own fields, not what it inherits from its members."""
    return _block("set", key, {field.name: field.value for field in entry.fields})


def _keep_publishers(entry: Entry, made: EntryFields) -> None:
    """Put back the fields that CSL has joined to one publisher.

    These are ``howpublished``, ``organization`` and ``publisher``. ``made`` is changed in place, if
    the entry's own fields are in ASCII and are read as the same publisher.
    """
    fields = {field.name: field.value for field in entry.fields if not field.ignored}
    own = {name: fields[name] for name in _PUBLISHERS if fields.get(name, "").strip()}
    said = [name for name in _PUBLISHERS if name in made.fields]
    if not _is_bibtex(entry) or not own or not said or any(not own[name].isascii() for name in own):
        return
    kept = {name: value for name, value in made.fields.items() if name not in said}
    trial = to_item(made.type, kept | own, entry.key).text.get("publisher")
    if trial == entry.item.text.get("publisher"):
        made.fields.clear()
        made.fields.update(kept | own)


def beyond_csl(entry: Entry, made: Mapping[str, str]) -> dict[str, str]:
    """Return the fields of a BibTeX entry for which CSL has no variable (``file``, ``owner``).

    These are fields without which the entry is read as the same item, and those of the eprint. None
    is in ``made``. Entries of other formats have none.
    """
    if not _is_bibtex(entry):
        return {}
    fields = {field.name: field.value for field in entry.fields if not field.ignored}
    whole = to_item(entry.type, fields, entry.key)
    said = {*made, *_SAID_ONCE, *(_SAID_WITH_EPRINT if "eprint" in made else ())}
    if made.keys().isdisjoint(("date", "year")):
        said.discard("year")  # words that are no date, but stand where one is printed: "s.a."
    if _URL_IS_OFF.search(fields.get("options", "")):
        said.discard("url")  # not printed, but kept
    return {
        name: " ".join(value.split())
        for name, value in fields.items()
        if name not in said
        and value.strip()
        and (
            name in _EPRINT
            or to_item(entry.type, {n: v for n, v in fields.items() if n != name}, entry.key)
            == whole
        )
    }


def _with_usual_signs(item: Item) -> Item:
    """Return the item without tags, and with one form for signs that look alike.

    Such signs are quotation marks, hyphens and ligatures.
    """
    text = {
        variable: unicodedata.normalize("NFKC", without_tags(value)).translate(_ALIKE)
        for variable, value in item.text.items()
    }
    return replace(item, text=text)


def _keys(entries: Sequence[Entry]) -> list[str]:
    """Return the key under which each entry is written.

    A key that BibTeX cannot read is changed, and a missing one is made. BibTeX skips an entry whose
    key, in upper or lower case, it has met before; so keys of other formats that differ only in
    case get a number. Doubled keys of a BibTeX file stay, since its author must decide.
    """
    taken = {entry.key.lower() for entry in entries if usable_key(entry.key) == entry.key}
    first = dict.fromkeys(taken, True)
    counts: dict[str, int] = {}
    found = []
    for entry in entries:
        key = wanted = usable_key(entry.key) or citation_key(entry.item, ())
        kept = key == entry.key and (_is_bibtex(entry) or first.pop(key.lower(), False))
        while not kept and key.lower() in taken:
            counts[wanted] = counts.get(wanted, 1) + 1
            key = f"{wanted}-{counts[wanted]}"
        taken.add(key.lower())
        found.append(key)
    return found


def usable_key(key: str) -> str:
    """Return the citation key with ``_`` for each run of characters that end it in BibTeX."""
    return _NOT_IN_KEYS.sub("_", key)
