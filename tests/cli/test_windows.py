"""What can be shown of Windows without Windows: its code page, its paths."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path, PureWindowsPath

import pytest

from compcite.cli._report import known_forms
from compcite.model.source import SourceFile
from compcite.reporters import REPORTERS, places, sarif
from compcite.reporters.options import ReportOptions
from tests.reporters.sample_reports import full_report


def _run(*arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run compcite with standard streams in the code page of western Europe."""
    return subprocess.run(
        [sys.executable, "-m", "compcite", *arguments],
        env={**os.environ, "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"},
        input=given,
        capture_output=True,
        check=False,
    )


@pytest.mark.usefixtures("folder")
def test_the_code_page_of_a_console_does_not_matter() -> None:
    """Results and messages are UTF-8; so no title is too rare to be written."""
    Path("references.bib").write_text("@misc{a, title = {北京 Schön ő}}", encoding="utf-8")
    listed, refused = _run("list"), _run("show", "北京")

    assert (listed.returncode, "北京 Schön ő" in listed.stdout.decode()) == (0, True)
    assert (refused.returncode, "北京" in refused.stderr.decode()) == (2, True)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_standard_input_is_read_as_a_file_is(encoding: str) -> None:
    """Its bytes tell the encoding, not the code page; line ends of Windows are line ends."""
    given = "@misc{a,\r\n  title = {Schön}\r\n}\r\n".encode(encoding)
    listed = _run("list", "-", "--format", "tsv", given=given)

    assert (listed.returncode, "\tSchön\t" in listed.stdout.decode()) == (0, True)


def test_a_report_goes_to_a_file_on_a_drive() -> None:
    """Only the first equals sign parts the form from the file; a colon parts nothing."""
    forms = known_forms([r"json=C:\a=b\found.json"], None)

    assert forms.copies == (("json", Path(r"C:\a=b\found.json")),)


@pytest.mark.parametrize(
    ("name", "path", "uri"),
    [
        (r"refs\my list.bib", "refs/my list.bib", "refs/my%20list.bib"),
        (r"C:\refs\a.bib", "C:/refs/a.bib", "file:///C:/refs/a.bib"),
        (r"\\server\share\a.bib", "//server/share/a.bib", "file://server/share/a.bib"),
    ],
)
def test_paths_in_reports_have_forward_slashes(
    name: str, path: str, uri: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """CI systems compare them with the paths of the repository; SARIF has addresses."""
    monkeypatch.setattr(places, "Path", PureWindowsPath)
    monkeypatch.setattr(sarif, "PurePath", PureWindowsPath)
    source = SourceFile(name, "")

    assert places.relative_path(source, None) == path
    assert sarif._location(source, ReportOptions())["uri"] == uri


def test_an_annotation_escapes_the_colon_of_a_drive(monkeypatch: pytest.MonkeyPatch) -> None:
    """GitHub reads a colon in a property as the end of all properties."""
    monkeypatch.setattr("compcite.reporters.fingerprints.relative_path", lambda *_: "D:/a/refs.bib")

    assert "file=D%3A/a/refs.bib,line=" in REPORTERS["github"](full_report())
