"""Languages of works: the codes of catalogues, and several of them in CSL's one variable."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["ISO_639_2", "joined_languages", "split_languages"]

ISO_639_2 = {
    "ara": "ar",
    "chi": "zh",
    "cze": "cs",
    "dan": "da",
    "dut": "nl",
    "eng": "en",
    "fin": "fi",
    "fre": "fr",
    "ger": "de",
    "gre": "el",
    "heb": "he",
    "hun": "hu",
    "ita": "it",
    "jpn": "ja",
    "kor": "ko",
    "lat": "la",
    "nor": "no",
    "pol": "pl",
    "por": "pt",
    "rum": "ro",
    "rus": "ru",
    "spa": "es",
    "swe": "sv",
    "tur": "tr",
    "ukr": "uk",
    # those of linguists, where they differ
    "ces": "cs",
    "deu": "de",
    "ell": "el",
    "fra": "fr",
    "nld": "nl",
    "ron": "ro",
    "zho": "zh",
}
"""Codes of three letters, those of libraries first, with their tags of two (BCP 47)."""


def joined_languages(tags: Iterable[str]) -> str:
    """Several tags as one value; CSL 1.0.2, appendix IV, has one variable for all."""
    return ", ".join(tags)


def split_languages(value: str) -> list[str]:
    """The tags of a value."""
    return [tag for part in value.split(",") if (tag := part.strip())]
