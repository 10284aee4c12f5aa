"""Train the model that takes plain-text references apart, and write its weights.

    python tools/train_plain_text.py LABELLED RECORDS [--without SOURCE] [--output FILE]
    python tools/train_plain_text.py LABELLED RECORDS --measure

LABELLED is a folder of labelled references, RECORDS a file of Crossref records, one a line. The
folder's README names the sources and their licences: AnyStyle's core.xml and gold.xml
(BSD-2-Clause, https://github.com/inukshuk/anystyle) and GROBID's citation corpus (CC BY 4.0,
https://github.com/kermitt2/grobid). Crossref's metadata are facts (CC0). Beside these stand
references made from the works and layouts of ``plain_text_works.txt`` and
``plain_text_layouts.txt``, written for this project.

The same files give the same weights, byte for byte: one thread, one order, one seed. --measure
trains a model without each source in turn, reads that source with it, and writes to
``plain_text_confidence.json`` how often parts are right by their probability; training puts that
table beside the weights. Needs python-crfsuite, and some minutes a model on a free core.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import tempfile
import unicodedata
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pycrfsuite
from plain_text_examples import Dice, examples, own_works, works_of_records

from compcite.formats.plain_text.feature_groups import NAMES
from compcite.formats.plain_text.features import features_of
from compcite.formats.plain_text.model import PRECISION, model_from
from compcite.formats.plain_text.reference import parse
from compcite.formats.plain_text.ruled import certain, ruled
from compcite.formats.plain_text.said import said_of
from compcite.formats.plain_text.tokens import tokens_of
from compcite.formats.plain_text.unwrapping import unwrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from compcite.formats.plain_text.parsed import ParsedReference
    from compcite.formats.plain_text.said import Said
    from compcite.formats.plain_text.tokens import Tokens

WEIGHTS = Path("src/compcite/formats/plain_text/weights.json.z")
CONFIDENCE = Path(__file__).parent / "plain_text_confidence.json"
SEED = 3
OF_RECORDS, OF_OWN = 1500, 900  # made references: a quarter of all, so that people’s own lead
SETTINGS = {
    "c1": 0.3,  # L1: most features get no weight at all, so that the file stays small
    "c2": 0.02,
    "max_iterations": 70,
    "feature.minfreq": 4,  # rarer ones say more of a source than of references
    "feature.possible_transitions": True,
}
LONGEST = 400  # tokens; longer ones are several references
STEPS = 20  # the table of confidences has a line for each twentieth

# What sources call otherwise than the model does.
_RENAMED = {"source": "container", "other": "location", "translator": "editor", "isbn": "note"}
# A part that the sources call a volume may hold these, each marked in the reference's values.
_IN_VOLUMES = (("volume", "volume"), ("issue", "issue"), ("pages", "page"), ("date", "year"))
_GRADED = {
    "author": "authors", "title": "title", "container-title": "container", "volume": "volume",
    "issue": "issue", "page": "page", "publisher": "publisher", "issued": "year",
}  # fmt: skip

_Span = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Lesson:
    """A reference to learn from: its tokens, what patterns say of them, and their labels."""

    text: str
    values: dict[str, Any]
    tokens: Tokens
    said: Said
    labels: Sequence[str]


def main() -> None:
    """Train, and write the weights."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("labelled", type=Path)
    parser.add_argument("records", type=Path)
    parser.add_argument("--without", metavar="SOURCE", help="train with no look at a source")
    parser.add_argument("--measure", action="store_true", help="measure how sure the model is")
    parser.add_argument("--output", type=Path, default=WEIGHTS)
    given = parser.parse_args()
    sources = {path.stem: list(_labelled(path)) for path in sorted(given.labelled.glob("*.jsonl"))}
    made = list(_made(given.records))
    if given.measure:
        table = _confidence(sources, made)
        CONFIDENCE.write_text(json.dumps(table, indent=1) + "\n", "utf-8")
        return
    chosen = [lesson for name, held in sources.items() if name != given.without for lesson in held]
    confidence = json.loads(CONFIDENCE.read_text("utf-8"))
    given.output.write_bytes(_trained([*chosen, *made], confidence))


