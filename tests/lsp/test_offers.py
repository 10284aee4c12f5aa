"""Offers to complete a key: how they are found, and that a long list need not be read first."""

from __future__ import annotations

from compcite.lsp.lists import OpenList
from compcite.lsp.offers import best_offers
from compcite.lsp.settings import project_of
from compcite.model.source import SourceFile
from tests.lsp.findings import document_of, edited

MANY = 200
ENTRY = "@misc{{key{0}, ids = {{old{0}}}, author = {{Au, Tony}}, title = {{Hunger {0}}}}}\n"


def _opened() -> OpenList:
    """A list of many entries that was just opened."""
    text = "".join(ENTRY.format(number) for number in range(MANY))
    return OpenList(document_of(SourceFile("refs.bib", text)), project_of(None, {}))


def _found(one: OpenList, typed: str) -> list[str]:
    """The keys that are offered for what was typed."""
    return [offer.key for offer in best_offers(one.offers()[0], typed)[0]]


def test_keys_are_offered_before_entries_were_looked_into() -> None:
    """Keys and aliases are there at once; words of titles follow step by step."""
    one = _opened()
    assert one.offers()[1] is False
    assert _found(one, "key199") == ["key199"]
    assert _found(one, "old199") == ["old199"]
    assert _found(one, "hunger 199") == []
    for _ in one.make_offers():
        pass
    assert one.offers()[1] is True
    assert _found(one, "hunger 199") == ["key199", "old199"]


def test_after_an_edit_only_its_entry_is_looked_into() -> None:
    """The offers of all other entries stay; the changed one has its new words at once."""
    one = _opened()
    for _ in one.make_offers():
        pass
    before = one.offers()[0]
    place = one.source.text.index("Hunger 5}")
    edited(one, place, place + len("Hunger"), "Thirst")
    after, whole = one.offers()
    assert whole is True
    changed = [new.key for old, new in zip(before, after, strict=True) if old is not new]
    assert changed == ["key5", "old5"]
    assert _found(one, "thirst") == ["key5", "old5"]
