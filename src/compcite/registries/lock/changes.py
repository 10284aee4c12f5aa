"""Say in words what has changed at a registry since it was locked; the worst change first."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compcite.registries.records.answers import Json

__all__ = ["RecordChange", "change_between"]

_NOTICES = {
    "retraction": (0, "was retracted"),
    "partial_retraction": (0, "was retracted in part"),
    "withdrawal": (1, "was withdrawn"),
    "removal": (1, "was removed"),
    "expression_of_concern": (2, "is under an expression of concern"),
    "correction": (4, "was corrected"),
    "corrigendum": (4, "was corrected"),
    "erratum": (4, "was corrected"),
    "reinstatement": (4, "was reinstated"),
}
_GONE, _NOTICED, _OTHER = 3, 4, 5
_LONGEST = 60  # characters of a value that a sentence may quote


class RecordChange(NamedTuple):
    """A DOI of which a registry now says something else; a lower ``rank`` is worse."""

    rank: int
    doi: str
    sentence: str


def change_between(doi: str, before: Json, now: Json) -> RecordChange | None:
    """Return how the statements about a DOI differ, or None if they do not.

    ``before`` and ``now`` are two lines of a lock.
    """
    told = sorted(_told(before, now))
    if not told:
        return None
    return RecordChange(told[0][0], doi, f"{doi} {'; '.join(words for _, words in told)}")


def _told(before: Json, now: Json) -> Iterator[tuple[int, str]]:
    """Yield each change as its rank (the lowest is the worst) and the words for it.

    Of a DOI that is registered in only one of the two states, only this is said.
    """
    if now.get("registered") is False or before.get("registered") is False:
        if now.get("registered") != before.get("registered"):
            gone = now.get("registered") is False
            yield (_GONE, "is registered no more") if gone else (_OTHER, "is registered now")
        return
    had, has = _updates(before), _updates(now)
    yield from (_noticed(update) for update in has if update not in had)
    if any(update not in has for update in had):
        yield _NOTICED, "lost a notice"
    names = dict.fromkeys((*before, *now))
    changed = [
        _changed(name, before.get(name), now.get(name))
        for name in names
        if name != "updates" and before.get(name) != now.get(name)
    ]
    if changed:
        yield _OTHER, "has changed: " + ", ".join(changed)


def _updates(said: Json) -> list[dict[str, str]]:
    """Return the notices in a line of a lock."""
    return cast("list[dict[str, str]]", said.get("updates", []))


def _noticed(update: dict[str, str]) -> tuple[int, str]:
    """Return the words for a new notice, "was retracted on 2020-01-02", and before them its rank.

    A lower rank is worse.
    """
    kind = update.get("kind", "")
    rank, words = _NOTICES.get(kind, (_NOTICED, f"has a notice of {kind}"))
    when = f" on {update['date']}" if "date" in update else ""
    notice = f" (notice {update['doi']})" if "doi" in update else ""
    return rank, f"{words}{when}{notice}"


def _changed(name: str, before: object, now: object) -> str:
    """Return the name of a variable, with its old and new value if both are short."""
    values = _shown(before), _shown(now)
    if None in values:
        return name
    return f"{name} ({values[0]}, now {values[1]})"


def _shown(value: object) -> str | None:
    """Return a value for use in a sentence; None for a long one, an object or a list of texts."""
    if value is None:
        return "none"
    if isinstance(value, list) and all(isinstance(part, int) for part in value):
        return ", ".join(map(str, value))
    shown = str(value)
    return shown if len(shown) <= _LONGEST and not isinstance(value, (list, dict)) else None
