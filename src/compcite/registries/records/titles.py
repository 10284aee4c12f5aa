"""The forms of a title, and notices in a title such as ``RETRACTED:``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compcite.model.work import Update
from compcite.registries.records.markup import without_markup

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["distinct", "joined", "with_title_notice", "without_notice"]

_NOTICE = re.compile(
    r"^\W{0,2}(?P<word>retracted|withdrawn|temporary removal|removed)"
    r"(?:\s+(?:article|paper|chapter|manuscript|preprint))?\s*(?:[:\])]|[—–-]\s)\W*",
    re.IGNORECASE,
)
_KINDS = {
    "retracted": "retraction",
    "withdrawn": "withdrawal",
    "removed": "removal",
    "temporary removal": "removal",
}


def joined(title: str, subtitle: str) -> str:
    """Return a title with its subtitle after a colon.

    The title stays alone if it ends with the subtitle already. If it ends with a mark such as
    ``?``, there is no colon.
    """
    if (
        not title
        or not subtitle
        or without_markup(title).casefold().endswith(without_markup(subtitle).casefold())
    ):
        return title or subtitle
    return f"{title} {subtitle}" if title[-1] in ":?!.—–" else f"{title}: {subtitle}"


def distinct(forms: Iterable[str]) -> tuple[str, ...]:
    """Return the forms in order, without markup, each once and without empty ones."""
    return tuple(dict.fromkeys(form for form in map(without_markup, forms) if form))


def without_notice(title: str) -> str:
    """Return a title without a notice before it, such as ``RETRACTED:``."""
    return _NOTICE.sub("", title)


def with_title_notice(updates: tuple[Update, ...], title: str) -> tuple[Update, ...]:
    """Return the updates, and a retraction or removal if the title says so: ``RETRACTED: …``.

    It is added only if the updates tell no retraction or removal.
    """
    match = _NOTICE.match(title)
    if match is None:
        return updates
    kind = _KINDS[match["word"].lower()]
    if any(update.kind in _KINDS.values() for update in updates):
        return updates
    return (*updates, Update(kind, asserted_by="title"))
