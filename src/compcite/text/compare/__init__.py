"""Compare what a reference says with what a registry holds; one module for each aspect.

Every comparison returns a :class:`Resemblance`: what was compared, how far it agrees, and
why. Nothing here knows entries, works or rules.
"""

from __future__ import annotations

from compcite.text.compare.containers import compare_containers
from compcite.text.compare.likeness import Likeness, Resemblance
from compcite.text.compare.numbers import (
    compare_issues,
    compare_pages,
    compare_volumes,
    compare_years,
)
from compcite.text.compare.people import compare_people
from compcite.text.compare.same_person import Person
from compcite.text.compare.titles import compare_titles

__all__ = [
    "Likeness",
    "Person",
    "Resemblance",
    "compare_containers",
    "compare_issues",
    "compare_pages",
    "compare_people",
    "compare_titles",
    "compare_volumes",
    "compare_years",
]
