"""LaTeX to Unicode and back, by the class of the field that holds it."""

from __future__ import annotations

from compcite.text.latex.decode import decode_letters, decode_text, decode_title, decode_verbatim
from compcite.text.latex.encode import encode_text, encode_title, encode_verbatim

__all__ = [
    "decode_letters",
    "decode_text",
    "decode_title",
    "decode_verbatim",
    "encode_text",
    "encode_title",
    "encode_verbatim",
]
