"""The table of reporters: names, laziness, and what holds for the output of each."""

from __future__ import annotations

import pkgutil
import re
import subprocess
import sys
import unicodedata
from importlib import import_module
from pathlib import Path

import pytest

import compcite.reporters
from compcite.reporters import REPORTERS
from tests.reporters.sample_reports import OPTIONS, SAMPLES

_CODE = re.compile("`(.*?)`")
PAGE = Path(__file__).parents[2] / "docs" / "reports.md"


def test_the_page_on_reports_names_every_reporter() -> None:
    """The table at its top says for whom each form is, and names no form that is gone."""
    table = PAGE.read_text(encoding="utf-8").partition("| `--report` |")[2].partition("\n\n")[0]
    names = [name for row in table.splitlines()[2:] for name in _CODE.findall(row.split("|")[1])]

    assert sorted(names) == sorted(REPORTERS), f"the first column of the table in {PAGE}"


def test_every_module_with_a_render_function_stands_in_the_table() -> None:
    """A new reporter needs its line: without it, ``--report`` would not know it."""
    names = [module.name for module in pkgutil.iter_modules(compcite.reporters.__path__)]
    modules = [
        name for name in names if "render" in import_module(f"compcite.reporters.{name}").__all__
    ]
    table = compcite.reporters.__file__
    assert sorted(modules) == sorted(REPORTERS), f"a function and a line in REPORTERS of {table}"


def test_each_reporter_is_described_in_a_phrase() -> None:
    """The help can list what each form is for."""
    assert [name for name, r in REPORTERS.items() if r.description.endswith((".", " "))] == []
    assert len({reporter.description for reporter in REPORTERS.values()}) == len(REPORTERS)


def test_importing_the_table_imports_no_reporter() -> None:
    """A run pays only for the reporter that it uses."""
    script = (
        "import sys, compcite.reporters as r\n"
        "print(sorted({'html', 'xml.sax', 'difflib', 'rich', 'json'} & set(sys.modules)),"
        " sorted(m for m in sys.modules if m.startswith(r.__name__ + '.')))"
    )
    printed = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    ).stdout
    assert f"[] ['{compcite.reporters.__name__}.options']" == printed.strip()


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("form", REPORTERS)
def test_no_control_character_leaves_a_reporter(form: str, sample: str) -> None:
    """Neither escape sequences nor overrides of direction in data reach a terminal."""
    text = REPORTERS[form](SAMPLES[sample](), OPTIONS)
    harmful = {char for char in text if unicodedata.category(char) in ("Cc", "Cs")} - {"\n"}
    harmful |= {char for char in text if unicodedata.bidirectional(char) in ("RLO", "LRO", "RLI")}
    assert harmful == set(), (
        "text of files and services goes through `harmless` or `one_line` of text/terminal.py"
    )


@pytest.mark.parametrize("form", REPORTERS)
def test_a_report_ends_in_one_newline_or_is_empty(form: str) -> None:
    """Reports can be written to a file or a terminal as they are."""
    for sample in SAMPLES.values():
        text = REPORTERS[form](sample(), OPTIONS)
        assert text == (text.rstrip("\n") + "\n" if text else "")
