"""References in plain text, as people paste them: lists split, each reference taken apart.

The patterns behind this take longer to compile than many a command runs, so they are loaded
when the first text is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from compcite.formats.plain_text.parsed import ParsedReference
    from compcite.model.library import Entry, Problem
    from compcite.model.source import SourceFile

__all__ = ["parse_reference", "read_plain_text"]


def parse_reference(text: str) -> ParsedReference:
    """One reference taken apart: its parts with their places, and the item they make."""
    from compcite.formats.plain_text.reference import parse  # noqa: PLC0415 - see above

    return parse(text)


def read_plain_text(source: SourceFile) -> tuple[list[Entry], list[Problem]]:
    """The references of a pasted list as entries, and every stretch that is no reference."""
    from compcite.formats.plain_text.reader import read  # noqa: PLC0415 - see above

    return read(source)
