"""Which files an audit reads: of folders, patterns and paths, each once and in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compcite.audit.members import find_members
from compcite.errors import SourceError

if TYPE_CHECKING:
    from pathlib import Path


def names(*paths: Path | str) -> list[str]:
    """The names of the members that some paths lead to."""
    return [member.name for member in find_members([str(path) for path in paths])]


def test_a_folder_means_its_lists_and_documents_in_order_of_names(tmp_path: Path) -> None:
    """Hidden files, folders of installed packages and other kinds of files are no lists."""
    for name in (
        "b.bib",
        "a/refs.ris",
        "a/paper.tex",
        "a/picture.png",
        ".git/config.txt",
        ".hidden.bib",
        "node_modules/x/refs.bib",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("", encoding="utf-8")

    assert names(tmp_path) == [
        f"{tmp_path}/b.bib",
        f"{tmp_path}/a/paper.tex",
        f"{tmp_path}/a/refs.ris",
    ]


def test_a_pattern_means_every_file_that_fits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also those whose ending is not that of a list: whoever writes a pattern means it."""
    for name in ("1/x.refs", "2/x.refs", "2/y.other"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("", encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    assert names("*/*.refs") == ["1/x.refs", "2/x.refs"]


def test_a_file_that_two_paths_lead_to_comes_once(tmp_path: Path) -> None:
    """Its entries would else be counted twice."""
    file = tmp_path / "a.bib"
    file.write_text("", encoding="utf-8")

    assert names(file, tmp_path) == [str(file)]


@pytest.mark.parametrize("path", ["absent.bib", "absent/*.bib"])
def test_a_path_that_leads_nowhere_is_an_error(path: str) -> None:
    """A typing mistake must not look like an audit without findings."""
    with pytest.raises(SourceError, match=r"^absent.*: (there is )?no "):
        names(path)


def test_paths_without_a_list_or_document_are_an_error(tmp_path: Path) -> None:
    """An audit of nothing would else look like one that found nothing."""
    (tmp_path / "notes.py").write_text("", encoding="utf-8")

    with pytest.raises(SourceError, match="no list and no document; files count by their endings"):
        list(find_members([str(tmp_path)]))


def test_a_file_that_cannot_be_read_is_a_member_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One file that is too large does not end an audit of thousands."""
    (tmp_path / "large.bib").write_text("x" * 100, encoding="utf-8")
    (tmp_path / "small.bib").write_text("x", encoding="utf-8")
    monkeypatch.setenv("COMPCITE_MAX_MEGABYTES", "0.00005")

    large, small = find_members([str(tmp_path)])

    assert "it is larger than 5e-05 MB" in str(large.problem)
    assert small.problem is None
