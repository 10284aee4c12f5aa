"""How fast the language server is on a long list, and whether editing it costs memory.

    python benchmarks/language_server.py [--entries 10000] [--edits 1000]
    python benchmarks/language_server.py --documents [--entries 10000] [--edits 1000]
    python benchmarks/language_server.py --fuzz 5000 FILE.bib …

The first form starts `compcite lsp` and speaks to it as an editor does. The figures are CPU times
of the server's process, from /proc, so it needs Linux:

- from the opening of a list to its first diagnostics (bar: 2 s), and what the start took before;
- from a key to the diagnostics of the changed text, for many keys in different entries, each
  deleted again; a brace leaves the entry unclosed until then (bar: 0.1 s);
- the growth of its memory over the later half of the edits (bar: 5 %).

The second form opens a list and a LaTeX document, and completes keys in the document: the time
from a key that is typed to the answer, which holds the offers (bar: 0.05 s). The first completion
comes at once after the findings of the document; every tenth comes after an edit of the list.

Of many times are given the median, the one that 95 % do not reach, and the greatest, each as CPU
time and as time by the clock. The server waits 0.05 s for the next key before it judges a list.

The third form makes random edits of real files, and after each compares the findings with those
of a fresh reading of the same text.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import random
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compcite.files.decoding import read_source
from compcite.ignores import ignores_in
from compcite.lsp.lists import OpenList
from compcite.lsp.positions import Lines, Places
from compcite.lsp.settings import Project, project_of
from compcite.lsp.workspace import LIST, Document
from compcite.verbs.load import library_of
from compcite.verbs.verify import Judgements, check_library

if TYPE_CHECKING:
    from compcite.model.source import SourceFile

URI = "untitled:long"
DOCUMENT = "untitled:paper"
PARAGRAPH = "A sentence that cites \\citep[see][p.~3]{key12,key13} and goes on. " * 5 + "\n\n"
PARAGRAPHS = 60  # some 20 kB: a chapter
EVERY = 13  # entries, of which one has a fault
BETWEEN = 10  # completions between two edits of the list
PIECES = [
    "{", "}", '"', "@", ",", "=", "#", "%", "(", ")", "\n", "\r\n", " ", "é", "a", "@article{",
    "@comment{", '@string{a = "x"}\n', " jan # a", "crossref = {b},", "xdata={x}, ",
    "ids = {x, y}, ", "}\n\n@misc{k, title = {t}}\n", "% compcite: ignore[doi-missing] known\n",
]  # fmt: skip


def entry(number: int) -> str:
    """An entry of its own, such as a program exports it; one of some has no year."""
    year = "" if number % EVERY == 0 else f"  year = {{{1950 + number % 70}}},\n"
    return (
        f"@article{{key{number},\n"
        f"  author = {{Author{number}, Anna B. and Second, Carl and Third, Dora}},\n"
        f"  title = {{A study of subject {number} in some depth}},\n"
        f"  journal = {{Journal of Subjects}},\n{year}"
        f"  volume = {{{number % 90 + 1}}},\n"
        f"  pages = {{{number}--{number + 9}}},\n"
        f"  doi = {{10.1000/{number}}}\n"
        "}\n\n"
    )


class Server:
    """A running `compcite lsp`, spoken to in plain JSON."""

    def __init__(self) -> None:
        """Start it."""
        self._program = subprocess.Popen(
            [sys.executable, "-m", "compcite", "lsp"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "COMPCITE_CACHE_DIR": "/nonexistent"},
        )
        if self._program.stdin is None or self._program.stdout is None:
            raise RuntimeError("the server has no pipes")
        self._in, self._out = self._program.stdin, self._program.stdout
        self._versions: dict[str, int] = {}
        self._requests = 1

    def send(self, method: str, params: object, number: int | None = None) -> None:
        """Send a message; with a number it is a request."""
        message = {"jsonrpc": "2.0", "method": method, "params": params}
        if number is not None:
            message["id"] = number
        body = json.dumps(message).encode()
        self._in.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._in.flush()

    def receive(self) -> dict[str, Any]:
        """The next message."""
        length = 0
        while (header := self._out.readline().strip()) or not length:
            name, _, value = header.partition(b":")
            length = int(value) if name == b"Content-Length" else length
        found: dict[str, Any] = json.loads(self._out.read(length))
        return found

    def diagnostics(self, uri: str = URI, *, whole: bool) -> list[object]:
        """The next diagnostics of a text; with ``whole``, those of the whole present text."""
        while True:
            message = self.receive()
            if message.get("method") == "textDocument/publishDiagnostics":
                params = message["params"]
                right = not whole or params.get("version") == self._versions[uri]
                if params["uri"] == uri and right:
                    return list(params["diagnostics"])

    def start(self) -> None:
        """Begin a session."""
        self.send("initialize", {"processId": None, "rootUri": None, "capabilities": {}}, 1)
        self.receive()
        self.send("initialized", {})

    def open(self, text: str, uri: str = URI, language: str = "bibtex") -> None:
        """Open a list, or a document."""
        self._versions[uri] = 1
        item = {"uri": uri, "languageId": language, "version": 1, "text": text}
        self.send("textDocument/didOpen", {"textDocument": item})

    def type(self, line: int, column: int, text: str, over: int = 0) -> None:
        """Replace some characters of a line of the list."""
        start, end = ({"line": line, "character": at} for at in (column, column + over))
        self._change(URI, {"range": {"start": start, "end": end}, "text": text})

    def complete(self, line: int, column: int) -> list[object]:
        """The offers at a place of the document."""
        place = {"line": line, "character": column}
        params = {"textDocument": {"uri": DOCUMENT}, "position": place}
        self._requests += 1
        self.send("textDocument/completion", params, self._requests)
        while (message := self.receive()).get("id") != self._requests:
            pass
        return list(message["result"]["items"])

    def write(self, line: int, text: str) -> None:
        """Replace a line of the document."""
        start, end = {"line": line, "character": 0}, {"line": line + 1, "character": 0}
        self._change(DOCUMENT, {"range": {"start": start, "end": end}, "text": text + "\n"})

    def _change(self, uri: str, change: object) -> None:
        """Change a text."""
        self._versions[uri] += 1
        document = {"uri": uri, "version": self._versions[uri]}
        params = {"textDocument": document, "contentChanges": [change]}
        self.send("textDocument/didChange", params)

    def seconds(self) -> float:
        """The CPU time that all its threads have taken so far, to the microsecond."""
        # Linux makes the number of this clock of the process's number: CPUCLOCK_SCHED is 2.
        return time.clock_gettime((~self._program.pid << 3) | 2)

    def megabytes(self) -> float:
        """The memory that it takes."""
        pages = Path(f"/proc/{self._program.pid}/statm").read_text(encoding="ascii").split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE") / 1e6

    def stop(self) -> None:
        """End the session."""
        self._in.close()
        self._program.wait()


class Taken:
    """Times that a server took, of its CPU and by the clock."""

    def __init__(self, server: Server) -> None:
        """Measure a server."""
        self._server = server
        self._began = (0.0, 0.0)
        self._times: list[tuple[float, float]] = []

    def begin(self) -> None:
        """Something begins."""
        self._began = (self._server.seconds(), time.perf_counter())

    def end(self) -> None:
        """It has ended."""
        cpu, clock = self._began
        self._times.append((self._server.seconds() - cpu, time.perf_counter() - clock))

    def __str__(self) -> str:
        """Median, 95 % and maximum of both."""
        said = []
        for name, times in zip(
            ("CPU", "by the clock"), zip(*self._times, strict=True), strict=True
        ):
            most = sorted(times)[len(times) * 95 // 100]
            middle = statistics.median(times)
            said.append(f"median {middle:.3f}, 95 % {most:.3f}, max {max(times):.3f} s {name}")
        return "; ".join(said)


def measure(entries: int, edits: int) -> None:
    """Print the figures of a session beside their bars."""
    text = "".join(map(entry, range(1, entries + 1)))
    titles = [number for number, line in enumerate(text.split("\n")) if line.startswith("  title")]
    server = Server()
    server.start()
    began = server.seconds()
    print(f"start:              {began:.2f} s CPU")
    server.open(text)
    first = server.diagnostics(whole=False)
    spent = server.seconds() - began
    print(f"first diagnostics:  {spent:.2f} s CPU, {len(first)} findings (bar 2 s)")
    found = server.diagnostics(whole=True)
    spent = server.seconds() - began
    print(f"all diagnostics:    {spent:.2f} s CPU, {len(found)} findings")
    draw = random.Random(17)  # noqa: S311 - no secret
    taken, middle, line = Taken(server), 0.0, titles[0]
    for number in range(edits):
        taken.begin()
        if number % 2:
            server.type(line, 15, "", 1)
        else:
            line = draw.choice(titles)
            server.type(line, 15, draw.choice(["x", "y", " ", "é", "\\", "{", "}"]))
        server.diagnostics(whole=True)
        taken.end()
        if number == edits // 2:
            middle = server.megabytes()
    print(f"after a key:        {taken} (bar 0.1 s CPU)")
    end = server.megabytes()
    print(
        f"memory:             {middle:.0f} MB, later {end:.0f} MB: "
        f"{end / middle - 1:+.1%} (bar 5 %)"
    )
    server.stop()


def complete(entries: int, edits: int) -> None:
    """Print how long a completion of keys takes in a document, beside its bar."""
    server = Server()
    server.start()
    server.open("".join(map(entry, range(1, entries + 1))))
    server.diagnostics(whole=True)
    server.open("\n" + PARAGRAPH * PARAGRAPHS, DOCUMENT, "latex")
    server.diagnostics(DOCUMENT, whole=True)
    draw = random.Random(17)  # noqa: S311 - no secret
    taken, offers = Taken(server), 0
    for number in range(edits):
        if number % BETWEEN == BETWEEN - 1:
            server.type(2, 15, "x")
            server.diagnostics(whole=True)
        word = f"author{draw.randrange(entries)} study"
        typed = "see \\cite{" + word[: number % len(word) + 1]
        taken.begin()
        server.write(0, typed)
        offers = max(offers, len(server.complete(0, len(typed))))
        taken.end()
    print(f"completion:         {taken}, up to {offers} offers (bar 0.05 s CPU)")
    server.stop()


def fuzz(edits: int, paths: list[Path], seed: int) -> None:
    """Edit real files at random; stop with an error where the findings differ."""
    draw = random.Random(seed)  # noqa: S311 - no secret
    project = project_of(None, {})
    per_file = 25
    for number in range(edits):
        if number % per_file == 0:
            one = OpenList(_document(read_source(str(draw.choice(paths)))), project)
            print(f"{number} edits so far; next: {one.source.name}", file=sys.stderr)
        text = one.source.text
        start = draw.randrange(len(text) + 1)
        end = min(len(text), start + draw.choice([0, 0, 0, 1, 1, 2, 5, 40, 300]))
        copied = draw.randrange(len(text) + 1)
        copy = text[copied : copied + draw.choice([1, 5, 30, 200])]
        new = draw.choice([draw.choice(PIECES), draw.choice(PIECES), "", copy])
        source = one.source.with_text(text[:start] + new + text[end:])
        one.take(_document(source), [(start, end, new)])
        if _shown(one) != _fresh(source, project):
            sys.exit(f"{source.name}: edit {number} ({start}, {end}, {new!r}): other findings")
    print(f"{edits} edits: each time the findings of a fresh reading")


def _document(source: SourceFile) -> Document:
    """A source as a list that the editor holds."""
    lines = Lines(source.text)
    return Document(URI, LIST, 1, source, Places(lines, "utf-16"))


def _shown(one: OpenList) -> list[tuple[object, ...]]:
    """The findings that an editor shows, once all is judged."""
    for _ in one.work():
        pass
    found: list[tuple[object, ...]] = []
    for unit, seen in one.findings():
        start = unit.start if unit else 0
        for each in seen:
            rule, severity = each.finding.rule.name, each.finding.severity
            place = (start + each.start, start + each.end)
            found.append((rule, severity, each.finding.message, each.fix, *place))
    return found


def _fresh(source: SourceFile, project: Project) -> list[tuple[object, ...]]:
    """The findings of ``check`` on a text that is read whole."""
    library = library_of([source])
    report = check_library(library, project.rules, known=Judgements())
    today = dt.datetime.now().astimezone().date()
    left = project.reported(report, ignores_in(library)[0], today)
    return [
        (one.rule.name, one.severity, one.message, one.fix.title if one.fix else "", *one.span)
        for entry in left.entries
        for one in entry.findings
    ]


def main() -> None:
    """Measure, or edit at random."""
    parser = argparse.ArgumentParser(description="Speed and rightness of the language server.")
    parser.add_argument("--entries", type=int, default=10_000)
    parser.add_argument("--edits", type=int, default=1_000)
    parser.add_argument("--documents", action="store_true")
    parser.add_argument("--fuzz", type=int, metavar="EDITS")
    parser.add_argument("--seed", type=int, default=17)
    parser.add_argument("files", type=Path, nargs="*")
    options = parser.parse_args()
    if options.fuzz:
        fuzz(options.fuzz, options.files, options.seed)
    elif options.documents:
        complete(options.entries, options.edits)
    else:
        measure(options.entries, options.edits)


if __name__ == "__main__":
    main()
