"""One running server for all tests that need no settings of their own; a start takes seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.lsp.editor import Editor, editor

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def running() -> Iterator[Editor]:
    """An editor without folders; a test opens its own by :meth:`Editor.within`."""
    with editor() as made:
        yield made
