"""``compcite list``: the entries as a table, and as data."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING

import pytest

from compcite.query import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Compcite

HOSTILE = """@misc{odd,
  title = {[bold]x[/bold] \x1b[31m {$a_1$}},
  author = {{\x1b]0;owned\x07 & Co}}
}
"""


@pytest.mark.usefixtures("references")
def test_a_pipe_gets_tab_separated_values(compcite: Compcite) -> None:
    """Piped output is tsv with a header, whole and uncoloured."""
    result = compcite("list")

    assert result.code == 0
    assert result.out.splitlines() == [
        "key\tauthors\tyear\ttitle\tcontainer\tdoi",
        (
            "neff2003self\tNeff, Kristin D.\t2003\tSelf-Compassion: An Alternative "
            "Conceptualization\tSelf and Identity\t10.1080/15298860309032"
        ),
        (
            "raes2010rumination\tRaes, Filip; Schön, Ana\t2010\tRumination and worry as "
            "mediators\tPersonality and Individual Differences\t"
        ),
    ]


@pytest.mark.usefixtures("references")
def test_json_gives_full_values_and_places(compcite: Compcite) -> None:
    """The JSON form is an array of the documented keys; what is absent is null."""
    result = compcite("list", "--format", "json")

    assert json.loads(result.out)[1] == {
        "source": "references.bib",
        "line": 12,
        "key": "raes2010rumination",
        "type": "article",
        "authors": ["Raes, Filip", "Schön, Ana"],
        "year": 2010,
        "title": "Rumination and worry as mediators",
        "container": "Personality and Individual Differences",
        "doi": None,
    }


@pytest.mark.usefixtures("references")
@pytest.mark.parametrize("form", ["jsonl", "csv", "keys"])
def test_every_format_lists_every_entry(compcite: Compcite, form: str) -> None:
    """Each format names the same entries in the order of the file."""
    out = compcite("list", "--format", form).out

    read: dict[str, Callable[[], list[str]]] = {
        "jsonl": lambda: [json.loads(line)["key"] for line in out.splitlines()],
        "csv": lambda: [row["key"] for row in csv.DictReader(io.StringIO(out))],
        "keys": out.splitlines,
    }
    assert read[form]() == ["neff2003self", "raes2010rumination"]


@pytest.mark.usefixtures("references")
@pytest.mark.parametrize(
    ("expression", "keys"),
    [
        ("author=neff", ["neff2003self"]),
        ("author=schon", ["raes2010rumination"]),
        ("year>=2004", ["raes2010rumination"]),
        ("year<2004", ["neff2003self"]),
        ("year=2003", ["neff2003self"]),
        ("title~^rumination", ["raes2010rumination"]),
        ("missing=doi", ["raes2010rumination"]),
        ("missing=pages", ["raes2010rumination"]),
        ("type!=book", ["neff2003self", "raes2010rumination"]),
        ("has=doi", ["neff2003self"]),
        ("has!=doi", ["raes2010rumination"]),
        ("missing!=doi", ["neff2003self"]),
        ("journal=ident", ["neff2003self"]),
        ("year=200", []),
        ("key=neff", ["neff2003self"]),
        ("doi=10.1080", ["neff2003self"]),
        ("author=neff or author=raes", ["neff2003self", "raes2010rumination"]),
        ("nobody or year=2010", ["raes2010rumination"]),
        ("title~no or such words", []),  # one regular expression
        ("title~no or such or author=raes", ["raes2010rumination"]),
        ("compassion identity", ["neff2003self"]),
        ("nobody", []),
    ],
)
def test_where_chooses_entries(compcite: Compcite, expression: str, keys: list[str]) -> None:
    """Words, comparisons, regular expressions and absence choose entries."""
    result = compcite("list", "--where", expression, "--format", "keys")

    assert (result.code, result.out.split()) == (0, keys)


@pytest.mark.usefixtures("references")
@pytest.mark.parametrize("name", COLUMNS)
def test_operators_mean_the_same_for_every_column(compcite: Compcite, name: str) -> None:
    """A column has its own value, and matches it; where it is empty, only ``!=`` holds."""
    for row in json.loads(compcite("list", "--format", "json").out):
        value = "; ".join(row[name]) if name == "authors" else row[name]
        key = f"key={row['key']}"
        told = {
            expression: bool(
                compcite("list", "--where", key, "--where", expression).out.count("\n") - 1
            )
            for expression in (
                f"{name}={value}",
                f"{name}!={value}",
                f"{name}~{re.escape(str(value))}",
                f"has={name}",
                f"missing={name}",
            )
        }
        there = value is not None
        assert list(told.values()) == [there, not there, there, there, not there]


@pytest.mark.usefixtures("references")
def test_sort_descends_with_a_minus(compcite: Compcite) -> None:
    """``--sort -year`` puts the newest first."""
    result = compcite("list", "--sort", "-year", "--format", "keys")

    assert result.out.split() == ["raes2010rumination", "neff2003self"]


@pytest.mark.usefixtures("references")
def test_entries_without_a_value_sort_last(compcite: Compcite) -> None:
    """What lacks the column comes last, ascending or descending."""
    ascending = compcite("list", "--sort", "doi", "--format", "keys").out.split()
    descending = compcite("list", "--sort", "-doi", "--format", "keys").out.split()

    assert ascending == descending == ["neff2003self", "raes2010rumination"]


@pytest.mark.usefixtures("references")
def test_columns_may_be_fields_and_variables(compcite: Compcite) -> None:
    """``--columns`` takes columns, fields and CSL variables."""
    result = compcite("list", "--columns", "key,volume,page")

    assert result.out.splitlines()[:2] == ["key\tvolume\tpage", "neff2003self\t2\t85-101"]


@pytest.mark.usefixtures("references")
def test_a_table_in_a_pipe_is_neither_cut_nor_coloured(compcite: Compcite) -> None:
    """A table asked for in a pipe has whole values and no escape sequence."""
    result = compcite("list", "--format", "table")

    assert "Self-Compassion: An Alternative Conceptualization  Self and Identity" in result.out
    assert "\x1b" not in result.out


def test_text_from_a_file_is_shown_and_never_obeyed(compcite: Compcite, folder: Path) -> None:
    """Rich markup stands as typed; escape sequences become visible characters."""
    (folder / "references.bib").write_text(HOSTILE, encoding="utf-8")

    for form in ("tsv", "table", "csv", "json", "jsonl"):
        result = compcite("list", "--format", form)
        assert "[bold]x[/bold]" in result.out
        assert not {"\x1b", "\x07", "\x9b"} & set(result.out)


def test_an_unreadable_block_is_named_and_does_not_stop_the_rest(
    compcite: Compcite, folder: Path
) -> None:
    """A broken entry is named on stderr with its place, the rest is listed; --strict ends 1."""
    (folder / "references.bib").write_text(
        "@article{broken, title = {never closed\n\n@book{whole, title = {T}}\n", encoding="utf-8"
    )
    result = compcite("list", "--format", "keys")

    assert (result.code, result.out) == (0, "whole\n")
    assert result.err.startswith("compcite: references.bib:1:1: left out: ")
    assert compcite("list", "--strict").code == 1


def test_without_a_source_it_says_what_was_looked_for(compcite: Compcite) -> None:
    """An empty folder is an error that names the usual places."""
    result = compcite("list")

    assert result.code == 2
    assert result.err == (
        "compcite: no source given; looked for sources in [tool.compcite] of pyproject.toml and "
        "in compcite.toml, for references.bib, data/references.bib and *.bib in this folder\n"
    )


def test_the_only_bib_file_of_the_folder_is_taken(compcite: Compcite, references: Path) -> None:
    """Without references.bib the only .bib file is the source."""
    references.rename("thesis.bib")

    assert compcite("list", "--format", "keys").out.split() == [
        "neff2003self",
        "raes2010rumination",
    ]


def test_a_missing_file_is_one_clear_sentence(compcite: Compcite) -> None:
    """A path that is not there ends with 2 and its name."""
    result = compcite("list", "absent.bib")

    assert result.code == 2
    assert result.err.startswith("compcite: absent.bib: ")
    assert result.err.count("\n") == 1


def test_a_source_without_entries_is_named(compcite: Compcite, folder: Path) -> None:
    """Neither an empty file nor an error page saved as .bib passes for an empty list unseen."""
    (folder / "empty.bib").write_text("\n", encoding="utf-8")
    (folder / "page.bib").write_text("<html>404</html>\n", encoding="utf-8")
    empty, page = compcite("list", "empty.bib"), compcite("list", "page.bib")

    assert (empty.code, empty.err) == (0, "compcite: empty.bib: no entries in it\n")
    assert page.err.startswith("compcite: page.bib:1:1: left out: the file has text but no entry")
    assert compcite("check", "page.bib").code == 1


@pytest.mark.parametrize(
    ("option", "said"),
    [
        (("--where", "yaer>2001"), "no entry has a field yaer; did you mean year?"),
        (("--where", "missing=jounal"), "no entry has a field jounal; did you mean journal?"),
        (
            ("--where", "author=neff or jounal=x"),
            "no entry has a field jounal; did you mean journal?",
        ),
        (("--sort", "-yaer"), "no entry has a field yaer; did you mean year?"),
        (("--columns", "key,titel"), "no entry has a field titel; did you mean title?"),
        (("--columns", "xyzzy"), "no entry has a field xyzzy; columns are source, line, key,"),
        (("--where", "title="), "nothing stands behind =; missing=title finds the entries without"),
        (("--where", "has>doi"), "--where has>doi: write has=doi"),
        (("--where", "year>=two"), "--where year>=two: >= compares with a number"),
        (("--where", "title~["), "--where title~[: not a regular expression"),
        (("--where", " "), "--where names nothing to look for"),
    ],
)
@pytest.mark.usefixtures("references")
def test_an_expression_that_cannot_be_meant_is_answered_with_what_can(
    compcite: Compcite, option: tuple[str, str], said: str
) -> None:
    """Nothing would match, and the reader would not know why; a misspelt field gets the nearest."""
    result = compcite("list", *option)

    assert (result.code, result.out) == (2, "")
    assert said in result.err


@pytest.mark.usefixtures("references")
def test_a_field_that_programs_know_may_be_missing_everywhere(compcite: Compcite) -> None:
    """``missing=keywords`` is a right question to a list without keywords."""
    assert compcite("list", "--where", "missing=keywords", "--format", "keys").code == 0


@pytest.mark.usefixtures("references")
def test_nothing_that_matches_is_said(compcite: Compcite) -> None:
    """On stderr, so that a pipe gets the header or the empty list that it expects."""
    result = compcite("list", "--where", "nobody", "--format", "json")

    assert (result.code, result.out, result.err) == (
        0,
        "[]\n",
        "compcite: no entry matches (of 2)\n",
    )
    assert compcite("export", "--where", "nobody").err == "compcite: no entry matches (of 2)\n"
