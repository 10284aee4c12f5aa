"""What LaTeX commands mean in bibliographies.

Sources: LaTeX2e unofficial reference manual (accents, text symbols, spaces), the biblatex
manual section 3.13 (``\\mkbib…``); pylatexenc knows the rest.
"""

from __future__ import annotations

from functools import cache

__all__ = [
    "ACCENTS",
    "DECLARATIONS",
    "DROPPED",
    "LETTERS",
    "MARKUP",
    "QUOTED",
    "RAISED",
    "VERBATIM",
    "symbol",
]

ACCENTS = {
    **{"`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", '"': "\u0308", "=": "\u0304"},
    **{".": "\u0307", "u": "\u0306", "v": "\u030c", "H": "\u030b", "r": "\u030a", "c": "\u0327"},
    **{"k": "\u0328", "d": "\u0323", "b": "\u0331", "h": "\u0309", "G": "\u030f", "U": "\u030e"},
    **{"f": "\u0311", "t": "\u0361", "polhk": "\u0328", "textcommabelow": "\u0326"},
    **{"textogonek": "\u0328", "capitalogonek": "\u0328", "hat": "\u0302", "widehat": "\u0302"},
    **{"tilde": "\u0303", "widetilde": "\u0303", "bar": "\u0304", "overline": "\u0305"},
    **{"dot": "\u0307", "ddot": "\u0308", "vec": "\u20d7", "acute": "\u0301", "grave": "\u0300"},
    **{"breve": "\u0306", "check": "\u030c", "mathring": "\u030a"},
}
"""Accent commands and the combining character that each sets on its argument."""

