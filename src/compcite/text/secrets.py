"""Hide passwords and keys in what is shown, since messages end up in the logs of CI.

In ``https://me:secret@example.org/?key=secret``, the part before ``@`` may be a password, and the
part behind ``?`` may be a key.
"""

from __future__ import annotations

import re

__all__ = ["shortened", "without_secrets"]

_WORD = re.compile(r"[^\s'\"]+")
_PAIR = re.compile(r"[^/\\@:]+:[^/\\@]*@")  # user:password@

_MOST = 1000  # letters of a word: hardly a path or an address has more
_LONG = re.compile(rf"\S{{{_MOST + 1},}}")
_KEPT = 100  # of a longer word: enough to see what it is


def without_secrets(text: str) -> str:
    """The text with ``***`` for what may be a password or a key.

    That is what stands before ``@`` and behind ``?`` in an address, and ``user:password`` before
    ``@`` also where no ``https://`` stands before it. An e-mail address stays.
    """
    return _WORD.sub(_hidden, text) if ":" in text else text


def shortened(text: str) -> str:
    """The text with the beginning alone of each word that is longer than anybody writes."""
    return _LONG.sub(lambda word: f"{word[0][:_KEPT]}… ({len(word[0]):,} letters)", text)


def _hidden(match: re.Match[str]) -> str:
    """A word without its secrets."""
    word = match[0]
    # One slash is enough: a path that was made of an address has lost the other one.
    scheme, slash, rest = word.partition(":/")
    if not slash:
        return _PAIR.sub("***@", word, count=1) if _PAIR.match(word) else word
    address, query, _ = rest.lstrip("/").partition("?")
    host, rest_slash, path = address.partition("/")
    user, at, name = host.rpartition("@")
    slashes = "/" * (1 + len(rest) - len(rest.lstrip("/")))
    hidden = f"{scheme}:{slashes}{'***' if user else ''}{at}{name}{rest_slash}{path}"
    return f"{hidden}?***" if query else hidden
