"""What the registries say: on save, from what is kept, and nothing where a service fails."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from time import sleep
from typing import TYPE_CHECKING

import pytest

from tests.lsp.editor import Editor, editor, rng
from tests.registry_server import Fault, Service

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.registry_server import RegistryServer

DOI = "10.1080/15298860309032"
RECORD = {
    "title": ["Self-Compassion: An Alternative Conceptualization"],
    "author": [{"family": "Neff", "given": "Kristin D."}],
    "container-title": ["Self and Identity"],
    "issued": {"date-parts": [[2003]]},
    "volume": "2",
    "issue": "2",
    "page": "85-101",
}
LIST = f"""@article{{neff2003self,
  author = {{Neff, Kristin D.}},
  title = {{Self-Compassion: An Alternative Conceptualization}},
  journal = {{Self and Identity}},
  year = {{1998}},
  volume = {{2}},
  number = {{2}},
  pages = {{85--101}},
  doi = {{{DOI}}},
}}
"""


@pytest.fixture
def at(tmp_path: Path, registry_server: RegistryServer) -> Iterator[tuple[Editor, str]]:
    """An editor with a list about a registered work, and the list's address."""
    registry_server.add_work(DOI, **RECORD)
    path = tmp_path / "refs.bib"
    path.write_text(LIST, encoding="utf-8")
    environment = registry_server.environment() | {"COMPCITE_CACHE_DIR": str(tmp_path / "cache")}
    with editor(tmp_path, environment=environment) as ed:
        yield ed, ed.open_file(path)


def _saved(ed: Editor, uri: str) -> list[str]:
    """The rules that a list breaks once it was saved and everybody was asked."""
    ed.save_and_wait(uri)
    return ed.codes(uri)


def test_the_registries_are_asked_on_save_and_not_while_typing(
    at: tuple[Editor, str], registry_server: RegistryServer
) -> None:
    """A wrong year is found when the list is saved; then it goes as soon as it is typed away."""
    ed, uri = at
    assert "year-mismatch" not in ed.codes(uri)
    ed.change(uri, (rng((5, 0), (5, 0)), " "))
    ed.found(uri)
    assert registry_server.asked_of(Service.CROSSREF) == []
    assert _saved(ed, uri) == ["year-mismatch"]
    asked = len(registry_server.asked_of(Service.CROSSREF))
    ed.change(uri, (rng((4, 10), (4, 14)), "2003"))
    assert ed.codes(uri) == []
    assert len(registry_server.asked_of(Service.CROSSREF)) == asked


def test_kept_answers_count_as_soon_as_a_list_is_opened(
    at: tuple[Editor, str], tmp_path: Path
) -> None:
    """What was learnt in one session is known in the next, without a request."""
    ed, uri = at
    _saved(ed, uri)
    environment = {"COMPCITE_CACHE_DIR": str(tmp_path / "cache")}
    with editor(tmp_path, environment=environment) as later:
        again = later.open_file(tmp_path / "refs.bib")
        later.wait_until(lambda: _codes(later, again))
        assert _codes(later, again) == ["year-mismatch"]


def _codes(ed: Editor, uri: str) -> list[str]:
    """The rules of the diagnostics that have arrived."""
    return (
        [str(one.code) for one in ed.diagnostics[uri].diagnostics] if uri in ed.diagnostics else []
    )


def test_an_outage_is_one_message_and_no_diagnostic(
    at: tuple[Editor, str], registry_server: RegistryServer
) -> None:
    """A service that fails says nothing about a reference."""
    ed, uri = at
    for service in (Service.CROSSREF, Service.DOI):
        registry_server.fails(service, Fault.BLOCKED)
    assert _saved(ed, uri) == []
    ed.wait_until(lambda: ed.messages)
    told = list(ed.messages)
    assert _saved(ed, uri) == []
    assert ed.messages == told
    assert len(told) <= len((Service.CROSSREF, Service.DOI))


def test_saving_asks_nobody_where_that_is_switched_off(
    at: tuple[Editor, str], registry_server: RegistryServer
) -> None:
    """The setting ``verify-on-save``; the command asks nevertheless."""
    ed, uri = at
    ed.configure({"verify-on-save": False})
    ed.save(uri)
    ed.found(uri)
    ed.command("compcite.verify", uri)
    ed.wait_until(lambda: _codes(ed, uri) == ["year-mismatch"])
    assert registry_server.asked_of(Service.CROSSREF)


