"""RIS, the tagged format that most databases and reference managers exchange."""

from __future__ import annotations
