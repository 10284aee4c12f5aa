"""The ways in which a question to one registry ends for one DOI."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from compcite.model.work import NotFound, Unavailable

if TYPE_CHECKING:
    from compcite.model.doi import DOI

__all__ = ["Absent", "Answer", "Json", "Record", "RecordForm"]

Json = Mapping[str, object]


class RecordForm(StrEnum):
    """The form of a record, which decides how it is read."""

    OWN = "own"  # as the agency's own API writes it
    CSL = "csl"  # CSL-JSON by content negotiation
    NONE = "none"  # the DOI is registered, and nobody describes it


@dataclass(frozen=True, slots=True)
class Record:
    """A DOI's record as received: ``body``, in the ``form`` that says how it is read.

    ``target`` is the DOI for which an alias stands, else None. ``resolvable`` is false if the DOI
    leads to no address.
    """

    doi: DOI
    agency: str
    form: RecordForm
    body: Json = field(default_factory=dict)
    target: DOI | None = None
    resolvable: bool = True


@dataclass(frozen=True, slots=True)
class Absent:
    """One registry does not have the DOI; another one may."""

    doi: DOI


Answer = Record | Absent | NotFound | Unavailable
