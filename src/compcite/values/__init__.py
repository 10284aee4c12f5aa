"""Values that several formats write: dates, months and seasons, names of persons."""

from __future__ import annotations
