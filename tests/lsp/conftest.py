"""One running server for all tests that need no settings of their own; a start takes seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.lsp.editor import Editor, editor

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    """An editor without folders; a test opens its own by :meth:`Editor.within`."""
    cache = tmp_path_factory.mktemp("cache")
    with editor(environment={"COMPCITE_CACHE_DIR": str(cache)}) as made:
        yield made
