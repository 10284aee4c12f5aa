"""The citing commands of LaTeX and its packages, and how they take their keys.

Sources: LaTeX itself, the manuals of natbib, biblatex (and the styles of it that add commands:
apa, chicago, mla, ext), apacite, harvard, chicago.sty, amsrefs, abntex2cite,
bibentry, multibib, REVTeX, IEEEtran and the styles of ACL and ICML.
"""

from __future__ import annotations

from enum import Enum

__all__ = ["COMMANDS", "Shape"]


class Shape(Enum):
    """How a citing command takes its keys; arguments in ``[…]`` and ``<…>`` are always optional."""

    KEYS = r"\cite[see][p. 3]{a,b}"
    MULTIPLE = r"\autocites(see)(all)[p. 1]{a}[p. 2]{b}"
    VOLUME = r"\volcite[see]{2}[p. 3]{a}"
    VOLUMES = r"\volcites[see]{2}[p. 3]{a}{1}{b}"
    TWICE = r"\apud[p. 1]{a}[p. 2]{b}"


_PLAIN = """
cite nocite shortcite fullcite footcite footcitetext footfullcite textcite parencite smartcite
supercite autocite citeauthor citetitle citeyear citedate citeurl citefield citelist citename
notecite pnotecite fnotecite foottextcite
citet citep citealt citealp citeyearpar citefullauthor citenum citepalias citetalias
citetitles citejournal headlesscite headlessfullcite gentextcite surnamecite fullcitebib
nptextcite sidecite marginfullcite footfulltextcite atcite posscite posscitet citegen
citeA citeNP citeN citeANP citeyearNP citeauthorNP shortciteA shortciteN shortciteNP
shortciteANP fullciteA fullciteNP maskcite maskciteA maskciteNP nocitemeta masknocite
citeasnoun possessivecite citeaffixed
citeonline citeauthoronline citeyearonline onlinecite footciteonline
newcite yrcite bibentry ycite ocite citeauthory fullocite bstctlcite
defcitealias
"""
_MULTIPLE = """
cites parencites footcites footcitetexts textcites smartcites supercites autocites fullcites
footfullcites foottextcites headlesscites gentextcites nptextcites
"""
_VOLUME = "volcite pvolcite fvolcite ftvolcite svolcite tvolcite avolcite"
# These print nothing, but name entries in their second argument, as the volume commands do.
_LISTING = "addtocategory defbibentryset"


def _table() -> dict[str, Shape]:
    """Return the shape of each command, also in the form that begins a sentence (``Textcite``)."""
    shapes = dict.fromkeys(_PLAIN.split(), Shape.KEYS)
    shapes |= dict.fromkeys(_MULTIPLE.split(), Shape.MULTIPLE)
    shapes |= dict.fromkeys((*_VOLUME.split(), *_LISTING.split()), Shape.VOLUME)
    shapes |= {name + "s": Shape.VOLUMES for name in _VOLUME.split()}
    shapes["apud"] = Shape.TWICE
    return shapes | {name[0].upper() + name[1:]: shape for name, shape in shapes.items()}


COMMANDS = _table()
"""The citing commands by name, without backslash and star."""