LETTERS = {
    **{"ss": "ß", "SS": "SS", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å"},
    **{"o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð"},
    **{"th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ"},
}
"""Commands that stand for letters."""

_SYMBOLS = {
    **{"&": "&", "%": "%", "$": "$", "#": "#", "_": "_", "{": "{", "}": "}", "@": "", "/": ""},
    **{"-": "", "!": "", ",": "\u2009", ";": " ", ":": " ", ">": " ", " ": " ", "\\": " "},
    **{"\n": " ", "\t": " ", "\r": " ", "|": "‖", "*": "", "(": "", ")": "", "[": "", "]": ""},
    **{"space": " ", "quad": " ", "qquad": " ", "newline": " ", "linebreak": " ", "par": " "},
    **{"thinspace": "\u2009", "enspace": " ", "hfill": " ", "slash": "/", "hyphen": "-"},
    **{"LaTeX": "LaTeX", "TeX": "TeX", "BibTeX": "BibTeX", "XeTeX": "XeTeX", "LaTeXe": "LaTeX2ε"},
    **{"XeLaTeX": "XeLaTeX", "LuaLaTeX": "LuaLaTeX", "LuaTeX": "LuaTeX", "ConTeXt": "ConTeXt"},
    **{"textbackslash": "\\", "backslash": "\\", "textasciitilde": "~", "textasciicircum": "^"},
    **{
        "textasciigrave": "`",
        "textunderscore": "_",
        "textbar": "|",
        "textless": "<",
        "textgreater": ">",
        "lbrace": "{",
    },
    **{"rbrace": "}", "textbraceleft": "{", "textbraceright": "}", "textquotesingle": "'"},
    **{"textquotedbl": '"', "textquoteleft": "‘", "textquoteright": "’", "lq": "‘", "rq": "’"},
    **{"textquotedblleft": "“", "textquotedblright": "”", "guillemotleft": "«", "og": "« "},
    **{"guillemotright": "»", "fg": " »", "glqq": "„", "grqq": "“", "quotedblbase": "„"},
    **{
        "glq": "‚",
        "grq": "‘",
        "flqq": "«",
        "frqq": "»",
        "psq": "f.",
        "psqq": "ff.",
        "textendash": "–",
    },
    **{"textemdash": "—", "textdash": "–", "ldots": "…", "dots": "…", "textellipsis": "…"},
    **{"copyright": "©", "textcopyright": "©", "textregistered": "®", "texttrademark": "™"},
    **{"S": "§", "P": "¶", "pounds": "£", "textsterling": "£", "euro": "€", "texteuro": "€"},
    **{"degree": "°", "textdegree": "°", "textmu": "µ", "micro": "µ", "textordfeminine": "ª"},
    **{"textordmasculine": "º", "textexclamdown": "¡", "textquestiondown": "¿", "ast": "∗"},
    **{"cdot": "⋅", "textperiodcentered": "·", "textbullet": "•", "bullet": "•", "times": "×"},
    **{"texttimes": "×", "pm": "±", "textpm": "±", "mp": "∓", "div": "÷", "sim": "∼"},
    **{"approx": "≈", "simeq": "≃", "cong": "≅", "equiv": "≡", "neq": "≠", "ne": "≠", "le": "≤"},
    **{"leq": "≤", "ge": "≥", "geq": "≥", "ll": "≪", "gg": "≫", "propto": "∝", "infty": "∞"},
    **{"to": "→", "rightarrow": "→", "textrightarrow": "→", "leftarrow": "←", "Rightarrow": "⇒"},
    **{"leftrightarrow": "↔", "prime": "′", "circ": "∘", "partial": "∂", "nabla": "∇"},
    **{"sum": "∑", "prod": "∏", "int": "∫", "sqrt": "√", "in": "∈", "cup": "∪", "cap": "∩"},
    **{"subset": "⊂", "forall": "∀", "exists": "∃", "ell": "ℓ", "hbar": "ℏ", "mid": "|"},
    **{"lt": "<", "gt": ">", "langle": "⟨", "rangle": "⟩", "left": "", "right": "", "colon": ":"},
    **{"log": "log", "ln": "ln", "exp": "exp", "sin": "sin", "cos": "cos", "max": "max"},
    **{"min": "min", "lim": "lim", "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ"},
    **{"epsilon": "ε", "varepsilon": "ε", "zeta": "ζ", "eta": "η", "theta": "θ", "iota": "ι"},
    **{"kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ"},
    **{"sigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "φ", "varphi": "φ", "chi": "χ"},
    **{"psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ"},
    **{"Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Upsilon": "Υ", "Phi": "Φ", "Psi": "Ψ"},
    **{"Omega": "Ω", "textalpha": "α", "textbeta": "β", "textgamma": "γ", "today": ""},
    **{"relax": "", "protect": "", "displaystyle": "", "nobreak": "", "allowbreak": ""},
    **{"bibrangedash": "–", "bibstring": "", "adddot": ".", "addcolon": ":", "addspace": " "},
}

MARKUP = {
    **dict.fromkeys(("emph", "textit", "textsl", "mkbibemph", "mkbibitalic"), "i"),
    **dict.fromkeys(("textbf", "mkbibbold", "strong"), "b"),
    **dict.fromkeys(("textsc", "mkbibacro"), "sc"),
    **dict.fromkeys(("textsuperscript", "sp", "mkbibsuperscript", "up"), "sup"),
    **dict.fromkeys(("textsubscript", "sb", "mkbibsubscript"), "sub"),
}
"""Commands whose argument is set in other type, with the tag of CSL's rich text."""

DECLARATIONS = {
    **dict.fromkeys(("em", "it", "itshape", "sl", "slshape"), "i"),
    **dict.fromkeys(("bf", "bfseries"), "b"),
    **dict.fromkeys(("sc", "scshape"), "sc"),
}
"""Commands that set the rest of their group in other type."""

RAISED = {"^": "sup", "_": "sub"}
"""The characters that raise or lower what follows in mathematics."""

QUOTED = frozenset({"enquote", "mkbibquote", "textquote", "qq"})
"""Commands that set their argument in quotation marks."""

VERBATIM = frozenset({"url", "path", "nolinkurl", "doi", "verb", "detokenize"})
"""Commands whose argument is no LaTeX."""

DROPPED = {
    **dict.fromkeys(("noopsort", "SortNoop", "noop", "label", "hspace", "vspace", "cite"), 1),
    **dict.fromkeys(("citep", "citet", "footnote", "color", "textcolor", "href"), 1),
    **dict.fromkeys(("begin", "end", "hskip", "foreignlanguage", "selectlanguage"), 1),
    **dict.fromkeys(("fontsize", "ProvideTextCommandDefault"), 2),
}
"""Commands with the number of leading arguments that are never printed as text."""


def symbol(name: str) -> str | None:
    """What a command without argument prints; None where nobody knows it."""
    known = _SYMBOLS.get(name)
    if known is None:
        known = LETTERS.get(name)
    return _rare(name) if known is None else known


@cache
def _rare(name: str) -> str | None:
    """What pylatexenc makes of a command that is not in the table above."""
    if not name.isalpha():
        return None
    from pylatexenc.latex2text import get_default_latex_context_db  # noqa: PLC0415 - rarely needed

    found = get_default_latex_context_db().get_macro_spec(name)
    text = getattr(found, "simplify_repl", None)
    return text if isinstance(text, str) and text and "%" not in text else None
