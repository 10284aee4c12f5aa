"""Kill runs that write one file, and see that the file is old or new, whole.

    python -m benchmarks.killed_runs [KILLS]

Killed are ``add``, ``check --fix``, ``lock``, ``check --write-baseline`` and ``verify-dois`` while
it fills its cache, each so often (100 by default). Half of the moments lie anywhere in the run, the
others in the time after its first temporary file has appeared. After each kill the file must be as
it was or as a whole run makes it, and the next run must end as a run does that nobody killed. A
cache may hold any part of the answers, but the next run must be able to use it. The registries are
the stand-in of the tests. Each run is a fork of this process, which has imported all modules: for
Linux and macOS.
"""

from __future__ import annotations

import json
import os
import pkgutil
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from tests.registry_server import RegistryServer

import compcite
from compcite.cli import run

ENTRIES = 12
LIST = "".join(
    f"@article{{k{at}, title = {{Title {at}}}, author = {{Doe, Jane}}, journal = {{J}}, "
    f"year = 2001, doi = {{https://doi.org/10.1234/x{at}}}}}\n"
    for at in range(ENTRIES)
)
TEMPORARY = ".compcite-*.tmp"


class Verb(NamedTuple):
    """A command line, and the file that it writes; the file may be missing before."""

    line: str
    file: str


VERBS = (
    Verb("add 10.1234/new --to refs.bib", "refs.bib"),
    Verb("check refs.bib --fix", "refs.bib"),
    Verb("lock refs.bib", "compcite.lock"),
    Verb("check refs.bib --write-baseline base.json", "base.json"),
    Verb("verify-dois refs.bib", "cache/answers.sqlite3"),
)


def import_all() -> None:
    """Import all modules of the package, and the clients; a fork then need not do it."""
    for info in pkgutil.walk_packages(compcite.__path__, "compcite."):
        if not info.name.endswith("__main__"):
            import_module(info.name)
    for name in ("requests", "habanero", "yaml"):
        import_module(name)


def clear() -> None:
    """Only the list, as it was before all runs."""
    for path in [*Path().glob("*"), *Path().glob(".compcite*"), *Path("cache").glob("*")]:
        if path.is_file():
            path.unlink()
    Path("refs.bib").write_text(LIST, encoding="utf-8")


def started(verb: Verb) -> int:
    """A run in a process of its own; returns its number."""
    child = os.fork()
    if not child:
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, 1)
        os.dup2(nothing, 2)
        os._exit(run(verb.line.split()))
    return child


def whole_run(verb: Verb) -> int:
    """The exit code of a run that nobody kills."""
    return os.waitstatus_to_exitcode(os.waitpid(started(verb), 0)[1])


def content(verb: Verb) -> bytes | None:
    """What is in the verb's file; None where there is none, and for a cache, which is compared."""
    path = Path(verb.file)
    return path.read_bytes() if path.exists() else None


def kill_once(verb: Verb, longest: float, *, writing: bool) -> None:
    """Start a run and kill it at some moment; with ``writing``, after it has begun to write."""
    child = started(verb)
    end = time.monotonic() + 3 * longest
    while writing and time.monotonic() < end and not any(Path().glob(TEMPORARY)):
        time.sleep(0.0002)
    time.sleep(random.uniform(0, 0.005 if writing else longest))  # noqa: S311 - no secret
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def tried(verb: Verb, kills: int) -> Counter[str]:
    """How often the file was old or new after a kill, and what went wrong."""
    clear()
    old = content(verb)
    began = time.monotonic()
    code = whole_run(verb)
    longest = time.monotonic() - began
    new = content(verb)
    found: Counter[str] = Counter()
    for number in range(kills):
        clear()
        is_cache = "sqlite" in verb.file
        kill_once(verb, longest, writing=number % 2 == 1 and not is_cache)
        now = content(verb)
        if is_cache:
            state = "there" if now else "not there"
            found[state if whole_run(verb) == code else "WRONG: the next run fails"] += 1
            continue
        state = {old: "old", new: "new"}.get(now, "WRONG: neither old nor new")
        if state == "old" and (whole_run(verb) != code or content(verb) != new):
            state = "WRONG: the next run differs"
        found[state] += 1
    return found


def registries() -> tuple[int, dict[str, str]]:
    """The stand-in for the registries in a process of its own, and how it is found.

    A fork of a process with threads, such as the stand-in has, may wait for a lock for ever.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        with RegistryServer() as server:
            for at in [*(f"x{number}" for number in range(ENTRIES)), "new"]:
                server.add_work(
                    f"10.1234/{at}",
                    title=[f"Title {at}"],
                    author=[{"family": "Doe", "given": "Jane"}],
                    issued={"date-parts": [[2001]]},
                )
            os.write(writing, json.dumps(server.environment()).encode() + b"\n")
            signal.pause()
    with os.fdopen(reading, encoding="utf-8") as answer:
        return child, json.loads(answer.readline())


def main(kills: int) -> int:
    """Kill all verbs, print what was found, and return how often something was wrong."""
    wrong = 0
    import_all()
    server, environment = registries()
    os.environ.update(environment)
    with tempfile.TemporaryDirectory() as name:
        os.chdir(name)
        Path("cache").mkdir()
        os.environ["COMPCITE_CACHE_DIR"] = str(Path("cache").resolve())
        for verb in VERBS:
            found = tried(verb, kills)
            wrong += sum(count for what, count in found.items() if what.startswith("WRONG"))
            shown = ", ".join(f"{count} {what}" for what, count in sorted(found.items()))
            print(f"{verb.line}: {shown}", flush=True)
    os.kill(server, signal.SIGKILL)
    return wrong


if __name__ == "__main__":
    sys.exit(bool(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)))