def _labelled(path: Path) -> Iterator[Lesson]:
    """The lessons of a file of labelled references."""
    for line in path.read_text("utf-8").splitlines():
        record = json.loads(line)
        lesson = _lesson(record["text"], _spans(record), record["gold"])
        if 0 < len(lesson.tokens) <= LONGEST:
            yield lesson


def _made(records: Path) -> Iterator[Lesson]:
    """The lessons of made references; half of the records stay unseen, to measure with."""
    dice = Dice(SEED)
    with records.open(encoding="utf-8") as lines:
        works = works_of_records(lines, wanted=lambda doi: not _digest(doi) % 2)
    of_records = examples(works, OF_RECORDS, dice)
    for example in [*of_records, *examples(own_works(), OF_OWN, dice)]:
        yield _lesson(example.text, example.parts, {})


def _digest(doi: str) -> int:
    """The number by which ``benchmarks/plain_text.py`` sorts records into halves."""
    return hashlib.sha256(doi.encode()).digest()[0]


def _spans(record: dict[str, Any]) -> list[_Span]:
    """Where the labelled parts of a reference stand."""
    at, found = 0, []
    for label, text in record["parts"]:
        start = record["text"].find(text, at)
        if start < 0:
            continue
        at = start + len(text)
        if label == "volume":
            found += _cut(record, start, at)
        else:
            found.append((_RENAMED.get(label, label), start, at))
    return found


def _cut(record: dict[str, Any], start: int, end: int) -> list[_Span]:
    """A part labelled as a volume, cut up where issue, pages or year stand in it."""
    found, at = [], start
    for label, field in _IN_VOLUMES:
        value = record["gold"][field]
        value = value[0] if isinstance(value, list) and value else value
        if not value or value == "?":
            continue
        place = record["text"].find(value, start if label == "date" else at, end)
        if place >= 0:
            found.append((label, place, place + len(value)))
            at = at if label == "date" else place + len(value)
    return sorted(found, key=lambda span: span[1]) or [("volume", start, end)]


def _lesson(text: str, spans: Iterable[_Span], values: dict[str, Any]) -> Lesson:
    line, places = unwrap(text)
    tokens = tokens_of(line)
    labels: list[str] = [
        next((label for label, a, b in spans if a <= places[start] < b), "")
        for start in tokens.starts
    ]
    return Lesson(
        text, values, tokens, said_of(ruled(certain(line)), tokens), _filled(tokens, labels)
    )


def _filled(tokens: Tokens, labels: list[str]) -> list[str]:
    """Labels for all tokens: closing punctuation has that of the token before, words the next."""
    for index in range(1, len(labels)):
        closes = not tokens.words[index][0].isalnum() and tokens.words[index] not in '([“"„«#'
        touches = tokens.starts[index] == tokens.ends[index - 1]
        if not labels[index] and closes and touches:
            labels[index] = labels[index - 1]
    following = next((label for label in reversed(labels) if label), "note")
    for index in range(len(labels) - 1, -1, -1):
        labels[index] = following = labels[index] or following
    return labels


