"""Languages of works: three-letter codes of catalogues, and lists of tags in CSL's variable."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["ISO_639_2", "joined_languages", "split_languages"]

ISO_639_2 = {
    "afr": "af",
    "alb": "sq",
    "ara": "ar",
    "arm": "hy",
    "baq": "eu",
    "bel": "be",
    "ben": "bn",
    "bos": "bs",
    "bul": "bg",
    "cat": "ca",
    "chi": "zh",
    "cze": "cs",
    "dan": "da",
    "dut": "nl",
    "eng": "en",
    "epo": "eo",
    "est": "et",
    "fin": "fi",
    "fre": "fr",
    "geo": "ka",
    "ger": "de",
    "gle": "ga",
    "glg": "gl",
    "gre": "el",
    "heb": "he",
    "hin": "hi",
    "hrv": "hr",
    "hun": "hu",
    "ice": "is",
    "ind": "id",
    "ita": "it",
    "jpn": "ja",
    "kaz": "kk",
    "kor": "ko",
    "lat": "la",
    "lav": "lv",
    "lit": "lt",
    "mac": "mk",
    "may": "ms",
    "nor": "no",
    "per": "fa",
    "pol": "pl",
    "por": "pt",
    "rum": "ro",
    "rus": "ru",
    "slo": "sk",
    "slv": "sl",
    "spa": "es",
    "srp": "sr",
    "swe": "sv",
    "tam": "ta",
    "tha": "th",
    "tur": "tr",
    "ukr": "uk",
    "urd": "ur",
    "vie": "vi",
    "wel": "cy",
    # the codes of linguists (ISO 639-3), where they differ
    "ces": "cs",
    "cym": "cy",
    "deu": "de",
    "ell": "el",
    "eus": "eu",
    "fas": "fa",
    "fra": "fr",
    "hye": "hy",
    "isl": "is",
    "kat": "ka",
    "mkd": "mk",
    "msa": "ms",
    "nld": "nl",
    "ron": "ro",
    "slk": "sk",
    "sqi": "sq",
    "zho": "zh",
}
"""The two-letter tag (BCP 47) for each three-letter code: first the codes of libraries."""


def joined_languages(tags: Iterable[str]) -> str:
    """Several tags as one value: CSL 1.0.2 (appendix IV) has one variable for all languages."""
    return ", ".join(tags)


def split_languages(value: str) -> list[str]:
    """Return the tags in a value such as ``de, en``; the reverse of :func:`joined_languages`."""
    return [tag for part in value.split(",") if (tag := part.strip())]
