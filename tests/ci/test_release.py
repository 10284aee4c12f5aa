"""What a release is made of: version, changelog, licences, links, workflows."""

from __future__ import annotations

import re
import runpy
import tomllib
from pathlib import Path

from compcite.version import DOCUMENTATION, __version__

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def text_of(path: Path) -> str:
    """The text of a file."""
    return path.read_text(encoding="utf-8")


def test_every_fragment_of_the_changelog_is_of_a_known_kind_and_says_something() -> None:
    """Towncrier would leave out a file of another name without a word."""
    kinds = {one["directory"] for one in PROJECT["tool"]["towncrier"]["type"]}
    files = [path for path in (ROOT / "changelog.d").iterdir() if path.suffix == ".md"]

    assert [path.name for path in files if path.name.split(".")[1] not in kinds] == []
    assert [path.name for path in files if not text_of(path).strip()] == []


def test_the_notes_of_a_release_are_its_part_of_the_changelog() -> None:
    """The part below its heading; a version that is not there is an error."""
    notes = runpy.run_path(str(ROOT / "tools" / "release_notes.py"))["notes"]
    changelog = "# Changelog\n\n## 1.1.0 (2027-01-02)\n\n- New.\n\n## 1.0.0\n\n- Old.\n"

    assert notes(changelog, "1.1.0") == "- New.\n"
    assert notes(changelog, "1.0.0") == "- Old.\n"
    assert notes(changelog, "1.0") is None


def test_every_licence_file_is_there() -> None:
    """The metadata name two licences, and both texts are passed on."""
    project = PROJECT["project"]

    assert project["license"] == "MIT AND CC-BY-SA-3.0"
    assert [text_of(ROOT / name).splitlines()[0] for name in project["license-files"]] == [
        "MIT License",
        "Creative Commons Legal Code",
    ]


def test_the_documentation_names_one_repository_and_this_version() -> None:
    """The action, the hooks and the links are those of the project's own address."""
    address = PROJECT["project"]["urls"]["Repository"].removeprefix("https://github.com/")
    pages = [text_of(path) for path in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))]
    used = re.findall(r"uses: ([^@\s]+/compcite)@(\S+?)[,}\s]", "".join(pages))
    revisions = re.findall(r"github\.com/(\S+/compcite)\n    rev: (\S+)", "".join(pages))
    installed = re.findall(r"install [^\n]*compcite==(\S+)", "".join(pages))

    assert PROJECT["project"]["urls"]["Documentation"] == DOCUMENTATION
    assert set(used) == set(revisions) == {(address, f"v{__version__}")}
    assert set(installed) == {__version__}


def test_links_of_the_readme_lead_to_files_that_are_there() -> None:
    """On an index page they are made absolute; here they are relative."""
    links = re.findall(r"\]\((?!https?://|#)([^)#]+)", text_of(ROOT / "README.md"))

    assert [link for link in links if not (ROOT / link).exists()] == []
