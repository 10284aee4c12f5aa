"""Two entries of one work as one."""

from __future__ import annotations
