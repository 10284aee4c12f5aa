"""Proceedings and meetings in plain text: abbreviated titles, places, dates."""

from __future__ import annotations

import pytest

from compcite.formats.plain_text import parse_reference

PROCEEDINGS = {
    "acronym behind the last word": (
        "Proc. Adv. Neural Inf. Process. Syst. (NIPS), vol. 30, 2017, pp. 1–11.",
        ("Proc. Adv. Neural Inf. Process. Syst. (NIPS)", None, None),
    ),
    "places behind the acronym": (
        (
            "Proc. IEEE Conf. Comput. Vis. Pattern Recognit. (CVPR), Las Vegas, NV, USA, "
            "Jun. 2017, "
            "pp. 1–11."
        ),
        ("Proc. IEEE Conf. Comput. Vis. Pattern Recognit. (CVPR)", "Las Vegas, NV, USA", None),
    ),
    "last word in full": (
        "Proc. 3rd Int. Conf. Learn. Representations (ICLR), San Diego, CA, USA, 2017, pp. 1–11.",
        ("Proc. 3rd Int. Conf. Learn. Representations (ICLR)", "San Diego, CA, USA", None),
    ),
    "stop before a comma": (
        "Proc. 9th Int. Conf. Learn. Represent., Vienna, Austria, May 2017, pp. 1–11.",
        ("Proc. 9th Int. Conf. Learn. Represent.", "Vienna, Austria", None),
    ),
    "stop at the end": (
        "Adv. Neural Inf. Process. Syst., 2017, pp. 1–11.",
        ("Adv. Neural Inf. Process. Syst.", None, None),
    ),
    "places behind the volume": (
        "Proc. 32nd Int. Conf. Mach. Learn. (ICML), vol. 37, Lille, France, Jul. 2017, pp. 1–11.",
        ("Proc. 32nd Int. Conf. Mach. Learn. (ICML)", "Lille, France", None),
    ),
    "publisher behind a full stop": (
        "Proc. Int. Conf. Med. Image Comput. Cham, Switzerland: Springer, 2017, pp. 1–11.",
        ("Proc. Int. Conf. Med. Image Comput.", None, "Springer"),
    ),
}


@pytest.mark.parametrize(("text", "expected"), PROCEEDINGS.values(), ids=PROCEEDINGS)
def test_abbreviated_proceedings(text: str, expected: tuple[str | None, ...]) -> None:
    """Behind a title in quotes no abbreviated word ends the container."""
    item = parse_reference(f"A. Vaswani et al., “Attention is all you need,” in {text}").item

    assert (item.text["title"], item.dates["issued"].year, item.text["page"]) == (
        "Attention is all you need",
        2017,
        "1-11",
    )
    assert expected == tuple(
        item.text.get(name) for name in ("container-title", "event-place", "publisher")
    )


def test_abbreviated_journal_without_volume() -> None:
    """One abbreviated word alone is no journal where others follow it."""
    item = parse_reference(
        "L. Hu et al., “Machine learning for milling,” Prod. Eng. Res. Devel., Jan. 2024."
    ).item

    assert (item.type, item.text["container-title"]) == (
        "article-journal",
        "Prod. Eng. Res. Devel.",
    )


def test_proceedings_before_the_meeting_whose_name_they_begin_with() -> None:
    """The meeting is the event, and the title ends before both."""
    reference = parse_reference(
        "Gryk, M. (2019). Widgets. iConference 2019 Proceedings. iConference 2019."
    )
    found = {part.name: part.value for part in reference.parts}

    assert [found[name] for name in ("title", "container-title", "event-title")] == [
        "Widgets",
        "iConference 2019 Proceedings",
        "iConference 2019",
    ]
