"""Fixes on real files and on any text: nothing else changes, by other programs' reading, too."""

from __future__ import annotations

import logging
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compcite.checks import CHECK_FAMILIES, select_rules
from compcite.errors import CompciteError
from compcite.files.decoding import decode, encode
from compcite.files.patch import patch_of
from compcite.formats.bibtex.edit.proof import changed_fields
from compcite.formats.bibtex.edit.rewriting import rewrite_bibtex
from compcite.formats.bibtex.read.reader import read_bibtex
from compcite.formats.bibtex.scan.blocks import BlockKind
from compcite.formats.bibtex.scan.syntax import scan
from compcite.model.edits import apply_edits
from compcite.model.item import Date, Name
from compcite.model.report import Change
from compcite.model.source import SourceFile
from compcite.text.compare.words import squeeze
from compcite.verbs.fix import Fixed, apply_fixes
from compcite.verbs.load import library_of, reload_changed
from compcite.verbs.verify import Judgements, check_library

if TYPE_CHECKING:
    from compcite.model.library import Entry, Library
    from compcite.model.report import EntryReport, Report

EDITS = 2000
KILLS = int(os.environ.get("COMPCITE_KILLS", "8"))
WITHOUT_FIX = select_rules(["B1", "field-missing", "date-malformed", "doi-missing"])
ALL = select_rules(families=CHECK_FAMILIES)
MERGING = select_rules(["key-duplicated", "doi-duplicated", "work-duplicated"])
OF_FIELDS = ALL - MERGING


def mended(source: SourceFile, rules: frozenset[str] = ALL) -> Fixed:
    """A source with every fix that needs no network, the unsafe ones, too."""
    library = library_of([source])
    return apply_fixes(library, lambda one: check_library(one, rules), reload_changed, unsafe=True)


# Any text


VALUES = st.sampled_from(
    ["doi:10.1000/a", "https://doi.org/10.1000/b.", "10.1000/c", "pp. 3---9", "00057894", "", "x"]
)
FIELDS = st.tuples(
    st.sampled_from(["doi", "url", "note", "pages", "issn", "title", "DOI", "eprint"]), VALUES
)


@st.composite
def bibliographies(draw: st.DrawFn) -> str:
    """Entries with faults that have fixes, in many layouts, whole and broken, in other text."""
    text = ""
    for number in range(draw(st.integers(0, 3))):
        end = draw(st.sampled_from(["\n", "\r\n", " ", "\r"]))
        rows = [
            draw(st.sampled_from(['{name} = "{value}"', "{name}={{{value}}}"])).format(
                name=name, value=value
            )
            for name, value in draw(st.lists(FIELDS, max_size=5))
        ]
        comma = draw(st.sampled_from([",", ",", ",", ""]))
        text += draw(st.sampled_from(["", "% text\n", "junk ", "\ufeff"]))
        text += f"@misc{{k{number},{end}" + f"{comma}{end}".join(rows)
        text += draw(st.sampled_from([f"{end}}}{end}", f",{end}}}", "}", "\n"]))
    return text


@pytest.mark.no_cover
@settings(max_examples=150)
@given(bibliographies())
def test_applied_twice_they_do_nothing_the_second_time(text: str) -> None:
    """What fixes make needs no fix; what they did, they did to fields alone."""
    source = SourceFile("x.bib", text)
    once = mended(source, OF_FIELDS)
    fields = {name for done in once.applied for name in done.fix.fields}

    assert mended(once.sources[0], OF_FIELDS).changed == []
    assert once.refused == ()
    assert {name for _, name in changed_fields(source, once.sources[0].text)} <= fields


TWICE = st.fixed_dictionaries(
    {},
    optional={
        "author": st.sampled_from(["Au, T.", "Teresa Au", "Au, Teresa and others", "Litz, B."]),
        "title": st.sampled_from(["{T}itle of it", "Title of it", "Title of it: A subtitle"]),
        "year": st.sampled_from(["2001", "2002"]),
        "date": st.sampled_from(["2001", "2001-05"]),
        "month": st.sampled_from(["may", "jun"]),
        "pages": st.sampled_from(["1--9", "1-9", "12"]),
        "keywords": st.sampled_from(["a, b", "b; c", "d"]),
        "note": st.sampled_from(["One", "One of two", "Other \\'e"]),
        "doi": st.sampled_from(["10.1000/a", "10.1000/A"]),
    },
)


