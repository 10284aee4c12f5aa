"""The signs beyond ASCII that LaTeX knows without a package, and the commands for others.

Source: ``t1enc.dfu``, ``ot1enc.dfu`` and ``ts1enc.dfu`` of the LaTeX kernel of 2022, each sign
tried in a document with and without T1 fonts; "The Comprehensive LaTeX Symbol List".
"""

from __future__ import annotations

import unicodedata
from functools import cache

from compcite.text.latex.commands import symbol

__all__ = ["SPACES", "T1_LETTERS", "command_of", "is_known"]

SPACES = {
    "\u00a0": "~",
    "\u00ad": r"\-",
    "\u2000": r"\enspace{}",
    "\u2001": r"\quad{}",
    "\u2002": r"\enspace{}",
    "\u2003": r"\quad{}",
    "\u2004": r"\ ",
    "\u2005": r"\ ",
    "\u2006": r"\,",
    "\u2007": "~",
    "\u2008": r"\,",
    "\u2009": r"\,",
    "\u200a": r"\,",
    "\u200b": r"\hspace{0pt}",
    "\u2010": "-",
    "\u2011": r"\mbox{-}",
    "\u2012": "--",
    "\u2015": "---",
    "\u202f": r"\,",
    "\u205f": r"\,",
    "\u2060": "",
    "\u3000": r"\quad{}",
}
"""Spaces and hyphens, with the commands that have the same width and break as they do."""

T1_LETTERS = {
    "«": "<", "»": ">", "‹": "<", "›": ">", "‚": ",", "„": ",{},",
    "Ð": "D", "ð": "d", "Đ": "D", "đ": "d", "Þ": "Th", "þ": "th", "Ŋ": "N", "ŋ": "n",
    "Ą": "A", "ą": "a", "Ę": "E", "ę": "e", "Į": "I", "į": "i", "Ų": "U", "ų": "u",
    "Ǫ": "O", "ǫ": "o",
}  # fmt: skip
"""What pdflatex has in T1 fonts alone, with what it prints in a document with older fonts."""

_RANGES = (
    *((0xA1, 0xAA), (0xAC, 0xBA), (0xBC, 0xCF), (0xD1, 0xDD), (0xDF, 0xEF), (0xF1, 0xFD)),
    *((0xFF, 0x103), (0x106, 0x10F), (0x112, 0x117), (0x11A, 0x125), (0x128, 0x12D)),
    *((0x130, 0x137), (0x139, 0x13E), (0x141, 0x148), (0x14C, 0x165), (0x168, 0x171)),
    *((0x174, 0x17E), (0x192, 0x192), (0x1CD, 0x1D4), (0x1E2, 0x1E3), (0x1E6, 0x1E9)),
    *((0x1F0, 0x1F0), (0x1F4, 0x1F5), (0x218, 0x21B), (0x232, 0x233), (0x237, 0x237)),
    *((0x1E02, 0x1E03), (0x1E9E, 0x1E9E), (0x1E20, 0x1E21), (0x2013, 0x2016), (0x2018, 0x2019)),
    *((0x201C, 0x201D), (0x2020, 0x2022), (0x2026, 0x2026), (0x2030, 0x2031), (0x20AC, 0x20AC)),
    *((0x2103, 0x2103), (0x2116, 0x2117), (0x2120, 0x2120), (0x2122, 0x2122)),
    *((0x2190, 0x2193),),
)
# Accents of text that the kernel has for every letter and engine.
_ACCENTS = {
    "\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0304": "=", "\u0306": "u",
    "\u0307": ".", "\u0308": '"', "\u030a": "r", "\u030b": "H", "\u030c": "v", "\u0323": "d",
    "\u0327": "c", "\u0331": "b",
}  # fmt: skip
_MATH = """
alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon
phi chi psi omega vartheta varpi varrho varsigma Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi
Psi Omega
pm mp times div ast star circ bullet cdot cap cup oplus ominus otimes odot wedge vee setminus
leq geq ll gg subset supset subseteq supseteq in ni neq equiv sim simeq approx cong propto perp
parallel vdash dashv
leftarrow rightarrow leftrightarrow Leftarrow Rightarrow Leftrightarrow mapsto uparrow downarrow
hookrightarrow
forall exists partial nabla infty emptyset sum prod int ell hbar aleph angle diamond
langle rangle lceil rceil lfloor rfloor prime top
"""
# Signs that are another one in print; modifier letters for ayn and hamza among them.
_LIKE = {
    "\u2212": r"\ensuremath{-}",
    "\u2032": r"\ensuremath{'}",
    "\u2033": r"\ensuremath{''}",
    "\u02bb": r"\textasciigrave{}",
    "\u02bc": "'",
    "\u02be": "'",
    "\u02bf": r"\textasciigrave{}",
    "\u02b9": r"\ensuremath{'}",
    "\u2215": "/",
    "√": r"\ensuremath{\surd}",
    "\u2236": ":",
    "ϵ": r"\ensuremath{\epsilon}",
    "ε": r"\ensuremath{\varepsilon}",
    "φ": r"\ensuremath{\varphi}",
    "ϕ": r"\ensuremath{\phi}",
    "ﬁ": "fi",
    "ﬂ": "fl",
    "ﬀ": "ff",
}


def is_known(sign: str) -> bool:
    """Whether pdflatex prints a sign without any package."""
    code = ord(sign)
    return sign.isascii() or any(first <= code <= last for first, last in _RANGES)


def command_of(sign: str) -> str:
    """Return the command of LaTeX's kernel that prints a sign, or an empty string."""
    if sign in _LIKE:
        return _LIKE[sign]
    if sign in _math():
        return rf"\ensuremath{{\{_math()[sign]}}}"
    decomposed = unicodedata.normalize("NFD", sign)
    base, marks = decomposed[:1], decomposed[1:]
    if marks and base.isascii() and all(mark in _ACCENTS for mark in marks):
        made = base
        for mark in marks:
            made = rf"\{_ACCENTS[mark]}{{{made}}}"
        return made
    kind, _, code = unicodedata.decomposition(sign).partition(" ")
    if kind in ("<super>", "<sub>") and " " not in code:
        raised = chr(int(code, 16))
        level = "superscript" if kind == "<super>" else "subscript"
        if shown := raised if raised.isascii() else command_of(raised):
            return rf"\text{level}{{{shown}}}"
    return ""


@cache
def _math() -> dict[str, str]:
    """Return the names of the commands for signs of mathematics, by sign."""
    return {sign: name for name in reversed(_MATH.split()) if (sign := symbol(name))}
