"""References that are written exactly as one of six styles has it.

In these the rules make next to no mistake, so that their reading stands and the model is not
asked. What tells is the frame: the reference with each part replaced by its name, as in
``{author} ({issued}). {title}. {container-title}, {volume}({issue}), {page}``. Not one word may
be left over.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from compcite.formats.plain_text.sheet import Sheet

__all__ = ["frame_of", "is_regular"]

# Per style how a reference begins and how it goes on; what stands in ⟨⟩ may be missing.
_STYLES = (
    # APA
    (
        ("{author} ({issued}). {title}.", "{title}. ({issued})."),
        (
            " {container-title}, {volume}⟨({issue})⟩⟨, {page}⟩",
            " {container-title}, {volume}⟨({issue})⟩, Article {number}",
            " {container-title}⟨, {page}⟩",
            " In {container-title}⟨ ({edition} ed.)⟩. {publisher}",
            " In {container-title} (⟨{edition} ed., ⟩pp. {page}). {publisher}",
            " {publisher}",
            " {container-title}. {event-title}",
        ),
    ),
    (
        ("{author} ({issued}). {title}",),
        (
            " [{genre}]. {publisher}",
            " [{genre}, {publisher}]⟨. {archive}⟩",
            " ({edition} ed.). {publisher}",
        ),
    ),
    # Vancouver
    (
        ("⟨{author} ⟩{title}.⟨ {editor}.⟩",),
        (
            " {container-title}. {issued}⟨;{volume}⟨({issue})⟩⟩⟨:{page}⟩",
            " In: {container-title}.⟨ {edition} ed.⟩{imprint}⟨. p. {page}⟩⟨. ({collection-title})⟩",
            "{imprint}",
        ),
    ),
    (("{author} {title}",), (" [{genre}].{imprint}",)),
    # Chicago, with the year behind the authors
    (
        ('{author} {issued}. "{title}"', '"{title}" {issued}.'),
        (
            " {container-title} {volume}⟨ ({issue})⟩⟨: {page}⟩",
            " {container-title} {volume} ({issued}): {page}",
            " {container-title}, {day}⟨, {page}⟩",
            " In {container-title}⟨, {edition} ed⟩.⟨ {collection-title}.⟩ {publisher}",
            " {genre}. {publisher}⟨, {day}⟩",
            " Paper presented at {event-title}. {container-title}⟨, {day}⟩",
        ),
    ),
    (("{author} {issued}. {title}.", "{title}. {issued}."), (" {publisher}",)),
    # IEEE
    (
        ('⟨{author}, ⟩"{title}"',),
        (
            " {container-title}⟨, vol. {volume}⟩⟨, no. {issue}⟩⟨, p⟨p⟩. {page}⟩, {issued}",
            " {container-title}, vol. {volume}⟨, no. {issue}⟩, Art. no. {number}, {issued}",
            " in {container-title}⟨, {edition} ed.⟩,{place} {publisher}, {issued}{pages}",
            " in {container-title}, in {collection-title}. ,{place} {publisher}, {issued}{pages}",
            " {publisher}⟨, {publisher-place}⟩, {issued}",
        ),
    ),
    # MLA
    (
        ('⟨{author} ⟩"{title}"',),
        (
            " {container-title}{edited}, vol. {volume}⟨, no⟨s⟩. {issue}⟩, {issued}⟨, p⟨p⟩. {page}⟩",
            " {container-title}, vol. {volume}, no. {issue}, no. {number}, {issued}",
            " {container-title}⟨, {edition} ed.⟩⟨, {publisher}⟩, {issued}⟨, pp. {page}⟩",
            " {container-title}, {issued}, {event-title}⟨, {event-place}⟩",
            " {genre}. {publisher}, {issued}",
        ),
    ),
    (("⟨{author} ⟩{title}.",), (" {publisher}, {issued}",)),
    # Harvard, after Cite Them Right
    (
        ('{author} ({issued}) "{title}"', '"{title}" ({issued})'),
        (
            " {container-title}{edited}, {volume}⟨({issue})⟩⟨, p⟨p⟩. {page}⟩",
            " {container-title}.⟨ {edition} ed.⟩{place} {publisher}⟨ ({collection-title})⟩{pages}",
            " {container-title}, pp. {page}",
            " {container-title} [{genre}]",
            "⟨.⟩{place} {publisher}",
        ),
    ),
    (
        ('{container-title} ({issued}) "{title}"',),
        (" {volume}⟨({issue})⟩⟨, p⟨p⟩. {page}⟩",),
    ),
    (("{author} ({issued}) {title}.",), ("{place} {publisher}",)),
)
_PIECES = {
    "imprint": "{place} {publisher}; {issued}",
    "place": "⟨ {publisher-place}:⟩",
    "edited": "⟨, edited by {editor}⟩⟨. Edited by {editor}⟩",
    "pages": "⟨, pp. {page}⟩",
}
"""What stands in several of them."""

_IDENTIFIERS = frozenset(("DOI", "PMID", "PMCID", "URL", "arxiv", "accessed"))
_NUMBER = re.compile(r"[\[(]?\d{1,3}[\]).]\s*")  # of the reference in its list
_BEFORE_IDENTIFIER = re.compile(
    r"(?:available (?:at|from):?)?\s?(?:https?://(?:dx\.)?doi\.org/|doi:)?\s?\x00.*$", re.IGNORECASE
)
_QUOTES = str.maketrans("“”„‘’", '"""\'\'')
_IN_QUOTES = re.compile(r'(?<=\{title\})[.,]+(?=")')
_OPTIONAL = re.compile(r"⟨([^⟨⟩]*)⟩")


def is_regular(sheet: Sheet) -> bool:
    """Whether the parts that rules took are written exactly as a style has it.

    Without volume and pages, or a kind in brackets, a frame may fit by chance:
    ``{title}. {container-title}`` does wherever a full stop is. Then only an identifier behind it,
    which styles print and people leave out, shows that a program has written the reference.
    """
    frame = frame_of(sheet)
    located = "{volume}" in frame and ("{page}" in frame or "{number}" in frame)
    unmistakable = located or "[{genre}" in frame or sheet.has("DOI")
    return unmistakable and _known().fullmatch(frame) is not None


def frame_of(sheet: Sheet) -> str:
    """The text with a name for each part, up to its identifiers: ``{author} ({issued}). …``."""
    pieces, at = [], 0
    for part in sorted(sheet.parts, key=lambda part: part.start):
        if part.start < at:
            continue
        name = "\x00" if part.name in _IDENTIFIERS else f"{{{part.name}}}"
        if part.name == "title" and part.value.endswith(("?", "!")):
            name += "."
        pieces += [sheet.text[at : part.start], name]
        at = part.end
    text = "".join([*pieces, sheet.text[at:]])
    text = _BEFORE_IDENTIFIER.sub(
        "", _NUMBER.sub("", text, count=1) if _NUMBER.match(text) else text
    )
    return _IN_QUOTES.sub("", text.strip(" .,;").translate(_QUOTES))


@cache
def _known() -> re.Pattern[str]:
    """What matches the frames of all styles."""
    layouts = [head + rest for heads, rests in _STYLES for head, rest in product(heads, rests)]
    return re.compile("|".join(_pattern(layout) for layout in layouts))


def _pattern(layout: str) -> str:
    """A layout as a regular expression."""
    for name, piece in _PIECES.items():
        layout = layout.replace(f"{{{name}}}", piece)
    pattern = re.escape(layout)
    while _OPTIONAL.search(pattern):
        pattern = _OPTIONAL.sub(r"(?:\1)?", pattern)
    return pattern
