"""One name: the order of its parts, its particles, its initials.

Specification: "Name", "Name-part Order", "Non-western Names", "demote-non-dropping-particle".
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from compcite.csl.rendering.casing import change_case
from compcite.csl.rendering.scripts import is_contextual, is_spaced
from compcite.csl.rendering.wrapping import around
from compcite.csl.richtext import Literal
from compcite.csl.styles.nodes import NO_AFFIXES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compcite.csl.rendering.context import Environment
    from compcite.csl.richtext import Tokens
    from compcite.csl.styles.nodes import NameNode, NameOptions, NamePart
    from compcite.model.item import Name

__all__ = ["ALL", "FAMILY_END", "INITIALS", "NONE", "PersonWriter", "base_given", "initialized"]

# Ends a family name in a sort key. It is less than a space: nothing comes before something, so
# that "García, María" precedes "García López, Ana".
FAMILY_END = "\0"

# How much of a given name is shown.
NONE = 0
INITIALS = 1
ALL = 2

_JOINED = ("'", "’", "-", "‑", " ", "\u00a0")


def base_given(options: NameOptions) -> int:
    """Return how much of a given name a style shows: ``NONE``, ``INITIALS`` or ``ALL``.

    Disambiguation can show more.
    """
    if options.form == "short":
        return NONE
    if options.initialize_with is not None and options.initialize is not False:
        return INITIALS
    return ALL


class PersonWriter:
    """Writes single names as one ``cs:name`` asks."""

    def __init__(
        self, node: NameNode, options: NameOptions, environment: Environment, *, sorting: bool
    ) -> None:
        """Work out once what ``node`` and ``options`` say of every name.

        ``sorting`` is true for names in a sort key.
        """
        self._sorting = sorting
        self._order = "all" if sorting else options.name_as_sort_order or ""
        separator = ", " if options.sort_separator is None else options.sort_separator
        self._separator = Literal(separator)
        self._initialize_with = options.initialize_with
        self._initialize = options.initialize is not False
        self._hyphen = environment.initialize_with_hyphen
        demote = environment.demote_non_dropping_particle
        self._demote = demote == "display-and-sort" or (sorting and demote == "sort-only")
        self._lang = environment.locale.lang
        parts = {part.name: part for part in node.parts}
        self._family = _Part(parts.get("family"), self._lang)
        self._given = _Part(parts.get("given"), self._lang)
        self._before, self._after = around(node.format, node.affixes)
        can_initialize = options.initialize_with is not None and self._initialize
        self.base = base_given(options)
        levels = (INITIALS, ALL) if can_initialize else (ALL,)
        self.steps = tuple(level for level in levels if level > self.base)

    def write(self, name: Name, index: int, given: int, out: Tokens) -> None:
        """Append one name to ``out``.

        ``index`` is its place in the list. ``given`` says how much of the given name is shown:
        ``NONE``, ``INITIALS`` or ``ALL``.
        """
        out.extend(self._before)
        self._write_parts(name, index, given, out)
        out.extend(self._after)

    def _write_parts(self, name: Name, index: int, given: int, out: Tokens) -> None:
        """Append the parts of a name in the order that the style and the script ask for.

        A literal name, or a given name alone, is written as it is. In Chinese, Japanese or Korean
        the family name comes first.
        """
        if name.literal or not name.family:
            self._family.append(name.literal or name.given, out)
            return
        if not _is_contextual(name):
            self._write_eastern(name, given, out)
            return
        if given == NONE:
            parts = (name.non_dropping_particle, name.family)
            self._family.append_all(out, parts[::-1] if self._sorting and self._demote else parts)
            return
        shown = self._given_name(name, given)
        if self._order == "all" or (self._order == "first" and index == 0):
            self._write_inverted(name, shown, out)
        else:
            self._write_plain(name, shown, out)

    def _write_eastern(self, name: Name, given: int, out: Tokens) -> None:
        """Append a Chinese, Japanese or Korean name: family name first, no space."""
        self._family.append(name.non_dropping_particle + name.family, out)
        if given != NONE:
            self._given.append(name.given, out)

    def _write_plain(self, name: Name, given: str, out: Tokens) -> None:
        """Append a name in the order of speech: given name, particles, family name, suffix.

        Before the suffix stands a comma only where the name has one there.
        """
        if given:
            self._given.append_all(out, (given,))
            out.append(" ")
        suffix = self._suffix(name)
        if suffix:
            suffix = (", " if name.comma_suffix else " ") + suffix
        self._family.append_all(
            out,
            (name.dropping_particle, name.non_dropping_particle, name.family),
            (self._given, self._family, self._family),
            suffix,
        )

    def _write_inverted(self, name: Name, given: str, out: Tokens) -> None:
        """Append a name in the order of sorting: family name, given name, suffix.

        The dropping particle follows the given name; so does the other one if the style demotes it.
        """
        separator = FAMILY_END if self._sorting else self._separator
        if self._demote:
            family: tuple[str, ...] = (name.family,)
            rest = (given, name.dropping_particle, name.non_dropping_particle)
        elif self._sorting:
            # "ben Yaakov" is looked up letter by letter, after "Benjamin".
            family = (name.non_dropping_particle.replace(" ", "") + name.family,)
            rest = (given, name.dropping_particle, "")
        else:
            family = (name.non_dropping_particle, name.family)
            rest = (given, name.dropping_particle, "")
        self._family.append_all(out, family)
        if any(rest):
            out.append(separator)
            self._given.append_all(out, rest, (self._given, self._given, self._family))
        if suffix := self._suffix(name):
            out.append(separator + suffix)

    def _suffix(self, name: Name) -> str:
        """Return the suffix; without its full stop if the initials have none either."""
        bare = self._initialize_with is not None and "." not in self._initialize_with
        return name.suffix.replace(".", "") if bare else name.suffix

    def _given_name(self, name: Name, given: int) -> str:
        """Return the given name, as initials if the style asks for them.

        If all of it is to be shown (``ALL``), only initials that it has already get the style's
        mark.
        """
        if self._initialize_with is None:
            return name.given
        only_existing = given == ALL or not self._initialize
        return initialized(
            name.given, self._initialize_with, hyphen=self._hyphen, only_existing=only_existing
        )


class _Part:
    """The look of the family or given name: letter case, formatting and affixes of cs:name-part."""

    def __init__(self, node: NamePart | None, lang: str) -> None:
        self._case = node.text_case if node else ""
        self._lang = lang
        self._prefix = node.affixes.prefix if node else ""
        self._suffix = node.affixes.suffix if node else ""
        self._open, self._close = around(node.format, NO_AFFIXES) if node else ([], [])
        self._is_plain = not (self._case or self._open or self._prefix or self._suffix)

    def append(self, text: str, out: Tokens) -> None:
        """Append a text in the look of this part."""
        self.append_all(out, (text,))

    def append_all(
        self,
        out: Tokens,
        texts: Sequence[str],
        looks: Sequence[_Part] = (),
        ending: str = "",
    ) -> None:
        """Append ``texts`` within the affixes of this part, joined by spaces.

        Empty texts are left out. ``looks`` gives each text the look of another part. ``ending``
        follows without a space.
        """
        shown = [(text, looks[i] if looks else self) for i, text in enumerate(texts) if text]
        if not shown:
            return
        if self._is_plain and all(look._is_plain for _, look in shown):  # noqa: SLF001
            out.append(_space_joined([text for text, _ in shown]) + ending)
            return
        if self._prefix:
            out.append(self._prefix)
        last = ""
        for text, look in shown:
            if last and not last.endswith(_JOINED):
                out.append(" ")
            look._append_one(text, out)  # noqa: SLF001
            last = text
        if ending:
            out.append(ending)
        if self._suffix:
            out.append(self._suffix)

    def _append_one(self, text: str, out: Tokens) -> None:
        """Append one text with the letter case and formatting of this part."""
        out.extend(self._open)
        out.append(change_case(text, self._case, self._lang))
        out.extend(self._close)


def _is_contextual(name: Name) -> bool:
    """Return whether a name is in a script in which names have more than one order."""
    return is_contextual(name.family) or (bool(name.given) and is_contextual(name.given))


def _space_joined(parts: Sequence[str]) -> str:
    """Return ``parts`` joined by spaces, but without a space after particles such as "d'"."""
    joined = parts[0]
    for part in parts[1:]:
        joined += part if joined.endswith(_JOINED) else " " + part
    return joined


# ---------------------------------------------------------------- initials

# Spacing modifier letters (Unicode block 02B0 to 02FF), as transliterations use them.
_MODIFIERS = "".join(map(chr, range(0x2B0, 0x300)))
# Spaces and hyphens between names; those inside a tag such as <span class="nocase"> are none.
# The longest tag is <span style="font-variant:small-caps;">; in a long name, to look further for
# the end of a tag would take too long.
_IN_TAG = r"[^<>]{0,50}>"
_JOINTS = re.compile(rf"((?<!\s)\s*+-\s*+(?!{_IN_TAG})|[‐‑]|(?<!\s)\s++(?!{_IN_TAG}))")
_GLUED_INITIAL = re.compile(r"\.(?=[^\s\-.’'<])")
_MARKED_UP = re.compile(r"((?:<[^>]*>)*)([^<]*)(.*)", re.DOTALL)


@lru_cache(maxsize=8192)
def initialized(given: str, mark: str, *, hyphen: bool = True, only_existing: bool = False) -> str:
    """Return the given name ``given`` as initials, each followed by ``mark``.

    "Jean-Luc Karl" with ". " gives "J.-L. K.". Abbreviated names keep their letters ("Chr."), and
    words in lower case stay ("Eliana da Mota" gives "E. da M."). With ``only_existing`` whole names
    stay too, and only initials get the mark. With ``hyphen`` false, "Jean-Luc" gives "J. L.".
    """
    out = ""
    joint = ""
    after_initial = False
    for word in _JOINTS.split(_GLUED_INITIAL.sub(". ", given.strip())):
        if not word or _JOINTS.fullmatch(word):
            joint = "-" if word.strip() else joint
            continue
        opening, name, closing = _taken_apart(word)
        initial = _initial(name, only_existing=only_existing) if name else ""
        hyphenated = joint == "-" and bool(out)
        joint = ""
        if hyphenated and not only_existing and word[0].islower():
            continue  # the second half of Jian-ping is no name of its own
        if hyphenated and (hyphen or not initial):
            out = out.rstrip() + "-"
        elif out and not (initial and after_initial) and not out.endswith(" "):
            out += " "
        sign = mark.rstrip()
        out += opening + (initial + sign if initial else name) + closing
        out += mark[len(sign) :] if initial else ""
        after_initial = bool(initial)
    return out.rstrip()


def _taken_apart(word: str) -> tuple[str, str, str]:
    """Return the tags before a word, the word, and the tags after it."""
    match = _MARKED_UP.fullmatch(word)
    return (match[1], match[2], match[3]) if match else ("", word, "")


def _initial(word: str, *, only_existing: bool) -> str:
    """Return the initial of ``word``, or an empty string if the word is written out.

    An abbreviation keeps all its letters: "Chr." gives "Chr". Words in small letters, and Chinese,
    Japanese or Korean ones, are written out. With ``only_existing`` so is every whole word. A
    modifier letter before the initial stays with it: ``ʿAlī`` gives ``ʿA``.
    """
    letters = word.lstrip(_MODIFIERS)
    if letters != word and letters:
        initial = _initial(letters, only_existing=only_existing)
        return word[: len(word) - len(letters)] + initial if initial else ""
    bare = word.rstrip(".")
    if bare != word or len(bare) == 1:
        return bare if bare[:1].isalpha() and (bare[0].isupper() or not bare.isalpha()) else ""
    if only_existing or not bare[0].isalpha() or bare[0].islower() or not is_spaced(bare):
        return ""
    # TSerendorjiin begins with a digraph, Ts; in YL the second letter is another initial.
    digraph = len(bare) > 2 and bare[1].isupper() and bare[2].islower()  # noqa: PLR2004
    return bare[0] + (bare[1].lower() if digraph else "")
