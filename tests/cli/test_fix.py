"""``--fix``, ``--unsafe-fixes`` and ``--diff``: files, standard input, exit codes."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from compcite.cli import _changes
from compcite.errors import ExitCode
from compcite.files.sources import Changed, write_sources

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.cli.conftest import Compcite
    from tests.registry_server import RegistryServer

NEFF = "10.1080/15298860309032"
FAULTY = f"""% mine
@article{{neff2003self,
  author  = {{Neff, Kristin D.}},
  title   = {{Self-Compassion: An Alternative Conceptualization}},
  journal = {{Self and Identity}},
  year    = 2003,
  volume  = 17,
  doi     = {{https://doi.org/{NEFF}}}
}}
"""
TIDY = FAULTY.replace("https://doi.org/", "")
RIGHT = TIDY.replace("17", "2")
RECORD = {
    "title": ["Self-Compassion: An Alternative Conceptualization"],
    "author": [{"family": "Neff", "given": "Kristin D."}],
    "container-title": ["Self and Identity"],
    "issued": {"date-parts": [[2003]]},
    "volume": "2",
}


@pytest.fixture
def bib(folder: Path) -> Path:
    """A file with a DOI that is a link, and a wrong volume."""
    path = folder / "references.bib"
    path.write_text(FAULTY, encoding="utf-8", newline="")
    return path


@pytest.fixture
def registries(registries: RegistryServer) -> RegistryServer:
    """The registries' stand-in, which knows the work."""
    registries.add_work(NEFF, **RECORD)
    return registries


def text_of(path: Path) -> str:
    """The text of a file, line ends as they are."""
    return path.read_bytes().decode("utf-8")


def test_fix_applies_what_is_safe_and_reports_what_remains(compcite: Compcite, bib: Path) -> None:
    """Each fix is told on stderr; the report has nothing left to say."""
    result = compcite("check", "--fix", "--report", "json")

    assert (result.code, text_of(bib)) == (ExitCode.OK, TIDY)
    assert json.loads(result.out)["entries"][0]["findings"] == []
    assert result.err == (
        f"compcite: references.bib:8:3: doi-style: fixed: Write {NEFF} and nothing else\n"
        "Fixed 1 finding in 1 source.\n"
    )


def test_without_fix_nothing_is_written_and_edits_are_reported(
    compcite: Compcite, bib: Path
) -> None:
    """A program can apply the reported edits itself."""
    report = json.loads(compcite("check", "--report", "json").out)
    (edit,) = report["entries"][0]["findings"][0]["fix"]["edits"]

    assert text_of(bib) == FAULTY
    assert FAULTY[: edit["start"]] + edit["text"] + FAULTY[edit["end"] :] == TIDY


@pytest.mark.usefixtures("registries")
def test_verify_dois_fixes_and_asks_once(
    compcite: Compcite, bib: Path, registries: RegistryServer
) -> None:
    """Safe fixes leave the volume; the answers of the run judge what remains."""
    result = compcite("verify-dois", "--fix", "--report", "json")
    asked = len(registries.asked)
    (finding,) = json.loads(result.out)["entries"][0]["findings"]

    assert (result.code, text_of(bib)) == (ExitCode.FINDINGS, TIDY)
    assert (finding["rule"], asked) == ("volume-mismatch", 1)


@pytest.mark.usefixtures("registries")
def test_unsafe_fixes_take_the_registered_values(compcite: Compcite, bib: Path) -> None:
    """Both values are shown."""
    result = compcite("verify-dois", "--fix", "--unsafe-fixes")

    assert (result.code, text_of(bib)) == (ExitCode.OK, RIGHT)
    assert "volume-mismatch: fixed: Take the registered volume: 2 for 17\n" in result.err


@pytest.mark.usefixtures("registries")
def test_select_chooses_what_is_fixed(compcite: Compcite, bib: Path) -> None:
    """A rule that is not reported is not fixed."""
    compcite("verify-dois", "--fix", "--unsafe-fixes", "--select", "volume-mismatch")

    assert text_of(bib) == FAULTY.replace("17", "2")


def test_what_is_ignored_is_not_fixed(compcite: Compcite, bib: Path) -> None:
    """Somebody looked at it and wants it so."""
    ignored = FAULTY.replace("% mine", "% compcite: ignore[doi-style] our readers click it")
    bib.write_text(ignored, encoding="utf-8")
    result = compcite("check", "--fix")

    assert (result.code, text_of(bib)) == (ExitCode.OK, ignored)
    assert result.err == "Nothing to fix.\n"


@pytest.mark.skipif(shutil.which("patch") is None, reason="patch is not on this machine")
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("last", [True, False])
def test_a_diff_given_to_patch_is_the_fix(
    compcite: Compcite,
    bib: Path,
    end: str,
    last: bool,  # noqa: FBT001 - a case
) -> None:
    """Nothing is written, and 1 says that there is something to do."""
    text = FAULTY.replace("\n", end)
    text = text if last else text.removesuffix(end)
    bib.write_bytes(text.encode())
    result = compcite("check", "--diff")
    fixed = text.replace("https://doi.org/", "")

    assert (result.code, text_of(bib)) == (ExitCode.FINDINGS, text)
    assert result.err == "Would fix 1 finding in 1 source.\n"
    subprocess.run(["patch", "-s"], input=result.out.encode(), check=True)  # noqa: S607
    assert text_of(bib) == fixed


def test_a_diff_of_nothing_is_empty(compcite: Compcite, bib: Path) -> None:
    """0: there is nothing to do, whatever else may be wrong."""
    bib.write_text(TIDY.replace("year", "jear"), encoding="utf-8")
    result = compcite("check", "--diff")

    assert (result.code, result.out, result.err) == (ExitCode.OK, "", "Nothing to fix.\n")


def test_standard_input_is_fixed_to_standard_output(
    compcite: Compcite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a filter; the report goes to standard error."""
    given = io.TextIOWrapper(io.BytesIO(FAULTY.replace("\n", "\r\n").encode()))
    monkeypatch.setattr(sys, "stdin", given)
    result = compcite("check", "-", "--fix")

    assert (result.code, result.out) == (ExitCode.OK, TIDY.replace("\n", "\r\n"))
    assert "Checked 1 entry" in result.err


def test_mode_and_symbolic_link_stay(compcite: Compcite, folder: Path, bib: Path) -> None:
    """The file that the link leads to is written."""
    bib.chmod(0o640)
    link = folder / "link.bib"
    link.symlink_to(bib.name)
    compcite("check", "link.bib", "--fix")

    assert (link.is_symlink(), text_of(bib)) == (True, TIDY)
    assert bib.stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="everything is writable")
def test_a_file_that_is_not_writable_is_refused(compcite: Compcite, bib: Path) -> None:
    """One sentence, and 2."""
    bib.chmod(0o440)
    result = compcite("check", "--fix")

    assert (result.code, text_of(bib)) == (ExitCode.COULD_NOT_RUN, FAULTY)
    assert result.err == "compcite: references.bib: cannot be written: the file is not writable\n"


def test_of_several_files_all_are_written_or_none(
    compcite: Compcite, bib: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the second cannot be written, the first is as it was, and nothing lies about."""
    other = folder / "other.bib"
    other.write_text(FAULTY.replace("neff", "ffen"), encoding="utf-8")
    allowed = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: path != other and allowed(path, mode))
    result = compcite("check", "references.bib", "other.bib", "--fix", "--select", "doi-style")

    assert result.code == ExitCode.COULD_NOT_RUN
    assert result.err == "compcite: other.bib: cannot be written: the file is not writable\n"
    assert (text_of(bib), len(list(folder.iterdir()))) == (FAULTY, 2)


@pytest.mark.skipif(not hasattr(os, "chown") or os.geteuid() != 0, reason="only root may")
def test_the_owner_stays(compcite: Compcite, bib: Path) -> None:
    """What root repairs for somebody is still theirs."""
    os.chown(bib, 65534, 65534)
    compcite("check", "--fix")

    assert (bib.stat().st_uid, bib.stat().st_gid, text_of(bib)) == (65534, 65534, TIDY)


@pytest.mark.skipif(not Path("/dev/fd").is_dir(), reason="pipes with a name are of POSIX")
def test_a_pipe_is_read_once_and_not_written(compcite: Compcite) -> None:
    """It is how a shell gives ``<(command)``; it cannot be read again to see a change."""
    readable, writable = os.pipe()
    with os.fdopen(writable, "w") as pipe:
        pipe.write(FAULTY)
    result = compcite("check", f"/dev/fd/{readable}", "--fix")
    os.close(readable)

    assert result.code == ExitCode.COULD_NOT_RUN
    assert result.err.startswith(f"compcite: /dev/fd/{readable}: is no regular file, so it cannot")


def test_a_long_name_is_no_hindrance(compcite: Compcite, folder: Path) -> None:
    """The temporary file has a name of its own."""
    path = folder / f"{'x' * 250}.bib"
    path.write_text(FAULTY, encoding="utf-8")
    compcite("check", path.name, "--fix")

    assert text_of(path) == TIDY


def test_a_file_that_changes_meanwhile_is_refused(
    compcite: Compcite, bib: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What somebody else wrote is not lost."""

    def late(pairs: Sequence[Changed]) -> None:
        bib.write_text("@misc{new, title = {New}}\n", encoding="utf-8")
        write_sources(pairs)

    monkeypatch.setattr(_changes, "write_sources", late)
    result = compcite("check", "--fix")

    assert (result.code, text_of(bib)) == (ExitCode.COULD_NOT_RUN, "@misc{new, title = {New}}\n")
    assert "another program has changed it" in result.err


def test_unsafe_fixes_alone_mean_nothing(compcite: Compcite, bib: Path) -> None:
    """They say which fixes, not what to do with them."""
    result = compcite("check", "--unsafe-fixes")

    assert (result.code, text_of(bib)) == (ExitCode.COULD_NOT_RUN, FAULTY)
    assert "--unsafe-fixes says which fixes" in result.err


def test_a_format_that_cannot_be_fixed_is_named(compcite: Compcite, folder: Path) -> None:
    """Nobody takes its faults for mended."""
    (folder / "x.ris").write_text("TY  - JOUR\nDO  - doi:10.1000/a\nER  - \n", encoding="utf-8")
    result = compcite("check", "x.ris", "--fix", "--select", "doi-style")

    assert result.err.splitlines()[:2] == [
        "x.ris: only .bib and CSL-JSON files can be fixed.",
        "Nothing to fix.",
    ]


def test_csl_json_is_fixed_too(compcite: Compcite, folder: Path) -> None:
    """One member changes; the layout stays."""
    text = '[{"id": "a", "type": "book",\n  "title": "T", "DOI":"doi:10.1000/a" }]'
    (folder / "x.json").write_text(text, encoding="utf-8")
    compcite("check", "x.json", "--fix", "--select", "doi-style")

    assert text_of(folder / "x.json") == text.replace("doi:", "")


def test_a_baseline_of_a_state_that_is_only_shown_is_refused(compcite: Compcite, bib: Path) -> None:
    """``--diff`` changes nothing, so there is nothing new to accept."""
    result = compcite("check", str(bib), "--diff", "--write-baseline", "accepted.json")

    assert (result.code, result.out) == (ExitCode.COULD_NOT_RUN, "")


def test_places_are_those_of_the_file_as_it_was(compcite: Compcite, folder: Path) -> None:
    """Also of what a second pass does, behind entries that the first one has removed."""
    entry = "@misc{a, title = {A title of some length}, author = {Au, T.}, year = 2001}\n"
    other = entry.replace("{a,", "{b,")
    third = entry.replace("{a,", "{c,")
    (folder / "references.bib").write_text(f"{entry}\n{other}\n{third}", encoding="utf-8")

    result = compcite("check", "--select", "L7", "--fix", "--unsafe-fixes")

    places = [line.split(": ")[1] for line in result.err.splitlines()[:2]]
    assert places == ["references.bib:3:7", "references.bib:5:7"]


def test_duplicates_are_merged_on_demand(compcite: Compcite, folder: Path) -> None:
    """Each merger is shown with the key to cite; what contradicts stays, and is told apart."""
    path = folder / "references.bib"
    one = "@misc{a,\n  title = {A title of some length},\n  author = {Au, T.},\n  year = 2001\n}\n"
    two = one.replace("{a,", "{b,").replace("2001", "2001,\n  note = {Read}")
    path.write_text(f"{one}\n{two}\n@book{{a, title = {{Another}}}}\n", encoding="utf-8")

    result = compcite("check", "--select", "L7", "--fix", "--unsafe-fixes")

    assert path.read_text(encoding="utf-8") == (
        "@misc{a,\n  title = {A title of some length},\n  author = {Au, T.},\n  year = 2001,\n"
        "  note = {Read},\n  ids = {b}\n}\n\n@book{a, title = {Another}}\n"
    )
    assert result.err.splitlines()[0] == (
        "compcite: references.bib:7:7: work-duplicated: fixed: "
        "Merge the entry into a (references.bib:1), and cite a for b; a gets ids, note"
    )
    assert "the key is that of the entry references.bib:1\n" in result.out
    assert result.code == ExitCode.FINDINGS
