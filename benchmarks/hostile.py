"""Damage files of every kind that compcite reads, and see that each is read or refused in words.

    python -m benchmarks.hostile [--count N] [--seed S] [KIND …]

The kinds are .bib, RIS, NBIB, CSL-JSON, CSL-YAML, EndNote XML, CSL styles, locks, baselines and
configurations. Of each, files that are right are damaged at random: stretches are lost, doubled,
moved or cut off, strange characters and odd values are put in, bytes are changed. Commands read
each damaged file within ``SECONDS``. Printed are, by kind, how many files were tried, how many runs
ended in a bug, how many took too long, and how many lists had fewer entries than begin in them
without a word on stderr; the first inputs of each failure are kept in ``hostile-failures``.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import signal
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.killed_runs import import_all

from compcite.cli import run
from compcite.csl.styles.catalog import find_style
from compcite.verbs.load import load_library

if TYPE_CHECKING:
    from collections.abc import Callable

SECONDS = 10  # of CPU time
KEPT = 5  # inputs of each failure
STRANGE = (
    *("{", "}", "{{", "}}", '"', ",", "=", "#", "@", "@article{", "%", "\\", "\\begin{", "$"),
    *("\x00", "\x1b", "\x85", "\u2028", "\ud800", "\u202e", "\ufeff", "😀", "é", "\u0301", "\r"),
    *("null", "true", "-1", "1e999", "[]", "{}", "[[[[", '{"', "&a", "*a", "<<:", "- ", "---\n"),
    *("<", ">", "</", "<!--", "<![CDATA[", "&lt;", "&x;", "<!DOCTYPE x>", "!!x ", "\n", "~"),
    *("ER  - ", "TY  - ", "PMID- ", "9" * 400, "a" * 5000, " " * 3000, "{" * 3000, "[" * 3000),
)


class Kind(NamedTuple):
    """What is damaged: files that are right, the name of the damaged one, and who reads it."""

    whole: tuple[str, ...]
    name: str
    lines: tuple[str, ...]
    begin: str = ""  # the pattern with which an entry begins; empty for what is no list


def samples() -> dict[str, Kind]:
    """The kinds, with files that compcite itself writes from one list."""
    Path("refs.bib").write_text(LIST, encoding="utf-8")
    Path("one.bib").write_text(LIST[: LIST.index("\n@", 1) + 1], encoding="utf-8")
    style = find_style("apa")
    kinds: dict[str, tuple[tuple[str, ...], str, tuple[str, ...]]] = {}
    kinds["bib"] = ((LIST,), "x.bib", ("check x.bib --fix --unsafe-fixes --diff", "list x.bib"))
    for name, suffix in FORMATS.items():
        run(["export", "refs.bib", "--format", name, "--output", f"whole.{suffix}"])
        whole = Path(f"whole.{suffix}").read_text("utf-8")
        kinds[name] = ((whole,), f"x.{suffix}", (f"check x.{suffix}", f"list x.{suffix}"))
    kinds["endnote"] = ((ENDNOTE,), "x.xml", ("check x.xml", "list x.xml"))
    styles = (SMALL_STYLE, style.read_text("utf-8") if style else SMALL_STYLE)
    kinds["csl"] = (styles, "x.csl", ("export one.bib --style ./x.csl",))
    kinds["lock"] = ((LOCK,), "x.lock", ("verify-dois refs.bib --offline --lock x.lock",))
    run(["check", "refs.bib", "--write-baseline", "base.json"])
    baseline = Path("base.json").read_text("utf-8")
    kinds["baseline"] = ((baseline,), "x.json", ("check refs.bib --baseline x.json",))
    kinds["configuration"] = ((CONFIGURATION,), "compcite.toml", ("check one.bib",))
    return {name: Kind(*kind, BEGIN.get(name, "")) for name, kind in kinds.items()}


def damaged(text: str, dice: random.Random) -> bytes:
    """A text with one to five kinds of damage."""
    for _ in range(dice.randint(1, 5)):
        text = dice.choice(DAMAGES)(text, dice)
    data = text.encode("utf-8", "surrogatepass")
    if dice.random() < 0.2 and data:  # noqa: PLR2004 - one in five
        at = dice.randrange(len(data))
        data = data[:at] + bytes([dice.randrange(256)]) + data[at + 1 :]
    return data


def _lost(text: str, dice: random.Random) -> str:
    at = dice.randrange(len(text) + 1)
    return text[:at] + text[at + dice.choice((1, 1, 2, 30, 500)) :]


def _doubled(text: str, dice: random.Random) -> str:
    at = dice.randrange(len(text) + 1)
    stretch = text[at : at + dice.choice((1, 10, 200))]
    return text[:at] + stretch * dice.choice((2, 2, 50)) + text[at:]


def _moved(text: str, dice: random.Random) -> str:
    at, to = dice.randrange(len(text) + 1), dice.randrange(len(text) + 1)
    stretch = text[at : at + 40]
    left = text[:at] + text[at + 40 :]
    return left[:to] + stretch + left[to:]


def _cut(text: str, dice: random.Random) -> str:
    return text[: dice.randrange(len(text) + 1)]


def _strange(text: str, dice: random.Random) -> str:
    at = dice.randrange(len(text) + 1)
    return text[:at] + dice.choice(STRANGE) + text[at:]


def _value(text: str, dice: random.Random) -> str:
    """The text with one quoted or braced value made odd."""
    at = text.find(dice.choice(('"', "{", ": ", ">", "- ")), dice.randrange(len(text) + 1))
    end = min((p for p in (text.find(c, at + 1) for c in '"}\n<') if p > 0), default=at)
    return text[: at + 1] + dice.choice(STRANGE) + text[end:] if at >= 0 else text


DAMAGES: tuple[Callable[[str, random.Random], str], ...] = (
    _lost,
    _doubled,
    _moved,
    _cut,
    _strange,
    _strange,
    _value,
    _value,
)


def outcome(kind: Kind, entries: int) -> str:
    """What reading a damaged file came to: fine, a bug, a hang, or entries lost without a word."""
    child = os.fork()
    if not child:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(os.open("error.txt", os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 2)
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_PROF, SECONDS)  # of CPU time: a busy machine is no fault
        for line in kind.lines:
            run(line.split())
        found = len(load_library([kind.name]).entries) if kind.begin else entries
        os._exit(0 if found >= entries else 1)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    said = Path("error.txt").read_text("utf-8", "replace")
    if "a bug in compcite" in said:
        return "a bug"
    if status < 0:
        return "too long"
    return "lost in silence" if status == 1 and not said.strip() else "fine"


def tried(name: str, kind: Kind, count: int, dice: random.Random, keep: Path) -> Counter[str]:
    """What became of so many damaged files of a kind."""
    found: Counter[str] = Counter()
    path = Path(kind.name)
    for number in range(count):
        whole = kind.whole[number % len(kind.whole)]
        data = damaged(whole, dice)
        path.write_bytes(data)
        begun = re.findall(kind.begin, data.decode("utf-8", "replace")) if kind.begin else []
        what = outcome(kind, len(begun))
        found[what] += 1
        if what != "fine" and found[what] <= KEPT:
            keep.mkdir(exist_ok=True)
            (keep / f"{name}-{what}-{number}".replace(" ", "-")).write_bytes(path.read_bytes())
    path.unlink()
    return found


BEGIN = {
    "bib": r"(?m)^@\w+\s*\{",
    "ris": r"(?m)^TY  - ",
    "nbib": r"(?m)^PMID- ",
    "csl-json": r'"id"\s*:',
    "csl-yaml": r"(?m)^ *- id:",
    "endnote": "<record>",
}
FORMATS = {"ris": "ris", "nbib": "nbib", "csl-json": "json", "csl-yaml": "yaml"}
LIST = "".join(
    f"@article{{key{at},\n  title = {{A {{T}}itle of work {at}}},\n"
    f'  author = {{Doe, Jane and Sch{{\\"o}}n, Ana}},\n  journal = {{Journal}},\n'
    f"  year = {2000 + at},\n  pages = {{{at}--{at + 9}}},\n  doi = {{10.1234/x{at}}}\n}}\n\n"
    for at in range(4)
)
ENDNOTE = "<xml><records>{}</records></xml>".format(
    "".join(
        '<record><ref-type name="Journal Article">17</ref-type><contributors><authors>'
        "<author>Doe, Jane</author></authors></contributors>"
        f"<titles><title>Title {at}</title><secondary-title>J</secondary-title></titles>"
        f"<dates><year>200{at}</year></dates>"
        f"<electronic-resource-num>10.1234/x{at}</electronic-resource-num></record>"
        for at in range(4)
    )
)
SMALL_STYLE = """<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
  <info><title>Small</title><id>small</id><updated>2020-01-01T00:00:00+00:00</updated></info>
  <macro name="who"><names variable="author"><name and="text" initialize-with="."/></names></macro>
  <citation><layout delimiter="; "><text macro="who"/></layout></citation>
  <bibliography><sort><key macro="who"/></sort><layout suffix="."><text macro="who"/>
    <choose><if type="book"><text variable="title"/></if><else><date variable="issued" form="text"/>
    </else></choose></layout></bibliography>
