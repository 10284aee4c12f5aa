"""The lock: what it keeps of a record, how it is written, what is trusted in it."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compcite.checks import updates as updates_rules
from compcite.errors import SourceError
from compcite.model.doi import DOI
from compcite.model.item import Date, Item, Name
from compcite.model.work import Found, NotFound, Relation, Update, Work
from compcite.registries.lock import codec
from compcite.registries.lock.changes import change_between
from compcite.registries.lock.codec import decode, encode
from compcite.registries.lock.file import Lock, lock_bytes, read_lock, renewed
from compcite.registries.records.crossref_work import work_from_crossref
from compcite.registries.records.datacite_work import work_from_datacite

if TYPE_CHECKING:
    from pathlib import Path

MONDAY, TUESDAY = dt.date(2026, 11, 23), dt.date(2026, 11, 24)
NEFF = DOI("10.1080/15298860309032")
WORK = Work(
    doi=NEFF,
    agency="Crossref",
    item=Item(
        "article-journal",
        {"title": "Self-Compassion", "volume": "2", "page": "85-101", "DOI": NEFF.value},
        {"author": (Name("Neff", "Kristin D."),)},
        {"issued": Date(((2003, 4),))},
    ),
    titles=("Self-Compassion", "Self-Compassion: An Alternative Conceptualization"),
    containers=("Self and Identity",),
    years=frozenset({2002, 2003}),
)
RETRACTION = Update("retraction", DOI("10.5555/notice"), dt.date(2026, 1, 2), "publisher")


def locked(*outcomes: Found | NotFound, today: dt.date = MONDAY) -> bytes:
    """A lock of these outcomes."""
    return lock_bytes(renewed(Lock({}), outcomes, today))


def write(path: Path, data: bytes) -> Path:
    """A lock file with these bytes."""
    path.write_bytes(data)
    return path


texts = st.text(st.characters(exclude_categories=[]), max_size=12)
some_text = st.text(st.characters(exclude_categories=[]), min_size=1, max_size=12)
dois = st.builds(lambda suffix: DOI(f"10.1234/{suffix}"), some_text)
names = st.builds(Name, texts, texts, texts, texts, texts, texts, st.booleans())
parts = st.lists(st.integers(-300, 2100), max_size=3).map(tuple)
dates = st.builds(
    Date,
    st.lists(parts, max_size=2).map(tuple),
    st.none() | st.integers(1, 4),
    st.booleans(),
    texts,
)
notices = st.builds(Update, some_text, st.none() | dois, st.none() | st.dates(), texts)
items = st.builds(
    Item,
    some_text,
    st.dictionaries(
        st.sampled_from(["title", "container-title", "volume", "page", "DOI"]), some_text
    ),
    st.dictionaries(
        st.sampled_from(["author", "editor"]), st.lists(names, min_size=1, max_size=3).map(tuple)
    ),
    st.dictionaries(st.just("issued"), dates),
)
works = st.builds(
    Work,
    dois,
    some_text,
    items,
    st.lists(some_text, max_size=3).map(tuple),
    st.lists(some_text, max_size=3).map(tuple),
    st.frozensets(st.integers(1500, 2100), max_size=3),
    st.lists(notices, max_size=2).map(tuple),
    st.lists(notices, max_size=2).map(tuple),
    st.lists(st.builds(Relation, st.just("is-preprint-of"), dois), max_size=2).map(tuple),
    st.booleans(),
    texts,
    st.frozensets(st.sampled_from(["title", "authors", "year", "container", "pages"])),
)


@settings(max_examples=50)
@given(dois, works, st.booleans())
def test_what_is_compared_comes_back_from_the_file(doi: DOI, work: Work, resolvable: bool) -> None:  # noqa: FBT001 - hypothesis passes it by place
    """Names with all their parts, seasons, halves of surrogate pairs: all as it was."""
    found = Found(doi, work, resolvable=resolvable, cached=True)
    data = lock_bytes({doi.value: encode(found)})
    held = json.loads(data.decode("utf-8"))[doi.value]
    del held["sha256"]

    assert decode(doi, held) == found


@pytest.mark.parametrize(
    ("date", "held"),
    [
        (Date(((2003, 4),)), [2003, 4]),
        (Date(((2003,),), season=1), {"date-parts": [[2003]], "season": 1}),
        (Date(((2003,),), circa=True), {"date-parts": [[2003]], "circa": True}),
        (Date(((2003,), (2004,))), {"date-parts": [[2003], [2004]]}),
        (Date(literal="in press"), {"literal": "in press"}),
        (Date(), {"date-parts": []}),
    ],
)
def test_a_date_is_held_with_all_that_it_says(date: Date, held: object) -> None:
    """In the shortest form that says it, since the file is read by people, too."""
    item = replace(WORK.item, dates={"issued": date})
    found = Found(NEFF, replace(WORK, item=item), cached=True)

    assert (codec._date(date), decode(NEFF, encode(found))) == (held, found)


def test_what_is_not_registered_is_locked_too() -> None:
    """So that a complete lock leaves no question open."""
    held = encode(NotFound(NEFF))

    assert (held, decode(NEFF, held)) == ({"registered": False}, NotFound(NEFF, cached=True))


def test_every_relation_that_a_rule_reads_is_kept() -> None:
    """A preprint's version of record is still found behind a lock."""
    kinds = updates_rules._PUBLISHED_AS
    relations = tuple(Relation(kind, DOI("10.1234/other")) for kind in sorted(kinds))
    found = Found(NEFF, replace(WORK, relations=relations), cached=True)

    assert decode(NEFF, encode(found)) == found


