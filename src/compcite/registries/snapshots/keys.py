"""The keys by which a snapshot finds records: words of titles with each other and with a name.

A key is a number of 64 bits, made of a text such as ``words attention need`` or
``isbn 9780198520115``. A record has the keys of its title, its notices, its ISBNs and its aliases.
A search makes the keys of its words in the same way and looks for records that share some.

Two long words together are rare enough: a single word has millions of records. A title gives the
pairs of its three longest words, and each of the two longest with the first author. So one wrong
word still leaves a key that is right.
"""

from __future__ import annotations

import re
from hashlib import blake2b
from itertools import combinations
from typing import TYPE_CHECKING

from compcite.registries.records.json_values import doi_of, object_of, objects, text, texts
from compcite.registries.records.json_values import readable_objects as objects_in
from compcite.text.compare.words import bare_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from compcite.model.doi import DOI
    from compcite.model.search import Description
    from compcite.registries.records.answers import Json

__all__ = ["alias_key", "description_keys", "isbn_key", "notice_key", "record_keys"]

_SUBTITLE = re.compile(r"[:?!.]\s|\s[-–—]+\s|—")
_SHORTEST = 4  # letters; shorter words are in too many titles, and are often left out
_LONGEST_WORDS = 3
_WITH_A_NAME = 2
_TITLES = ("title", "original-title")
_PEOPLE = ("author", "editor")


def record_keys(agency: str, record: Json) -> set[int]:
    """Return the keys of a record in the form of its agency."""
    if agency == "Crossref":
        return set(map(_number, _crossref_texts(record)))
    return set(map(_number, _datacite_texts(record)))


def description_keys(wanted: Description) -> set[int]:
    """Return the keys of a description; without a title, those of the citation's words."""
    title = wanted.title or wanted.citation
    families = [family for one in wanted.people if (family := _family(one))]
    return set(map(_number, _title_texts([title], families)))


def notice_key(doi: DOI) -> int:
    """Return the key of the notices about a work."""
    return _number(f"notice {doi}")


def alias_key(doi: DOI) -> int:
    """Return the key of the work for which a DOI is an alias."""
    return _number(f"alias {doi}")


def isbn_key(digits: str) -> int:
    """Return the key of the books with an ISBN."""
    return _number(f"isbn {digits}")


def _crossref_texts(record: Json) -> Iterator[str]:
    """Yield the texts of the keys of a Crossref record."""
    titles = [form for name in _TITLES if (form := _first(record.get(name)))]
    if titles and (subtitle := _first(record.get("subtitle"))):
        titles[0] = f"{titles[0]}: {subtitle}"
    people = next((named for role in _PEOPLE if (named := objects(record.get(role)))), [])
    family = _family(text(people[0].get("family")) or text(people[0].get("name"))) if people else ""
    yield from _title_texts(titles, [family] if family else [])
    for update in objects_in(record.get("update-to")):
        if doi := doi_of(update.get("DOI")):
            yield f"notice {doi}"
    for alias in texts(record.get("aliases")):
        if doi := doi_of(alias):
            yield f"alias {doi}"
    for isbn in texts(record.get("ISBN")):
        yield f"isbn {isbn.rpartition('/')[2].replace('-', '').upper()}"


def _first(value: object) -> str:
    """Return the first text of a value: mostly that of a list, which is looked at first."""
    if isinstance(value, list) and value and isinstance(value[0], str):
        return value[0]
    return text(value)


def _datacite_texts(record: Json) -> Iterator[str]:
    """Yield the texts of the keys of a DataCite record."""
    titles = [form for one in objects(record.get("titles")) if (form := text(one.get("title")))]
    people = objects(record.get("creators"))
    first = object_of(next(iter(people), {}))
    family = _family(text(first.get("familyName")) or text(first.get("name")).partition(",")[0])
    yield from _title_texts(titles, [family] if family else [])


def _title_texts(titles: Iterable[str], families: Sequence[str]) -> Iterator[str]:
    """Yield the texts of the keys of titles, alone and with the family names."""
    for title in titles:
        for words in _word_lists(title):
            if len(words) == 1:
                yield f"word {words[0]}"
            for one, other in combinations(words, 2):
                yield f"words {min(one, other)} {max(one, other)}"
            for word in words[:_WITH_A_NAME]:
                yield from (f"name {family} {word}" for family in families)


def _word_lists(title: str) -> Iterator[list[str]]:
    """Yield the longest words of the main title and, if they are few, those of the whole title.

    Either side may lack the subtitle. A main title of one word does not count alone, since many
    begin so ("Introduction: …").
    """
    main_title = _SUBTITLE.split(title, maxsplit=1)[0]
    main = _longest(main_title)
    if len(main) > 1 or main_title == title:
        yield main
    if len(main) < _LONGEST_WORDS and main_title != title:
        yield _longest(title)


def _longest(text: str) -> list[str]:
    """Return the longest words of a text, the longest first; short words only if no other is there.

    Of words with the same length the first in the alphabet counts, so that both sides choose alike.
    """
    words = set(bare_words(text).split())
    long = {word for word in words if len(word) >= _SHORTEST} or words
    return sorted(long, key=lambda word: (-len(word), word))[:_LONGEST_WORDS]


def _family(name: str) -> str:
    """Return the last word of a family name: ``maaten`` for *van der Maaten*."""
    return next(reversed(bare_words(name).split()), "")


def _number(text: str) -> int:
    """Return the key that a text stands for."""
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8).digest())
