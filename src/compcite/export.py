"""Write entries in a format, or as a bibliography in a CSL style."""

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
    """Entries in the format ``form``, or as a bibliography in the CSL style ``style``.

    ``form`` is one of :data:`EXPORT_FORMATS`. A ``style``, or the form ``apa``, gives a
    bibliography; ``keep_case`` then leaves titles in Title Case, and ``markup`` is given or follows
    from the ending of ``output`` (``.docx``). For BibTeX, ``ascii_only`` writes LaTeX commands for
    other letters, and ``normalize`` writes every entry anew in one layout. Without ``normalize``,
    BibTeX entries stay as their authors wrote them; then entries need their ``parents``, the
    entries they inherit from.

    Raises UsageError for an unknown format, or for one that contradicts the style.
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
    """A sentence for each entry with aliases (``ids``), which a format with one key cannot hold."""
    for entry in entries:
        if keys := ", ".join(entry.keys[1:]):
            yield f"{entry.key}: {form} has no place for further keys ({keys}); cite {entry.key}."
