"""Turn LaTeX into Unicode, depending on the kind of field; ``encode`` turns it back."""

from __future__ import annotations

from compcite.text.latex.decode import decode_letters, decode_text, decode_title, decode_verbatim

__all__ = ["decode_letters", "decode_text", "decode_title", "decode_verbatim"]
