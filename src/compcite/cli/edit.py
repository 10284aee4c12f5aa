"""``compcite edit``: change fields of an entry, or its text in an editor."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compcite.cli import _console
from compcite.cli._changes import DiffOption, say_done, write_or_show
from compcite.cli._completion import complete_key
from compcite.cli._library import load_with_warnings
from compcite.cli._options import SourcesAsOption
from compcite.config import load_config
from compcite.errors import CompciteError, ExitCode, UsageError
from compcite.values.biblatex import BIBLATEX_TYPES
from compcite.verbs.edit import only_entries, replace_entry, set_fields, what_changed

if TYPE_CHECKING:
    from compcite.files.sources import Changed
    from compcite.model.library import Entry, Library

__all__ = ["EPILOG", "run"]

EPILOG = """Examples:

\b
  compcite edit neff2003self pages=85--101 year=2003
  compcite edit neff2003self --unset abstract --diff
  compcite edit neff2003self            in $VISUAL or $EDITOR

A value is LaTeX, as it is to stand between the delimiters. In `month`, and in fields
that the file writes with macros, the name of a macro is written as one.
"""


def run(
    key: Annotated[
        str,
        typer.Argument(metavar="KEY", help="The citation key.", autocompletion=complete_key),
    ],
    assignments: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FIELD=VALUE", help="Fields and their new values.", show_default=False
        ),
    ] = None,
    unset: Annotated[
        list[str] | None,
        typer.Option(
            "--unset", metavar="FIELD", help="Remove this field; repeatable.", show_default=False
        ),
    ] = None,
    source: SourcesAsOption = None,
    diff: DiffOption = False,
) -> int:
    """Set and remove fields of an entry, in the style of its file; every other byte stays.

    Without fields, the entry alone is opened in $VISUAL or $EDITOR.
    """
    if "=" in key:
        raise UsageError(f"the key comes first; write for example: compcite edit KEY {key}")
    values = _values(key, assignments or (), unset or ())
    library = load_with_warnings(load_config(), source, to_change=bool(values) and not diff)
    if not values:
        return _edit_text(library, key, diff=diff)
    (entry,) = only_entries(library, [key])
    if values.get("key") is not None and entry.field("key") is None:
        raise UsageError(
            f"`compcite rename {entry.key} {values['key']}` changes the citation key; to add "
            f"BibTeX's field `key` for sorting, use `compcite edit {entry.key}`"
        )
    if entry.format == "bibtex" and (values.get("type") or "").lower() in BIBLATEX_TYPES:
        _console.note(
            f"compcite: `type` is a field of @{entry.type}, as in theses and reports; "
            f"`compcite edit {entry.key}` opens the entry, to change @{entry.type} itself"
        )
    changed = set_fields(entry, values)
    if not changed:
        _console.note(f"{entry.key} has these values already.")
    return _write(library, entry, changed, diff=diff)


def _values(
    key: str, assignments: tuple[str, ...] | list[str], unset: tuple[str, ...] | list[str]
) -> dict[str, str | None]:
    """The new values by field, None for those to remove.

    Names keep their letter case. Raises UsageError for an argument that is no assignment, or a
    field that is named twice, in whatever letter case.
    """
    pairs: list[tuple[str, str | None]] = []
    for text in assignments:
        name, sign, value = text.partition("=")
        if not sign or not name.strip():
            raise UsageError(
                f"{text!r} is no FIELD=VALUE; write for example: compcite edit {key} year=2003"
            )
        pairs.append((name.strip(), value))
    pairs += [(name, None) for name in unset]
    values = {name.lower(): value for name, value in pairs}
    if len(values) < len(pairs):
        raise UsageError("a field is named twice")
    return dict(pairs)


def _edit_text(library: Library, key: str, *, diff: bool) -> ExitCode:
    """Open an entry in the user's editor, and write it back, or with ``diff`` show the change.

    What the user typed is in a file. It is deleted when the entry is written or is unchanged; else
    stderr names it.
    """
    (entry,) = only_entries(library, [key])
    before = _entry_text(entry)
    replace_entry(entry, before)  # raises an error now where the format has no such edits
    draft = _draft(entry)
    try:
        _open_editor(draft)
        text = draft.read_text(encoding="utf-8")
        if _same(text, before):
            draft.unlink()
            _console.note(f"{entry.key}: nothing was changed.")
            return _write(library, entry, [], diff=diff)
        changed = replace_entry(entry, _as_in_file(text, entry))
        code = _write(library, entry, changed, diff=diff)
    except (CompciteError, OSError, UnicodeError) as error:
        if not _same(_kept(draft), before):
            _console.error(f"what you typed is in {draft}")
            raise UsageError(f"{entry.key} was not changed: {error}") from None
        draft.unlink(missing_ok=True)
        raise
    if diff:
        _console.note(f"compcite: what you typed is in {draft}")
    else:
        draft.unlink()
    return code


def _write(library: Library, entry: Entry, changed: list[Changed], *, diff: bool) -> ExitCode:
    """Write the changed file of an entry and say what was done to it.

    With ``diff``, nothing is written, and the difference is shown instead.
    """
    code = write_or_show(changed, library.sources, diff=diff)
    if not diff:
        lines = (f"{entry.where}: {what_changed(entry, one.after)}" for one in changed)
        say_done(lines, library.sources)
    return code


def _draft(entry: Entry) -> Path:
    """A temporary file that holds the text of an entry."""
    handle, name = tempfile.mkstemp(prefix="compcite-", suffix=".bib")
    with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
        file.write(_entry_text(entry) + ("\r\n" if _ends_lines_with_return(entry) else "\n"))
    return Path(name)


def _open_editor(path: Path) -> None:
    """Open a file in the user's editor and wait until it ends.

    Raises UsageError where none is known, it cannot be started, or it ends with an error.
    """
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not named:
        raise UsageError(
            "no editor is known; set $VISUAL or $EDITOR, or give the fields: FIELD=VALUE"
        )
    posix = sys.platform != "win32"  # there a backslash parts folders
    command = [named] if Path(named).is_file() else shlex.split(named, posix=posix)
    try:
        ended = subprocess.run([*command, str(path)], check=False)  # noqa: S603 - the user's own
    except OSError as error:
        raise UsageError(f"the editor {named!r} cannot be started: {error.strerror}") from None
    if ended.returncode:
        raise UsageError(f"the editor {named!r} ended with the code {ended.returncode}")


def _entry_text(entry: Entry) -> str:
    """The text of an entry in its source."""
    return entry.source.text[slice(*entry.span)] if entry.source else ""


def _ends_lines_with_return(entry: Entry) -> bool:
    """Whether the lines of the entry's file end with a carriage return."""
    return "\r\n" in (entry.source.text if entry.source else "")


def _as_in_file(text: str, entry: Entry) -> str:
    """A text from the editor with the line ends of the entry's file, without blanks around it."""
    text = "\n".join(text.strip().splitlines())
    return text.replace("\n", "\r\n") if _ends_lines_with_return(entry) else text


def _same(text: str, before: str) -> bool:
    """Whether the user left the text as it was; an editor may change line ends."""
    return text.strip().splitlines() == before.strip().splitlines()


def _kept(draft: Path) -> str:
    """The text in the temporary file, whatever its encoding is now; empty if it is gone."""
    try:
        return draft.read_bytes().decode("utf-8", "replace")
    except OSError:
        return ""
