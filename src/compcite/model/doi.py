"""The DOI as a value; two DOIs are equal whatever their letter case (DOI Handbook 2.4)."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from compcite.errors import UsageError
from compcite.text.doi import read_doi
from compcite.text.unicode import without_surrogates

__all__ = ["DOI"]


@dataclass(frozen=True, slots=True, order=True)
class DOI:
    """A bare DOI in lower case, such as ``10.1016/j.beth.2016.11.012``."""

    value: str

    @classmethod
    def parse(cls, text: str) -> DOI | None:
        """The DOI that ``text`` is, bare, as a URL or after ``doi:``; None for anything else."""
        found = read_doi(text)
        return cls(found.doi.lower()) if found else None

    @classmethod
    def given(cls, text: str) -> DOI:
        """The DOI that a user gave; raises UsageError where the text is none."""
        doi = cls.parse(text)
        if doi is None:
            raise UsageError(f"{text!r} is no DOI; one begins with 10. and has a slash")
        return doi

    def __post_init__(self) -> None:
        """Put the DOI in lower case and replace lone surrogates, which no encoding can write."""
        object.__setattr__(self, "value", without_surrogates(self.value.lower()))

    def __str__(self) -> str:
        """The bare DOI."""
        return self.value

    @property
    def prefix(self) -> str:
        """The part before the first slash: ``10.1016``."""
        return self.value.partition("/")[0]

    @property
    def short(self) -> bool:
        """Whether it is a short DOI such as ``10/abcd``: another name of a longer DOI."""
        return self.prefix == "10"

    @property
    def url(self) -> str:
        """The DOI as a link to doi.org, percent-encoded where a URL needs it."""
        return "https://doi.org/" + quote(self.value, safe="/:;()-._~!$'*+,=@")
