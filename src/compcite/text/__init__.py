"""Pure functions on strings: LaTeX, Unicode, casing, DOIs, comparison."""

from __future__ import annotations
