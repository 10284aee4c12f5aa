"""The columns of results: the code's table, the rows, and the page that promises them."""

from __future__ import annotations

import os
from pathlib import Path

from compcite.audit.rows import COLUMNS, Row

PAGE = Path(__file__).parents[2] / "docs" / "audits.md"
BEGIN, END = "<!-- columns -->\n", "<!-- end of columns -->\n"


def test_a_row_has_the_columns_in_their_order() -> None:
    """A value would else stand under another one's name."""
    assert tuple(column.name for column in COLUMNS) == Row._fields


def test_the_page_names_every_column() -> None:
    """With COMPCITE_UPDATE_PAGES it is made so."""
    table = "\n| column | type | meaning |\n| --- | --- | --- |\n" + "".join(
        f"| `{one.name}` | {one.type} | {one.meaning} |\n" for one in COLUMNS
    )
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    wanted = f"{before}{BEGIN}{table}\n{END}{after}"
    if os.environ.get("COMPCITE_UPDATE_PAGES"):
        PAGE.write_text(wanted, encoding="utf-8")
        page = wanted

    assert page == wanted
