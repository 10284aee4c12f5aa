"""Find the DOI, URL, eprint and date of access of a work, in whatever field they stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from compcite.text.doi import find_dois, read_doi
from compcite.text.latex import decode_text, decode_verbatim
from compcite.text.preprint_servers import PREPRINT_SERVER
from compcite.values.dates import read_date

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compcite.model.item import Date

__all__ = ["Links", "arxiv_id", "bare_doi", "beside_url", "find_links", "only_url", "split_note"]

_LINKING = frozenset(
    {"url", "note", "howpublished", "eprint", "eprinttype", "archiveprefix", "adsurl"}
    | {"bdsk-url-1", "booktitle"}
)
_BRACED = r"\{((?:[^{}]|\{[^{}]*\})*)\}"
_URL = (
    rf"\\(?:url|path|nolinkurl)\s*{_BRACED}|\\href\s*{_BRACED}\s*\{{(?:[^{{}}]|\{{(?:[^{{}}]|\{{[^{{}}]*\}})*\}})*\}}"
    r"|(https?://[^\s{}\\,;]+(?:\\[_&%#~][^\s{}\\,;]*)*)"
)
_LEADING_TO_URL = (
    r"(?i)(?:(?:available|retrieved|accessed|online|website|web\s?page|web|url|see|at|from|on|link)"
    r"[\s:.,]*)*$"
)
# Words that say when somebody looked at a page, and the day: "visited on 2021-02-03".
_ACCESS = re.compile(
    r"(?i)\b(?:(?:date\s+of\s+)?(?:last\s+)?(?:access(?:ed)?|visited|retrieved|checked|viewed)"
    r"(?:\s+(?:on|at))?|zugriff(?:\s+am)?|abgerufen(?:\s+am)?|consult[eé]e?(?:\s+le)?)\b[\s:,]*"
    r"(?P<day>\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[\s.-]+[^\W\d_]{3,}[\s.,-]+\d{4}"
    r"|[^\W\d_]{3,}\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}|\d{1,2}[./]\d{1,2}[./]\d{4})"
)
_DAY_JOINTS = re.compile(r"(?<=[^\W_])[-.,](?=[^\W_])|(?<=\d)(?:st|nd|rd|th)\b|[,.]")
_ISO_DAY = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{4}")
_EDGES = " .,:;[]()"
_BARE_DOI = re.compile(r"10\.\d{4,9}/[A-Za-z0-9._/()-]*[A-Za-z0-9]")
_ARXIV_ID = r"(?i)(?:arxiv:)?(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(v\d+)?"
_EPRINTS = {
    "arxiv": "https://arxiv.org/abs/",
    "jstor": "https://www.jstor.org/stable/",
    "pubmed": "https://pubmed.ncbi.nlm.nih.gov/",
    "pmid": "https://pubmed.ncbi.nlm.nih.gov/",
    "googlebooks": "https://books.google.com/books?id=",
    "hdl": "https://hdl.handle.net/",
    "hal": "https://hal.science/",
}
_OPTION_OFF = r"(?i)(?:^|,)\s*url\s*=\s*(?:\{\s*false\s*\}|false)\s*(?:,|$)"


class Links(NamedTuple):
    """What the fields of an entry say about where it can be read; what is unknown is empty."""

    doi: str = ""
    url: str = ""
    pmid: str = ""
    on_arxiv: bool = False
    server: str = ""  # of preprints, other than arXiv
    accessed: Date | None = None


def find_links(fields: Mapping[str, str]) -> Links:
    """Return the DOI, URL, PubMed number and date of access, and the preprint server of the work.

    The URL is the first of these: ``url``, a URL in ``howpublished``, a ``booktitle`` that is only
    a URL, a URL in ``note``, the address of the ``eprint``, ``adsurl``, ``bdsk-url-1``. A URL that
    only leads to the DOI is left out, and so is any URL if ``options`` has ``url=false``.
    """
    if _LINKING.isdisjoint(fields):
        return Links(bare_doi(fields.get("doi", ""), "", "", ""))
    note, how = fields.get("note", ""), fields.get("howpublished", "")
    url = decode_verbatim(fields.get("url", ""))
    if not url:
        url = _url_in(how) or only_url(fields.get("booktitle", "")) or _url_in(note)
    eprint = decode_verbatim(fields.get("eprint", ""))
    doi = bare_doi(fields.get("doi", ""), url, eprint, note)
    kind = _eprint_type(fields, eprint)
    if not url and eprint and kind in _EPRINTS:
        url = _EPRINTS[kind] + (arxiv_id(eprint) if kind == "arxiv" else eprint)
    url = url or decode_verbatim(fields.get("adsurl", "") or fields.get("bdsk-url-1", ""))
    if (doi and _repeats(url, doi)) or re.search(_OPTION_OFF, fields.get("options", "")):
        url = ""
    return Links(
        doi,
        url,
        eprint if kind in {"pubmed", "pmid"} else "",
        on_arxiv=kind == "arxiv" and bool(eprint),
        server=_preprint_server(fields) if eprint and kind != "arxiv" else "",
        accessed=_day_of_access(f"{note} {how}"),
    )


def split_note(note: str, url: str) -> str:
    """Return the text of a note; empty if it only gives the URL or the date of access.

    ``url`` is the URL that was read from the entry. Words such as ``Available at`` before it say no
    more. A note with words of its own stays whole: ``Code at https://…``.
    """
    rest = _ACCESS.sub("", note)
    found = re.search(_URL, rest)
    if found and decode_verbatim(found[1] or found[2] or found[3]) == url:
        rest = rest[: found.start()] + rest[found.end() :]
    if rest == note:
        return decode_text(note)
    shown = decode_text(rest).strip(_EDGES)
    return "" if re.match(_LEADING_TO_URL, shown) else decode_text(note)


def beside_url(value: str) -> str:
    """Return the text of ``howpublished`` without its first URL and the date of access.

    If only words that lead to the URL are left, such as ``Available at``, the result is empty.
    """
    found = re.search(_URL, value)
    without = value[: found.start()] + value[found.end() :] if found else value
    rest = _ACCESS.sub("", without)
    if rest == value:
        return decode_text(value)
    shown = decode_text(rest).strip(_EDGES)
    return "" if re.match(_LEADING_TO_URL, shown) else shown


def only_url(value: str) -> str:
    """Return the URL if a value is only a URL, else an empty string."""
    found = re.fullmatch(_URL, value.strip().strip("{}") if "\\" not in value else value.strip())
    return decode_verbatim(found[1] or found[2] or found[3]) if found else ""


def _url_in(value: str) -> str:
    """Return the first URL in a value; empty if there is none.

    A link of a DOI among other words does not count, since it can be that of another work.
    """
    found = re.search(_URL, value)
    if found is None:
        return ""
    url = decode_verbatim(found[1] or found[2] or found[3]).rstrip(".)")
    alone = re.fullmatch(_URL, value.strip())
    return "" if read_doi(url) and not alone else url


def _day_of_access(value: str) -> Date | None:
    """Return the date on which the work was visited, if a value says so, else None."""
    if not (found := _ACCESS.search(value)):
        return None
    day = found["day"]
    if not _ISO_DAY.fullmatch(day):
        day = " ".join(_DAY_JOINTS.sub(" ", day).split())
    date = read_date(decode_text(day))
    return date if date.parts else None


def _repeats(url: str, doi: str) -> bool:
    """Return whether a URL is only a DOI as a link, so that it says no more than the DOI."""
    linked = read_doi(url)
    return linked is not None and linked.bare and linked.doi.lower() == doi.lower()


def bare_doi(written: str, url: str, eprint: str, note: str) -> str:
    """Return the DOI in the doi field, or else alone in url or eprint, or else in note.

    A DOI in a note after words that lead to it can be that of another work, so it does not count.
    The result is empty if there is none.
    """
    if _BARE_DOI.fullmatch(written):
        return written  # nearly always, and nothing to look for
    if written and (found := read_doi(written) or next(find_dois(written), None)):
        return found.doi
    for value in (url, eprint):
        if "10." in value and (found := read_doi(value)):
            return found.doi
    found = next(find_dois(note), None) if "10." in note else None
    return found.doi if found and not found.led_to_in(note) else ""


def _eprint_type(fields: Mapping[str, str], eprint: str) -> str:
    """Return the archive of an eprint in lower case; empty if it is not known.

    Without a field that names it, it is ``arxiv`` if the identifier has the form of one of arXiv's.
    """
    kind = (fields.get("eprinttype") or fields.get("archiveprefix") or "").strip("{} ").lower()
    if not kind and eprint and re.fullmatch(_ARXIV_ID, eprint):
        return "arxiv"
    return kind


def _preprint_server(fields: Mapping[str, str]) -> str:
    """Return the name of the preprint server with the eprint (``PsyArXiv``), or an empty string."""
    name = decode_text(fields.get("eprinttype") or fields.get("archiveprefix") or "")
    return name if PREPRINT_SERVER.fullmatch(name) else ""


def arxiv_id(eprint: str) -> str:
    """Return an arXiv identifier without ``arXiv:`` or its address before it; the version stays."""
    return re.sub(
        r"^(?:https?://arxiv\.org/abs/|arxiv:)\s*", "", eprint.strip(), flags=re.IGNORECASE
    )
