"""New citation keys for the references of a list."""

from __future__ import annotations

from compcite.formats.fresh_keys import FreshKeys
from compcite.model.item import Item

ALIKE = Item("book", {"title": "Things"})


def test_works_that_are_alike_get_letters() -> None:
    """Keys that the list gives are taken, whatever the case of their letters."""
    keys = FreshKeys()
    actual = [keys.of(ALIKE, given) for given in ("", "ThingsA", "", "", "things", "")]
    assert actual == ["things", "ThingsA", "thingsb", "thingsc", "things", "thingsd"]


def test_a_long_list_of_one_work_is_cheap() -> None:
    """Each of ten thousand keys is new; that took minutes once."""
    keys = FreshKeys()
    found = {keys.of(ALIKE) for _ in range(10_000)}
    assert len(found) == 10_000
