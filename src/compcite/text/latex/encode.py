"""Turn Unicode into LaTeX, for writing bibliographies."""

from __future__ import annotations

import re
import unicodedata

from compcite.text.capitals.sentence_case import is_title_case
from compcite.text.latex.commands import ACCENTS, LETTERS

__all__ = ["encode_text", "encode_title", "encode_verbatim"]

# Braces count for BibTeX even behind a backslash, so these two are spelled by name.
_ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "`": r"\textasciigrave{}",
    "\u00a0": "~",
    "\u2009": r"\,",
}
_ESCAPED = re.compile(r"[\\{}&%$#_~^`\u00a0\u2009]|-(?=-)|'(?=')")
_TAG = re.compile(r"<(/?)(i|b|sc|sup|sub|span)((?: (?:class|style)=\"[^\"<>]*\")?)>")
_COMMANDS = {
    "i": r"\emph{",
    "b": r"\textbf{",
    "sc": r"\textsc{",
    "sup": r"\textsuperscript{",
    "sub": r"\textsubscript{",
}
# Marks that no letter has composed forms with stay with the letter before them.
_LETTER = r"[^\W_][\u0300-\u036f]*"
_WORD = re.compile(rf"(?:{_LETTER})+(?:[’'.](?:{_LETTER})+)*")
_ACCENT_OF = {mark: name for name, mark in reversed(ACCENTS.items()) if len(name) == 1}
_LETTER_OF = {letter: name for name, letter in LETTERS.items() if len(letter) == 1}
_PUNCTUATION = {
    "–": "--",
    "—": "---",
    "“": "``",
    "”": "''",
    "‘": "`",
    "’": "'",
    "…": r"\ldots{}",
    "¡": "!`",
    "¿": "?`",
    "§": r"\S{}",
    "°": r"\textdegree{}",
    "×": r"\texttimes{}",
    "«": r"\guillemotleft{}",
    "»": r"\guillemotright{}",
    "‐": "-",
    "‑": "-",
    "\u00ad": r"\-",
    "\u200b": "",
}
_FEWEST_CAPITALS = 2  # words: "Living in Trier" is no Title Case, so its name gets braces
_CLUSTER = re.compile(r".[\u0300-\u036f]*", re.DOTALL)  # a character with its marks
_BELOW = "\u0327\u0328\u0323"  # marks that leave i its dot


def encode_text(text: str, *, ascii_only: bool = False) -> str:
    """Return the LaTeX that prints a text; with ``ascii_only``, only ASCII characters if possible.

    A character for which LaTeX has no command (such as Chinese) stays as it is.
    """
    escaped = _ESCAPED.sub(_escape, text)
    if ascii_only and not escaped.isascii():
        composed = unicodedata.normalize("NFC", escaped)
        return _commands(composed)
    return escaped


def encode_title(text: str, *, ascii_only: bool = False, protect: bool = True) -> str:
    """Return the LaTeX of a title in CSL's rich text.

    With ``protect``, what must keep its case in BibTeX's styles gets braces: ``nocase`` spans,
    words with a capital after their first letter, and, unless the title is in title case, every
    capitalized word except the first of the title and of the subtitle.
    """
    sentence = protect and not is_title_case(text, _FEWEST_CAPITALS)
    out: list[str] = []
    open_: list[str] = []
    at, braced, begins = 0, 0, True
    for tag in [*_TAG.finditer(text), None]:
        piece = text[at : tag.start() if tag else len(text)]
        guard = protect and not braced
        out.append(
            _words(piece, guard=guard, sentence=sentence, begins=begins, ascii_only=ascii_only)
        )
        if piece.strip():
            begins = piece.rstrip()[-1] in ":.?!"
        if tag is None:
            break
        at = tag.end()
        if tag[1]:
            if open_:
                braced -= open_[-1] == "{"
                out.append("}" if open_.pop() else "")
            continue
        command = _command_of(tag[2], tag[3], protect=protect and not braced)
        braced += command == "{"
        open_.append(command)
        out.append(command)
    out.append("}" * sum(map(bool, open_)))
    return "".join(out)


def encode_verbatim(text: str) -> str:
    """Return a URL or similar; the few characters that BibTeX cannot hold are percent-encoded."""
    return text.replace("\\", "%5C").replace("{", "%7B").replace("}", "%7D")


def _escape(match: re.Match[str]) -> str:
    """Return the escape of a special character, or two characters kept from joining to one."""
    return _ESCAPES.get(match[0]) or match[0] + "{}"


def _command_of(tag: str, attribute: str, *, protect: bool) -> str:
    """Return the LaTeX that opens a tag; empty if the tag has no meaning there."""
    if tag != "span":
        return _COMMANDS[tag]
    if "nocase" in attribute:
        return "{" if protect else ""
    return _COMMANDS["sc"] if "small-caps" in attribute else ""


def _words(piece: str, *, guard: bool, sentence: bool, begins: bool, ascii_only: bool) -> str:
    """Return a piece of a title as LaTeX, with braces around words that must keep their case.

    ``guard`` turns the braces on. ``sentence`` means that the title is not in title case,
    ``begins`` that the piece begins the title or a subtitle.
    """
    out: list[str] = []
    at, end = 0, 0
    for word in _WORD.finditer(piece) if guard else ():
        if before := piece[end : word.start()].rstrip():
            first = before[-1] in ":.?!"
        else:
            first = begins and not end
        end = word.end()
        inner = word[0][1:] != word[0][1:].lower()
        if inner or (sentence and not first and word[0][0].isupper()):
            out.append(encode_text(piece[at : word.start()], ascii_only=ascii_only))
            out.append("{" + encode_text(word[0], ascii_only=ascii_only) + "}")
            at = word.end()
    out.append(encode_text(piece[at:], ascii_only=ascii_only))
    return "".join(out)


def _commands(text: str) -> str:
    """Return the text with a command for each character beyond ASCII, where there is one."""
    out = ""
    for cluster in _CLUSTER.findall(text):
        written = cluster if cluster.isascii() else _command(cluster)
        joins = written[:1] in ("-", "'", "`") and out[-1:] in ("-", "'", "`", "!", "?")
        out += "{}" + written if joins else written
    return out


def _command(cluster: str) -> str:
    """Return the LaTeX command for a character with its accents, in braces if it needs them.

    If there is no command, the character is returned.
    """
    if cluster in _PUNCTUATION:
        return _PUNCTUATION[cluster]
    if cluster in _LETTER_OF:
        return "{\\" + _LETTER_OF[cluster] + "}"
    decomposed = unicodedata.normalize("NFD", cluster)
    base, marks = decomposed[0], decomposed[1:]
    if marks and all(mark in _ACCENT_OF for mark in marks):
        written = {"i": r"\i", "j": r"\j"}.get(base, base) if marks[0] not in _BELOW else base
        if base in _LETTER_OF:
            written = "\\" + _LETTER_OF[base]
        for mark in marks:
            name = _ACCENT_OF[mark]
            braced = name.isalpha() or len(marks) > 1 or len(written) > len(r"\i")
            written = "\\" + name + ("{" + written + "}" if braced else written)
        return "{" + written + "}"
    if marks:
        return cluster
    from pylatexenc.latexencode import UnicodeToLatexEncoder

    encoder = UnicodeToLatexEncoder(unknown_char_policy="keep", unknown_char_warning=False)
    found: str = encoder.unicode_to_latex(cluster)
    plain = found == cluster or found.isalnum() or found.startswith("{")
    return found if plain else "{" + found + "}"
