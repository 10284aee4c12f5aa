"""Find the citations of Jupyter notebooks: those of Markdown, MyST, LaTeX or HTML in its cells."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from compcite.errors import SourceError
from compcite.formats.citing.events import Cited, Defined
from compcite.formats.citing.markdown import markdown_citations
from compcite.formats.documents.notebook import prose_cells

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compcite.formats.citing.events import Event
    from compcite.model.source import SourceFile

__all__ = ["read_notebook"]


def read_notebook(source: SourceFile) -> Iterator[Event]:
    """Yield the keys that the text cells of a notebook describe and cite, cell by cell.

    Their places are those in the JSON. Raise SourceError if the notebook is not JSON.
    """
    try:
        cells = list(prose_cells(source.text))
    except json.JSONDecodeError as error:
        place = source.position(error.pos)
        raise SourceError(
            f"{source.name}:{place.line}:{place.column}: is no notebook: {error.msg}"
        ) from None
    except RecursionError:
        raise SourceError(f"{source.name}: is no notebook: nested too deeply") from None
    for cell in cells:
        for event in markdown_citations(cell.text):
            if isinstance(event, Cited | Defined):
                yield event._replace(**cell.span(event.start, event.end)._asdict())
            else:
                yield event
