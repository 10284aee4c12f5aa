"""Write entries in a format, or as a bibliography in a CSL style."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from compcite.errors import UsageError
from compcite.formats import WRITERS
from compcite.formats.fresh_keys import FreshKeys
from compcite.model.library import STAND_INS, Written
from compcite.text.doi import read_doi
from compcite.text.nearest import unknown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compcite.model.library import Entry

__all__ = ["EXPORT_FORMATS", "export_entries"]

EXPORT_FORMATS = ("apa", *WRITERS)
_BIBTEX = ("bibtex", "biblatex")
_AS_CSL_HAS_IT = ("csl-json", "csl-yaml")
# Formats in which an item has only one key, with the name for messages.
_KEYED = {
    "csl-json": "CSL-JSON",
    "csl-yaml": "CSL-YAML",
    "ris": "RIS",
    "hayagriva": "Hayagriva",
    "cff": "CFF",
}


def export_entries(  # noqa: PLR0913 - what a bibliography can be asked for
    entries: Sequence[Entry],
    format_name: str | None,
    *,
    style: str | None = None,
    locale: str | None = None,
    markup: str | None = None,
    output: str | None = None,
    keep_case: bool = False,
    ascii_only: bool = False,
    normalize: bool = False,
    parents: Sequence[Entry] = (),
    in_order: bool = False,
) -> Written:
    """Entries in a format, or as a bibliography in a CSL style.

    ``format_name`` is one of :data:`EXPORT_FORMATS`. A ``style``, or the format ``apa``, gives a
    bibliography; ``keep_case`` then leaves titles in Title Case, ``in_order`` leaves the entries in
    their order, and ``markup`` is given or follows from the ending of ``output`` (``.docx``). For
    BibTeX, ``ascii_only`` writes LaTeX commands for other letters, and ``normalize`` writes every
    entry anew in one layout. Without ``normalize``, BibTeX entries stay as their authors wrote
    them; then entries need their ``parents``, the entries they inherit from. Sets of entries and
    stores of fields are no works: they are written only where entries stay as they are, and sets
    also as biblatex. The losses of the result say what the format could not hold.

    Raises UsageError for an unknown format, or for one that contradicts the style.
    """
    works = [entry for entry in entries if entry.type not in STAND_INS]
    if style is None and format_name is not None and format_name != "apa":
        if format_name not in WRITERS:
            raise UsageError(unknown("format", format_name, EXPORT_FORMATS))
        if format_name == "bibtex" and not normalize:
            works = [*entries, *parents]
        elif format_name == "biblatex":
            works = [entry for entry in entries if entry.type != "xdata"]
        if format_name not in _AS_CSL_HAS_IT:
            works = [_with_bare_doi(entry) for entry in works]
        if format_name not in _BIBTEX:  # whose writer makes its own keys
            works = _named(works)
        if format_name in _BIBTEX and (ascii_only or normalize):
            from compcite.formats.bibtex.write.writer import write_bibtex  # noqa: PLC0415 - rarely asked

            written = write_bibtex(
                works, ascii=ascii_only, normalize=normalize, biblatex=format_name == "biblatex"
            )
        else:
            written = WRITERS[format_name](works)
        lost = [*_sets_lost(entries, works)]
        if format_name in _KEYED:
            lost += _aliases_lost(_KEYED[format_name], works)
        return Written(written.text, (*written.losses, *lost))
    if style is not None and format_name not in (None, "apa"):
        raise UsageError(f"--style gives a styled bibliography; leave out --format {format_name}")
    from compcite.formats.styled import write_bibliography  # noqa: PLC0415 - the CSL processor is large

    return write_bibliography(
        works,
        style=style or "apa",
        locale=locale,
        markup=markup,
        output=output,
        keep_case=keep_case,
        in_order=in_order,
    )


def _named(entries: Sequence[Entry]) -> list[Entry]:
    """The entries, each with a key: those without one get a new one, which no other entry has."""
    keys = FreshKeys()
    for entry in entries:
        if entry.key:
            keys.of(entry.item, entry.key)
    return [e if e.key else replace(e, key=keys.of(e.item)) for e in entries]


def _with_bare_doi(entry: Entry) -> Entry:
    """The entry with its DOI as other formats have it: ``10.1000/xyz``, not as an address.

    It stays where it has no DOI, or a text that is none.
    """
    written = entry.item.text.get("DOI", "")
    if not written or written.startswith("10.") or (found := read_doi(written)) is None:
        return entry
    item = replace(entry.item, text={**entry.item.text, "DOI": found.doi})
    return replace(entry, item=item)


def _sets_lost(entries: Sequence[Entry], written: Sequence[Entry]) -> Iterator[str]:
    """A sentence for each ``@set`` that is not written, since only biblatex knows sets."""
    for entry in entries:
        if entry.type == "set" and entry not in written:
            members = entry.field("entryset")
            names = members.value.split(",") if members else []
            named = f": {', '.join(name.strip() for name in names)}" if names else ""
            yield f"{entry.key}: only biblatex has sets of entries; cite its members{named}."


def _aliases_lost(format_name: str, entries: Sequence[Entry]) -> Iterator[str]:
    """A sentence for each entry with aliases (``ids``), which a format with one key cannot hold."""
    for entry in entries:
        if keys := ", ".join(entry.keys[1:]):
            key = entry.key
            yield f"{key}: {format_name} has no place for further keys ({keys}); cite {key}."
