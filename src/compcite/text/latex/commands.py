r"""What LaTeX commands mean in bibliographies.

Sources: LaTeX2e unofficial reference manual (accents, text symbols, spaces), the biblatex
manual section 3.13 (``\mkbib…``), the manuals of amsmath, nicefrac and siunitx. Commands that
print one sign and have no argument stand in ``signs.txt``, but for those that most files use.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

__all__ = [
    "ACCENTS",
    "CASES",
    "DECLARATIONS",
    "DROPPED",
    "FONTS",
    "FRACTIONS",
    "LETTERS",
    "MARKUP",
    "OPERATORS",
    "QUANTITIES",
    "QUOTED",
    "RAISED",
    "SILENT",
    "SPACES",
    "UPRIGHT_TEXT",
    "VERBATIM",
    "accent",
    "symbol",
]

ACCENTS = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    '"': "\u0308",
    "=": "\u0304",
    ".": "\u0307",
    "u": "\u0306",
    "v": "\u030c",
    "H": "\u030b",
    "r": "\u030a",
    "c": "\u0327",
    "k": "\u0328",
    "d": "\u0323",
    "b": "\u0331",
    "h": "\u0309",
    "G": "\u030f",
    "U": "\u030e",
    "f": "\u0311",
    "t": "\u0361",
    "polhk": "\u0328",
    "textcommabelow": "\u0326",
    "cb": "\u0326",
    "textogonek": "\u0328",
    "capitalogonek": "\u0328",
    "hat": "\u0302",
    "widehat": "\u0302",
    "tilde": "\u0303",
    "widetilde": "\u0303",
    "bar": "\u0304",
    "overline": "\u0305",
    "dot": "\u0307",
    "ddot": "\u0308",
    "vec": "\u20d7",
    "acute": "\u0301",
    "grave": "\u0300",
    "breve": "\u0306",
    "check": "\u030c",
    "mathring": "\u030a",
}
"""Accent commands and the combining character that each sets on its argument."""

LETTERS = {
    "ss": "ß",
    "SS": "SS",
    "ae": "æ",
    "AE": "Æ",
    "oe": "œ",
    "OE": "Œ",
    "aa": "å",
    "AA": "Å",
    "o": "ø",
    "O": "Ø",
    "l": "ł",
    "L": "Ł",
    "i": "ı",
    "j": "ȷ",
    "dh": "ð",
    "DH": "Ð",
    "th": "þ",
    "TH": "Þ",
    "dj": "đ",
    "DJ": "Đ",
    "ng": "ŋ",
    "NG": "Ŋ",
}
"""Commands that stand for letters."""

_SYMBOLS = {
    "&": "&",
    "%": "%",
    "$": "$",
    "#": "#",
    "_": "_",
    "{": "{",
    "}": "}",
    "@": "",
    "/": "",
    "-": "",
    "!": "",
    ",": "\u2009",
    ";": " ",
    ":": " ",
    ">": " ",
    " ": " ",
    "\\": " ",
    "\n": " ",
    "\t": " ",
    "\r": " ",
    "|": "‖",
    "*": "",
    "space": " ",
    "quad": " ",
    "qquad": " ",
    "newline": " ",
    "linebreak": " ",
    "par": " ",
    "thinspace": "\u2009",
    "enspace": " ",
    "hfill": " ",
    "slash": "/",
    "hyphen": "-",
    "LaTeX": "LaTeX",
    "TeX": "TeX",
    "BibTeX": "BibTeX",
    "XeTeX": "XeTeX",
    "LaTeXe": "LaTeX2ε",
    "XeLaTeX": "XeLaTeX",
    "LuaLaTeX": "LuaLaTeX",
    "LuaTeX": "LuaTeX",
    "ConTeXt": "ConTeXt",
    "textbackslash": "\\",
    "backslash": "\\",
    "textasciitilde": "~",
    "textasciicircum": "^",
    "textasciigrave": "`",
    "textunderscore": "_",
    "textbar": "|",
    "textless": "<",
    "textgreater": ">",
    "lbrace": "{",
    "rbrace": "}",
    "textbraceleft": "{",
    "textbraceright": "}",
    "textquotesingle": "'",
    "textquotedbl": '"',
    "textquoteleft": "‘",
    "textquoteright": "’",
    "lq": "‘",
    "rq": "’",
    "textquotedblleft": "“",
    "textquotedblright": "”",
    "guillemotleft": "«",
    "og": "« ",
    "guillemotright": "»",
    "fg": " »",
    "glqq": "„",
    "grqq": "“",
    "quotedblbase": "„",
    "glq": "‚",
    "grq": "‘",
    "flqq": "«",
    "frqq": "»",
    "psq": "f.",
    "psqq": "ff.",
    "textendash": "–",
    "textemdash": "—",
    "textdash": "–",
    "ldots": "…",
    "dots": "…",
    "textellipsis": "…",
    "copyright": "©",
    "textcopyright": "©",
    "textregistered": "®",
    "texttrademark": "™",
    "S": "§",
    "P": "¶",
    "pounds": "£",
    "textsterling": "£",
    "euro": "€",
    "texteuro": "€",
    "degree": "°",
    "textdegree": "°",
    "textmu": "µ",
    "micro": "µ",
    "textordfeminine": "ª",
    "textordmasculine": "º",
    "textexclamdown": "¡",
    "textquestiondown": "¿",
    "ast": "∗",
    "cdot": "⋅",
    "textperiodcentered": "·",
    "textbullet": "•",
    "bullet": "•",
    "times": "×",
    "texttimes": "×",
    "pm": "±",
    "textpm": "±",
    "mp": "∓",
    "div": "÷",
    "sim": "∼",
    "approx": "≈",
    "simeq": "≃",
    "cong": "≅",
    "equiv": "≡",
    "neq": "≠",
    "ne": "≠",
    "le": "≤",
    "leq": "≤",
    "ge": "≥",
    "geq": "≥",
    "ll": "≪",
    "gg": "≫",
    "propto": "∝",
    "infty": "∞",
    "to": "→",
    "rightarrow": "→",
    "textrightarrow": "→",
    "leftarrow": "←",
    "Rightarrow": "⇒",
    "leftrightarrow": "↔",
    "prime": "′",
    "circ": "∘",
    "partial": "∂",
    "nabla": "∇",
    "neg": "¬",
    "sum": "∑",
    "prod": "∏",
    "int": "∫",
    "sqrt": "√",
    "in": "∈",
    "cup": "∪",
    "cap": "∩",
    "subset": "⊂",
    "forall": "∀",
    "exists": "∃",
    "ell": "ℓ",
    "hbar": "ℏ",
    "mid": "|",
    "lt": "<",
    "gt": ">",
    "langle": "⟨",
    "rangle": "⟩",
    "colon": ":",
    "alpha": "α",
    "beta": "β",
    "gamma": "γ",
    "delta": "δ",
    "epsilon": "ε",
    "varepsilon": "ε",
    "zeta": "ζ",
    "eta": "η",
    "theta": "θ",
    "iota": "ι",
    "kappa": "κ",
    "lambda": "λ",
    "mu": "μ",
    "nu": "ν",
    "xi": "ξ",
    "pi": "π",
    "rho": "ρ",
    "sigma": "σ",
    "tau": "τ",
    "upsilon": "υ",
    "phi": "φ",
    "varphi": "φ",
    "chi": "χ",
    "psi": "ψ",
    "omega": "ω",
    "Gamma": "Γ",
    "Delta": "Δ",
    "Theta": "Θ",
    "Lambda": "Λ",
    "Xi": "Ξ",
    "Pi": "Π",
    "Sigma": "Σ",
    "Upsilon": "Υ",
    "Phi": "Φ",
    "Psi": "Ψ",
    "Omega": "Ω",
    "textalpha": "α",
    "textbeta": "β",
    "textgamma": "γ",
    "bibrangedash": "–",
    "adddot": ".",
    "addcolon": ":",
    "addspace": " ",
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

CASES = {
    **dict.fromkeys(("MakeUppercase", "MakeTextUppercase", "uppercase"), str.upper),
    **dict.fromkeys(("MakeLowercase", "MakeTextLowercase", "lowercase"), str.lower),
}
"""Commands that change the case of their argument, and how."""

VERBATIM = frozenset({"url", "path", "nolinkurl", "doi", "verb", "detokenize"})
"""Commands whose argument is no LaTeX."""

FRACTIONS = frozenset({"frac", "tfrac", "dfrac", "cfrac", "nicefrac", "sfrac", "xfrac", "flatfrac"})
"""Commands that print the first argument over the second."""

QUANTITIES = {
    **dict.fromkeys(("SI", "qty"), "nu"),
    **dict.fromkeys(("si", "unit"), "u"),
    **dict.fromkeys(("num", "tablenum"), "n"),
    **dict.fromkeys(("SIrange", "qtyrange"), "nnu"),
    "numrange": "nn",
    "ang": "a",
}
"""Commands of siunitx, with the kinds of their arguments: numbers, units, angles."""

OPERATORS = frozenset(
    [
        *("arccos", "arcsin", "arctan", "arccot", "arccosh", "arcsinh", "arctanh", "arg", "cos"),
        *("cosh", "cot", "coth", "csc", "deg", "det", "dim", "exp", "gcd", "hom", "inf", "injlim"),
        *("ker", "lcm", "lg", "lim", "liminf", "limsup", "ln", "log", "max", "min", "mod", "bmod"),
        *("Pr", "projlim", "sec", "sin", "sinh", "sup", "tan", "tanh"),
    ]
)
"""Functions of mathematics, which print their names with blanks round them."""

FONTS = frozenset(
    [
        *("mathbb", "mathcal", "mathfrak", "mathscr", "mathrm", "mathbf", "mathit", "mathsf"),
        *("mathtt", "mathnormal", "mathbfit", "boldsymbol", "bm", "pmb", "Bbb", "bold", "frak"),
        *("symbf", "symup", "symit", "symbb", "symcal", "textnormal", "texttt", "underline"),
        *("mathbin", "mathrel", "mathord", "mathop", "mathpunct", "mathinner", "smash"),
        *("uline", "ul", "fbox", "boxed", "ce", "textls"),
    ]
)
"""Commands whose argument prints as it is: the kind of type says nothing that CSL could say."""

UPRIGHT_TEXT = frozenset(["text", "textrm", "textup", "textmd", "textsf", "mbox", "hbox"])
"""Commands whose argument is text, also in a formula."""

SPACES = frozenset({"hspace", "hskip", "kern", "mkern", "mskip", "mspace", "hphantom", "phantom"})
"""Commands that leave as much room as their argument says; the last two as much as it takes."""

SILENT = frozenset(
    [
        *("today", "relax", "protect", "nobreak", "allowbreak", "bibstring", "ignorespaces"),
        *("displaystyle", "textstyle", "scriptstyle", "scriptscriptstyle", "limits", "nolimits"),
        *("left", "right", "middle", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr"),
        *("biggl", "biggr", "Biggl", "Biggr", "bigm", "Bigm", "mathopen", "mathclose", "mathstrut"),
        *("tiny", "scriptsize", "footnotesize", "small", "normalsize", "large", "Large", "LARGE"),
        *("huge", "Huge", "normalfont", "rm", "sf", "tt", "rmfamily", "sffamily", "ttfamily"),
        *("upshape", "mdseries", "boldmath", "unboldmath", "selectfont", "cal"),
        *("noindent", "indent", "centering", "raggedright", "raggedleft", "sloppy", "fussy"),
        *("break", "nolinebreak", "pagebreak", "nopagebreak", "null", "strut", "leavevmode"),
        *("smallskip", "medskip", "bigskip", "xspace", "unskip", "nonumber", "notag", "linebreak"),
        *("nolinkurl", "url", "path", "doi", "verb", "detokenize", "fi", "else", "unhbox", "empty"),
        *("expandafter", "noexpand", "endgroup", "begingroup", "bgroup", "egroup", "frenchspacing"),
        *("urlprefix", "urlstyle", "itshape", "slshape", "scshape", "bfseries", "addperiod"),
        *("newblock", "cyr", "cyrchar", "italiccorr", "thinmuskip", "cyrillic", "latintext"),
    ]
)
"""Commands that print nothing and mean nothing for a reader: sizes, breaks, how a line is set."""

DROPPED = {
    **dict.fromkeys(("noopsort", "SortNoop", "noop", "label", "vspace", "cite", "ref"), 1),
    **dict.fromkeys(("citep", "citet", "footnote", "color", "textcolor", "href", "eqref"), 1),
    **dict.fromkeys(("begin", "end", "foreignlanguage", "selectlanguage", "pageref"), 1),
    **dict.fromkeys(("vphantom", "rule", "raisebox", "hyphenation", "language", "autoref"), 1),
    **dict.fromkeys(("cref", "Cref", "nocite", "index", "fontfamily", "fontencoding"), 1),
    **dict.fromkeys(("usefont",), 4),
    **dict.fromkeys(("fontsize", "ProvideTextCommandDefault"), 2),
}
"""Commands with the number of leading arguments that are never printed as text."""


def symbol(name: str) -> str | None:
    """Return what a command without an argument prints, or None if the command is unknown.

    A command that prints nothing, such as a change of the font, gives an empty text.
    """
    known = _SYMBOLS.get(name)
    if known is None:
        known = LETTERS.get(name)
    if known is None and name in SILENT:
        return ""
    if known is None:
        sign = _signs().get(name)
        return None if sign and unicodedata.combining(sign[0]) else sign
    return known


def accent(name: str) -> str | None:
    """Return the combining character that a command puts on its argument, or None for others."""
    known = ACCENTS.get(name)
    if known is None and len(name) > 1 and name not in _SYMBOLS and name not in LETTERS:
        sign = _signs().get(name, "")
        return sign if sign and unicodedata.combining(sign[0]) else None
    return known


@cache
def _signs() -> dict[str, str]:
    """Return the signs of ``signs.txt`` by the names of their commands; the file is read once."""
    lines = Path(__file__).with_name("signs.txt").read_text(encoding="utf-8").splitlines()
    rows = (line.split(" ", 1) for line in lines if not line.startswith("#"))
    return {name: _sign(written) for name, written in rows}


def _sign(written: str) -> str:
    """Return a sign that the file gives by its number, by the word ``nothing``, or as it is."""
    if written == "nothing":
        return ""
    if written.startswith("0x"):
        return "".join(chr(int(number, 0)) for number in written.split())
    return written
