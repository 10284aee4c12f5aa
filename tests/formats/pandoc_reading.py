"""What pandoc reads from a .bib file, and what compcite does, as items that can be held together.

Pandoc runs under a German locale: under an English one it lowers titles while reading, which is
a matter of styles, and what it lowers could not be compared letter by letter.
"""

from __future__ import annotations

import json
import re
import subprocess
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from compcite.csl.items import item_of
from compcite.formats.bibtex.read.entry_to_item import to_item
from compcite.formats.bibtex.read.inheritance import OwnFields, inherit
from compcite.formats.bibtex.read.reader import read_bibtex
from compcite.formats.bibtex.scan.blocks import BlockKind
from compcite.formats.bibtex.scan.syntax import scan
from compcite.model.item import Item, Name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from compcite.model.library import Entry
    from compcite.model.source import SourceFile

__all__ = ["Reading", "canonical", "dialect", "pandoc_items", "readings"]

_LOCALE = "de_DE.UTF-8"
_NO_CASE = re.compile(r'<span class="nocase">(.*?)</span>')

_FIELD_WORDS = """
    addendum bookauthor booksubtitle date editortype entryset entrysubtype eprinttype
    eventdate eventtitle ids issuetitle journalsubtitle journaltitle langid location
    mainsubtitle maintitle options origdate origlanguage pagetotal pubstate related
    shorthand shortjournal subtitle titleaddon urldate venue volumes xdata
"""
_BIBLATEX_FIELDS = frozenset(_FIELD_WORDS.split())
"""Fields that biblatex has and BibTeX does not."""

_BIBLATEX_TYPES_WORDS = """
    artwork audio bookinbook collection dataset inreference movie mvbook mvcollection
    mvreference online periodical reference report software suppbook suppperiodical thesis
    video xdata
"""
_BIBLATEX_TYPES = frozenset(_BIBLATEX_TYPES_WORDS.split())


@dataclass(frozen=True)
class Reading:
    """An entry as compcite reads it, with what is needed to say what pandoc makes of it.

    ``fields`` have what the entry inherits, ``own`` have not. ``last`` has the last values of
    fields that stand twice, ``parent`` the fields of the entry that ``crossref`` names, and
    ``undefined`` the names of fields whose value is a macro that nobody defined. ``by_alias``
    says that it inherits from an entry by another name than its key.
    """

    key: str
    type: str
    fields: Mapping[str, str]
    own: Mapping[str, str]
    last: Mapping[str, str]
    parent: Mapping[str, str]
    parent_type: str
    undefined: frozenset[str]
    by_alias: bool

    @property
    def item(self) -> Item:
        """What compcite makes of it."""
        return canonical(to_item(self.type, self.fields, self.key))


def readings(source: SourceFile) -> list[Reading]:
    """The entries of a source, read by compcite."""
    entries, _ = read_bibtex(source)
    written = [OwnFields(entry.key, entry.type, _own(entry)) for entry in entries]
    by_key = {one.key: one for one in reversed(written)}
    keys = {one.key.lower() for one in written}
    found = []
    for entry, own, whole in zip(
        entries, written, inherit(written, single="xdata=" in source.text), strict=True
    ):
        parent = by_key.get(own.fields.get("crossref", "").strip(), OwnFields("", "", {}))
        undefined = {
            field.name
            for field in entry.fields
            if field.content_span == field.value_span and re.fullmatch(r"[A-Za-z_]\w*", field.value)
        }
        named = ",".join(own.fields.get(name, "") for name in ("crossref", "xdata")).split(",")
        by_alias = any(name.strip().lower() not in keys for name in named if name.strip())
        last = {field.name: field.value for field in entry.fields}
        found.append(
            Reading(
                entry.key,
                entry.type,
                whole,
                own.fields,
                {name: last[name] for name in last if last[name] != own.fields[name]},
                parent.fields,
                parent.type,
                frozenset(undefined),
                by_alias,
            )
        )
    return found


def _own(entry: Entry) -> dict[str, str]:
    """The fields of an entry, of duplicates the first."""
    return {field.name: field.value for field in entry.fields if not field.ignored}


def dialect(entries: Sequence[Reading]) -> str:
    """The dialect in which pandoc is to read a file.

    ``biblatex`` where any entry has a field or a type that only biblatex has: in its BibTeX mode
    pandoc drops these, while in its biblatex mode it reads BibTeX's fields, too.
    """
    fields = {name for entry in entries for name in entry.own}
    types = {entry.type for entry in entries}
    return "biblatex" if fields & _BIBLATEX_FIELDS or types & _BIBLATEX_TYPES else "bibtex"


def pandoc_items(source: SourceFile, form: str, timeout: float) -> dict[str, Item] | None:
    """The items that pandoc reads, by their keys, of equal keys the first; None where it fails.

    A file that pandoc refuses as a whole is given to it once more without what stands between
    its entries: mostly it is a comment that it stumbles over. ``timeout`` is in seconds: cross
    references in a circle keep pandoc busy for ever.
    """
    kept = [
        source.text[block.start : block.end]
        for block in scan(source.text)
        if block.kind in (BlockKind.ENTRY, BlockKind.STRING)
    ]
    try:
        found = _converted(source.text, form, timeout)
        if found is None:
            found = _converted("\n".join(kept), form, timeout)
    except subprocess.TimeoutExpired:
        return None
    if found is None:
        return None
    items: dict[str, Item] = {}
    for one in found:
        item = replace(item_of(one), type=one.get("type", ""))
        items.setdefault(item.id, canonical(item))
    return items


def _converted(text: str, form: str, timeout: float) -> list[dict[str, Any]] | None:
    """The CSL-JSON that pandoc makes of a text, or None where it refuses it.

    Raises TimeoutExpired.
    """
    import pypandoc  # noqa: PLC0415 - whoever compares nothing does not need it

    done = subprocess.run(
        [pypandoc.get_pandoc_path(), "--from", form, "--to", "csljson"],
        input=text.encode(),
        capture_output=True,
        check=False,
        timeout=timeout,
        env={"LANG": _LOCALE, "LC_ALL": _LOCALE},
    )
    if done.returncode:
        return None
    items: list[dict[str, Any]] = json.loads(done.stdout)
    return items


def canonical(item: Item) -> Item:
    """The item with one kind of blank, composed letters and no marks of protected case.

    Whether braces protect case is not compared: pandoc writes that down only for words that its
    own sentence case would change.
    """
    return replace(
        item,
        text={variable: _clean(text) for variable, text in item.text.items()},
        names={
            variable: tuple(_clean_name(name) for name in names)
            for variable, names in item.names.items()
        },
    )


def _clean(text: str) -> str:
    while (bare := _NO_CASE.sub(r"\1", text)) != text:
        text = bare
    return unicodedata.normalize("NFC", " ".join(text.split()))


def _clean_name(name: Name) -> Name:
    return Name(
        _clean(name.family),
        _clean(name.given),
        _clean(name.dropping_particle),
        _clean(name.non_dropping_particle),
        _clean(name.suffix),
        _clean(name.literal),
    )
