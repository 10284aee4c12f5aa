"""The verb *export*: a library out, in any format that can be written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compcite.errors import UsageError
from compcite.formats import WRITERS
from compcite.model.library import STAND_INS, Written

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compcite.model.library import Entry

__all__ = ["EXPORT_FORMATS", "export_entries"]

EXPORT_FORMATS = ("apa", *WRITERS)
_BIBTEX = ("bibtex", "biblatex")
# What has one key for an item.
_KEYED = {
    "csl-json": "CSL-JSON",
    "csl-yaml": "CSL-YAML",
    "ris": "RIS",
    "hayagriva": "Hayagriva",
    "cff": "CFF",
}


def export_entries(  # noqa: PLR0913 - what a bibliography can be asked for
    entries: Sequence[Entry],
    form: str | None,
    *,
    style: str | None = None,
    locale: str | None = None,
    markup: str | None = None,
    output: str | None = None,
    keep_case: bool = False,
    ascii_only: bool = False,
    normalize: bool = False,
    parents: Sequence[Entry] = (),
) -> Written:
    """Entries in a format, or as a bibliography in a CSL style where one is named.

    ``form`` is one of :data:`EXPORT_FORMATS`; ``apa`` and a ``style`` give a styled
    bibliography, in which ``keep_case`` leaves titles in Title Case; its markup is the given one,
    or the one that the ending of ``output`` means, such as ``.docx``. BibTeX can be had in ASCII,
    and written anew where ``normalize`` asks for all entries to look alike; only as it was
    written does it need the ``parents``, from which entries take something over, and the entries
    that describe no work. Raises UsageError for an unknown format or one that a style contradicts.
    """
    if style is None and form == "bibtex" and not normalize:
        entries = [*entries, *parents]
    else:
        entries = [entry for entry in entries if entry.type not in STAND_INS]
    if style is None and form is not None and form != "apa":
        if form not in WRITERS:
            raise UsageError(f"unknown format {form!r}; known are {', '.join(EXPORT_FORMATS)}")
        if form in _BIBTEX and (ascii_only or normalize):
            from compcite.formats.bibtex.write.writer import write_bibtex  # noqa: PLC0415 - rarely asked

            return write_bibtex(
                entries, ascii=ascii_only, normalize=normalize, biblatex=form == "biblatex"
            )
        written = WRITERS[form](entries)
        lost = _aliases_lost(_KEYED[form], entries) if form in _KEYED else ()
        return Written(written.text, (*written.losses, *lost))
    if style is not None and form not in (None, "apa"):
        raise UsageError(f"--style gives a styled bibliography; leave out --format {form}")
    from compcite.formats.styled import write_bibliography  # noqa: PLC0415 - the CSL processor is large

    return write_bibliography(
        entries,
        style=style or "apa",
        locale=locale,
        markup=markup,
        output=output,
        keep_case=keep_case,
    )


def _aliases_lost(form: str, entries: Sequence[Entry]) -> Iterator[str]:
    """A sentence for each entry that has more keys than a format can hold."""
    for entry in entries:
        if keys := ", ".join(entry.keys[1:]):
            yield f"{entry.key}: {form} has no place for further keys ({keys}); cite {entry.key}."
