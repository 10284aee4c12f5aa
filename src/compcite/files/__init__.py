"""Files on disk: bytes to text without loss, writing whole or not at all, patches."""

from __future__ import annotations
