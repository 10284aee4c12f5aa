"""How the time of every compiled pattern grows with strings that are made for it.

    python -m benchmarks.patterns [-v] [NAME]

The package is walked for compiled patterns: globals of its modules, attributes of its classes, and
the results of cached functions without arguments. From the parts of each pattern (its literals,
sets of characters, repeats) strings are built that could lead it astray: one part again and again,
two parts in turn, each behind what comes before the part in the pattern, and each before a sign
that the pattern does not take. Each string is tried at length n, 2n and 4n. A pattern that the
package only uses to match at one place is tried there, any other is searched everywhere.

Time that grows as the length does doubles. Printed are the patterns that grow more than ``MOST``
times at the last doubling, with the string. ``NAME`` is a part of the names of the patterns to try.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
import time
from collections.abc import Callable
from functools import cache, partial
from itertools import islice, product
from pathlib import Path
from re import _constants as codes  # type: ignore[attr-defined] # the only way to a pattern's parts
from re import _parser as parser  # type: ignore[attr-defined]
from typing import TYPE_CHECKING, Any, NamedTuple

import compcite

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Characters: a pattern that takes the third power of its input shows at 1,000 already, and would
# not end at 16,000.
SIZES = (250, 1_000, 4_000, 16_000)
MOST = 2.6  # times at a doubling; 2 is linear, 4 quadratic
TOO_SHORT = 0.002  # seconds at 4n under which a ratio is only noise; at 1 MB these are 0.1 s
SLOW = 0.08  # seconds after which no longer string is tried: it would take minutes
STRINGS = 400  # strings tried for a pattern
ODD = "\x00", "\n", "!", "é", "a"  # ends of strings: some of them no pattern takes

Pattern = re.Pattern[str] | re.Pattern[bytes]


class Shape(NamedTuple):
    """A kind of string: a start, a part that is repeated, and an end."""

    start: str
    part: str
    end: str

    def of_size(self, size: int) -> str:
        """The string of about this many characters."""
        return self.start + self.part * (size // len(self.part)) + self.end


class Grown(NamedTuple):
    """A kind of string that a pattern takes too long for: the seconds at n, 2n and 4n."""

    shape: Shape
    seconds: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """How many times the last doubling took."""
        return self.seconds[-1] / max(self.seconds[-2], 1e-6)


def patterns() -> dict[str, Pattern]:
    """All compiled patterns of the package, by the names of their places."""
    found: dict[str, Pattern] = {}
    for info in pkgutil.walk_packages(compcite.__path__, "compcite."):
        if info.name.endswith("__main__"):
            continue
        module = importlib.import_module(info.name)
        for name, value in list(vars(module).items()):
            if isinstance(value, type) and value.__module__ == info.name:
                for inner, held in vars(value).items():
                    _keep(f"{info.name}.{name}.{inner}", held, found)
            elif hasattr(value, "cache_info") and value.__module__ == info.name:
                _keep(f"{info.name}.{name}()", _called(value), found)
            else:
                _keep(f"{info.name}.{name}", value, found)
    return {name: found[name] for name in _firsts(found)}


def _keep(name: str, value: object, found: dict[str, Pattern]) -> None:
    """Add the patterns in a value, also those within lists, tuples and dictionaries."""
    if isinstance(value, re.Pattern):
        found[name] = value
    elif isinstance(value, dict):
        for key, held in value.items():
            _keep(f"{name}[{key!r:.20}]", held, found)
            _keep(f"{name}[{key!r:.20}](key)", key, found)
    elif isinstance(value, list | tuple | set | frozenset):
        for place, held in enumerate(value):
            _keep(f"{name}[{place}]", held, found)


def _called(function: Any) -> object:  # noqa: ANN401 - any cached function
    """What a cached function without arguments gives; None for others."""
    try:
        return function()
    except Exception:  # noqa: BLE001 - it wants arguments, or a file that is not here
        return None


def _firsts(found: dict[str, Pattern]) -> Iterator[str]:
    """The names of the patterns, each pattern once, though several modules may have it."""
    seen: set[int] = set()
    for name, pattern in found.items():
        if id(pattern) not in seen:
            seen.add(id(pattern))
            yield name


# Patterns that are given to a function, and the method by which that tries them.
HANDED_ON = {
    "compcite.formats.bibtex.layout.anatomy._END": "match",
    "compcite.formats.bibtex.layout.anatomy._END_OF_ENTRY": "match",
    "compcite.formats.citing.latex_syntax._NOTES": "match",
    "compcite.formats.citing.typst_syntax._CALLED_AGAIN": "match",
    "compcite.formats.citing.typst_syntax._METHOD": "match",
    "compcite.formats.documents.latex._ADDRESS": "match",
    "compcite.formats.documents.latex._NAMING": "match",
    "compcite.text.capitals.proper_names._EPITHET": "match",
    "compcite.text.capitals.proper_names._GENUS": "match",
}
# Patterns that are only given so many characters: the name of that number in their module.
BOUNDED = {
    "compcite.text.capitals.title_words._STOPPED": "_REACH",
    "compcite.text.compare.people._AND_OTHERS": "_LONGEST_ENDING",
    "compcite.text.doi._BEFORE": "_REACH",
}


def uses(name: str) -> set[str]:
    """The methods of a pattern that the package calls; none where its calls cannot be told."""
    name = re.sub(r"[\[(].*", "", name)
    if name in HANDED_ON:
        return {HANDED_ON[name]}
    module, _, word = name.rpartition(".")
    if not word.isidentifier() or module not in sys.modules:
        return set()
    own = Path(str(sys.modules[module].__file__)).read_text("utf-8")
    text = own if word.startswith("_") else _sources()
    return set(re.findall(rf"\b{word}(?:\[\w+\])?\.(\w+)\b", text)) & _METHODS


_METHODS = {
    "match",
    "fullmatch",
    "search",
    "finditer",
    "findall",
    "sub",
    "subn",
    "split",
    "scanner",
}
_AT_ONE_PLACE = {"match", "fullmatch"}


@cache
def _sources() -> str:
    """The text of all modules of the package."""
    folder = Path(compcite.__path__[0])
    return "\n".join(path.read_text("utf-8") for path in sorted(folder.rglob("*.py")))


def strings(pattern: Pattern) -> Iterator[Shape]:
    """Kinds of strings that may lead a pattern astray, the most likely ones first."""
    try:
        tree = parser.parse(pattern.pattern, pattern.flags & ~re.LOCALE)
    except (re.error, ValueError):
        return
    starts = list(dict.fromkeys(["", *islice(_prefixes(tree), 6)]))
    letters = list(dict.fromkeys(_letters(tree)))[:24]
    words = list(dict.fromkeys(_samples(tree)))[:8]
    parts = [*words, *letters]
    pairs = [one + two for one, two in product(letters[:12], repeat=2) if one != two]
    mixed = [word + letter for word, letter in product(words[:4], letters[:6])]
    for part in dict.fromkeys([*parts, *mixed, *pairs]):
        for start in starts if part in parts else starts[:2]:
            for end in ODD[:3]:
                if part:
                    yield Shape(start, part, end)


def _letters(tree: Iterable[Any]) -> Iterator[str]:
    """One or two characters for each literal and each set of a pattern."""
    for code, value in tree:
        if code is codes.LITERAL:
            yield chr(value)
        elif code is codes.NOT_LITERAL:
            yield "a" if value != ord("a") else "b"
        elif code is codes.ANY:
            yield from ("a", " ")
        elif code is codes.IN:
            yield from _members(value)
        else:
            for inner in _inner(code, value):
                yield from _letters(inner)


def _members(members: Iterable[Any]) -> list[str]:
    """Some characters of a set: of each range the first, of each class one that is usual."""
    members = list(members)
    if members[0][0] is codes.NEGATE:
        without = "".join(_members(members[1:]))
        return [char for char in "a 1.{\n" if char not in without][:2]
    found = []
    for code, value in members:
        if code is codes.LITERAL:
            found.append(chr(value))
        elif code is codes.RANGE:
            found.append(chr(value[0]))
        elif code is codes.CATEGORY:
            found += _OF_CLASS.get(value, ["a"])
    return found[:6]


_OF_CLASS = {
    codes.CATEGORY_SPACE: [" ", "\t", "\n", "\x85", "\x0b"],
    codes.CATEGORY_DIGIT: ["1"],
    codes.CATEGORY_WORD: ["a", "1", "_"],
    codes.CATEGORY_NOT_SPACE: ["a", "."],
    codes.CATEGORY_NOT_DIGIT: ["a", " "],
    codes.CATEGORY_NOT_WORD: [" ", "."],
}


_REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)


def _inner(code: Any, value: Any) -> list[Any]:  # noqa: ANN401 - what the parser of re gives
    """The patterns within an element of a pattern."""
    if code is codes.BRANCH:
        return list(value[1])
    if code is codes.GROUPREF_EXISTS:
        return [one for one in value[1:] if one is not None]
    if code is codes.ATOMIC_GROUP:
        return [value]
    if code in (*_REPEATS, codes.SUBPATTERN, codes.ASSERT, codes.ASSERT_NOT):
        return [value[-1]]
    return []


def _example(tree: Iterable[Any], most: int = 40) -> str:
    """A string that a pattern may take: of each part the first that it can be."""
    text = ""
    for code, value in tree:
        if len(text) > most:
            break
        if code in (codes.ASSERT_NOT, codes.AT, codes.GROUPREF):
            continue
        if code is codes.ASSERT:
            text += _example(value[1], most) if value[0] > 0 else ""
        elif code is codes.BRANCH:
            text += _example(value[1][0], most)
        elif code in _REPEATS:
            text += _example(value[2], most) * max(1, min(value[0], 3))
        elif inner := _inner(code, value):
            text += _example(inner[0], most)
        else:
            text += next(iter(_letters([(code, value)])), "")
    return text


def _prefixes(tree: Any) -> Iterator[str]:  # noqa: ANN401
    """What a pattern takes before each of its repeats."""
    elements = list(tree)
    for at, (code, value) in enumerate(elements):
        if code in _REPEATS:
            yield _example(elements[:at])
        for inner in _inner(code, value):
            for prefix in islice(_prefixes(inner), 3):
                yield _example(elements[:at]) + prefix


def _samples(tree: Any) -> Iterator[str]:  # noqa: ANN401
    """The whole pattern as a string, and the contents of its repeats and branches."""
    yield _example(tree)
    for code, value in tree:
        if code is codes.BRANCH:
            for branch in value[1]:
                yield _example(branch)
        for inner in _inner(code, value):
            yield from _samples(inner)


Run = Callable[[Any], object]


def longest(name: str) -> int | None:
    """The characters that a pattern is given at most; None where it can be any number."""
    module, _, _ = name.rpartition(".")
    return int(vars(sys.modules[module])[BOUNDED[name]]) if name in BOUNDED else None


def worst(pattern: Pattern, methods: set[str], most: int | None = None) -> Grown | None:
    """A string for which the time of a pattern grows too fast; None where there is none.

    Strings have up to ``most`` characters, if that is given; then any short time will do.
    """
    if methods and methods <= _AT_ONE_PLACE:
        runs: list[Run] = [getattr(pattern, method) for method in sorted(methods)]
    else:
        runs = [pattern.findall]
    if isinstance(pattern.pattern, bytes):
        runs = [partial(_in_bytes, run) for run in runs]
    tried = product(islice(strings(pattern), STRINGS), runs)
    check = _grown if most is None else partial(_slow, size=most)
    return next((grown for shape, run in tried if (grown := check(run, shape))), None)


def _slow(run: Run, shape: Shape, size: int) -> Grown | None:
    """The times for a string of up to ``size`` characters, if they are noticed at all."""
    if _seconds(run, shape, size) < TOO_SHORT:
        return None
    least = tuple(min(_seconds(run, shape, size // part) for _ in range(5)) for part in (4, 2, 1))
    return Grown(shape, least) if least[-1] > TOO_SHORT else None


def _in_bytes(run: Run, text: str) -> object:
    """Give a string to a pattern of bytes."""
    return run(text.encode("utf-8", "replace"))


def _grown(run: Run, shape: Shape) -> Grown | None:
    """The times for a string at n, 2n and 4n, if they grow too fast at some size."""
    before = _seconds(run, shape, SIZES[0])
    for size in SIZES[1:]:
        now = _seconds(run, shape, size)
        last = size == SIZES[-1] or now > SLOW
        if last and now > TOO_SHORT and now > MOST * MOST * before:
            least = tuple(
                min(_seconds(run, shape, size // part) for _ in range(2)) for part in (4, 2, 1)
            )
            grown = Grown(shape, least)
            if grown.ratio > MOST and least[1] > 2 * least[0]:
                return grown
        if last:
            return None
        before = now
    return None


def _seconds(run: Run, shape: Shape, size: int) -> float:
    """The CPU time for a string of about this size."""
    text = shape.of_size(size)
    begin = time.process_time()
    run(text)
    return time.process_time() - begin


def main() -> None:
    """Try all patterns, and print those that grow too fast."""
    wanted = sys.argv[-1] if len(sys.argv) > 1 and sys.argv[-1] != "-v" else ""
    tried = built = found = 0
    for name, pattern in patterns().items():
        if wanted not in name:
            continue
        tried += 1
        built += sum(1 for _ in islice(strings(pattern), STRINGS))
        if "-v" in sys.argv:
            print(name, flush=True)
        if grown := worst(pattern, uses(name), longest(name)):
            found += 1
            shown = " ".join(f"{one * 1000:.1f}" for one in grown.seconds)
            print(
                f"{name}: {grown.shape.start!r} + {grown.shape.part!r} … + {grown.shape.end!r}: "
                f"{shown} ms, {grown.ratio:.1f} times",
                flush=True,
            )
    print(f"{tried:,} patterns, {built:,} strings, {found} patterns grow faster than their input")
    sys.exit(found > 0)


if __name__ == "__main__":
    main()
