"""Hayagriva, the YAML in which Typst keeps bibliographies: each entry holds its parents.

A parent is what contains the work: the parent of an article is its journal.
"""

from __future__ import annotations
