"""Put letters back that a text has lost: `Schr\ufffddinger`, `Schr?dinger`.

A program that read a file in a wrong encoding wrote the sign U+FFFD, or a question mark, for each
letter that it could not read. Some records have kept these signs. The other side of a comparison
tells which letter it was.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compcite.text.compare.words import bare_words

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["restored"]

# A question mark stands inside a word only for a lost letter.
_LOST = re.compile(r"\ufffd+|(?<=[^\W\d_])\?+(?=[^\W\d_])")
_ANY = r"\w{1,2}"  # a lost ö is written o or oe on the other side


def restored(text: str, others: Iterable[str]) -> str:
    """Return a text with its lost letters, as far as the words of the other texts tell them.

    A word that gets them back is folded: ``restored("Fern\ufffdndez", ["Fernández"])`` is
    ``fernandez``. Other words stay, and so does a text that has lost nothing.
    """
    if not _LOST.search(text):
        return text
    known = [word for other in others for word in bare_words(other).split()]
    return " ".join(_restored_word(word, known) for word in text.split())


def _restored_word(word: str, known: list[str]) -> str:
    """Return the known folded word that a word with lost letters is, or the word itself."""
    pieces = [bare_words(piece) for piece in _LOST.split(word)]
    if len(pieces) == 1 or not any(pieces):
        return word
    pattern = re.compile(_ANY.join(re.escape(piece.replace(" ", "")) for piece in pieces))
    return next(filter(pattern.fullmatch, known), word)