def test_a_command_for_what_is_not_open_is_answered_by_a_message(at: tuple[Editor, str]) -> None:
    """A key of the user's own may give any argument."""
    ed, uri = at
    ed.command("compcite.verify", {})
    ed.command("compcite.addCitedWork", "file:///gone.tex", "10.1000/x")
    ed.command("compcite.addCitedWork", uri, "x")
    ed.wait_until(lambda: len(ed.messages) == 3)
    assert ed.messages == [
        "compcite: {} is not an open list",
        "compcite: file:///gone.tex is not open",
        "compcite: 'x' is no DOI",
    ]


def test_typing_on_ends_the_asking(at: tuple[Editor, str], registry_server: RegistryServer) -> None:
    """A service that takes its time is no longer waited for once the text has changed."""
    ed, uri = at
    registry_server.fails(Service.CROSSREF, Fault.STALL)
    ed.save(uri)
    ed.wait_until(lambda: ed.progress)
    ed.change(uri, (rng((0, 0), (0, 0)), "\n"))
    ed.wait_until(lambda: [one for one in ed.progress if one["kind"] == "end"])
    assert [one["message"] for one in ed.progress if one["kind"] == "end"] == ["cancelled"]
    assert ed.codes(uri) == []
    assert ed.messages == []


def test_a_lock_counts_as_soon_as_it_is_there(
    tmp_path: Path, registry_server: RegistryServer
) -> None:
    """What another program has just locked is known without a request."""
    registry_server.add_work(DOI, **RECORD)
    path = tmp_path / "refs.bib"
    path.write_text(LIST, encoding="utf-8")
    nothing_kept = {"COMPCITE_CACHE_DIR": str(tmp_path / "cache")}
    with editor(tmp_path, environment=nothing_kept) as ed:
        uri = ed.open_file(path)
        assert ed.codes(uri) == []
        environment = {**os.environ, **registry_server.environment()}
        subprocess.run(
            [sys.executable, "-m", "compcite", "lock", path.name],
            cwd=tmp_path,
            env={**environment, "COMPCITE_CACHE_DIR": str(tmp_path / "another")},
            check=True,
            timeout=60,
        )
        ed.files_changed(tmp_path / "compcite.lock")
        ed.wait_until(lambda: _codes(ed, uri) == ["year-mismatch"])


@pytest.mark.parametrize("last", [["shutdown", "exit"], ["exit"], []])
def test_the_server_ends_at_once_while_a_registry_is_silent(
    tmp_path: Path, registry_server: RegistryServer, last: list[str]
) -> None:
    """By the messages of the protocol, and where the editor is gone; nothing goes wrong then."""
    registry_server.fails(Service.CROSSREF, Fault.STALL)
    environment = registry_server.environment() | {"COMPCITE_CACHE_DIR": str(tmp_path / "cache")}
    text = {"uri": "untitled:a", "languageId": "bibtex", "version": 1, "text": LIST}
    with subprocess.Popen(
        [sys.executable, "-m", "compcite", "lsp"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, **environment},
    ) as server:
        assert server.stdin is not None
        server.stdin.write(_message("initialize", {"capabilities": {}}, id=1))
        server.stdin.write(_message("textDocument/didOpen", {"textDocument": text}))
        server.stdin.write(_message("textDocument/didSave", {"textDocument": {"uri": text["uri"]}}))
        server.stdin.flush()
        while server.poll() is None and not registry_server.asked_of(Service.CROSSREF):
            sleep(0.01)
        _, told = server.communicate(b"".join(_message(one, None, id=2) for one in last), 20)
    assert told.decode() == ""
    assert server.returncode == 0


def _message(method: str, params: object, **more: int) -> bytes:
    """A message of the protocol, as it is sent."""
    sent = json.dumps({"jsonrpc": "2.0", "method": method, "params": params} | more).encode()
    return b"Content-Length: %d\r\n\r\n%s" % (len(sent), sent)