def test_of_many_versions_of_a_work_one_is_kept() -> None:
    """It is enough to know that there are any, and the next release leaves the lock as it was."""
    relations = tuple(Relation("has-version", DOI(f"10.1234/{name}")) for name in "cab")
    held = encode(Found(NEFF, replace(WORK, relations=relations)))

    assert held["relations"] == [["has-version", "10.1234/a"]]


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"agency": "Crossref"},
        {"agency": "Crossref", "type": 7},
        {"agency": "Crossref", "type": "book", "author": "nobody"},
        {"agency": "Crossref", "type": "book", "author": [7]},
        {"agency": "Crossref", "type": "book", "author": [[]]},
        {"agency": "Crossref", "type": "book", "years": ["2003"]},
        {"agency": "Crossref", "type": "book", "updates": [{"kind": "retraction", "date": "?"}]},
        {"agency": "Crossref", "type": "book", "relations": [["is-preprint-of"]]},
    ],
)
def test_what_tells_of_no_outcome_is_refused(said: dict[str, object]) -> None:
    """A line that fits its hash and makes no sense is as if it were not there."""
    with pytest.raises(ValueError, match=r"lock|isoformat|unpack"):
        decode(NEFF, said)
    assert Lock({NEFF.value: said}).outcome(NEFF) is None


def test_a_lock_is_json_with_one_doi_a_line_in_order() -> None:
    """It diffs and merges by line: only the last two lines have no comma."""
    lines = locked(NotFound(DOI("10.2/b")), Found(NEFF, WORK), NotFound(DOI("10.10/a"))).split(
        b"\n"
    )

    assert [line[:12] for line in lines] == [
        b"{", b'"10.10/a":{"', b'"10.1080/152', b'"10.2/b":{"s', b'"version":1', b"}", b"",
    ]  # fmt: skip
    assert [line.endswith(b",") for line in lines] == [False, True, True, True, False, False, False]


def test_a_lock_is_read_as_it_was_written(tmp_path: Path) -> None:
    """Reading and writing again changes no byte, on systems with other line ends neither."""
    data = locked(Found(NEFF, WORK), NotFound(DOI("10.2/b")))
    lock = read_lock(write(tmp_path / "lock", data.replace(b"\n", b"\r\n")))

    assert (lock_bytes(lock.said), lock.tidy, lock.tampered) == (data, True, ())
    assert lock.outcome(NEFF) == Found(NEFF, WORK, cached=True)


def test_a_line_keeps_its_date_until_something_changes() -> None:
    """What is asked again and answered alike leaves the file as it is."""
    monday = renewed(Lock({}), [Found(NEFF, WORK)], MONDAY)
    same = renewed(Lock(monday), [Found(NEFF, WORK)], TUESDAY)
    other = renewed(Lock(monday), [Found(NEFF, replace(WORK, updates=(RETRACTION,)))], TUESDAY)

    assert lock_bytes(same) == lock_bytes(monday)
    assert other[NEFF.value]["date"] == "2026-11-24"


def test_what_no_entry_has_is_removed_where_that_is_wanted() -> None:
    """Writing the lock of given DOIs leaves these; a run over a part of them only adds."""
    before = Lock(renewed(Lock({}), [Found(NEFF, WORK), NotFound(DOI("10.2/b"))], MONDAY))

    assert renewed(before, [], TUESDAY, only=[NEFF]).keys() == {NEFF.value}
    assert renewed(before, [], TUESDAY).keys() == {NEFF.value, "10.2/b"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"volume":"2"', b'"volume":"3"'),
        (b'"date":"2026-11-23"', b'"date":"2026-11-24"'),
        (b'"sha256":"', b'"sha256":"0'),
        (NEFF.value.encode() + b'":{', b'10.1080/other":{'),
        (b'"10.1080/15298860309032":{"sha256"', b'"10.1080/15298860309032":{"sha512"'),
    ],
)
def test_a_changed_line_is_not_trusted(tmp_path: Path, old: bytes, new: bytes) -> None:
    """The hash is over the whole line with its DOI; the line is named."""
    data = locked(NotFound(DOI("10.1/a")), Found(NEFF, WORK))
    assert data.count(old) > 0
    lock = read_lock(write(tmp_path / "lock", data.replace(old, new)))
    changed = [line for line, _ in lock.tampered]

    assert changed in ([3], [2, 3])
    assert lock.outcome(NEFF) is None


