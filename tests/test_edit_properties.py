r"""Random edits, removals and renamings of lists with documents: nothing else changes.

The documents are made here, and so is the careful reader that resolves their citations: it knows
only the few forms in which they are written, and shares no code with compcite's readers.
``COMPCITE_EDITS=1000`` runs the long campaign.
"""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from compcite.verbs.edit import only_entries, remove_entries, set_fields, uses_of
from compcite.verbs.load import load_library
from compcite.verbs.rename import new_names, read_documents, rename_keys

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from compcite.files.sources import Changed
    from compcite.model.library import Entry

EDITS = int(os.environ.get("COMPCITE_EDITS", "50"))
CAMPAIGN = settings(
    max_examples=EDITS,
    derandomize=EDITS <= 50,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

KEYS = st.from_regex(r"[A-Za-z][A-Za-z0-9]{1,5}(?:[:_-][a-z0-9]{1,4})?", fullmatch=True)
ENDS = st.sampled_from(["\n", "\r\n"])
WORDS = st.lists(st.sampled_from(["abc", " ", "é", "ß", "\\&", "{B}"]), max_size=4).map("".join)


class Project(NamedTuple):
    """A list with its keys, and documents: the texts of files by their names."""

    keys: list[str]
    files: dict[str, str]


@st.composite
def projects(draw: st.DrawFn) -> Project:
    """A list of some entries in any layout, and documents of every kind that cite them."""
    keys = draw(st.lists(KEYS, min_size=2, max_size=6, unique_by=str.lower))
    cited = st.lists(st.sampled_from([*keys, "nobody"]), min_size=1, max_size=3, unique=True)
    end = draw(ENDS)
    blocks = [
        draw(st.sampled_from(["", "% a comment" + end, f"@string{{m = {{{keys[0]}}}}}{end}"]))
    ]
    for key in keys:
        blocks += [
            _entry(draw, key, draw(cited), end),
            draw(st.sampled_from(["", end, "text" + end])),
        ]
    files = {"r.bib": "".join(blocks)}
    for name, form in FORMS.items():
        lines = [
            draw(WORDS) + " " + draw(st.sampled_from(form))(draw(cited))
            for _ in range(draw(st.integers(0, 4)))
        ]
        files[name] = end.join(["", *lines, ""])
    cells = [
        {"cell_type": draw(st.sampled_from(["markdown", "raw"])), "source": [f"é [@{key}]\n"]}
        for key in draw(cited)
    ]
    files["n.ipynb"] = json.dumps({"cells": cells}, indent=draw(st.sampled_from([None, 1, 3])))
    return Project(keys, files)


def _entry(draw: st.DrawFn, key: str, others: list[str], end: str) -> str:
    """An entry with fields in any layout, some of which name other entries."""
    names = [draw(st.sampled_from(["year", "Title", "NOTE", "xdata", "related", "crossref"]))]
    names += draw(st.lists(st.sampled_from(["author", "doi"]), max_size=2, unique=True))
    values = {
        "year": "2003",
        "Title": f"Of {{N}} \\cite{{{others[0]}}}",
        "NOTE": f"see \\citep[p. 3]{{{','.join(others)}}}",
        "xdata": ", ".join(others),
        "related": others[0],
        "crossref": others[0],
        "author": "Neff, K. and Lee, {\\'E}.",
        "doi": "10.1000/x_y",
    }
    rows = [
        draw(st.sampled_from(["{} = {{{}}}", '{}="{}"', "{}\t=  {{{}}}"])).format(
            name, values[name]
        )
        for name in names
    ]
    gap = draw(st.sampled_from(["," + end + "  ", ", ", " ," + end + "\t"]))
    tail = draw(st.sampled_from(["}", "," + end + "}", end + "}"]))
    return f"@{draw(st.sampled_from(['Misc', 'BOOK']))}{{{key}{gap}{gap.join(rows)}{tail}{end}"


FORMS: dict[str, list[Callable[[list[str]], str]]] = {
    "p.tex": [
        lambda keys: rf"\citep[see][]{{{','.join(keys)}}}",
        lambda keys: r"\autocites" + "".join(f"[p. 1]{{{key}}}" for key in keys),
        lambda keys: rf"\nocite{{ {' , '.join(keys)} }}",
    ],
    "p.md": [
        lambda keys: "[" + "; ".join(f"@{key}" for key in keys) + "]",
        lambda keys: f"@{keys[0]} says",
        lambda keys: "{cite:p}`" + ",".join(keys) + "`",
    ],
    "p.rst": [lambda keys: f":cite:p:`{', '.join(keys)}`"],
    "p.typ": [
        lambda keys: " ".join(f"#cite(<{key}>)" for key in keys),
        lambda keys: f"@{keys[0]} x",
    ],
    "p.org": [
        lambda keys: "[cite/t:see " + ";".join(f"@{key} p. 3" for key in keys) + "]",
        lambda keys: f"citep:{','.join(keys)} ",
    ],
}
DOCUMENTS = [*FORMS, "n.ipynb"]

_KEY = r"[\w:-]+"
_CITING = re.compile(
    rf"\\(?:citep|cite|nocite)(?:\[[^\]]*\])*\{{([^}}]*)\}}|\[p\. 1\]\{{({_KEY})\}}|@({_KEY})"
    rf"|cite:p:?}}?:?`([^`]*)`|#cite\(<({_KEY})>\)|citep:({_KEY}(?:,{_KEY})*)"
)
_NAMING = re.compile(
    r"(?:xdata|related|crossref)\s*=\s*[{\"]([^}\"]*)|\\cite(?:p\[p\. 3\])?\{([^}]*)\}"
)


def cited(text: str) -> list[str]:
    """The keys that a document of these forms cites, in order."""
    groups = (next(filter(None, found.groups()), "") for found in _CITING.finditer(text))
    return [key.strip() for group in groups for key in group.split(",")]


def named(text: str) -> list[str]:
    """The keys that the fields of a list name."""
    groups = (found[1] or found[2] or "" for found in _NAMING.finditer(text))
    return [key.strip() for group in groups for key in group.split(",")]


def write(folder: Path, project: Project) -> None:
    """Write all files of a project."""
    for name, text in project.files.items():
        (folder / name).write_bytes(text.encode())


def after(project: Project, changed: list[Changed]) -> dict[str, str]:
    """The texts of all files with the changes."""
    return project.files | {one.after.name: one.after.text for one in changed}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@CAMPAIGN
@given(project=projects(), data=st.data())
def test_after_a_renaming_every_citation_means_its_entry(
    folder: Path, project: Project, data: st.DataObject
) -> None:
    """Only the key changes: with the old key at its places, every file is as it was."""
    old = data.draw(st.sampled_from(project.keys))
    new = data.draw(KEYS)
    assume(all(new.lower() not in text.lower() for text in project.files.values()))
    write(folder, project)
    library, documents = load_library(["r.bib"]), read_documents(DOCUMENTS)
    made = after(project, rename_keys(library, documents, {old: new}).changed)

    for name, before in project.files.items():
        read = named if name == "r.bib" else cited
        assert read(made[name]) == [new if key == old else key for key in read(before)]
        assert made[name].replace(new, old) == before


@CAMPAIGN
@given(project=projects(), form=st.sampled_from(["{author}{year}", "{Title}", "{shortyear}"]))
def test_all_keys_of_one_form_are_stable(folder: Path, project: Project, form: str) -> None:
    """Every citation follows, all keys differ, and a second run changes nothing."""
    write(folder, project)
    library, documents = load_library(["r.bib"]), read_documents(DOCUMENTS)
    names, _ = new_names(library, documents, form)
    made = after(project, rename_keys(library, documents, names).changed)
    write(folder, Project([], made))

    for name, before in project.files.items():
        read = named if name == "r.bib" else cited
        assert read(made[name]) == [names.get(key, key) for key in read(before)]
    assert len({names.get(key, key).lower() for key in project.keys}) == len(project.keys)
    assert new_names(load_library(["r.bib"]), read_documents(DOCUMENTS), form)[0] == {}


@CAMPAIGN
@given(project=projects(), data=st.data())
def test_an_edit_changes_the_fields_that_it_names(
    folder: Path, project: Project, data: st.DataObject
) -> None:
    """Every other entry, and every other field, keeps its bytes; the values are as typed."""
    key = data.draw(st.sampled_from(project.keys))
    values = data.draw(
        st.dictionaries(st.sampled_from(["year", "title", "volume", "note"]), WORDS, max_size=3)
    )
    write(folder, project)
    library = load_library(["r.bib"])
    (entry,) = only_entries(library, [key])
    made = after(project, set_fields(entry, values))["r.bib"]
    (folder / "r.bib").write_bytes(made.encode())
    now = load_library(["r.bib"])

    start, end = entry.span
    assert made.startswith(project.files["r.bib"][:start])
    assert made.endswith(project.files["r.bib"][end:])
    (edited,) = only_entries(now, [key])
    kept = [one for one in entry.fields if one.name not in values]
    texts = {one.name: made[slice(*one.span)] for one in edited.fields}
    assert [texts[one.name] for one in kept] == [
        project.files["r.bib"][slice(*one.span)] for one in kept
    ]
    assert {name: _field(edited, name) for name in values} == {
        name: value.strip() for name, value in values.items()
    }


def _field(entry: Entry, name: str) -> str:
    """The value of a field, without blanks around it."""
    field = entry.field(name)
    return field.value.strip() if field else ""


@CAMPAIGN
@given(project=projects(), data=st.data())
def test_a_removal_takes_the_entry_and_no_other_byte(
    folder: Path, project: Project, data: st.DataObject
) -> None:
    """But for blank lines beside it; what needs the entry is found before, all of it."""
    keys = data.draw(st.lists(st.sampled_from(project.keys), min_size=1, max_size=3, unique=True))
    write(folder, project)
    library = load_library(["r.bib"])
    entries = only_entries(library, keys)
    uses = uses_of(library, entries, read_documents(DOCUMENTS).citations)
    before = project.files["r.bib"]
    made = after(project, remove_entries(library, entries).changed)["r.bib"]

    rest = before
    for entry in sorted(entries, key=lambda one: one.span.start, reverse=True):
        rest = rest[: entry.span.start] + rest[entry.span.end :]
    assert made.split() == rest.split()
    expected = [key for name in DOCUMENTS for key in cited(project.files[name]) if key in keys]
    assert len([use for use in uses if " names " not in use.what]) == len(expected)
    assert len([use for use in uses if " names " in use.what]) == sum(
        key in keys for key in named(rest)
    )
