"""The names of months and seasons, in the languages in which reference lists are written.

All readers of dates look words up here, and all writers take the English names.
"""

from __future__ import annotations

__all__ = [
    "FIRST_SEASON",
    "LAST_DAY",
    "LAST_MONTH",
    "MONTHS",
    "MONTH_OF",
    "SEASONS",
    "SEASON_OF",
    "season_of_month",
]

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
"""The short English names of the months, in their order."""

SEASONS = ("Spring", "Summer", "Autumn", "Winter")
"""The English names of the seasons, in the order in which CSL counts them from 1."""

MONTH_OF = {
    name: number
    for number, names in enumerate(
        (
            "jan janv ene gen januar january janvier enero gennaio januari janeiro jänner",
            "feb fev fév févr febr februar february februari febrero febbraio fevereiro février",
            "mar mär mrz march märz mars marzo maart março mrt",
            "apr avr abr april avril abril aprile",
            "may mai mag maj mei mayo maggio maio",
            "jun juin june juni junio giugno junho giu",
            "jul juil july juli juillet julio luglio julho lug",
            "aug aou août aout ago august agosto augustus augusti",
            "sep sept september septembre septiembre settembre setembro set",
            "oct okt ott out october oktober octobre octubre ottobre outubro",
            "nov november novembre noviembre novembro",
            "dec dez dic déc december dezember décembre diciembre dicembre dezembro desember",
        ),
        start=1,
    )
    for name in names.split()
}
"""The number of each month by its names in small letters: English, German, French, Spanish,
Italian, Portuguese, Dutch, Swedish, Norwegian and Danish ones, long and short."""

SEASON_OF = {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4}
"""The number of each season by its English names in small letters."""

LAST_MONTH, LAST_DAY = 12, 31

FIRST_SEASON = 21
"""EDTF writes seasons in the place of the month: 21 is spring, 24 winter."""


def season_of_month(month: int) -> int | None:
    """Return the season (1 to 4) for a month 21 to 24 of EDTF, or None for other numbers."""
    season = month - FIRST_SEASON + 1
    return season if 1 <= season <= len(SEASONS) else None