def test_lines_that_merging_put_side_by_side_are_read(tmp_path: Path) -> None:
    """Two branches that each added a DOI make one lock."""
    one, other = locked(Found(NEFF, WORK)), locked(NotFound(DOI("10.2/b")))
    merged = one.split(b"\n")[:2] + other.split(b"\n")[1:]
    lock = read_lock(write(tmp_path / "lock", b"\n".join(merged)))

    assert (sorted(lock.said), lock.tidy) == ([NEFF.value, "10.2/b"], True)


def test_disorder_is_read_and_not_tidy(tmp_path: Path) -> None:
    """Order and form are nothing that could be wrong, but compcite would write them otherwise."""
    lines = locked(Found(NEFF, WORK), NotFound(DOI("10.2/b"))).split(b"\n")
    lines[1], lines[2] = lines[2], lines[1]
    lock = read_lock(write(tmp_path / "lock", b"\n".join(lines)))

    assert (len(lock.said), lock.tidy) == (2, False)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "line 1: not readable as JSON"),
        (b"{\n\x00}", "line 2: not readable"),
        (b"\xff\xfe", "line 1: not readable"),
        (b"[]", "not a lock of compcite"),
        (b"{}", "not a lock of compcite"),
        (b'{"version": 2}', "a lock of version 2"),
        (b"[" * 100_000, "not readable"),
        (
            b'{\n<<<<<<< ours\n"a":1,\n=======\n>>>>>>> theirs\n"version":1}',
            "line 2: an unresolved",
        ),
    ],
)
def test_a_lock_that_cannot_be_read_is_one_sentence(tmp_path: Path, data: bytes, what: str) -> None:
    """It says where and what to do."""
    with pytest.raises(SourceError, match=what):
        read_lock(write(tmp_path / "compcite.lock", data))


def test_a_lock_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    """A folder in its place is another."""
    with pytest.raises(SourceError, match="there is no lock; `compcite lock` writes one"):
        read_lock(tmp_path / "none")
    with pytest.raises(SourceError, match="cannot be read"):
        read_lock(tmp_path)


def test_changes_are_told_in_words_the_gravest_first() -> None:
    """A retraction comes before a new volume; of long values only the name is told."""
    before = encode(Found(NEFF, WORK))
    item = replace(WORK.item, text={**WORK.item.text, "volume": "3", "title": "A" * 70})
    now = encode(Found(NEFF, replace(WORK, item=item, updates=(RETRACTION,))))

    assert change_between("10.1/a", before, before) is None
    assert str(change_between("10.1/a", before, now)).endswith(
        "10.1/a was retracted on 2026-01-02 (notice 10.5555/notice); "
        "has changed: title, volume (2, now 3)')"
    )


@pytest.mark.parametrize(
    ("before", "now", "words"),
    [
        (Found(NEFF, WORK), NotFound(NEFF), "is registered no more"),
        (NotFound(NEFF), Found(NEFF, WORK), "is registered now"),
        (Found(NEFF, replace(WORK, updates=(RETRACTION,))), Found(NEFF, WORK), "lost a notice"),
        (
            Found(NEFF, WORK),
            Found(NEFF, replace(WORK, updates=(Update("addendum"),))),
            "has a notice of addendum",
        ),
    ],
)
def test_what_comes_and_goes_is_told(
    before: Found | NotFound, now: Found | NotFound, words: str
) -> None:
    """Registration, and notices of any kind."""
    change = change_between("10.1/a", encode(before), encode(now))

    assert change is not None
    assert change.sentence == f"10.1/a {words}"


@pytest.mark.no_cover
def test_real_records_fit_into_a_small_lock(shared: Path, tmp_path: Path) -> None:
    """A thousand records take less than a megabyte, and come back with what is compared."""
    found = {}
    for name, read in (
        ("crossref-works.jsonl", work_from_crossref),
        (
            "datacite-dois.jsonl",
            lambda record: work_from_datacite(record.get("attributes", record)),
        ),
    ):
        for line in (shared / "data" / name).read_text("utf-8").splitlines()[:700]:
            work = read(json.loads(line))
            found[work.doi] = Found(work.doi, work)
    data = locked(*found.values())
    lock = read_lock(write(tmp_path / "lock", data))
    read_back = [lock.outcome(doi) for doi in found]

    assert len(found) > 1000
    assert len(data) / len(found) < 1000
    assert lock_bytes(lock.said) == data
    for outcome, original in zip(read_back, found.values(), strict=True):
        assert isinstance(outcome, Found)
        work, was = outcome.work, original.work
        for name in ("title", "container-title", "volume", "issue", "page", "number", "DOI"):
            assert work.item.text.get(name) == was.item.text.get(name)
        kept = ("doi", "agency", "titles", "containers", "years", "updates", "updates_to")
        assert [getattr(work, k) for k in kept] == [getattr(was, k) for k in kept]
        assert work.item.names.get("author") == was.item.names.get("author")
        assert work.item.dates == was.item.dates
