"""Turn name lists of BibTeX into names.

The forms are BibTeX's three (``First von Last``; ``von Last, First``; ``von Last, Jr, First``;
Patashnik, "BibTeXing", section 4) and biblatex's extended one (``family=…, given=…``; biblatex
manual, section 3.4). Names without braces are read here; names with braces are read by
bibtexparser, which follows BibTeX exactly.
"""

from __future__ import annotations

import re
from functools import lru_cache

from compcite.model.item import Name
from compcite.text.latex import decode_letters, decode_text
from compcite.values.person_names import is_suffix, particle_behind

__all__ = ["parse_names", "spaced_initials", "split_names"]

_AND = re.compile(r"(?<!\s)\s+and(?=\s)", re.IGNORECASE)  # tried once a run of blanks
_EXTENDED = r"(?i)\s*\"?\s*[a-z-]+\s*="
_MORE = frozenset({"others", "et al", "et al.", "et. al.", "et. al"})
_AND_MORE = r"(?i)(?<![\s,])[\s,]+\{?et\.?\s+al\.?\}?$"
_INITIALS = re.compile(r"\b([^\W\d_]\.)(?=[^\W\d_])")
_APOSTROPHES = {"single": "'", "right": "’"}
_APOSTROPHE = r"\{?\\textquote(single|right)(?![A-Za-z])(?:\{\}|\}|\s+)?"
_REMEMBERED = 10_000  # names, of some 200 bytes each


def parse_names(value: str) -> tuple[tuple[Name, ...], bool]:
    """Return the names of a name list, and whether it says that there are more.

    ``and others`` says so, and *et al.*, which does not become part of the last name. Alone in the
    list, both are taken for a name.
    """
    if "\\textquote" in value:  # part of a word, and the blank behind it is the command's
        value = re.sub(_APOSTROPHE, lambda found: _APOSTROPHES[found[1]], value)
    written = split_names(decode_letters(value))
    more = len(written) > 1 and written[-1].strip("{} ").lower() in _MORE
    if more:
        written.pop()
    elif written and (behind := re.search(_AND_MORE, written[-1])) and behind.start():
        written[-1], more = written[-1][: behind.start()], True
    return tuple([name for part in written if (name := _name(part))]), more


def split_names(value: str) -> list[str]:
    """Return the parts of a name list, split at each ``and`` outside of braces.

    A list without ``and``, braces and commands is split at semicolons, which no name holds. Empty
    parts are left out.
    """
    if "{" not in value:
        parts = _AND.split(f" {value} ")
        if len(parts) == 1 and ";" in value and "\\" not in value:
            parts = value.split(";")
    else:
        padded, parts, start, depth, at = f" {value} ", [], 0, 0, 0
        for match in _AND.finditer(padded):
            depth += padded.count("{", at, match.start()) - padded.count("}", at, match.start())
            at = match.start()
            if depth <= 0:
                parts.append(padded[start:at])
                start, depth = match.end(), 0
        parts.append(padded[start:])
    return [trimmed for part in parts if (trimmed := part.strip(" \t\r\n,;"))]


@lru_cache(maxsize=_REMEMBERED)
def _name(written: str) -> Name | None:
    """Return one name, in whatever form, or None if it is empty; results are cached.

    A name that is in braces or square brackets as a whole is that of an institution, and is not
    split. The square brackets stay.
    """
    if "=" in written and re.match(_EXTENDED, written):
        return _extended(written)
    if written[0] == "[" and written[-1] == "]":
        return Name(literal=_decoded(written))
    if "{" not in written and "\\" not in written:
        return _plain(written)
    if written[0] == "{" and _closes_at_end(written):
        literal = _decoded(written)
        return Name(literal=literal) if literal else None
    return _braced(written)


def _closes_at_end(written: str) -> bool:
    """Return whether the first brace is closed by the last character of a text."""
    depth = 0
    for at, char in enumerate(written):
        depth += (char == "{") - (char == "}")
        if depth == 0:
            return at == len(written) - 1
    return False


def _plain(written: str) -> Name | None:
    """Return a name without braces, in one of BibTeX's three forms, or None if it is empty."""
    if "~" in written:
        written = written.replace("~", " ")
    match [part.split() for part in written.split(",", 2)]:
        case [family, suffix, given]:
            whole = " ".join(given).replace(",", " ")
            return _made(*_particle_first(family), " ".join(whole.split()), " ".join(suffix))
        case [family, given]:
            return _made(*_particle_first(family), " ".join(given), "")
        case [words]:
            return _given_first(words)
    return None


