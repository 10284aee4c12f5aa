"""How the time of reading a value grows with its length, for texts that nobody writes.

    python benchmarks/long_values.py [CHARACTERS]

Each unit is repeated to CHARACTERS (default 20,000) and to twice as many, in a field that keeps
no markup, in a title, and in a list of names. Printed are CPU seconds and their ratio where one
takes a tenth of a second: about 2 is linear, about 4 is quadratic.
"""

from __future__ import annotations

import sys

from scanning import cpu_seconds

from compcite.files.decoding import decode
from compcite.formats.bibtex.read.reader import read_bibtex

_UNITS = (
    *("$", "$$", r"\$", "\\", "{", "}", "{}", "~", "--", "''", "``", "&", "^", "_", "%", "#"),
    *("$a$", "$^", r"\'", r"\"{a}", r"\textbf ", r"\emph{", r"\bf a ", r"\frac", r"\url{a}"),
    *(" ", "a,", "a and ", "and ", "A, B and ", "10.1234/", "http://", "<i>", "(", "1-", ": "),
)
_FIELDS = ("note", "title", "author")
_SLOW = 0.1


def main() -> None:
    """Print the slow ones."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    for unit in _UNITS:
        for field in _FIELDS:
            once, twice = (seconds(field, unit, length) for length in (size, 2 * size))
            if twice >= _SLOW:
                print(f"{field:<8}{unit!r:<14}{once:>8.2f}{twice:>8.2f}{twice / once:>8.1f}")


def seconds(field: str, unit: str, length: int) -> float:
    """The CPU time of reading an entry with such a field."""
    value = unit * (length // len(unit))
    text = f"@article{{a, {field} = {{x{value}x}}}}\n"
    return cpu_seconds(read_bibtex, decode(text.encode(), "x.bib"))


if __name__ == "__main__":
    main()
