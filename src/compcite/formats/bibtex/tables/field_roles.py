"""The fields that say nothing about the work: they name other entries, or serve a program."""

from __future__ import annotations

__all__ = ["BOOKKEEPING", "REFERRING", "STEERING"]

REFERRING = frozenset({"crossref", "entryset", "related", "xdata", "xref"})
"""The fields whose values are keys of other entries."""

_BOOKKEEPING_WORDS = """
    added-at creationdate date-added date-modified interhash intrahash modificationdate owner
    timestamp
"""
BOOKKEEPING = frozenset(_BOOKKEEPING_WORDS.split())
"""The fields that reference managers write by themselves."""

_STEERING_WORDS = """
    execute gender indexsorttitle indextitle label options presort shorthand shorthandintro sortkey
    sortname sortshorthand sorttitle sortyear
"""
STEERING = frozenset(_STEERING_WORDS.split())
"""The fields that say how an entry is sorted, cited and printed."""
