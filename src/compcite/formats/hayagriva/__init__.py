"""Hayagriva, the YAML in which Typst keeps bibliographies: entries within parents."""

from __future__ import annotations