def _given_first(words: list[str]) -> Name | None:
    """Return a name in the form ``First von Last``; None without words.

    A name of two words has no particle.
    """
    lower = [at for at, word in enumerate(words[:-1]) if _is_particle(word)]
    if not words or not lower or words[2:] == []:
        return _made([], words[-1:], " ".join(words[:-1]), "")
    first, last = lower[0], lower[-1] + 1
    return _made(words[first:last], words[last:], " ".join(words[:first]), "")


def _particle_first(words: list[str]) -> tuple[list[str], list[str]]:
    """Return the particle and the family name for ``von Last``.

    The particle is the words at the beginning whose first letter is in lower case, without the
    last word: ``hooks`` alone is a family name. BibTeX would take every word up to the last one in
    lower case. It prints the same, but CSL puts particles elsewhere, so that a family name such as
    ``Ortega y Gasset`` must stay whole.
    """
    at = 0
    while at < len(words) - 1 and _is_particle(words[at]):
        at += 1
    return words[:at], words[at:]


def _is_particle(word: str) -> bool:
    """Return whether the first letter of a word is in lower case."""
    if word[0].isupper():
        return False
    return next((char.islower() for char in word if char.isalpha()), False)


def _made(particle: list[str], last: list[str], given: str, suffix: str) -> Name | None:
    """Return the name with these parts, or None if all are empty.

    A suffix that stands in the place of the given name is exchanged with it. A known particle
    behind the given name (``Humboldt, Alexander von``) becomes the dropping particle. Without a
    family name, the given name is the whole name.
    """
    if suffix and is_suffix(given) and not is_suffix(suffix):
        given, suffix = suffix, given
    if not last:
        literal = given or suffix
        return Name(literal=literal) if literal else None
    given, dropping = particle_behind(spaced_initials(given))
    return Name(" ".join(last), given, dropping, " ".join(particle), suffix)


def spaced_initials(given: str) -> str:
    """Return a given name with blanks between initials: ``R.M.W.`` gives ``R. M. W.``."""
    return _INITIALS.sub(r"\1 ", given) if "." in given else given


def _braced(written: str) -> Name | None:
    """Return a name with braces or commands; None if it is empty.

    bibtexparser splits it, and what is in braces stays together.
    """
    from bibtexparser.middlewares.names import (
        parse_single_name_into_parts,
    )

    parts = parse_single_name_into_parts(written, strict=False)
    if not parts.last and not parts.first:
        return None
    particle, last, suffix, given = (
        _decoded(" ".join(words)) for words in (parts.von, parts.last, parts.jr, parts.first)
    )
    von = particle.split()
    if "," in written:  # then bibtexparser counts as BibTeX does
        von, capital = _particle_first([*von, ""])
        last = " ".join([*capital, last])
    return _made(von, last.split(), given, suffix)


def _extended(written: str) -> Name | None:
    """Return a name whose parts are named (``family=Doe, given=Jane``), as biblatex reads it.

    A ``prefix`` is a dropping particle if ``useprefix=false`` stands beside it, else a non-dropping
    one. Without a family name, the given name is the whole name; without both, the result is None.
    """
    parts: dict[str, str] = {}
    for piece in _pieces(written):
        name, _, value = piece.strip().strip('"').partition("=")
        parts[name.strip().lower()] = _decoded(value.strip().strip('"'))
    particle = parts.get("prefix", "")
    dropping = parts.get("useprefix", "true").lower() == "false"
    if not parts.get("family"):
        literal = parts.get("given", "")  # options and references to xdata are no names
        return Name(literal=literal) if literal else None
    return Name(
        family=parts["family"],
        given=parts.get("given", ""),
        dropping_particle=particle if dropping else "",
        non_dropping_particle="" if dropping else particle,
        suffix=parts.get("suffix", ""),
    )


def _pieces(written: str) -> list[str]:
    """Return the texts between the commas that are outside of braces and quotation marks."""
    pieces, start, depth, quoted = [], 0, 0, False
    for at, char in enumerate(written):
        depth += (char == "{") - (char == "}")
        quoted ^= char == '"' and depth == 0
        if char == "," and depth == 0 and not quoted:
            pieces.append(written[start:at])
            start = at + 1
    return [*pieces, written[start:]]


def _decoded(value: str) -> str:
    """Return a part of a name as text, with ordinary blanks."""
    return decode_text(value).replace("\u00a0", " ")
