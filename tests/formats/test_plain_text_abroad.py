"""References as they are written outside English."""

from __future__ import annotations

import pytest

from compcite.formats.plain_text import parse_reference

ARTICLES = {
    "GOST": (
        (
            "Иванов И. И., Петров П. П. Методы анализа данных // Вестник университета. 2016. № 3. "
            "С. 45–52."
        ),
        ["Иванов", "Петров"],
        ("Методы анализа данных", "Вестник университета", None, "3", "45-52"),
    ),
    "GOST with dashes": (
        (
            "Иванов И. И., Петров П. П. Методы анализа данных // Вестник университета. – 2016. – "
            "Т. 5, № 3. – С. 45–52."
        ),
        ["Иванов", "Петров"],
        ("Методы анализа данных", "Вестник университета", "5", "3", "45-52"),
    ),
    "GB/T 7714": (
        "王伟, 李娜. 自我同情研究综述[J]. 心理科学进展, 2016, 19(4): 593-599.",
        ["王伟", "李娜"],
        ("自我同情研究综述", "心理科学进展", "19", "4", "593-599"),
    ),
    "GB/T 7714 with wide punctuation": (
        "王伟，李娜，等．自我同情研究综述[J]．心理科学进展，2016，19（4）：593-599．",
        ["王伟", "李娜"],
        ("自我同情研究综述", "心理科学进展", "19", "4", "593-599"),
    ),
    "GB/T 7714 in English": (
        "ZHANG W, LI N. A review of kindness[J/OL]. Advances in Science, 2016, 19(4): 593-599.",
        ["ZHANG", "LI"],
        ("A review of kindness", "Advances in Science", "19", "4", "593-599"),
    ),
    "French": (
        (
            "Dupont, J.-P., et Lefèvre, M. (2016). La compassion envers soi-même. Revue française "
            "de psychologie, 63(2), 145-160."
        ),
        ["Dupont", "Lefèvre"],
        ("La compassion envers soi-même", "Revue française de psychologie", "63", "2", "145-160"),
    ),
    "Spanish": (
        (
            "García Márquez, L. y Pérez, J. (2016). La autocompasión. Revista de Psicología, "
            "37(1), 12–30."
        ),
        ["García Márquez", "Pérez"],
        ("La autocompasión", "Revista de Psicología", "37", "1", "12-30"),
    ),
}
VARIABLES = ("title", "container-title", "volume", "issue", "page")


@pytest.mark.parametrize(("text", "authors", "parts"), ARTICLES.values(), ids=ARTICLES)
def test_article(text: str, authors: list[str], parts: tuple[str | None, ...]) -> None:
    """An article reads the same whatever the language and its habits."""
    item = parse_reference(text).item

    assert [name.literal or name.family for name in item.names["author"]] == authors
    assert item.dates["issued"].year == 2016
    assert tuple(item.text.get(name) for name in VARIABLES) == parts


def test_book_marked_as_one() -> None:
    """The mark of a monograph says that a publisher follows, not a journal."""
    item = parse_reference("张三. 认知心理学[M]. 北京: 科学出版社, 2010: 12-15.").item

    assert (item.type, item.text["publisher"], item.text["publisher-place"]) == (
        "book",
        "科学出版社",
        "北京",
    )


def test_thesis_in_parentheses() -> None:
    """APA's sixth edition says in parentheses what a thesis is and whose; its archive is kept."""
    item = parse_reference(
        "Smith, J. A. (2012). Being kind (Doctoral dissertation, University of Texas). ProQuest "
        "Dissertations and Theses."
    ).item

    assert (item.type, item.text) == (
        "thesis",
        {
            "title": "Being kind",
            "publisher": "University of Texas",
            "genre": "Doctoral dissertation",
            "archive": "ProQuest Dissertations and Theses",
        },
    )


def test_volume_within_a_title_leaves_the_title_whole() -> None:
    """Parentheses before a colon belong to the title, whatever they say."""
    item = parse_reference(
        "OECD. PISA 2018 Results (Volume I): What Students Know. Paris: OECD Publishing; 2019."
    ).item

    assert item.text["title"] == "PISA 2018 Results (Volume I): What Students Know"


def test_title_in_japanese_before_its_year() -> None:
    """What is too long for a name and stands before the year is the title."""
    item = parse_reference("処理責任と将来技術の研究 (1984). Kankyo gijutsu 13, 12–19.").item

    assert (item.text["title"], item.dates["issued"].year) == ("処理責任と将来技術の研究", 1984)
