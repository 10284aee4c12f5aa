"""LaTeX to Unicode, by the class of the field that holds it; ``encode`` goes back."""

from __future__ import annotations

from compcite.text.latex.decode import decode_letters, decode_text, decode_title, decode_verbatim

__all__ = ["decode_letters", "decode_text", "decode_title", "decode_verbatim"]
