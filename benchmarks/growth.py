"""How the time of readers grows with their input: at size n, 2n and 4n.

    python -m benchmarks.growth [-v]

Each reader of ``FORMATS`` reads structures of its own kind that are large in one way: deep braces,
one field again and again, many entries of one key, long lists of authors, long records, deep JSON.
A reader that is linear doubles its CPU time where its input doubles. Printed are the structures
whose time grows more than ``MOST`` times at the last doubling; with ``-v`` all of them.
"""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from compcite.formats import FORMATS
from compcite.model.source import SourceFile

if TYPE_CHECKING:
    from collections.abc import Callable

SIZE = 2_000  # repetitions at n: enough that a doubling shows above the noise of a few ms
MOST = 2.6  # times; a linear reader measures 1.8 to 2.3 on a busy machine, a quadratic one 4


def title(written: str) -> str:
    """A BibTeX entry with a title."""
    return f"@misc{{a, title = {{{written}}}}}"


_BIBTEX: dict[str, Callable[[int], str]] = {
    "nested braces": lambda n: title("{" * n + "x" + "}" * n),
    "braces never closed": lambda n: "@misc{a, title = " + "{" * n,
    "one field repeated": lambda n: "@misc{a," + "note = {x}," * n + "}",
    "entries of one key": lambda n: "@misc{a, title = {T}}\n" * n,
    "crossref in circle": lambda n: "".join(
        f"@book{{k{at}, crossref = {{k{(at + 1) % n}}}}}\n" for at in range(n)
    ),
    "authors with odd blanks": lambda n: "@misc{a, author = {" + "A \t B~ \n and  " * n + "C}}",
    "formulas never closed": lambda n: title(r"\(" * n),
    "displays never closed": lambda n: title(r"\[" * n),
    "commands without arguments": lambda n: title(r"\emph" * n),
    "values joined": lambda n: "@misc{a, title = " + " # ".join(['"x"'] * n) + "}",
    "at signs": lambda n: "@" * n,
}
STRUCTURES: dict[str, dict[str, Callable[[int], str]]] = {
    "bibtex": _BIBTEX,
    "ris": {
        "authors": lambda n: "TY  - JOUR\n" + "AU  - Doe, J.\n" * n + "ER  - \n",
        "records": lambda n: "TY  - JOUR\nTI  - T\nER  - \n\n" * n,
        "lines that go on": lambda n: "TY  - JOUR\nAB  - a\n" + "more\n" * n + "ER  - \n",
    },
    "nbib": {
        "authors": lambda n: "PMID- 1\n" + "FAU - Doe, Jane\n" * n,
        "records": lambda n: "PMID- 1\nTI  - T\n\n" * n,
    },
    "csl-json": {
        "items": lambda n: "[" + ",".join(['{"id": "a", "type": "book"}'] * n) + "]",
        "authors": lambda n: (
            '[{"id": "a", "type": "book", "author": [' + ",".join(['{"family": "Doe"}'] * n) + "]}]"
        ),
        "nested lists": lambda n: "[" * n + "]" * n,
    },
    "csl-yaml": {"items": lambda n: "references:\n" + "- id: a\n  type: book\n" * n},
    "hayagriva": {"authors": lambda n: "a:\n  type: book\n  author:\n" + "  - Doe, Jane\n" * n},
    "cff": {
        "authors": lambda n: "cff-version: 1.2.0\ntitle: T\nauthors:\n" + "- name: Doe\n" * n,
    },
}


def seconds(name: str, text: str) -> float:
    """The CPU time of one reading."""
    read = FORMATS[name].read
    start = time.process_time()
    read(SourceFile(f"growth.{name}", text))
    return time.process_time() - start


def main() -> None:
    """Measure and print."""
    for name, structures in STRUCTURES.items():
        seconds(name, structures[next(iter(structures))](1))  # what is imported at first use
        for structure, make in structures.items():
            times = [seconds(name, make(SIZE * factor)) for factor in (1, 2, 4)]
            grown = times[2] / max(times[1], 1e-3)
            if "-v" in sys.argv or grown > MOST:
                shown = " ".join(f"{one * 1000:9.1f}" for one in times)
                print(f"{name:10} {structure:28} {shown} ms {grown:6.1f}")


if __name__ == "__main__":
    main()
