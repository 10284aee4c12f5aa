"""Read the citations that LaTeX writes into files for BibTeX (``.aux``) and biber (``.bcf``)."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import TYPE_CHECKING

from compcite.formats.citing.events import Cited, Include, listed_keys
from compcite.formats.citing.files import find_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compcite.formats.citing.events import Event
    from compcite.model.source import SourceFile

__all__ = ["read_aux", "read_bcf"]

_LINE = re.compile(
    r"\\(?:(citation)|abx@aux@cite(?:\{\d+\})?+|(@input))\{([^{}\r\n]*+)\}|\\abx@aux@(nociteall)\b"
)
_CITEKEY = re.compile(r"<bcf:citekey\b[^<>]*+>([^<>]*+)</bcf:citekey>")
# Entries by which packages tell bibliography styles their settings; no work is cited.
_CONTROL = re.compile(
    r"biblatex-control|achemso-control|(?:REVTEX|apsrev)[\d-]*Control|acs-control", re.IGNORECASE
)


def read_aux(source: SourceFile) -> Iterator[Event]:
    """Yield the events of an auxiliary file: cited keys, and other auxiliary files that it names.

    The key ``*`` means that all entries are cited. Keys that a package cites for its own settings,
    such as ``REVTEX41Control``, are left out, and so are files that do not exist.
    """
    for line in _LINE.finditer(source.text):
        if line[4]:
            yield Cited("*", *line.span())
        elif line[2]:
            folder = source.path.parent if source.path else Path()
            if path := find_file([line[3]], [folder]):
                yield Include(path)
        else:
            keys = listed_keys(source.text, *line.span(3))
            yield from (key for key in keys if not _CONTROL.fullmatch(key.key))


def read_bcf(source: SourceFile) -> Iterator[Event]:
    """Yield the keys that a control file of biber cites."""
    for key in _CITEKEY.finditer(source.text):
        if name := html.unescape(key[1]).strip():
            yield Cited(name, *key.span(1))
