"""Read references with random damage, and ever longer ones.

    python benchmarks/mutated_references.py REFERENCES.jsonl... [--count 1000] [--seed 0]
    python benchmarks/mutated_references.py --growth

Each line of the files has a reference under ``text``. Characters of it are lost, doubled, moved,
or strange ones are put in; then it is read. Printed are references on which reading raised or
gave parts outside the text, and those that took longest for their length. Another seed gives other
damage, so that many runs can share the work. ``--growth`` reads references in which one thing is
said ever more often, and prints how the time grows where the text doubles.
"""

from __future__ import annotations

import argparse
import json
import random
import time
import traceback
from pathlib import Path

from compcite.formats.plain_text import parse_reference

STRANGE = (
    *("(", ")", "[", "]", "“", "”", '"', "'", ".", ",", ";", ":", "–", "—", "&", "/", "\x1f"),
    *("\n", "\n\n", "-\n", "\t", "  ", "et al.", "In:", "(Eds.)", "1999", "12(3)", "10.1/x", "*"),
    *("http://", "arXiv:", "Trans.", "edited by", "\u0301", "\u200b", "中", "Ж", "ß", "😀", "\x00"),
)
FILLERS = (
    *("(", "“", "a. ", "A. ", "A, ", "A B, ", "12, ", "(1", "[", "in ", "1999 ", "1, 2, ", "-\n"),
    *("*a", "edited by A ", "(A, Ed.; ", " and A. B", "http://a ", "10.1000/a ", "p. 3, ", "//"),
)
SIZE = 3_000  # repetitions at first; twice and four times as many follow
SLOW = 1.0  # milliseconds a character, after a hundred: a reference takes some 0.02


def main() -> None:
    """Read damaged references, or ever longer ones."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", type=Path, nargs="*")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--growth", action="store_true")
    given = parser.parse_args()
    if given.growth:
        _grow()
    if given.files:
        _damage(given.files, given.count, random.Random(given.seed))  # noqa: S311 - no secret


def _damage(files: list[Path], count: int, dice: random.Random) -> None:
    """Read so many damaged references, and print those that went wrong."""
    texts = [
        json.loads(line)["text"] for path in files for line in path.read_text("utf-8").splitlines()
    ]
    parse_reference(texts[0])  # loads the model, which is no part of the time
    wrong, slowest = 0, (0.0, "")
    for _ in range(count):
        text = _mutated(dice.choice(texts), dice)
        begin = time.process_time()
        fault = _fault(text)
        spent = 1000 * (time.process_time() - begin) / max(len(text), 100)
        slowest = max(slowest, (spent, text))
        if fault or spent > SLOW:
            wrong += 1
            print(f"{fault or f'{spent:.2f} ms a character'}\n    {text!r}")
    print(f"{count} read, {wrong} wrong; slowest {slowest[0]:.2f} ms a character: {slowest[1]!r}")


def _fault(text: str) -> str:
    """Return what went wrong with a reference, nothing where it was read."""
    try:
        parsed = parse_reference(text)
    except Exception:  # noqa: BLE001 - whatever is raised is what is looked for
        return traceback.format_exc()
    outside = [part for part in parsed.parts if not 0 <= part.start < part.end <= len(text)]
    unsure = [part for part in parsed.parts if not 0 <= part.confidence <= 1]
    return f"parts outside the text or 0 to 1: {outside + unsure}" if outside or unsure else ""


def _mutated(text: str, dice: random.Random) -> str:
    """Return the text with up to eight stretches lost, doubled, moved, or strange ones put in."""
    for _ in range(dice.randint(1, 8)):
        start = dice.randrange(len(text) + 1)
        end = min(len(text), start + dice.choice((1, 1, 2, 8, 30)))
        piece = text[start:end]
        strange = dice.choice(STRANGE) * dice.choice((1, 1, 3))
        rest = text[:start] + text[end:]
        place = dice.randrange(len(rest) + 1)
        text = dice.choice(
            (
                rest,
                text[:start] + piece * 2 + text[end:],
                text[:start] + strange + text[end:],
                rest[:place] + piece + rest[place:],
            )
        )
    return text


def _grow() -> None:
    """Print how the time of reading grows where one thing is said twice as often."""
    for filler in FILLERS:
        times = []
        for size in (SIZE, 2 * SIZE, 4 * SIZE):
            text = f"Neff, K. D. (2003). {filler * size} Journal, 2(1), 3–4."
            begin = time.process_time()
            parse_reference(text)
            times.append(time.process_time() - begin)
        growth = times[2] / times[1]
        print(f"{filler!r:16} {growth:5.1f} times, {1000 * times[2]:7.0f} ms")


if __name__ == "__main__":
    main()
