"""Reading DOIs in every form in which people write them.

Sources: DOI Handbook 2.2 (syntax: ``10.`` registrant ``/`` suffix; the suffix may hold any
printable character; case does not count), the display guidelines of the agencies
(``https://doi.org/…``), and the shortDOI service (https://shortdoi.org) for ``10/abcd``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import unquote

from compcite.text.arxiv import without_version

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["ReadDoi", "find_dois", "leads_elsewhere", "read_doi", "without_page"]

_LETTERS = re.compile(r"[^\W_]+")
_WHERE_WORDS = """
preprint eprint print pre e arxiv biorxiv medrxiv ssrn available accessible posted published online
at on from under via in the is https http url doi
"""
_WHERE = frozenset(_WHERE_WORDS.split())


@dataclass(frozen=True, slots=True)
class ReadDoi:
    """A DOI found in a text: the bare ``doi``, and the part of the text that spelled it.

    ``start`` and ``end`` delimit everything that belongs to the spelling (resolver, ``doi:``,
    angle brackets, a trailing dot), so that ``text[start:end]`` may be replaced by ``doi``.
    ``page`` tells that the DOI ends the address of some page, which is not a resolver's, and
    ``place`` that a place in the document follows (``#section``): then the spelling says more.
    """

    doi: str
    start: int
    end: int
    page: bool = False
    place: bool = False

    @property
    def bare(self) -> bool:
        """Whether the spelling is only the DOI, and no page's address or place in a work."""
        return not (self.page or self.place)

    def led_to_in(self, text: str) -> bool:
        """Whether words before it in the text may say that it is another work's.

        So it is in *A comment on doi:…*.
        """
        return leads_elsewhere(text[: self.start])


def leads_elsewhere(before: str) -> bool:
    """Whether the text before an identifier may say that the identifier is another work's.

    *Preprint at*, *available from* and their like only say where the work itself is; any other word
    may. False for a text without words.
    """
    return any(word.lower() not in _WHERE for word in _LETTERS.findall(before))


_SLASH = r"(?:\\|\\?%5[Cc])?(?:/|\\?%(?:25)?2[Ff])"
_LONGEST = 1000  # characters that a suffix is spelled with; what goes on behind them is no DOI
_DOI = re.compile(rf"(?<![\d.])10\.\d{{4,9}}(?:\.\d+)*\s?{_SLASH}\s?[^\s\"]{{1,{_LONGEST}}}")
# Everything people put before the "10.": a resolver, also behind a library's proxy, or a label;
# or the address of a page that ends in the DOI; all of it behind an opener. Blanks are taken
# possessively (`*+`): given back one by one, a long run of them would cost its square.
_RESOLVER = (
    r"(?:https?\s*+:\s*+/*+\s*+)?(?:[\w-]+\.)*doi[.-]org(?:\.[\w.-]+)?(?::\d+)?"
    r"\s*+/++(?:\s*+/++)?\s*+(?:doi:\s*+)?"
)
_LABEL = r"(?:info:|urn:)?doi(?:\.org)?\s*+[:=]?\s*+/*+\s*+"
_ADDRESS = r"https?://[^\s<>\"{}\\]+[/=]"
_BEFORE = re.compile(
    r"(?:\\(?:url|href|doi|path|nolinkurl)\s*\{\s*|[<$]\s*|(?<!\w))"
    rf"(?:(?:http://)?(?:{_RESOLVER}|{_LABEL})+|(?P<page>{_ADDRESS}))?$",
    re.IGNORECASE,
)
# A short DOI, alone or behind a resolver or label; as a link it may lack its prefix.
_SHORT_DOI = re.compile(
    rf"\s*+(?:(?:{_RESOLVER}|{_LABEL})?10/|https?://(?:dx\.)?doi\.org/)([a-z0-9]{{2,12}})[\s.,;/]*+",
    re.IGNORECASE,
)
_REACH = 300  # characters before a DOI that may belong to its spelling
# What stands between two spellings: signs of a list, or the markup of a link.
_ANOTHER = re.compile(
    r"(?:(?<![;,|])[;,|]++|\]\(|\]\[|'>)\s*(?:https?:|doi:|10\.\d{4,9}/)", re.IGNORECASE
)
_TAG = re.compile(r"</?[a-z]\w*(?:\s[^<>]*)?/?>", re.IGNORECASE)
_ENDING_TAG = re.compile(r"</[a-z]\w*>|<br\s?/?>", re.IGNORECASE)
_MARKS = ("*", "_", "`", "'")  # signs of markup that stand before and behind a text
_LATEX_ESCAPE = re.compile(
    r"\{\\([_%#&$])\}|\\([_%#&$~^{}/])|\$?\\backslash\$?(?=_)|\\textunderscore(?:\{\}|\s)?|\\-"
)
_LATEX_LESS = re.compile(r"\{?\$<\$\}?|\{?\\(?:textless|ensuremath\{<\})(?:\{\})?\}?")
_LATEX_GREATER = re.compile(r"\{?\$>\$\}?|\{?\\(?:textgreater|ensuremath\{>\})(?:\{\})?\}?")
_ENTITIES = {"&lt;": "<", "&#60;": "<", "&gt;": ">", "&#62;": ">", "&amp;": "&", "&#38;": "&"}
_TRACKING = re.compile(r"[?&](?:utm_\w+|via|ref|source|fbclid|gclid)=.*$", re.IGNORECASE)
_QUERY = re.compile(r"[?#].*$", re.DOTALL)
_BEHIND = re.compile(r"[?&#][^\s{}<>\"]*")
# What publishers put behind a DOI in the addresses of their pages.
_PAGE = re.compile(
    r"(?:v\d+)?(?:/(?:abstract|full|fulltext|pdf|epdf|meta|summary|references|html|pdfdirect"
    r"|suppl_file|figures|tables|citations|status)"
    r"|\.(?:pdf|html?|short|long|full|abstract|svg|png))(?:[/.?#].*)?$|[?#].*$",
    re.IGNORECASE,
)
_WORD_CHAR = re.compile(r"[^\W_]")
_PERCENT = re.compile(r"%[0-9A-Fa-f]{2}")
_INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\u00ad\ufeff"
_ODD_CHARS = str.maketrans(
    {"‐": "-", "‑": "-", "–": "-", "—": "-", "−": "-", "／": "/", "．": "."}
    | dict.fromkeys(_INVISIBLE, "")
)
# A line break that copying put into a DOI, behind a sign that no DOI ends with.
_BREAK = re.compile(r"(?<=[/_(\-–‐])\s++(?=\S)|(?<=[.:])\s++(?=[\w.()/-]++\s*+[.,;]?\s*+$)")
_BREAKS = 3  # line breaks at full stops in one DOI: only the last one can be told at a time
_OPENERS = ("<", "\\", "$")
_CLOSERS = {")": "(", "]": "[", "}": "{", ">": "<"}
_TRAILING = frozenset(".,;:'”’»!?|\\{" + _INVISIBLE)
_NO_WORDS = re.compile(r"\\(?:url|href|doi|path|nolinkurl|textless|textgreater)\b|[\W_]+")


def read_doi(value: str) -> ReadDoi | None:
    r"""The one DOI that the whole of ``value`` spells, or None.

    None where there is no DOI, where other words stand beside it, or where there are two different
    ones. A link may spell it twice: ``\href{https://doi.org/10.1000/x}{10.1000/x}`` in LaTeX,
    ``[10.1000/x](https://doi.org/10.1000/x)`` in Markdown, ``<a href="…">…</a>`` in HTML. A short
    DOI (``10/abcd``, ``https://doi.org/abcd``) is one, too, and so is a page's address that ends in
    a DOI. A DOI that blanks or line breaks split is joined.
    """
    if short := _SHORT_DOI.fullmatch(value):
        return ReadDoi(f"10/{short[1]}", *short.span())
    return _whole(value) or _rejoined(value)


def _whole(value: str) -> ReadDoi | None:
    """Return the DOI if a value is only one DOI, in any spelling, even repeated; else None.

    Markup around it does not count.
    """
    found = list(find_dois(value))
    if not found or len({one.doi.lower() for one in found}) > 1:
        return None
    between = "".join(value[a.end : b.start] for a, b in pairwise(found))
    rest = value[: found[0].start] + between + value[found[-1].end :]
    if _NO_WORDS.sub("", _TAG.sub("", rest)):
        return None
    page, place = any(one.page for one in found), any(one.place for one in found)
    start, end = found[0].start, found[-1].end
    if _TAG.search(rest):  # tags stand around it, and half of them would stay
        start, end = 0, len(value)
    return ReadDoi(found[0].doi, start, end, page, place)


def _rejoined(value: str) -> ReadDoi | None:
    """Return the DOI of a value in which blanks or line breaks split it; else None.

    None also where it can be read without joining. The place is that of the whole value.
    """
    stripped = value.strip()
    joined = stripped
    for _ in range(_BREAKS):
        shorter = _BREAK.sub("", joined)
        if shorter == joined:
            break
        joined = shorter
    found = _whole(joined) if joined != stripped else None
    start = len(value) - len(value.lstrip())
    return replace(found, start=start, end=start + len(stripped)) if found else None


def find_dois(text: str) -> Iterator[ReadDoi]:
    """Yield every DOI in a text, in order, in any spelling.

    Its place includes a label or resolver before it and brackets and stops behind it. A DOI of
    arXiv comes without its version. Short DOIs (``10/abcd``) are not found.
    """
    position = 0
    while match := _DOI.search(text, position):
        before = text[max(position, match.start() - _REACH) : match.start()]
        found = _BEFORE.search(before)
        prefix, page = (found[0], found["page"] is not None) if found else ("", False)
        start = match.start() - len(prefix)
        opener = prefix[:1] if prefix[:1] in _OPENERS else text[max(start - 1, 0) : start]
        run = _spelled(match[0], opener, as_url="//" in prefix)
        doi = _bare(run)
        end = max(match.start() + len(run), match.start() + 1)
        position = _closing(text, start, end)
        if doi.partition("/")[2]:
            behind = _TRACKING.sub("", text[end:position])
            yield ReadDoi(doi, start, position, page, place=bool(_WORD_CHAR.search(behind)))


def without_page(doi: str) -> str:
    """Return a DOI from a publisher's address, without the part that names a page.

    ``10.1000/x/abstract`` and ``10.1000/x.pdf`` give ``10.1000/x``; a DOI without such a part
    stays.
    """
    return _PAGE.sub("", doi)


def _spelled(run: str, opener: str, *, as_url: bool) -> str:
    """Return the part of a run of non-blank characters that is the DOI as it is spelled.

    ``opener`` is the sign before it, such as ``<`` or ``*``. ``as_url`` means that it is part of a
    URL.
    """
    if opener == "$":
        run = run.removesuffix("$")
    if opener in _MARKS:
        run = run.rstrip(opener)
    if opener in ("<", "\\"):
        run = _upto_closer(run, ">" if opener == "<" else "}")
    run = _TRACKING.sub("", run)
    if as_url:
        run = _QUERY.sub("", run)  # in a URL these signs of a DOI itself are escaped
    for behind in (_ANOTHER, _ENDING_TAG):
        if found := behind.search(run):
            run = run[: found.start()]
    end = len(run)
    while end and (run[end - 1] in _TRAILING or _unopened(run, end)):
        end -= 1
    return run[:end]


def _unopened(run: str, end: int) -> bool:
    """Whether ``run[:end]`` ends in a bracket that nothing in it opens."""
    opener = _CLOSERS.get(run[end - 1])
    return opener is not None and run.count(run[end - 1], 0, end) > run.count(opener, 0, end)


def _upto_closer(run: str, closer: str) -> str:
    """Return the run up to ``closer``, if this closes a sign before the run; else the whole run."""
    depth = 0
    for index, char in enumerate(run):
        if char == _CLOSERS[closer]:
            depth += 1
        elif char == closer:
            if depth == 0:
                return run[:index]
            depth -= 1
    return run


def _closing(text: str, start: int, end: int) -> int:
    """Return where the spelling ends, with the brackets, stops and tracking after the DOI."""
    if text[start] == "$" == text[end : end + 1]:
        end += 1
    while end < len(text) and text[end] in ".,;>}/?&#":
        if text[end] in ">}" and text.find(_CLOSERS[text[end]], start, end) < 0:
            break
        if behind := _BEHIND.match(text, end):
            if not _TRACKING.match(behind[0]) and text.find("//", start, end) < 0:
                break
            end = behind.end()
            continue
        if text[end] in ",;" and _ANOTHER.match(text, end):
            break
        end += 1
    return end


def _bare(spelled: str) -> str:
    """Return a spelled DOI without escapes, entities, blanks, and the version of an arXiv paper.

    Dashes become hyphens.
    """
    doi = _LATEX_GREATER.sub(">", _LATEX_LESS.sub("<", spelled))
    doi = _LATEX_ESCAPE.sub(_unescaped, doi)
    if "{" in spelled and "\\" in spelled:
        doi = doi.replace("{", "").replace("}", "")
    for entity, char in _ENTITIES.items():
        doi = doi.replace(entity, char)
    for _ in range(2):  # some exports escape the escapes
        if _PERCENT.search(doi):
            doi = unquote(doi)
    doi = re.sub(r"\s+", "", doi).translate(_ODD_CHARS).replace("\\/", "/")
    return without_version(doi)


def _unescaped(escape: re.Match[str]) -> str:
    """Return the character for a LaTeX escape; empty for one that prints nothing."""
    return escape[1] or escape[2] or ("_" if "underscore" in escape[0] else "")
