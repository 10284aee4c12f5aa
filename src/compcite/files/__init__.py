"""Files on disk: decoding without loss, writing completely or not at all, patches."""

from __future__ import annotations
