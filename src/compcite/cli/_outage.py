"""The option ``--on-outage``, which ``verify-dois`` and ``audit`` share."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from compcite.cli._help import RULES

if TYPE_CHECKING:
    from compcite.config import Config

__all__ = ["OnOutageOption", "word_for_outage"]


class OnOutage(StrEnum):
    """The values of ``--on-outage``: a run with an unchecked DOI ends with 3, with 1 or with 0."""

    UNVERIFIED = "unverified"
    FAIL = "fail"
    PASS = "pass"  # noqa: S105 - a word of the command line, no secret


OnOutageOption = Annotated[
    OnOutage | None,
    typer.Option(
        "--on-outage",
        help="How a run ends in which a DOI could not be checked: with 3, 1 or 0.  "
        "[default: unverified]",
        show_default=False,
        rich_help_panel=RULES,
    ),
]


def word_for_outage(given: OnOutage | None, config: Config) -> str:
    """The value of the option, else that of the configuration."""
    return given.value if given else config["on-outage"]
