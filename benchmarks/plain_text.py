"""How right `parse_reference` is on references whose parts are known.

    python benchmarks/plain_text.py make RECORDS.jsonl LABELS.jsonl \
        --styles FOLDER --engine python tests/csl/engine.py
    python benchmarks/plain_text.py score LABELS.jsonl [--half development|held-out] [-v FIELD]
    python benchmarks/plain_text.py split LABELS.jsonl

`make` takes Crossref records (what `/works/{doi}` answers, one a line), has an engine render
each as a bibliography entry in six styles, and writes the strings with their parts. The engine
is any program that speaks the JSON lines of the CSL test suite adapters: a line with `csl`,
`mode` and `input` in, a line with `result` out. `score` compares part by part; a record is held
out or not by a digest of its DOI, so that both halves stay what they are. `split` makes lists of
300 references a style, wrapped and marked in several ways, and says how many beginnings are found.
"""

from __future__ import annotations

import argparse
import hashlib
import html
import json
import random
import re
import subprocess
import textwrap
import time
import unicodedata
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compcite.formats.plain_text import parse_reference
from compcite.formats.plain_text.splitting import split_list
from compcite.formats.plain_text.vocabulary import PARTICLES
from compcite.registries.records.crossref_work import work_from_crossref
from compcite.text.markup import without_tags

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compcite.model.item import Item, Name

STYLES = {
    "apa": "apa",
    "vancouver": "nlm-citation-sequence",
    "chicago": "chicago-author-date",
    "ieee": "ieee",
    "mla": "modern-language-association",
    "harvard": "harvard-cite-them-right",
}
FIELDS = ("authors", "year", "title", "container", "volume", "pages", "issue", "doi", "type")
# What stands between the references of a list, before the first line of one, before the others.
LAYOUTS = {
    "numbered": ("\n", "{}. ", ""),
    "hanging indents": ("\n", "", "    "),
    "indented paragraphs": ("\n", "   ", ""),
    "blank lines": ("\n\n", "", ""),
    "nothing": ("\n", "", ""),
}
BARS = {"apa": 95, "vancouver": 95}

_TAG = re.compile(r"<[^>]+>")
_MARGIN = re.compile(r'<div class="csl-left-margin">.*?</div>\s*', re.DOTALL)
_WORD = re.compile(r"[^\W_]+")
_FOLDED = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})


