"""Letters with accents, raised and lowered characters, and plain ASCII, by Unicode's tables."""

from __future__ import annotations

import re
import unicodedata

__all__ = [
    "accented",
    "first_letter",
    "fold",
    "on_one_line",
    "subscript",
    "superscript",
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
# Letters that Unicode does not decompose, with their usual transliteration in library catalogues.
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
    """The text with a combining ``mark`` on its first letter, as one character where there is one.

    A mark that the letter has already stays; the new one goes outside of it: above or below it.
    """
    end = len(first_letter(base))
    letter = {"ı": "i", "ȷ": "j"}.get(base[:1], base[:1]) + base[1:end]
    return unicodedata.normalize("NFC", letter + mark) + base[end:]


def first_letter(text: str) -> str:
    """Return the first character of a text, with the combining marks after it; empty if empty."""
    end = 1
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return text[:end]


def superscript(text: str) -> str | None:
    """Return the text in superscript characters (``10⁻³``), or None if one does not exist."""
    return _shifted(text, _RAISED)


def subscript(text: str) -> str | None:
    """Return the text in subscript characters (``H₂O``), or None if one does not exist."""
    return _shifted(text, _LOWERED)


def to_ascii(text: str) -> str:
    """The text in ASCII: letters without accents or transliterated (``ß`` is ``ss``).

    Other characters are removed.
    """
    spelled = unicodedata.normalize("NFKD", text.translate(_PLAIN))
    return spelled.encode("ascii", "ignore").decode("ascii")


def fold(text: str) -> str:
    """Return the text for comparisons: without case, accents and ligatures such as ``ﬁ``.

    Letters that Unicode does not take apart, such as ``ø``, stay.
    """
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def on_one_line(text: str) -> str:
    """The text with one space for each run of spaces, tabs and line ends, and none at its ends.

    A space that does not break stays what it is.
    """
    return _BLANKS.sub(" ", text).strip(" ")


def without_surrogates(text: str) -> str:
    """The text with U+FFFD in place of each lone surrogate, which is half of a character.

    JSON can contain such halves, but no encoding can write them, so they cannot be stored or sent.
    """
    return text if text.isascii() else _HALVES.sub("\ufffd", text)


def _shifted(text: str, table: dict[str, str]) -> str | None:
    """Return the text with each character replaced by the table, or None if it lacks one."""
    shifted = [table.get(char) for char in text]
    return None if None in shifted else "".join(char or "" for char in shifted)
