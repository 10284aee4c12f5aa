"""Audits: many lists at once, and the findings as rows of one table.

An audit reads lists and documents from folders, patterns, tars and zips, judges each of them as
``verify-dois`` and ``check`` do, and writes a row for each list, entry and finding.
"""

from __future__ import annotations
