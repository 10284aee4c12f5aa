"""Where works stand before they are published, by name and by DOI."""

from __future__ import annotations

import re

__all__ = ["PREPRINT_DOI", "PREPRINT_SERVER"]

PREPRINT_SERVER = re.compile(
    r"\b(?:\w*rxiv|SSRN|Research Square|Preprints(?:\.org)?|Open Archive|ESSOAr|OSF Preprints"
    r"|Authorea|CoRR)\b",
    re.IGNORECASE,
)
"""The names of preprint servers, and CoRR, arXiv's section of computer science."""

PREPRINT_DOI = re.compile(
    r"10\.(?:48550/arxiv|1101/(?:\d{4}\.\d\d|\d{6})|64898/|2139/ssrn|312(?:19|[234]\d)/|35542/"
    r"|17605/osf|1002/essoar|20944/preprints|26434/chemrxiv|21203/rs|36227/techrxiv|22541/au"
    r"|5194/egusphere-|7287/peerj\.preprints|33774/|32388/)",
    re.IGNORECASE,
)
"""How the DOIs of preprints begin.

Of the prefix 10.1101 only the numbers of bioRxiv and medRxiv count, since journals of Cold Spring
Harbor have it, too.
"""
