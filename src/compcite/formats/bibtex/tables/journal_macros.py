r"""Commands that stand for journals in exports of the Astrophysics Data System (``\aap``).

Its help page "Journal Abbreviations: TeX macros" lists them, and the classes of astronomical
journals (AASTeX, mnras, aa) define them.
"""

from __future__ import annotations

import re

__all__ = ["journal_of"]

_MACRO = re.compile(r"[{\s]*\\([a-z]+)[}\s]*")
_TABLE = r"""
    aap Astronomy & Astrophysics
    aapr The Astronomy and Astrophysics Review
    aaps Astronomy and Astrophysics Supplement Series
    actaa Acta Astronomica
    aj The Astronomical Journal
    ao Applied Optics
    apj The Astrophysical Journal
    apjl The Astrophysical Journal Letters
    apjlett The Astrophysical Journal Letters
    apjs The Astrophysical Journal Supplement Series
    apjsupp The Astrophysical Journal Supplement Series
    aplett Astrophysical Letters
    applopt Applied Optics
    apss Astrophysics and Space Science
    araa Annual Review of Astronomy and Astrophysics
    azh Astronomicheskii Zhurnal
    baas Bulletin of the American Astronomical Society
    bain Bulletin of the Astronomical Institutes of the Netherlands
    caa Chinese Astronomy and Astrophysics
    cjaa Chinese Journal of Astronomy and Astrophysics
    fcp Fundamentals of Cosmic Physics
    gca Geochimica et Cosmochimica Acta
    grl Geophysical Research Letters
    iaucirc IAU Circulars
    icarus Icarus
    jcap Journal of Cosmology and Astroparticle Physics
    jcp The Journal of Chemical Physics
    jgr Journal of Geophysical Research
    jqsrt Journal of Quantitative Spectroscopy and Radiative Transfer
    jrasc Journal of the Royal Astronomical Society of Canada
    maps Meteoritics & Planetary Science
    memras Memoirs of the Royal Astronomical Society
    memsai Memorie della Società Astronomica Italiana
    mnras Monthly Notices of the Royal Astronomical Society
    na New Astronomy
    nar New Astronomy Reviews
    nat Nature
    nphysa Nuclear Physics A
    pasa Publications of the Astronomical Society of Australia
    pasj Publications of the Astronomical Society of Japan
    pasp Publications of the Astronomical Society of the Pacific
    physrep Physics Reports
    physscr Physica Scripta
    planss Planetary and Space Science
    pra Physical Review A
    prb Physical Review B
    prc Physical Review C
    prd Physical Review D
    pre Physical Review E
    prl Physical Review Letters
    procspie Proceedings of SPIE
    psj The Planetary Science Journal
    qjras Quarterly Journal of the Royal Astronomical Society
    rmxaa Revista Mexicana de Astronomía y Astrofísica
    skytel Sky & Telescope
    solphys Solar Physics
    sovast Soviet Astronomy
    ssr Space Science Reviews
    zap Zeitschrift für Astrophysik
"""
_JOURNALS = dict(row.split(maxsplit=1) for row in _TABLE.strip().splitlines())


def journal_of(value: str) -> str:
    r"""Return the journal for a command: ``\apj`` gives ``The Astrophysical Journal``.

    The command may stand in braces. The result is empty for any other value.
    """
    found = _MACRO.fullmatch(value)
    return _JOURNALS.get(found[1], "") if found else ""
