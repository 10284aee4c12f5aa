"""Patches between two versions of a source, also where most of its lines have moved."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from compcite.files.patch import patch_of
from compcite.model.source import SourceFile

FEW_LINES = st.lists(st.sampled_from(["a", "b", "}", "", "é"]), max_size=30)
MANY = [f"@misc{{k{number},\n  note = {{N}}\n}}\n" for number in range(400)]


def source(text: str) -> SourceFile:
    """A source of this text."""
    return SourceFile("x.bib", text, Path("x.bib"))


def patched(before: str, patch: bytes) -> str:
    """What ``patch`` makes of a text: the lines between its hunks, and those of its hunks."""
    old, new, at = before.split("\n"), [], 0
    for line in patch.decode().split("\n")[2:-1]:
        if line.startswith("@@"):
            start, _, length = line.split()[1][1:].partition(",")
            first = int(start) - (length != "0")
            new += old[at:first]
            at = first
            continue
        if line[0] in " -":
            assert old[at] == line[1:]
            at += 1
        if line[0] in " +":
            new.append(line[1:])
    return "\n".join(new + old[at:])


@given(FEW_LINES, FEW_LINES)
def test_a_patch_makes_one_text_of_the_other(before: list[str], after: list[str]) -> None:
    """Whatever lines both have, and wherever these stand."""
    old, new = ("".join(f"{line}\n" for line in lines) for lines in (before, after))

    assert patched(old, patch_of(source(old), source(new))) == new


def test_one_moved_block_is_one_removal_and_one_addition() -> None:
    """However long it is; what stands between the two places is no change."""
    old, new = "".join(MANY), "".join(MANY[200:] + MANY[:200])

    patch = patch_of(source(old), source(new))

    changed = [line for line in patch.split(b"\n") if line[:1] in (b"+", b"-")]
    assert patched(old, patch) == new
    assert len(changed) == 2 + 2 * 200 * 3


def test_a_text_in_another_order_is_one_patch() -> None:
    """Entries that trade places everywhere, as after sorting."""
    old, new = "".join(MANY), "".join(MANY[::-1])

    assert patched(old, patch_of(source(old), source(new))) == new
