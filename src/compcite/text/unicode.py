"""Letters with marks, raised and lowered characters, plain ASCII: what Unicode knows of them."""

from __future__ import annotations

import re
import unicodedata

__all__ = [
    "accented",
    "first_letter",
    "fold",
    "lowered",
    "on_one_line",
    "raised",
    "to_ascii",
    "without_surrogates",
]

_BLANKS = re.compile(r"[ \t\r\n]+")
_HALVES = re.compile("[\ud800-\udfff]")

_RAISED = dict(
    zip(
        "0123456789+-−=()abcdefghijklmnoprstuvwxyz",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ",
        strict=True,
    )
)
_LOWERED = dict(
    zip("0123456789+-−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True)
)
# Letters that no decomposition leads to ASCII, as libraries transliterate them.
_PLAIN = str.maketrans(
    {
        "ß": "ss",
        "ẞ": "SS",
        "æ": "ae",
        "Æ": "AE",
        "œ": "oe",
        "Œ": "OE",
        "ø": "o",
        "Ø": "O",
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "Đ": "D",
        "ð": "d",
        "Ð": "D",
        "þ": "th",
        "Þ": "Th",
        "ı": "i",
        "ȷ": "j",
        "ŋ": "ng",
        "Ŋ": "NG",
        "ħ": "h",
        "Ħ": "H",
        "ŧ": "t",
        "Ŧ": "T",
        "‘": "'",
        "’": "'",
        "“": '"',
        "”": '"',
        "–": "-",
        "—": "-",
        "‐": "-",
        "−": "-",
    }
)


def accented(base: str, mark: str) -> str:
    """The first letter of ``base`` with a combining ``mark``, composed where Unicode can.

    The mark stands outside of those that the letter has already.
    """
    end = len(first_letter(base))
    letter = {"ı": "i", "ȷ": "j"}.get(base[:1], base[:1]) + base[1:end]
    return unicodedata.normalize("NFC", letter + mark) + base[end:]


def first_letter(text: str) -> str:
    """The first character of a text with the marks that combine with it."""
    end = 1
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return text[:end]


def raised(text: str) -> str | None:
    """The text in superscript characters, or None where one is missing."""
    return _shifted(text, _RAISED)


def lowered(text: str) -> str | None:
    """The text in subscript characters, or None where one is missing."""
    return _shifted(text, _LOWERED)


def to_ascii(text: str) -> str:
    """The text in ASCII: marks taken off, letters transliterated, everything else left out."""
    spelled = unicodedata.normalize("NFKD", text.translate(_PLAIN))
    return spelled.encode("ascii", "ignore").decode("ascii")


def fold(text: str) -> str:
    """A text for comparing: case, accents and compatibility forms aside."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def on_one_line(text: str) -> str:
    """The text with one space for each run of spaces, tabs and line ends, and none at its ends.

    A space that does not break stays what it is.
    """
    return _BLANKS.sub(" ", text).strip(" ")


def without_surrogates(text: str) -> str:
    """The text with U+FFFD for each half of a surrogate pair.

    JSON can spell such halves; no encoding can write them, so that they can be
    neither stored nor sent.
    """
    return text if text.isascii() else _HALVES.sub("\ufffd", text)


def _shifted(text: str, table: dict[str, str]) -> str | None:
    shifted = [table.get(char) for char in text]
    return None if None in shifted else "".join(char or "" for char in shifted)