@st.composite
def repetitions(draw: st.DrawFn) -> str:
    """Entries of few keys and DOIs, so that most repeat others, with text between them."""
    text = draw(st.sampled_from(["", "% top\n"]))
    for _ in range(draw(st.integers(2, 4))):
        end = draw(st.sampled_from(["\n", "\r\n", " "]))
        key = draw(st.sampled_from(["k", "l", "K"]))
        rows = [
            f"{name} = {value if name == 'month' else '{' + value + '}'}"
            for name, value in draw(TWICE).items()
        ]
        text += f"@misc{{{f',{end}'.join([key, *rows])}{end}}}{end}"
        text += draw(st.sampled_from(["", "\n", "% between\n", "junk\n\n"]))
    return text


@pytest.mark.no_cover
@given(repetitions())
def test_merged_entries_say_all_that_they_said_before(text: str) -> None:
    """Keys go on as aliases, every value stands in an entry that answers to its key."""
    source = SourceFile("x.bib", text)
    merged = mended(source, MERGING)
    after = merged.sources[0]
    entries = read_bibtex(after)[0]

    assert merged.refused == ()
    assert mended(after, MERGING).changed == []
    assert between(after.text) == between(text)
    for entry in read_bibtex(source)[0]:
        homes = [one for one in entries if entry.key in keys_of(one)]
        assert any(says(home, entry) for home in homes), (entry, after.text)


def between(text: str) -> list[str]:
    """The words outside of entries."""
    blocks = (text[b.start : b.end] for b in scan(text) if b.kind is BlockKind.JUNK)
    return [word for block in blocks for word in block.split()]


def keys_of(entry: Entry) -> list[str]:
    """The keys by which an entry can be cited."""
    ids = entry.field("ids")
    return [entry.key, *(key.strip() for key in (ids.value if ids else "").split(","))]


def says(home: Entry, entry: Entry) -> bool:
    """Whether an entry says all that another says, initials and the precision of dates aside."""
    mine, theirs = home.item, entry.item
    date, other = (item.dates.get("issued", Date()).parts for item in (mine, theirs))
    return (
        {name.family for name in theirs.names.get("author", ())}
        <= {name.family for name in mine.names.get("author", ())}
        and all(less == more[: len(less)] for less, more in zip(other, date, strict=False))
        and len(other) <= len(date)
        and all(
            {squeeze(part) for part in re.split("[,;]", text)} <= whole
            if variable == "keyword"
            else squeeze(text) in "".join(whole)
            for variable, text in theirs.text.items()
            if (whole := {squeeze(part) for part in re.split("[,;]", mine.text.get(variable, ""))})
        )
        and theirs.text.keys() <= mine.text.keys()
    )


LINES = st.sampled_from(["a", "b", "ü", "", "\r", "\x0c", "--- x", "+++ y", "@@ -1 +1 @@", "\\ No"])


@st.composite
def versions(draw: st.DrawFn) -> tuple[str, str]:
    """A text and what it becomes, with any line ends, and with a last one or without."""
    end = draw(st.sampled_from(["\n", "\r\n"]))
    lines = draw(st.lists(LINES, min_size=1, max_size=12))
    place = draw(st.integers(0, len(lines)))
    other = [*lines[:place], "new", *lines[place + draw(st.integers(0, 2)) :]]
    last = [draw(st.sampled_from([end, ""])) for _ in range(2)]
    return end.join(["first", *lines]) + last[0], end.join(["first", *other]) + last[1]


@pytest.mark.skipif(shutil.which("patch") is None, reason="patch is not on this machine")
@given(versions())
def test_patch_makes_of_a_diff_what_was_meant(texts: tuple[str, str]) -> None:
    """Byte for byte, under a name with a blank."""
    before = SourceFile("x y.bib", texts[0], Path("x y.bib"))
    after = before.with_text(texts[1])

    assert patched(before, patch_of(before, after)) == encode(after, after.text)