</style>
"""
LOCK = (
    '{\n"10.1234/x0":{"sha256":"0123456789abcdef","date":"2026-01-01","agency":"Crossref"},\n'
    '"10.1234/x1":{"sha256":"0123456789abcdef","date":"2026-01-01","registered":false},\n'
    '"version":1\n}\n'
)
CONFIGURATION = """sources = ["one.bib"]
select = ["B1", "M5"]
fail-on = "error"
mailto = "you@example.org"
timeout = 30
[severity]
year-mismatch = "note"
[per-source-ignores]
"archive/*.bib" = ["M5"]
[[per-entry-ignores]]
key = "key1"
rules = ["doi-missing"]
reason = "none"
until = 2027-01-01
[tidy]
sort = ["key"]
"""


def main() -> int:
    """Try all kinds, or those that are named; returns how many inputs failed."""
    parser = argparse.ArgumentParser(description="Damage files, and read them.")
    parser.add_argument("--count", type=int, default=1000, help="files a kind; .bib thrice as many")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("kinds", nargs="*")
    asked = parser.parse_args()
    keep = Path("hostile-failures").resolve()
    failures = 0
    import_all()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        os.environ["COMPCITE_CACHE_DIR"] = folder
        for name, kind in samples().items():
            if asked.kinds and name not in asked.kinds:
                continue
            dice = random.Random(f"{asked.seed} {name}")  # noqa: S311 - no secret
            count = asked.count * (3 if name == "bib" else 1)
            found = tried(name, kind, count, dice, keep)
            failures += found.total() - found["fine"]
            shown = ", ".join(f"{number} {what}" for what, number in sorted(found.items()))
            print(f"{name}: {found.total()} tried: {shown}", flush=True)
    return failures


if __name__ == "__main__":
    sys.exit(bool(main()))
