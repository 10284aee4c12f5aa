"""Where a run happens: pipes, terminals, colours, CI systems, and Ctrl-C."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from compcite.cli._interrupt import first_interrupt
from compcite.errors import ExitCode
from tests.registry_server import Fault, Service

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Compcite
    from tests.registry_server import RegistryServer

SEQUENCE = re.compile(r"\x1b\[[0-9;]*m")
FAULTY = """@article{k, title = {A title that goes on for longer than a narrow terminal is wide},
  author = {A, B}, journal = {J}, year = 2001,
  doi = {https://doi.org/10.1234/abc}}
"""


@pytest.fixture
def faulty(folder: Path) -> Path:
    """A references.bib with one finding, on line 3."""
    path = folder / "references.bib"
    path.write_text(FAULTY, encoding="utf-8")
    return path


COMMANDS = [("check",), ("list",), ("list", "--format", "table")]


@pytest.mark.usefixtures("faulty")
@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("variable", "value"), [("COLUMNS", "20"), ("TERM", "dumb"), ("CI", "true"), ("NO_COLOR", "1")]
)
def test_a_pipe_is_the_same_everywhere(
    compcite: Compcite,
    monkeypatch: pytest.MonkeyPatch,
    command: tuple[str, ...],
    variable: str,
    value: str,
) -> None:
    """No colour, no layout for a width, nothing cut, whatever the environment says."""
    plain = stable(compcite(*command).out)
    monkeypatch.setenv(variable, value)

    assert (plain, "\x1b" in plain) == (stable(compcite(*command).out), False)


@pytest.mark.usefixtures("faulty")
@pytest.mark.parametrize("command", COMMANDS)
def test_force_color_adds_colour_and_nothing_else(
    compcite: Compcite, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    """In a pipe: without the sequences, the text is that of a pipe; there are no links."""
    plain = stable(compcite(*command).out)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "20")
    coloured = compcite(*command).out

    assert without_colour(coloured) == without_blanks(plain)
    assert "\x1b]8;" not in coloured
    assert ("\x1b[" in coloured) == (command != ("list",))  # tsv is for programs


@pytest.mark.usefixtures("faulty")
@pytest.mark.parametrize("command", COMMANDS)
def test_no_color_beats_force_color(
    compcite: Compcite, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    """Any value that is not empty will do; an empty one says nothing."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("NO_COLOR", "")
    coloured = compcite(*command).out
    monkeypatch.setenv("NO_COLOR", "0")
    plain = compcite(*command).out

    assert ("\x1b" in coloured, "\x1b" in plain) == (command != ("list",), False)


@pytest.mark.usefixtures("faulty")
@pytest.mark.parametrize(
    ("environment", "coloured"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)],
)
@pytest.mark.parametrize("command", [("check",), ("list",)])
def test_a_terminal_gets_colour_unless_it_or_its_owner_objects(
    command: tuple[str, ...], environment: dict[str, str], *, coloured: bool
) -> None:
    """A dumb terminal and NO_COLOR get no escape sequence at all."""
    shown = at_terminal(command, environment)

    assert ("\x1b" in shown) == coloured


@pytest.mark.usefixtures("faulty")
def test_a_listing_fits_the_terminal() -> None:
    """COLUMNS says how wide it is."""
    widest = max(len(SEQUENCE.sub("", line)) for line in lines_at_terminal(60))

    assert widest <= 60


def lines_at_terminal(columns: int) -> list[str]:
    """The lines of ``list`` at a terminal of that width, without links."""
    shown = at_terminal(("list",), {"COLUMNS": str(columns)})
    return [re.sub(r"\x1b]8;[^\x1b]*\x1b\\", "", line) for line in shown.splitlines()]


@pytest.mark.usefixtures("faulty")
@pytest.mark.parametrize(("inside", "expected"), [("", True), ("true", False)])
def test_bars_are_drawn_for_people_only(
    registry_server: RegistryServer, inside: str, *, expected: bool
) -> None:
    """Even where a CI system pretends to be a terminal, its log gets no bar."""
    registry_server.fails(Service.CROSSREF, Fault.ERROR)
    environment = registry_server.environment() | {"CI": inside, "COLUMNS": "80"}
    shown = at_terminal(("verify-dois", "--timeout", "2"), environment)

    assert ("Checking DOIs" in shown) == expected


@pytest.mark.usefixtures("faulty")
def test_annotations_come_by_themselves_inside_github_actions(
    compcite: Compcite, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    """Paths are relative to the repository; the summary stands beside them, on stderr."""
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(folder.parent))
    result = compcite("check")

    assert result.code == ExitCode.FINDINGS
    assert result.out.startswith(
        "::warning file=work/references.bib,line=3,endLine=3,col=3,endColumn=38,title="
    )
    assert result.out.count("\n") == 1
    assert result.err.startswith("Found 1 warning in 1 of 1 entry.\n")


@pytest.mark.usefixtures("faulty")
@pytest.mark.parametrize(
    ("variable", "value", "arguments"),
    [
        ("GITHUB_ACTIONS", "true", ("--report", "text")),
        ("GITHUB_ACTIONS", "false", ()),
        ("CI", "true", ()),
    ],
)
def test_text_stays_text(
    compcite: Compcite,
    monkeypatch: pytest.MonkeyPatch,
    variable: str,
    value: str,
    arguments: tuple[str, ...],
) -> None:
    """``--report`` overrides, and no other CI system gets annotations."""
    monkeypatch.setenv(variable, value)
    result = compcite("check", *arguments)

    assert (result.out.startswith("── k"), result.err) == (True, "")


@pytest.mark.usefixtures("faulty")
def test_a_file_gets_text_inside_github_actions_too(
    compcite: Compcite, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    """Annotations in a file would be read by nobody."""
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    result = compcite("check", "--output", "report.txt")

    assert (result.code, result.out) == (ExitCode.FINDINGS, "")
    assert (folder / "report.txt").read_text(encoding="utf-8").startswith("── k")


@pytest.mark.usefixtures("faulty")
def test_one_run_writes_several_forms(compcite: Compcite, folder: Path) -> None:
    """FORM=FILE goes to a file, beside what is shown; ``--diff`` shows the change alone."""
    forms = ("--report", "sarif=report.sarif", "--report", "markdown=summary.md")
    result = compcite("check", *forms)

    assert (result.code, result.out.startswith("── k")) == (ExitCode.FINDINGS, True)
    assert (folder / "report.sarif").read_text(encoding="utf-8").startswith("{")
    assert "doi-style" in (folder / "summary.md").read_text(encoding="utf-8")
    assert compcite("check", "--diff", "--report", "json=left.json").out.startswith("---")
    assert json.loads((folder / "left.json").read_text(encoding="utf-8"))["version"] == 1


@pytest.mark.usefixtures("faulty")
@pytest.mark.parametrize(
    ("forms", "sentence"),
    [
        (["json", "sarif"], "--report json and --report sarif go to one place"),
        (["json="], "--report json= names no file"),
        (["jsn=x"], "unknown report 'jsn'"),
    ],
)
def test_forms_that_cannot_be_meant_are_usage_errors(
    compcite: Compcite, forms: list[str], sentence: str
) -> None:
    """One sentence, before anything is done."""
    result = compcite("check", *(word for form in forms for word in ("--report", form)))

    assert (result.code, result.out) == (ExitCode.COULD_NOT_RUN, "")
    assert result.err.startswith(f"compcite: {sentence}")


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")
def test_an_interrupt_tells_what_is_known_so_far(
    folder: Path, registry_server: RegistryServer
) -> None:
    """One Ctrl-C while a service is silent: the report of the rest, exit 130, the cache kept."""
    numbers = range(100, 300)
    (folder / "references.bib").write_text("".join(map(entry, numbers)), encoding="utf-8")
    for number in numbers:
        registry_server.add_work(
            f"10.5555/{number}", title=[f"Title {number}"], author=[{"family": "A", "given": "B"}]
        )
    registry_server.fails(Service.CROSSREF, Fault.STALL, when="10.5555%2F299")
    registry_server.fails(Service.CROSSREF, Fault.STALL, when="10.5555/299")
    command = [sys.executable, "-m", "compcite", "verify-dois", "--report", "json"]
    asking = os.environ | registry_server.environment() | {"COMPCITE_MAILTO": "me@example.org"}
    with subprocess.Popen(
        command, env=asking, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        until(lambda: sum(one.service is Service.CROSSREF for one in registry_server.asked) > 1)
        time.sleep(1)  # for the answers to arrive
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
    found = [entry["status"] for entry in json.loads(out)["entries"]]

    assert (process.returncode, err) == (ExitCode.INTERRUPTED, "compcite: interrupted\n")
    assert (len(found), set(found)) == (200, {"verified", "unverified"})
    assert time.monotonic() - began < 5
    kept = subprocess.run(
        [*command, "--offline"], env=asking, capture_output=True, text=True, check=False
    )
    again = [entry["status"] for entry in json.loads(kept.stdout)["entries"]]
    assert again.count("verified") >= found.count("verified") > 0


def test_the_second_interrupt_ends_at_once() -> None:
    """The first is heard, the second is what Ctrl-C is everywhere."""
    heard: list[str] = []

    def interrupt_twice() -> None:
        with first_interrupt(lambda: heard.append("stop")) as interrupted:
            signal.raise_signal(signal.SIGINT)
            assert (heard, interrupted()) == (["stop"], True)
            signal.raise_signal(signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        interrupt_twice()
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_signal_that_is_ignored_stays_so() -> None:
    """A shell's background job is not ended by the Ctrl-C that is meant for others."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with first_interrupt(lambda: None) as interrupted:
            signal.raise_signal(signal.SIGINT)
            assert not interrupted()
    finally:
        signal.signal(signal.SIGINT, before)


def entry(number: int) -> str:
    """An entry whose DOI is registered."""
    return (
        f"@misc{{k{number}, title = {{Title {number}}}, author = {{A, B}}, "
        f"doi = {{10.5555/{number}}}}}\n"
    )


def stable(text: str) -> str:
    """A report without the time that it took."""
    return re.sub(r"in \d+\.\d+ s", "in 0 s", text)


def without_colour(text: str) -> str:
    """A coloured text as a pipe has it."""
    return without_blanks(stable(SEQUENCE.sub("", text)))


def without_blanks(text: str) -> str:
    """A text without blanks at the ends of its lines, which colour may keep."""
    return "\n".join(line.rstrip() for line in text.splitlines())


def until(condition: Callable[[], bool]) -> None:
    """Wait for a condition that comes true within seconds."""
    for _ in range(400):
        if condition():
            return
        time.sleep(0.05)
    raise TimeoutError


def at_terminal(command: tuple[str, ...], environment: dict[str, str]) -> str:
    """What a command shows at a terminal, standard error included."""
    pty = pytest.importorskip("pty", reason="terminals are of another kind here")
    ours, theirs = pty.openpty()
    inherited = {"TERM": "xterm-256color"} | environment
    with subprocess.Popen(
        [sys.executable, "-m", "compcite", *command],
        env=os.environ | inherited,
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
    ):
        os.close(theirs)
        shown = b""
        while chunk := read(ours):
            shown += chunk
    os.close(ours)
    return shown.decode("utf-8")


def read(terminal: int) -> bytes:
    """What a terminal shows next; nothing at its end, which Linux calls an error."""
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""
