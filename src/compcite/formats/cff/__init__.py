"""CITATION.cff, the Citation File Format in which software says how to cite it."""

from __future__ import annotations
