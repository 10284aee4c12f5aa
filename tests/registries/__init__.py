"""Tests of the registries, over real sockets."""

from __future__ import annotations