def patched(source: SourceFile, patch: bytes) -> bytes:
    """What patch makes of a source's bytes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, Path(source.name).name)
        path.write_bytes(encode(source, source.text))
        done = subprocess.run(
            ["patch", "-s", "-p0"],  # noqa: S607 - whichever is there
            input=patch,
            cwd=folder,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout
        return path.read_bytes()


# What is judged again


def assert_judged_again_as_anew(source: SourceFile) -> None:
    """Fix a source; after each pass, what was kept says the same as a judgement of everything."""
    known = Judgements()

    def judge(library: Library) -> Report:
        report = check_library(library, ALL, known=known)
        anew = check_library(library_of(library.sources), ALL)

        assert [told(one) for one in report.entries] == [told(one) for one in anew.entries]
        return report

    apply_fixes(library_of([source]), judge, reload_changed, unsafe=True)


def told(entry: EntryReport) -> tuple[object, ...]:
    """All that a report says of an entry; the entry into which a fix merges it by its place."""
    findings = [
        replace(one, fix=replace(one.fix, into=None, merged=None)) if one.fix else one
        for one in entry.findings
    ]
    homes = [one.fix.into.span for one in entry.findings if one.fix and one.fix.into]
    return replace(entry, findings=tuple(findings)), homes


@pytest.mark.no_cover
@settings(max_examples=100)
@given(st.lists(st.one_of(bibliographies(), repetitions()), max_size=3))
def test_what_was_judged_before_is_as_if_judged_anew(texts: list[str]) -> None:
    """Whatever fixes change: values, whole entries, the lines that messages name."""
    assert_judged_again_as_anew(SourceFile("x.bib", "".join(texts)))


def test_what_others_lend_is_judged_again() -> None:
    """An entry stays as it is, but what it inherits was mended, or its parent merged."""
    texts = [
        "@misc{a, doi = {doi:10.1000/a}, crossref = {b}}\n@book{b, pages = {pp. 3---9}}\n",
        "@string{p = {x}}\n@misc{a, note = p, doi = {doi:10.1/a}}\n@misc{b, crossref = {a}}\n",
    ]
    for text in texts:
        assert_judged_again_as_anew(SourceFile("x.bib", text))


# Real files


@pytest.fixture(scope="module")
def real_files(published: list[Path]) -> list[SourceFile]:
    """Every published file, as read."""
    return [decode(path.read_bytes(), path.name, path) for path in published]


@pytest.mark.no_cover
def test_without_an_applicable_fix_every_byte_stays(real_files: list[SourceFile]) -> None:
    """Also of files that are broken, or in other encodings."""
    for source in real_files:
        fixed = mended(source, WITHOUT_FIX)

        assert (fixed.changed, fixed.refused) == ([], ())
        assert source.path is not None
        assert encode(source, fixed.sources[0].text) == source.path.read_bytes()


@pytest.mark.no_cover
def test_in_real_files_what_was_judged_before_is_as_if_judged_anew(
    real_files: list[SourceFile],
) -> None:
    """Every published file, with all fixes."""
    for source in real_files:
        assert_judged_again_as_anew(source)


@pytest.mark.no_cover
def test_fixes_of_real_files_change_their_fields_alone(real_files: list[SourceFile]) -> None:
    """All that check offers is applied, nothing refused, and a second run finds nothing."""
    for source in real_files:
        fixed = mended(source, OF_FIELDS)
        after = fixed.sources[0]
        fields = {name for done in fixed.applied for name in done.fix.fields}

        assert fixed.refused == ()
        assert {name for _, name in changed_fields(source, after.text)} <= fields
        assert mended(after, OF_FIELDS).changed == []


@pytest.mark.no_cover
def test_merging_in_real_files_keeps_every_other_entry_and_every_key(
    real_files: list[SourceFile],
) -> None:
    """Entries that repeat nothing stay to the byte, as does the text between entries."""
    merged = 0
    for source in real_files:
        fixed = mended(source, MERGING)
        after = fixed.sources[0]
        concerned = {
            key
            for done in fixed.applied
            if done.fix.into
            for key in (done.entry.key, done.fix.into.key)
        }
        before, now = ([*read_bibtex(one)[0]] for one in (source, after))
        merged += len(before) - len(now)

        broken = any(block.kind is BlockKind.BROKEN for block in scan(source.text))
        assert fixed.refused == () or broken
        assert between(after.text) == between(source.text)
        assert {one.key for one in before} <= {key for one in now for key in keys_of(one)}
        assert [written(one) for one in before if one.key not in concerned] == [
            written(one) for one in now if one.key not in concerned
        ]
    assert merged > 0


def written(entry: Entry) -> str:
    """An entry as it stands in its source."""
    return entry.source.text[slice(*entry.span)] if entry.source else ""


@pytest.mark.skipif(shutil.which("patch") is None, reason="patch is not on this machine")
def test_the_diff_of_a_real_file_is_what_its_fixes_write(real_files: list[SourceFile]) -> None:
    """Byte for byte, whatever line ends and encoding it has."""
    for source in real_files:
        for before, after in mended(source).changed:
            assert patched(before, patch_of(before, after)) == encode(after, after.text)


CHANGES = [
    Change("title", "A new {title} of 5 % & more"),
    Change("title", "Über <i>Escherichia coli</i> and DNA"),
    Change("title", 'He said "no"'),
    Change("author", (Name("Müller", "Jörg"), Name("O’Neil", "A. B.", suffix="Jr"))),
    Change("author", (Name(literal="World Health Organization"),)),
    Change("issued", Date(((1999, 5),))),
    Change("container-title", "Journal of Testing & Fixing"),
    Change("volume", "123"),
    Change("issue", "3–4"),
    Change("page", "12-34"),
    Change("DOI", "10.1234/abc_d%e<f>"),
    Change("URL", None),
    Change("note", None),
    Change("ISSN", "1234-5679"),
]


def test_random_edits_change_one_field_by_another_programs_reading(
    real_files: list[SourceFile],
) -> None:
    """bibtexparser, which knows nothing of ours, sees that field changed, or nothing was done."""
    chance = random.Random(7)  # noqa: S311 - the same edits every time
    sources = [(one, read_bibtex(one)[0]) for one in real_files]
    sources = [(one, entries) for one, entries in sources if entries and len(one.text) < 60_000]
    refused = unread = 0
    for _ in range(EDITS):
        source, entries = chance.choice(sources)
        entry, change = chance.choice(entries), chance.choice(CHANGES)
        try:
            edits, fields, _ = rewrite_bibtex(entry, [change])
        except CompciteError:
            refused += 1
            continue
        before, after = read_otherwise(source.text), read_otherwise(apply_edits(source.text, edits))
        theirs = [block.fields for block in before if block.fields]
        if theirs != [as_written(one) for one in entries if one.fields]:
            unread += 1  # it does not read the file as BibTeX does
            continue
        changed = [(one, two) for one, two in zip(before, after, strict=True) if one != two]

        assert len(changed) == 1, (source.name, entry.key, change)
        ((one, two),) = changed
        assert one.without(fields) == two.without(fields)
    assert refused + unread < EDITS / 2


class Block(NamedTuple):
    """A block as bibtexparser reads it, without any of its transformations."""

    head: tuple[str, ...]
    fields: list[tuple[str, str]]

    def without(self, names: tuple[str, ...]) -> tuple[object, ...]:
        """The block but for some fields."""
        return (self.head, [one for one in self.fields if one[0] not in names])


def as_written(entry: Entry) -> list[tuple[str, str]]:
    """The fields of an entry by our own reading."""
    text = entry.source.text if entry.source else ""
    return [(one.name, text[one.value_span.start : one.value_span.end]) for one in entry.fields]


def read_otherwise(text: str) -> list[Block]:
    """All blocks of a text by bibtexparser, which takes a comment for part of a field's name."""
    from bibtexparser.entrypoint import parse_string
    from bibtexparser.model import Entry as Parsed

    logging.disable(logging.CRITICAL)
    try:
        blocks = parse_string(text, parse_stack=[]).blocks
    finally:
        logging.disable(logging.NOTSET)
    # A repeated key makes an entry unreadable to it, which it then keeps inside another block.
    blocks = [getattr(block, "ignore_error_block", None) or block for block in blocks]
    return [
        Block(
            (block.entry_type, block.key),
            [(one.key.lower().split()[-1], str(one.value)) for one in block.fields],
        )
        if isinstance(block, Parsed)
        else Block((type(block).__name__, block.raw or ""), [])
        for block in blocks
    ]


# Interruptions


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kill -9 is of POSIX")
def test_a_killed_run_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    """Whole, at whatever moment the run ends."""
    path = tmp_path / "x.bib"
    old = "".join(
        f"@misc{{k{n}, title = {{Title {n}}}, doi = {{doi:10.1000/{n}}}}}\n" for n in range(300)
    )
    new = old.replace("doi:", "")
    run = [
        sys.executable,
        "-c",
        "import sys; from compcite.cli import run; print(flush=True); sys.exit(run(sys.argv[1:]))",
        *("check", "--select", "D3", "--fix", str(path)),
    ]
    for kill in range(KILLS):
        path.write_text(old, encoding="utf-8")
        with subprocess.Popen(run, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
            if process.stdout:
                process.stdout.readline()
            time.sleep(0.5 * kill / KILLS)
            process.kill()

        assert path.read_text(encoding="utf-8") in (old, new)
    assert {one.suffix for one in tmp_path.iterdir()} <= {".bib", ".tmp"}
