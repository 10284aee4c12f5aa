"""``compcite show``: show entries with all fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compcite.cli import _console
from compcite.cli._library import load_with_warnings, name_repeated_keys
from compcite.cli._options import EntryKeys, SourcesAsOption
from compcite.config import load_config
from compcite.errors import ExitCode
from compcite.model.doi import DOI
from compcite.model.library import Entry
from compcite.model.work import Found
from compcite.query import pick
from compcite.text.terminal import harmless, without_commands, wrapped
from compcite.verbs.export import export_entries

if TYPE_CHECKING:
    from compcite.config import Config
    from compcite.model.item import Item
    from compcite.model.library import Field

__all__ = ["EPILOG", "run"]

EPILOG = """Examples:

\b
  compcite show au2016compassion
  compcite show raes2010rumination --source thesis.bib
"""

_CONTINUED = 4  # blanks before the rest of a line that is too long for the terminal


def run(
    keys: EntryKeys,
    source: SourcesAsOption = None,
) -> int:
    """Show entries whole: their fields, their APA form, what the registry is known to say."""
    config = load_config()
    library = load_with_warnings(config, source)
    entries = pick(library.entries, keys)
    name_repeated_keys(library, (entry.key for entry in entries))
    _console.out(without_commands("\n".join(_shown(entry, config) for entry in entries)))
    return ExitCode.OK


def _shown(entry: Entry, config: Config) -> str:
    """An entry as text: key and place, fields, APA form, and the registered record.

    On a terminal long lines are wrapped, and go on below the value.
    """
    place = ""
    if entry.source:
        place = f"  ({entry.source.name}:{entry.source.position(entry.span.start).line})"
    longest = max((len(field.name) for field in entry.fields), default=0)
    lines = [
        ("", f"{entry.key}  {entry.type}{place}"),
        *((f"  {field.name:<{longest}}  ", _value(field)) for field in entry.fields),
        ("", ""),
        ("  APA: ", export_entries([entry], "apa").text.strip()),
        *_registered(entry, config),
    ]
    terminal = _console.width()
    return "".join(
        f"{part.rstrip()}\n"
        for label, text in lines
        for part in wrapped(label + harmless(text), terminal, len(label) or _CONTINUED)
    )


def _value(field: Field) -> str:
    """The value of a field on one line, and whether BibTeX passes it over."""
    value = " ".join(field.value.split())
    return f"{value}  (ignored: an earlier field has this name)" if field.ignored else value


def _registered(entry: Entry, config: Config) -> list[tuple[str, str]]:
    """Labelled lines on the registered record of the entry's DOI, from kept answers.

    No request is made. Without a kept answer one line says so; without a DOI there are none.
    """
    doi = DOI.parse(entry.item.text.get("DOI", ""))
    if doi is None:
        return []
    from compcite.registries.funnel import Registries  # noqa: PLC0415 - only for an entry with a DOI

    with Registries(config.settings(offline=True)) as registries:
        outcome = next(iter(registries.look_up([doi])), None)
    if not isinstance(outcome, Found):
        return [("  Registry: ", f"{doi} has not been looked up yet; verify-dois does")]
    work = outcome.work
    shown = export_entries([_as_entry(work.item, str(work.doi))], "apa").text.strip()
    updates = [f"{update.kind}: {update.doi or ''}".rstrip(": ") for update in work.updates]
    return [(f"  {harmless(work.agency)}: ", shown), *(("    ", update) for update in updates)]


def _as_entry(item: Item, key: str) -> Entry:
    """An entry that only has a key and an item."""
    return Entry(key, item)
