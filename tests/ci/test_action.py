"""The GitHub action and the five lines of the README that use it, run step by step.

The steps that are scripts run as the runner would run them; those that call other actions
(checkout, Python, cache, upload) and the installation are left to the machine.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from compcite.errors import ExitCode
from compcite.version import __version__
from tests.registry_server import Fault, Service

if TYPE_CHECKING:
    from tests.registry_server import RegistryServer

ROOT = Path(__file__).parents[2]
RIGHT, WRONG, RETRACTED = "10.1234/right", "10.1234/wrong", "10.1234/retracted"
TITLES = {
    RIGHT: "Self-Compassion: An Alternative Conceptualization",
    WRONG: "Percolation thresholds of hexagonal lattices",
    RETRACTED: "Miracles of a single dose",
}
AUTHORS = {RIGHT: "Neff", WRONG: "Ortega", RETRACTED: "Hasty"}


def entry(key: str, work: str, doi: str) -> str:
    """An entry of four lines; the DOI stands on the fourth."""
    return (
        f"@article{{{key},\n  author = {{{AUTHORS[work]}, A.}}, year = 2003,\n"
        f"  title = {{{TITLES[work]}}}, journal = {{Journal}},\n  doi = {{{doi}}}\n}}\n"
    )


@dataclass
class Scratch:
    """A repository with the README's workflow, and the runner's variables."""

    folder: Path
    temp: Path
    registries: RegistryServer

    def push(self, *entries: str) -> None:
        """Commit a reference list."""
        (self.folder / "references.bib").write_text("".join(entries), encoding="utf-8")
        for command in (["add", "-A"], ["commit", "-q", "-m", "references"]):
            identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
            subprocess.run(
                ["git", *identity, *command],  # noqa: S607 - the git of the machine
                cwd=self.folder,
                check=True,
            )

    def run(self, **inputs: str) -> subprocess.CompletedProcess[str]:
        """What the action's main step does with these inputs."""
        action = loaded((ROOT / "action.yml").read_text(encoding="utf-8"))
        values = {f"inputs.{name}": one["default"] for name, one in action["inputs"].items()}
        values |= {f"inputs.{name.replace('_', '-')}": value for name, value in inputs.items()}
        values["runner.temp"] = str(self.temp)
        values["steps.install.outputs.bin"] = str(self.temp / "bin")
        (step,) = (one for one in action["runs"]["steps"] if one.get("id") == "run")
        environment = {name: filled(value, values) for name, value in step["env"].items()}
        return subprocess.run(
            ["bash", "-eo", "pipefail", "-c", step["run"]],  # noqa: S607 - as the runner does
            cwd=self.folder / filled(step["working-directory"], values),
            env=self._runner() | self.registries.environment() | environment,
            capture_output=True,
            text=True,
            check=False,
        )

    @property
    def summary(self) -> str:
        """What the job's page shows."""
        return (self.temp / "summary.md").read_text(encoding="utf-8")

    @property
    def outputs(self) -> list[str]:
        """The step's outputs, the latest last."""
        return (self.temp / "output").read_text(encoding="utf-8").splitlines()

    def _runner(self) -> dict[str, str]:
        return {
            name: value for name, value in os.environ.items() if not name.startswith("COMPCITE_")
        } | {
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_WORKSPACE": str(self.folder),
            "GITHUB_OUTPUT": str(self.temp / "output"),
            "GITHUB_STEP_SUMMARY": str(self.temp / "summary.md"),
        }


def loaded(text: str) -> dict[str, Any]:
    """A document in YAML."""
    import yaml

    document: dict[str, Any] = yaml.safe_load(text)
    return document


def filled(text: str, values: dict[str, str]) -> str:
    """A text of the action with its expressions replaced by their values."""
    return re.sub(r"\$\{\{ (.*?) \}\}", lambda match: values[match[1]], text)


