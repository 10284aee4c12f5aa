"""Values that several formats share: dates, months, seasons, names of persons and of fields."""

from __future__ import annotations
