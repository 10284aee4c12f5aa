"""What an editor shows is what the commands report: on real files, and on labelled entries."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.request import urlopen

from compcite.files.decoding import read_source
from compcite.lsp.settings import project_of
from tests.lsp.editor import editor
from tests.lsp.findings import document_of, fresh

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from tests.lsp.editor import Editor

SERVICES = {
    "api.crossref.org": "COMPCITE_CROSSREF_URL",
    "doi.org": "COMPCITE_DOI_URL",
    "api.datacite.org": "COMPCITE_DATACITE_URL",
}
RANKS = {"error": 1, "warning": 2, "note": 3}


def test_real_files_have_the_findings_of_check(
    running: Editor, published: list[Path], tmp_path: Path
) -> None:
    """On every published file: rules, messages, severities and places, in order."""
    project = project_of(None, {})
    different = []
    # Copies have the same bytes, so the server sees the same encoding; the name is in messages, and
    # ends in .bib for each file.
    copies = [tmp_path / f"{number}.bib" for number in range(len(published))]
    for path, copy in zip(published, copies, strict=True):
        copy.write_bytes(path.read_bytes())
    with running.within() as ed:
        for copy, path, following in zip(copies, published, [*copies[1:], None], strict=True):
            if copy is copies[0]:
                ed.open(copy.as_uri(), read_source(str(copy)).text)
            # The server judges the next file while this one is judged here.
            if following is not None:
                ed.open(following.as_uri(), read_source(str(following)).text)
            named = replace(read_source(str(copy)), name=copy.name)
            place = document_of(named).places.range
            wanted = [
                (
                    str(rule),
                    RANKS[str(severity)],
                    message.replace(str(copy), copy.name),
                    place(span),
                )
                for rule, severity, message, span, *_ in fresh(named, project)
            ]
            shown = [
                (str(one.code), one.severity, one.message, one.range)
                for one in ed.found(copy.as_uri())
            ]
            if shown != wanted:
                different.append(path.name)
            ed.close(copy.as_uri())
    assert different == []


def test_labelled_entries_have_the_findings_of_both_commands(shared: Path, tmp_path: Path) -> None:
    """Once a list is saved, each entry has what ``verify-dois`` and ``check`` report of it."""
    path = tmp_path / "refs.bib"
    path.write_bytes((shared / "data" / "cases" / "mixed-100.bib").read_bytes())
    with (
        _stand_in(shared) as environment,
        editor(tmp_path, environment=_own(environment, tmp_path / "a")) as ed,
    ):
        uri = ed.open_file(path)
        ed.found(uri)
        ed.save_and_wait(uri)
        shown = sorted((str(d.code), d.range.start.line + 1, d.message) for d in ed.found(uri))
        alone = _own(environment, tmp_path / "b")
        reported = [
            *_report("verify-dois", path, alone, "--ignore", "doi-unverified"),
            *_report("check", path, alone, "--select", "E2"),
        ]
    assert shown == sorted(reported)
    assert {rule for rule, *_ in shown} >= {"wrong-work", "doi-not-registered", "year-mismatch"}


def _own(environment: Mapping[str, str], cache: Path) -> dict[str, str]:
    """An environment with a cache of its own."""
    return {**environment, "COMPCITE_CACHE_DIR": str(cache)}


def _report(
    command: str, path: Path, environment: Mapping[str, str], *options: str
) -> Iterator[tuple[str, int, str]]:
    """Rule, line and message of each finding that a command reports."""
    run = subprocess.run(
        [sys.executable, "-m", "compcite", command, path.name, "--report", "json", *options],
        cwd=path.parent,
        env=dict(environment),
        capture_output=True,
        check=False,
        timeout=120,
    )
    for entry in json.loads(run.stdout)["entries"]:
        for one in entry["findings"]:
            yield one["rule"], one["line"], one["message"]


@contextmanager
def _stand_in(shared: Path) -> Iterator[dict[str, str]]:
    """The laboratory's stand-in for the registries; the environment that leads to it."""
    ports = {host: _free_port() for host in SERVICES}
    data = shared / "data"
    arguments = [
        *("--records", data / "crossref-works.jsonl"),
        *("--records", data / "cases" / "extra-records.jsonl"),
        *("--datacite", data / "datacite-dois.jsonl"),
        *("--limits", "off", "--latency", "0", "--list-latency", "0", "--max-seconds", "200"),
        *(word for host, port in ports.items() for word in ("--listen", f"{port}={host}")),
    ]
    program = subprocess.Popen(
        [sys.executable, shared / "lab" / "crossref_sim.py", *map(str, arguments)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(ports["doi.org"])
        origins = {SERVICES[host]: f"http://127.0.0.1:{port}" for host, port in ports.items()}
        yield {**os.environ, **origins}
    finally:
        program.terminate()
        program.wait()


def _free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait_for(port: int) -> None:
    """Wait until the stand-in answers."""
    for _ in range(300):
        try:
            urlopen(f"http://127.0.0.1:{port}/_sim/summary", timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("the stand-in does not answer")
