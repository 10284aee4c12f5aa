"""A record of Crossref for the first entry of the references."""

from __future__ import annotations

NEFF = "10.1080/15298860309032"
RECORD = {
    "title": ["Self-Compassion: An Alternative Conceptualization"],
    "author": [{"family": "Neff", "given": "Kristin D."}],
    "container-title": ["Self and Identity"],
    "issued": {"date-parts": [[2003]]},
    "volume": "2",
    "issue": "2",
    "page": "85-101",
}
