"""The names of fields that BibTeX's and biblatex's styles and usual programs know.

Sources: BibTeXing (Patashnik 1988), the biblatex manual (section 2.2), the documentation of JabRef,
Zotero, Mendeley, BibDesk and of the exports of publishers for the fields of their own.
"""

from __future__ import annotations

__all__ = ["KNOWN_FIELDS", "meant_fields"]

_STANDARD_WORDS = """
    abstract addendum address afterword annotation annotator annote author authortype bookauthor
    bookpagination booksubtitle booktitle booktitleaddon chapter commentator crossref date doi
    edition editor editora editoratype editorb editorbtype editorc editorctype editortype eid
    entryset entrysubtype eprint eprintclass eprinttype eventdate eventtitle eventtitleaddon file
    foreword gender holder howpublished hyphenation indexsorttitle indextitle institution
    introduction isan isbn ismn isrn issn issue issuesubtitle issuetitle issuetitleaddon iswc
    journal journalsubtitle journaltitle journaltitleaddon keywords label langid langidopts
    language library location mainsubtitle maintitle maintitleaddon month nameaddon note number
    options organization origdate origlanguage origlocation origpublisher origtitle pages pagetotal
    pagination part presort pubstate publisher related relatedoptions relatedstring relatedtype
    reprinttitle school series shortauthor shorteditor shorthand shorthandintro shortjournal
    shortseries shorttitle sortkey sortname sortshorthand sorttitle sortyear subtitle title
    titleaddon translator type url urldate urlday urlmonth urlyear usera userb userc userd usere
    userf venue verba verbb verbc version volume volumes xdata xref year day execute ids annot key
"""
_OTHER_WORDS = """
    accessed adsnote adsurl affiliation annotations archive archiveprefix articleno artnumber
    authors bibsource biburl citations collaboration comment comments copyright coden date-added
    date-modified editors eissn element entrytype fjournal groups issn-l issue_date keyword
    language lastchecked lccn location mendeley-groups mendeley-tags mrclass mrnumber mrreviewer
    keywords-plus notes numpages
    owner page pdf pmc pmcid pmid preview primaryclass priority printed publisher-place ranking
    rating read readstatus reportnumber review slaccitation source status tags timestamp topic
    unique-id urls zblnumber translator-credit pubtype subject subjects doi-url web notes2 dateadded
    origyear eventyear origmonth eventmonth locations numbers timestamps image images issued
    video audio code slides poster data dates thesis degree advisor names paper
"""
_STANDARD = frozenset(_STANDARD_WORDS.split())
KNOWN_FIELDS = _STANDARD | frozenset(_OTHER_WORDS.split())
"""The names of all fields that some style or program knows."""
_SHORTEST = 4  # letters: url and uri, isan and isbn are names of their own


def meant_fields(name: str) -> list[str]:
    """Return the standard fields from which a field name differs by one slip; mostly none.

    A slip is a letter too many, too few or wrong, or two letters that changed places: ``titel``
    gives ``title``. Known names and names of fewer than four letters give an empty list. So does a
    standard name with a letter before it, since it is a name of its own: ``etitle``.
    """
    if name in KNOWN_FIELDS or len(name) < _SHORTEST or not name.isalpha():
        return []
    if name[1:] in _STANDARD and name[0] != name[1]:
        return []
    return [known for known in _slips(name) if known in _STANDARD]


def _slips(name: str) -> list[str]:
    """Return all words that differ from a name by one slip, each once.

    A slip is a letter from a to z too few, too many or wrong, or two neighbours exchanged.
    """
    letters = "abcdefghijklmnopqrstuvwxyz"
    found: dict[str, None] = {}
    for at in range(len(name) + 1):
        head, tail = name[:at], name[at:]
        if tail:
            found[head + tail[1:]] = None
        if len(tail) > 1:
            found[head + tail[1] + tail[0] + tail[2:]] = None
        for letter in letters:
            found[head + letter + tail] = None
            if tail:
                found[head + letter + tail[1:]] = None
    return list(found)
