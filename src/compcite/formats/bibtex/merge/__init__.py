"""Merge two entries of one work."""

from __future__ import annotations
