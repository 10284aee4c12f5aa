"""Lists copied with what pages have beside their text, and with prose around them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from compcite.formats.plain_text import read_plain_text
from compcite.formats.plain_text.furniture import clear_furniture
from compcite.model.source import SourceFile

NEFF = (
    "Neff, K. D. (2003). Self-compassion: An alternative\n"
    "    conceptualization of a healthy attitude. Self and\n"
    "    Identity, 2(2), 85–101."
)
GERMER = "Germer, C. (2009). The mindful path. Guilford Press."


def _read(text: str) -> tuple[list[tuple[str, str]], list[str]]:
    """The titles and pages of a list, and what is no reference in it."""
    entries, problems = read_plain_text(SourceFile("list.txt", text))
    read = [
        (e.item.text["title"], e.item.text.get("page", ""))
        for e in entries
        if "title" in e.item.text
    ]
    return read, [text[p.span.start : p.span.end] for p in problems]


def test_page_number_and_running_head_within_a_reference() -> None:
    """A reference goes on behind the page's end; the number and the head are named."""
    broken = NEFF.replace("a healthy", "a healthy\n\n103\n\nJOURNAL OF KINDNESS\n\n    ", 1)

    assert _read(f"References\n\n{broken}\n{GERMER}\n") == (
        [
            ("Self-compassion: An alternative conceptualization of a healthy attitude", "85-101"),
            ("The mindful path", ""),
        ],
        ["103", "JOURNAL OF KINDNESS"],
    )


def test_page_numbers_without_blank_lines() -> None:
    """Numbers alone on their lines that count on from page to page are page numbers."""
    one = NEFF.replace("attitude.", "attitude.\n103\n    ")
    two = GERMER.replace("path.", "path.\n104\n    ")
    read, named = _read(f"{one}\n{two}\n")

    assert [title for title, _ in read] == [
        "Self-compassion: An alternative conceptualization of a healthy attitude",
        "The mindful path",
    ]
    assert named == ["103", "104"]


def test_second_half_of_a_range_is_no_page_number() -> None:
    """A number alone on the last line of a reference is the end of its pages."""
    read, named = _read(f"{NEFF.replace('85–101.', '85–')}\n    101\n{GERMER}\n")

    assert (read[0][1], named) == ("85-101", [])


def test_prose_behind_a_numbered_list_is_named() -> None:
    """What follows the last number behind a blank line is no part of that reference."""
    text = f"[1] {NEFF}\n[2] {GERMER}\n\nAll data are available on request.\n"
    read, named = _read(text)

    assert read[1] == ("The mindful path", "")
    assert named == ["All data are available on request."]


@given(st.text(st.sampled_from("a 1\n\f\r.–J"), max_size=40))
def test_clearing_keeps_every_other_character(text: str) -> None:
    """Only what is named is cleared, and nothing moves."""
    cleared, named = clear_furniture(text)

    assert len(cleared) == len(text)
    kept = {at for at, char in enumerate(text) if not char.isspace()}
    kept -= {at for start, end in named for at in range(start, end)}
    assert [text[at] for at in sorted(kept)] == [cleared[at] for at in sorted(kept)]
    assert "".join(cleared.split()) == "".join(text[at] for at in sorted(kept))