@pytest.fixture
def scratch(tmp_path: Path, registry_server: RegistryServer) -> Scratch:
    """A repository of its own whose workflow is that of the README."""
    if not shutil.which("bash") or not shutil.which("git"):
        pytest.skip("the runner's bash and git are not here")
    temp = tmp_path / "runner"
    (temp / "bin").mkdir(parents=True)
    program = temp / "bin" / "compcite"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m compcite "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    python = temp / "bin" / "python"
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    folder = tmp_path / "repository"
    workflow = folder / ".github" / "workflows" / "references.yml"
    workflow.parent.mkdir(parents=True)
    workflow.write_text(five_lines(), encoding="utf-8")
    subprocess.run(["git", "init", "-q", str(folder)], check=True)  # noqa: S607 - as above
    for doi, title in TITLES.items():
        registry_server.add_work(
            doi,
            title=[title],
            author=[{"family": AUTHORS[doi], "given": "A."}],
            issued={"date-parts": [[2003]]},
            **{"container-title": ["Journal"]},
        )
    notice = {"type": "retraction", "source": "publisher", "DOI": "10.1234/notice"}
    registry_server.works[RETRACTED]["updated-by"] = [notice]
    return Scratch(folder, temp, registry_server)


def five_lines() -> str:
    """The workflow in the README."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    return readme.partition("```yaml\n")[2].partition("```")[0]


def test_the_readme_sets_up_in_five_lines() -> None:
    """A job that checks out and calls the action."""
    workflow = loaded(five_lines())
    (job,) = workflow["jobs"].values()

    assert len(five_lines().splitlines()) == 5
    assert [step["uses"].partition("@")[0] for step in job["steps"]] == [
        "actions/checkout",
        "compcite/compcite",
    ]


def test_a_push_with_faults_fails_on_the_very_fields_and_passes_once_they_are_mended(
    scratch: Scratch,
) -> None:
    """One wrong DOI and one retracted work: 1, each annotation on its ``doi``; mended: 0."""
    scratch.push(
        entry("good", RIGHT, RIGHT), entry("bad", RIGHT, WRONG), entry("gone", RETRACTED, RETRACTED)
    )
    failed = scratch.run()
    errors = re.findall(
        "^::error (.*?),endLine=.*?,(col=.*?),title=(.*?)::", failed.stdout, re.MULTILINE
    )

    assert failed.returncode == ExitCode.FINDINGS
    assert errors == [
        ("file=references.bib,line=9", "col=3,endColumn=24", "M500 wrong-work (bad)"),
        ("file=references.bib,line=14", "col=3,endColumn=28", "R600 work-retracted (gone)"),
    ]
    assert "Found 2 errors" in failed.stderr
    assert "wrong-work" in scratch.summary
    assert scratch.outputs[-1] == "exit-code=1"

    scratch.push(entry("good", RIGHT, RIGHT), entry("better", WRONG, WRONG))
    mended = scratch.run()

    assert (mended.returncode, mended.stdout) == (ExitCode.OK, "")
    assert scratch.outputs[-6:] == [
        "entries=2",
        "errors=0",
        "warnings=0",
        "notes=0",
        "unverified=0",
        "exit-code=0",
    ]


def test_an_outage_is_told_apart(scratch: Scratch) -> None:
    """3, which ``args`` can make a 0; no annotation says that a DOI is wrong."""
    scratch.push(entry("good", RIGHT, RIGHT))
    for service in Service:
        scratch.registries.fails(service, Fault.BLOCKED)
    failed = scratch.run()
    passed = scratch.run(args="--on-outage pass")

    assert (failed.returncode, passed.returncode) == (ExitCode.UNVERIFIED, ExitCode.OK)
    assert "::error" not in failed.stdout


def test_inputs_are_data(scratch: Scratch) -> None:
    """Nothing in them is run, patterns reach compcite, and a source is never an option."""
    scratch.push(entry("good", RIGHT, RIGHT))
    hostile = scratch.run(sources="$(touch\thacked) `touch\thacked`;touch")
    option = scratch.run(sources="--version")
    pattern = scratch.run(sources="*.bib", command="check", sarif_file="compcite.sarif")

    assert not (scratch.folder / "hacked").exists()
    assert (hostile.returncode, option.returncode) == (ExitCode.COULD_NOT_RUN,) * 2
    assert pattern.returncode == ExitCode.OK
    assert "sarif-file=compcite.sarif" in scratch.outputs
    assert (scratch.folder / "compcite.sarif").is_file()


def test_an_input_that_makes_no_sense_is_refused(scratch: Scratch) -> None:
    """Nothing is done in its place, and no second line of it becomes an output of the step."""
    scratch.push(entry("good", RIGHT, RIGHT))
    lines = scratch.run(command="check", sarif_file="a.sarif\nerrors=0")
    switch = scratch.run(suggest="yes")

    assert (lines.returncode, switch.returncode) == (ExitCode.COULD_NOT_RUN,) * 2
    assert lines.stdout == "::error title=compcite::sarif-file is one path, on one line\n"
    assert switch.stdout == "::error title=compcite::suggest is true or false\n"
    assert scratch.outputs == ["exit-code=2"] * 2


def test_a_file_that_was_not_written_is_not_uploaded(scratch: Scratch) -> None:
    """Else the upload's own error would hide why compcite could not run."""
    scratch.push(entry("good", RIGHT, RIGHT))
    ran = scratch.run(sarif_file="references.bib")

    assert (ran.returncode, scratch.outputs) == (ExitCode.COULD_NOT_RUN, ["exit-code=2"])


