"""Months and seasons as formats name them, each in its order."""

from __future__ import annotations

__all__ = ["MONTHS", "SEASONS"]

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
SEASONS = ("Spring", "Summer", "Autumn", "Winter")
