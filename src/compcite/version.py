"""The version, by semantic versioning, and where the documentation stands."""

from __future__ import annotations

__all__ = ["DOCUMENTATION", "__version__", "rule_page"]

__version__ = "0.1.0"  # the build reads it from here

DOCUMENTATION = "https://compcite.github.io/compcite/"
"""The address of the documentation; ``[project.urls]`` of pyproject.toml has the same."""


def rule_page(rule: str) -> str:
    """The address of the page about a rule, by the rule's name."""
    return f"{DOCUMENTATION}rules/{rule}/"