def _trained(lessons: Sequence[Lesson], confidence: dict[str, Sequence[float]]) -> bytes:
    """The file of the model that learnt from these lessons."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", params=SETTINGS, verbose=False)
    for lesson in lessons:
        trainer.append(_rows(lesson), lesson.labels)
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "model.crfsuite")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        return _written(tagger, confidence)


def _rows(lesson: Lesson) -> list[list[str]]:
    """The features of each token as python-crfsuite takes them."""
    rows: list[list[str]] = []
    given = list(features_of(lesson.tokens, lesson.said))
    for index in range(len(lesson.tokens)):
        values: dict[str, str] = {}
        for group, facts in given:
            values.update(zip(group.names, group.values(facts[index]), strict=True))
        rows.append([f"{name}={values[name]}" for name in NAMES if values[name]])
    return rows


def _written(tagger: pycrfsuite.Tagger, confidence: dict[str, Sequence[float]]) -> bytes:
    """The file of the model that python-crfsuite has opened."""
    info = tagger.info()
    labels = sorted(info.labels, key=lambda label: int(info.labels[label]))
    number = {label: index for index, label in enumerate(labels)}
    weights: dict[str, dict[str, list[int]]] = {}
    for (feature, label), weight in sorted(info.state_features.items()):
        name, _, value = feature.partition("=")
        kept = round(weight * PRECISION)
        if kept:
            weights.setdefault(name, {}).setdefault(value, []).extend((number[label], kept))
    held = {
        "labels": labels,
        "into": [
            [round(info.transitions.get((before, after), 0.0) * PRECISION) for before in labels]
            for after in labels
        ],
        "confidence": confidence,
        "weights": {name: dict(sorted(values.items())) for name, values in sorted(weights.items())},
    }
    text = json.dumps(held, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode(), 9)


def _confidence(
    sources: dict[str, list[Lesson]], made: Sequence[Lesson]
) -> dict[str, Sequence[float]]:
    """How often parts are right by their probability, each source read by a model without it."""
    seen: dict[str, list[tuple[float, bool]]] = {name: [] for name in _GRADED}
    for held_out, lessons in sources.items():
        others = [item for name in sources if name != held_out for item in sources[name]]
        model = model_from(_trained([*others, *made], {}))
        for lesson in lessons:
            _grade(parse(lesson.text, model), lesson.values, seen)
    return {name: _table(pairs) for name, pairs in seen.items()}


def _grade(
    parsed: ParsedReference, values: dict[str, Any], seen: dict[str, list[tuple[float, bool]]]
) -> None:
    """Add for each part its probability and whether it is what people marked."""
    for part in parsed.parts:
        field = _GRADED.get(part.name)
        if field is None or values[field] == "?":
            continue
        if field == "authors":
            people = parsed.item.names.get("author", ())
            read = [
                _folded(name.non_dropping_particle + (name.family or name.literal))
                for name in people
            ]
            right = read == [_folded(family) for family in values[field] or ()]
        else:
            wanted = values[field] if isinstance(values[field], list) else [values[field]]
            right = _folded(part.value) in {_bare(form) for form in wanted if form}
        seen[part.name].append((part.confidence, right))


_LEAD = re.compile(r"^\W*(?:in|pp?|vol|no|s)\b\.?:?\s*(?=\S)", re.IGNORECASE)
_YEAR = re.compile(r"(?:1[4-9]|20)\d\d")


def _bare(form: str) -> str:
    return _folded(_LEAD.sub("", form, count=1))


def _folded(text: str) -> str:
    """Letters and digits only, without case and accents; of a date the year."""
    year = _YEAR.search(text) if len(text) < 25 and not re.search(r"\d{5}", text) else None  # noqa: PLR2004 - a date
    spread = unicodedata.normalize("NFKD", year[0] if year else text.casefold())
    return "".join(char for char in spread if char.isalnum())


def _table(pairs: list[tuple[float, bool]]) -> list[float]:
    """The share of right parts at each twentieth of probability, never falling.

    Neighbouring shares that fall are pooled (isotonic regression), so that a higher probability
    never means less.
    """
    pools: list[list[float]] = []  # right, all, highest probability
    for probability, right in sorted(pairs):
        pools.append([float(right), 1.0, probability])
        while len(pools) > 1 and pools[-2][0] * pools[-1][1] >= pools[-1][0] * pools[-2][1]:
            top = pools.pop()
            pools[-1] = [pools[-1][0] + top[0], pools[-1][1] + top[1], top[2]]
    return [
        round(
            next(
                (r / n for r, n, highest in pools if highest >= step / STEPS),
                pools[-1][0] / pools[-1][1],
            ),
            3,
        )
        for step in range(STEPS + 1)
    ]


if __name__ == "__main__":
    main()