def main() -> None:
    """Make labelled references, or score the parser on them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    making = commands.add_parser("make")
    making.add_argument("records", type=Path)
    making.add_argument("labels", type=Path)
    making.add_argument("--styles", type=Path, required=True)
    making.add_argument("--count", type=int, default=500)
    making.add_argument("--seed", type=int, default=6)
    making.add_argument("--engine", nargs=argparse.REMAINDER, required=True)
    scoring = commands.add_parser("score")
    scoring.add_argument("labels", type=Path)
    scoring.add_argument("--half", choices=("development", "held-out"))
    scoring.add_argument("-v", "--verbose", metavar="FIELD", action="append", default=[])
    scoring.add_argument("--style", choices=tuple(STYLES), action="append")
    splitting = commands.add_parser("split")
    splitting.add_argument("labels", type=Path)
    arguments = parser.parse_args()
    {"make": make, "score": score, "split": split}[arguments.command](arguments)


def make(arguments: argparse.Namespace) -> None:
    """Write the labelled references of a random choice of records."""
    lines = arguments.records.read_text(encoding="utf-8").splitlines()
    random.Random(arguments.seed).shuffle(lines)  # noqa: S311 - a choice, no secret
    chosen = [item for line in lines if (item := _item(json.loads(line)))][: arguments.count]
    tasks = [
        (
            style,
            item,
            {
                "name": "",
                "mode": "bibliography",
                "csl": _style(arguments.styles, style),
                "input": [item],
            },
        )
        for item in chosen
        for style in STYLES
    ]
    done = subprocess.run(
        arguments.engine,
        input="\n".join(json.dumps(task) for _, _, task in tasks) + "\n",
        capture_output=True,
        text=True,
        check=True,
    )
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    with arguments.labels.open("w", encoding="utf-8") as labels:
        for (style, item, _), answer in zip(tasks, answers, strict=True):
            if answer.get("result"):
                made = {"style": style, "text": _text(answer["result"]), "item": item}
                labels.write(json.dumps(made, ensure_ascii=False) + "\n")


def score(arguments: argparse.Namespace) -> None:
    """Print how many parts are right, by style and field."""
    right: Counter[tuple[str, str]] = Counter()
    asked: Counter[tuple[str, str]] = Counter()
    spent = references = 0.0
    for label in _labels(arguments.labels, arguments.half):
        style = label["style"]
        if arguments.style and style not in arguments.style:
            continue
        start = time.process_time()
        parsed = parse_reference(label["text"]).item
        spent += time.process_time() - start
        references += 1
        for field in FIELDS:
            same = _same(field, label, parsed)
            if same is None:
                continue
            asked[style, field] += 1
            right[style, field] += same
            if not same and field in arguments.verbose:
                print(f"{style} {field} {label['item']['DOI']}\n   {label['text']}")
                print(f"   want {_wanted(field, label)!r}\n   got  {_given(field, parsed)!r}")
    _table(right, asked)
    print(f"{references:.0f} references, {1000 * spent / max(references, 1):.2f} ms CPU each")


def split(arguments: argparse.Namespace) -> None:
    """Print how many references of a list are found, by style and by how the list is laid out."""
    print("style      " + "".join(f"{layout:>22}" for layout in LAYOUTS))
    for style in STYLES:
        texts = [
            label["text"] for label in _labels(arguments.labels, None) if label["style"] == style
        ]
        random.Random(1).shuffle(texts)  # noqa: S311 - a choice, no secret
        cells = []
        for separator, first, later in LAYOUTS.values():
            laid_out, starts, at = [], set(), 0
            for number, text in enumerate(texts[:300], 1):
                head = first.format(number)
                lines = textwrap.wrap(text, 88, break_long_words=False, break_on_hyphens=False)
                laid_out.append(head + f"\n{later}".join(lines))
                starts.add(at + len(head) - len(head.lstrip()))
                at += len(laid_out[-1]) + len(separator)
            found = {stretch.start for stretch in split_list(separator.join(laid_out))}
            share = 100 * len(starts & found) / len(starts)
            cells.append(f"{share:>10.1f} % {len(found - starts):>3} more")
        print(f"{style:11}" + "".join(f"{cell:>22}" for cell in cells))


def _table(right: Counter[tuple[str, str]], asked: Counter[tuple[str, str]]) -> None:
    print("style      " + "".join(f"{field:>11}" for field in FIELDS))
    for style in STYLES:
        cells = []
        for field in FIELDS:
            count = asked[style, field]
            share = 100 * right[style, field] / count if count else 100.0
            low = share < BARS.get(style, 85) and field in FIELDS[:6]
            cells.append(f"{share:>10.1f}{'!' if low else ' '}")
        if any(asked[style, field] for field in FIELDS):
            print(f"{style:11}" + "".join(cells))


def _labels(path: Path, half: str | None) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        label = json.loads(line)
        digest = hashlib.sha256(label["item"]["DOI"].encode()).digest()[0]
        if half is None or (half == "held-out") == bool(digest % 2):
            yield label


def _style(folder: Path, style: str) -> str:
    return (folder / f"{STYLES[style]}.csl").read_text(encoding="utf-8")


def _text(result: str) -> str:
    """The entry as plain text, without the number that some styles put before it."""
    text = html.unescape(_TAG.sub("", _MARGIN.sub("", result)))
    return re.sub(r"\s+", " ", text).strip()


def _item(record: dict[str, Any]) -> dict[str, Any] | None:
    """A record as CSL-JSON; None where it has no title and so cannot be cited."""
    item = work_from_crossref(record.get("message", record)).item
    if not item.text.get("title"):
        return None
    return {"id": item.text["DOI"], "type": item.type, **item.text, **_names(item), **_dates(item)}


def _names(item: Item) -> dict[str, Any]:
    return {
        role: [
            {
                part: value
                for part, value in (
                    ("family", name.family),
                    ("given", name.given),
                    ("suffix", name.suffix),
                    ("literal", name.literal),
                    ("non-dropping-particle", name.non_dropping_particle),
                    ("dropping-particle", name.dropping_particle),
                )
                if value
            }
            for name in names
        ]
        for role, names in item.names.items()
    }


def _dates(item: Item) -> dict[str, Any]:
    return {
        name: {"date-parts": [list(parts) for parts in date.parts]}
        for name, date in item.dates.items()
        if date.parts
    }


def _same(field: str, label: dict[str, Any], parsed: Item) -> bool | None:
    """Whether a part was read rightly; None where the string does not say it."""
    wanted = _wanted(field, label)
    given = _given(field, parsed)
    if not wanted:
        return None if field in {"doi", "type"} else not given
    return bool(wanted == given)


def _wanted(field: str, label: dict[str, Any]) -> Any:  # noqa: ANN401, PLR0911 - one field each
    """A part as the string says it: what the style leaves out is not asked for."""
    item, text = label["item"], _folded(label["text"])
    if field == "authors":
        return _visible_names(item, label["text"])
    if field == "year":
        years = item.get("issued", {}).get("date-parts", [[]])[0][:1]
        return str(years[0]) if years and str(years[0]) in label["text"] else ""
    if field == "title":
        return _folded(item["title"])
    if field == "container":
        forms = [
            _folded(item.get(name, "")) for name in ("container-title", "container-title-short")
        ]
        return next((form for form in forms if form and form in text), "")
    if field in {"volume", "issue"}:
        value = _folded(item.get(field, ""))
        return value if value and f" {value} " in f" {text} " else ""
    if field == "pages":
        return _visible_pages(item, text)
    if field == "doi":
        return item["DOI"].lower() if item["DOI"].lower() in label["text"].lower() else ""
    return item["type"]


def _visible_names(item: dict[str, Any], text: str) -> str:
    """The family names of the authors that the string shows."""
    people = item.get("author") or []
    shown, names, at = f" {_folded(text)} ".partition(f" {_folded(item['title'])} ")[0] + " ", [], 0
    for person in people:
        name = _folded(_without_particles(person.get("family") or person.get("literal", "")))
        found = shown.find(f" {name} ", at)
        if not name or found < 0:
            continue
        names.append(name)
        at = found + len(name)
    return "|".join(names)


def _without_particles(family: str) -> str:
    """A family name without what may stand before it or apart from it."""
    words = family.split()
    while len(words) > 1 and words[0].lower() in PARTICLES:
        words = words[1:]
    return " ".join(words)


def _visible_pages(item: dict[str, Any], text: str) -> str:
    """The pages whose first number the string shows, or the article number in their place."""
    pages = _folded(item.get("page") or item.get("number", ""))
    return pages if pages.partition(" ")[0] in text.split() else ""


def _given(field: str, parsed: Item) -> Any:  # noqa: ANN401, PLR0911 - one field each
    if field == "authors":
        people = parsed.names.get("author", ())
        return "|".join(_folded(_without_particles(_whole_family(name))) for name in people)
    if field == "year":
        issued = parsed.dates.get("issued")
        return str(issued.year) if issued and issued.year else ""
    if field == "title":
        return _folded(parsed.text.get("title", ""))
    if field == "container":
        return _folded(parsed.text.get("container-title", ""))
    if field in {"volume", "issue"}:
        return _folded(parsed.text.get(field, ""))
    if field == "pages":
        return _folded(parsed.text.get("page", ""))
    if field == "doi":
        return parsed.text.get("DOI", "").lower()
    return parsed.type


def _whole_family(name: Name) -> str:
    return name.literal or name.family


def _folded(value: str) -> str:
    """The words of a value: no case, marks, markup or punctuation."""
    bare = unicodedata.normalize(
        "NFKD", without_tags(html.unescape(value)).lower().translate(_FOLDED)
    )
    return " ".join(_WORD.findall("".join(c for c in bare if not unicodedata.combining(c))))


if __name__ == "__main__":
    main()