def test_sources_stand_one_a_line_and_may_have_blanks(scratch: Scratch) -> None:
    """As people name their files; empty lines mean nothing."""
    scratch.push(entry("good", RIGHT, RIGHT))
    names = ("my list.bib", "chapters/second list.bib")
    (scratch.folder / "chapters").mkdir()
    for place, name in enumerate(names):
        (scratch.folder / name).write_text(entry(f"k{place}", RIGHT, RIGHT), encoding="utf-8")
    ran = scratch.run(sources="\n  " + "\n\n".join(names) + "\n", command="check")

    assert (ran.returncode, scratch.outputs[0]) == (ExitCode.OK, "entries=2")


def test_the_version_that_is_installed_is_this_one() -> None:
    """Who pins the action to a tag gets the compcite of that tag."""
    action = loaded((ROOT / "action.yml").read_text(encoding="utf-8"))

    assert action["inputs"]["version"]["default"] == __version__


def test_what_the_action_uses_is_pinned() -> None:
    """Other actions by commit, packages by hash; the packages are those that compcite needs."""
    texts = [
        path.read_text(encoding="utf-8")
        for path in (ROOT / "action.yml", *sorted((ROOT / ".github" / "workflows").glob("*.yml")))
    ]
    used = re.findall(r"uses: (?!\./)(\S+)", "".join(texts))
    pinned = ROOT / ".github" / "requirements" / "requirements.txt"
    lines = pinned.read_text(encoding="utf-8").replace("\\\n", "").splitlines()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = {re.split(r"[<>=]", one)[0] for one in project["dependencies"]}

    assert [one for one in used if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", one)] == []
    assert [line for line in lines if line.count("--hash=sha256:") == 0] == []
    assert needed - {line.partition("==")[0] for line in lines} == set()


def test_every_input_is_used_and_documented() -> None:
    """An input that nobody reads would be a trap, one that nobody knows a waste."""
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    page = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    names = [*loaded(text)["inputs"], *loaded(text)["outputs"]]

    assert [name for name in names if f"puts.{name} " not in text] == []
    assert [name for name in names if f"`{name}`" not in page] == []


def test_made_up_references_fail_where_the_action_looks_for_them(scratch: Scratch) -> None:
    """The input ``suggest``; without it the configuration decides, which is off by default."""
    made_up = entry("made2003up", RIGHT, "").replace(TITLES[RIGHT], "A wholly invented study")
    scratch.push(made_up)

    assert scratch.run().returncode == ExitCode.OK
    ran = scratch.run(suggest="true")
    assert ran.returncode == ExitCode.FINDINGS
    assert "know no such work" in ran.stdout
    (scratch.folder / "compcite.toml").write_text("suggest = true\n", encoding="utf-8")
    assert scratch.run().returncode == ExitCode.FINDINGS
    assert scratch.run(suggest="false").returncode == ExitCode.OK


def test_the_action_writes_the_lock_that_it_is_given(scratch: Scratch) -> None:
    """So that a later step can commit it; `check` has no lock."""
    scratch.push(entry("neff2003self", RIGHT, RIGHT))

    assert scratch.run(lock="refs.lock").returncode == ExitCode.OK
    assert RIGHT in (scratch.folder / "refs.lock").read_text(encoding="utf-8")
    assert scratch.run(command="check", lock="refs.lock", suggest="true").returncode == ExitCode.OK
