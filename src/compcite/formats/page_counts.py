"""Numbers of pages in formats that have only one place for pages and their number."""

from __future__ import annotations

import re

__all__ = ["page_count", "with_unit"]

# Librarians write "346 p." and "xviii, 507 p."; "12-19 p." names pages.
_COUNT = re.compile(r"(?!.*\d\s*[-–]\s*\d)(?P<count>.*\S) p\.$")


def page_count(pages: str) -> str:
    """Return the number of pages that a text gives, or an empty string if it names pages.

    A number of pages has the unit at its end: ``xviii, 507 p.`` gives ``xviii, 507``.
    """
    match = _COUNT.match(pages)
    return match["count"] if match else ""


def with_unit(count: str) -> str:
    """Return a number of pages with its unit, so that ``page_count`` knows it: ``346 p.``.

    The result is empty for an empty text, and for what would be read as pages, such as ``12-19``.
    """
    written = f"{count} p."
    return written if count and page_count(written) == count else ""
