"""Capital and small letters in titles."""

from __future__ import annotations
