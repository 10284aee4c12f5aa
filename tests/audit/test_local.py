"""The engine ``local``: a pool of processes judges as one process does, and outlives a dead one."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest

from compcite.audit.archives import Member
from compcite.audit.batches import Batch
from compcite.audit.judging import JudgingSettings
from tests.audit.conftest import ONE, TWO

local = pytest.importorskip("compcite.audit.local", exc_type=ImportError)

SETTINGS = JudgingSettings(
    rules=frozenset({"field-missing", "doi-missing"}),
    severities={},
    by_source={"a.bib": ("doi-missing",)},
    by_entry=(),
    folder=Path(),
    origin="compcite.toml",
    today=dt.date(2026, 1, 1),
    asks=False,
)


class Deadly(bytes):
    """The bytes of a list that ends the process which gets them, as a want of memory does."""

    def __reduce__(self) -> tuple[object, ...]:
        """What unpickles these bytes, in the process of the pool, calls this."""
        return os._exit, (1,)


def batch(number: int, *members: Member) -> Batch:
    """A batch of some members."""
    return Batch(number, members, str(number))


A, B = Member("a.bib", ONE.encode()), Member("b.bib", TWO.encode())


def test_a_pool_makes_the_same_rows_in_the_same_order_as_one_process() -> None:
    """What is ignored by the configuration is so in every process."""
    batches = [batch(0, A, B), batch(1, B), batch(2, A)]

    alone = list(local.LocalEngine(SETTINGS, processes=1).judge(batches))
    together = list(local.LocalEngine(SETTINGS, processes=2).judge(batches))

    assert [one for one, _ in together] == batches
    assert [table.to_pylist() for _, table in together] == [table.to_pylist() for _, table in alone]


def test_a_list_that_ends_its_process_costs_only_itself() -> None:
    """Its row says so, and all other lists of its batch and of the next ones are judged."""
    deadly = Member("deadly.bib", Deadly(b"@misc{x}"))
    engine = local.LocalEngine(SETTINGS, processes=2)

    tables = [table for _, table in engine.judge([batch(0, A, deadly, B), batch(1, A)])]

    assert [
        (row["source"], row["message"])
        for table in tables
        for row in table.to_pylist()
        if row["kind"] == "list"
    ] == [
        ("a.bib", None),
        ("deadly.bib", "judging it ended the process, perhaps for want of memory"),
        ("b.bib", None),
        ("a.bib", None),
    ]
