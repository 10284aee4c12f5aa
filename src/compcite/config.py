"""The configuration: ``compcite.toml`` or ``pyproject.toml``, and environment variables.

The nearest file counts, from the working folder upwards; in one folder, ``compcite.toml`` comes
before ``pyproject.toml``. Environment variables override the file, command-line options override
both.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from compcite.errors import ConfigError, UsageError
from compcite.files.regular import is_file, read_file
from compcite.formats.bibtex.layout.choices import LAYOUT_SCHEMA, read_choices
from compcite.registries.settings import DOI_ORG, Settings
from compcite.registries.snapshots.engine import require_engine
from compcite.registries.table import origins
from compcite.text.nearest import nearest
from compcite.text.secrets import without_secrets

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

__all__ = [
    "LOCK_NAME",
    "OPTIONS",
    "Config",
    "Option",
    "ValueType",
    "environment_config",
    "load_config",
    "shown_value",
]

LOCK_NAME = "compcite.lock"
"""The name of the lock that is read beside a source."""

_LONGEST_TIMEOUT = 1_000_000  # seconds: eleven days; Python cannot wait for 300 years
_MOST_DAYS = 100_000  # 274 years: "for ever", and still a number that dates can be counted with
_MOST_SHOWN = 200  # letters of a wrong value: enough to recognise it in two lines of a terminal
_PROXIES = ("http", "https", "socks4", "socks4a", "socks5", "socks5h")
# An e-mail address without quotes (RFC 5322, "dot-atom"), such as jane.doe+x@mail.example.org.
_BEFORE_AT = r"[\w!#$%&'*+/=?^`{|}~.-]+"
_HOST = r"(?:[\w.-]+|\[[0-9A-Fa-f:.]+\])"
_DEFAULT_SOURCES = ("references.bib", "data/references.bib")


class ValueType(NamedTuple):
    """The type of a key's value, for reading and for editors.

    ``read`` checks and converts a value; it raises TypeError with the wanted type in words, such as
    "true or false". ``schema`` is JSON Schema (draft 7), with ``#/definitions/rule`` for rules.
    """

    read: Callable[[object], object]
    schema: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Option:
    """A key of the configuration, and the environment variable that overrides it, if there is one.

    ``meaning`` is a phrase for users. The value of a ``secret`` key is shown nowhere.
    """

    key: str
    type: ValueType
    default: object
    meaning: str
    variable: str | None = None
    secret: bool = False


def _text(value: object) -> str:
    """A string, as it is; raises TypeError, which says what is wanted, for another value."""
    if not isinstance(value, str):
        raise TypeError("a string")
    return value


def _texts(value: object) -> tuple[str, ...]:
    """Strings, from a list of them or a single one.

    Raises TypeError, which says what is wanted, for another value.
    """
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list) or not all(isinstance(v, str) for v in values):
        raise TypeError("a list of strings")
    return tuple(values)


def _seconds(value: object) -> float:
    """A number of seconds above 0; TypeError, which says what is wanted, for another value."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < inf:
        raise TypeError("a number of seconds above 0")
    if value > _LONGEST_TIMEOUT:
        raise TypeError(f"at most {_LONGEST_TIMEOUT:,} seconds")
    return float(value)


def _switch(value: object) -> bool:
    """True or false; raises TypeError, which says what is wanted, for another value."""
    if not isinstance(value, bool):
        raise TypeError("true or false")
    return value


def _days(value: object) -> int:
    """A whole number of days, or 0; TypeError, which says what is wanted, for another value."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise TypeError("a whole number of days")
    if value > _MOST_DAYS:
        raise TypeError(f"at most {_MOST_DAYS:,} days")
    return value


def _address(value: object) -> str:
    """An e-mail address that can stand in a header and in a URL without change.

    Raises TypeError, which says what is wanted, for another value.
    """
    text = _text(value)
    if not re.fullmatch(rf"{_BEFORE_AT}@{_HOST}", text, re.ASCII):
        raise TypeError("an e-mail address such as you@example.org, in ASCII and without blanks")
    return text


def _key(value: object) -> str:
    """A key for a service, which can stand in a URL, without blanks around it.

    Raises TypeError, which says what is wanted, for another value.
    """
    text = _text(value).strip()
    if not re.fullmatch(r"[!-~]+", text):
        raise TypeError("a key: letters, digits and signs without blanks")
    return text


def _folder(value: object) -> str:
    """The path of a folder; raises TypeError, which says what is wanted, for another value."""
    text = _text(value)
    if "://" in text:
        raise TypeError("the path of a folder")
    return text


def _origin(value: object) -> str:
    """The scheme, host and port of a service, such as ``https://api.example.org``.

    A slash at the end is removed. Raises TypeError, which says what is wanted, for another value.
    """
    text = _text(value).rstrip("/")
    if not re.fullmatch(r"https?://[\w.-]+(?::\d+)?|https?://\[[0-9A-Fa-f:.]+\](?::\d+)?", text):
        raise TypeError("an origin such as https://api.example.org")
    return text


def _one_of(*words: str) -> ValueType:
    """The type of a key that takes one of these words.

    Its ``read`` raises TypeError for any other value.
    """

    def read(value: object) -> str:
        if value not in words:
            raise TypeError("one of " + ", ".join(words))
        return str(value)

    return ValueType(read, {"enum": list(words)})


def _severities(value: object) -> dict[str, str]:
    """A table of severities by rule, checked; ``severities_of`` looks whether the rules exist.

    Raises TypeError, which says what is wanted, for another value.
    """
    wanted = "a table of rules, each error, warning or note"
    if not isinstance(value, dict):
        raise TypeError(wanted)
    for severity in value.values():
        if severity not in ("error", "warning", "note"):
            raise TypeError(wanted)
    return dict(value)


def _rules_by_source(value: object) -> dict[str, tuple[str, ...]]:
    """A table of lists of rules by patterns of paths, checked; whether the rules exist is not.

    Raises TypeError, which says what is wanted, for another value.
    """
    if not isinstance(value, dict):
        raise TypeError("a table of lists of rules, by patterns of paths")
    return {pattern: _texts(rules) for pattern, rules in value.items()}


def _entry_ignores(value: object) -> tuple[dict[str, object], ...]:
    """The tables of ``per-entry-ignores``, each checked; raises TypeError if one is wrong."""
    if not isinstance(value, list):
        raise TypeError("a list of tables")
    return tuple(map(_entry_ignore, value))


def _entry_ignore(value: object) -> dict[str, object]:
    """Check one table of ``per-entry-ignores``, and return it.

    It must have a key or a DOI, rules and a reason, and can have ``until``, the last day on which
    it counts. Raise TypeError for a table of another form.
    """
    wanted = "tables of a key or doi, rules, a reason, and perhaps until, a date"
    if not isinstance(value, dict) or value.keys() - {"key", "doi", "rules", "reason", "until"}:
        raise TypeError(wanted)
    if ("key" in value) == ("doi" in value) or not value.get("rules"):
        raise TypeError(wanted)
    table: dict[str, object] = {
        name: _text(value[name]) for name in ("key", "doi") if name in value
    }
    table |= {"rules": _texts(value["rules"]), "reason": _text(value.get("reason"))}
    if "until" in value:
        table["until"] = _day(value["until"])
    if not str(table["reason"]).strip():
        raise TypeError(wanted)
    return table


def _day(value: object) -> str:
    """A date in the form of ISO 8601, from a TOML date or from a string.

    Raises TypeError, which says what is wanted, for another value.
    """
    import datetime as dt  # noqa: PLC0415 - most configurations have no dates

    try:
        return dt.date.fromisoformat(str(value)).isoformat()
    except ValueError:
        raise TypeError("given an until such as 2027-01-01") from None


_RULE = {"$ref": "#/definitions/rule"}
_RULE_LIST = {"anyOf": [_RULE, {"type": "array", "items": _RULE}]}
_STRING = {"type": "string"}
_TEXT = ValueType(_text, _STRING)
_TEXTS = ValueType(_texts, {"anyOf": [_STRING, {"type": "array", "items": _STRING}]})
_RULES = ValueType(_texts, _RULE_LIST)
_SWITCH = ValueType(_switch, {"type": "boolean"})
_SECONDS = ValueType(
    _seconds, {"type": "number", "exclusiveMinimum": 0, "maximum": _LONGEST_TIMEOUT}
)
_DAYS = ValueType(_days, {"type": "integer", "minimum": 0, "maximum": _MOST_DAYS})
_ADDRESS = ValueType(_address, _STRING)
_KEY = ValueType(_key, _STRING)
_FOLDER = ValueType(_folder, _STRING)
_ORIGIN = ValueType(_origin, {"type": "string", "pattern": "^https?://"})
_SEVERITIES = ValueType(
    _severities,
    {
        "type": "object",
        "propertyNames": _RULE,
        "additionalProperties": {"enum": ["error", "warning", "note"]},
    },
)
_RULES_BY_SOURCE = ValueType(
    _rules_by_source, {"type": "object", "additionalProperties": _RULE_LIST}
)
_ENTRY_IGNORES = ValueType(
    _entry_ignores,
    {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {
                "key": _STRING,
                "doi": _STRING,
                "rules": _RULE_LIST,
                "reason": {"type": "string", "minLength": 1},
                "until": {"type": "string", "format": "date"},
            },
            "required": ["rules", "reason"],
            "oneOf": [{"required": ["key"]}, {"required": ["doi"]}],
            "additionalProperties": False,
        },
    },
)

_LAYOUT = ValueType(read_choices, LAYOUT_SCHEMA)

_HOSTS = {DOI_ORG: "the DOI proxy"}

OPTIONS: tuple[Option, ...] = (
    Option(
        "sources",
        _TEXTS,
        (),
        "the reference lists (files, folders, patterns), relative to this file",
    ),
    Option(
        "cited-in",
        _TEXTS,
        (),
        "the documents that cite the entries (files, patterns), relative to this file: rename "
        "changes their citations, remove spares what they cite",
    ),
    Option("select", _RULES, (), "the rules to report, by name, code or family"),
    Option("ignore", _RULES, (), "the rules not to report"),
    Option(
        "per-source-ignores",
        _RULES_BY_SOURCE,
        {},
        "the rules not to report of sources, by patterns of their paths",
    ),
    Option(
        "per-entry-ignores",
        _ENTRY_IGNORES,
        (),
        "the rules not to report of entries, by key or doi, with a reason and perhaps until when",
    ),
    Option("severity", _SEVERITIES, {}, "what rules weigh: error, warning or note"),
    Option(
        "fail-on",
        _one_of("error", "warning", "note", "never"),
        "warning",
        "the least severity that ends a run with 1",
    ),
    Option(
        "on-outage",
        _one_of("unverified", "fail", "pass"),
        "unverified",
        "how a run ends in which a DOI could not be checked: with 3, 1 or 0",
    ),
    Option(
        "suggest",
        _SWITCH,
        default=False,
        meaning="whether to look for the works of entries without a DOI, as --suggest does",
    ),
    Option(
        "mailto",
        _ADDRESS,
        None,
        "the address that the registries may write to; earns their polite pool",
        "COMPCITE_MAILTO",
    ),
    Option(
        "snapshot",
        _TEXT,
        None,
        "the snapshot that answers before the registries: a URL, or a folder relative to this file",
    ),
    Option(
        "lock",
        _TEXT,
        None,
        "the lock, relative to the configuration file; else compcite.lock beside the first source",
    ),
    Option("timeout", _SECONDS, 60.0, "seconds without an answer until compcite stops asking"),
    Option(
        "cache",
        _FOLDER,
        None,
        "the folder of the answers kept on this machine",
        "COMPCITE_CACHE_DIR",
    ),
    Option("cache-found-days", _DAYS, 30, "days for which the record of a registered work is kept"),
    Option(
        "cache-not-found-days",
        _DAYS,
        1,
        "days for which it is kept that a DOI is not registered",
    ),
    Option("style", _TEXT, "apa", "the CSL style of bibliographies"),
    Option("locale", _TEXT, None, "the locale of bibliographies, such as de-DE"),
    Option("tidy", _LAYOUT, {}, "how tidy lays a .bib file out, as its options do"),
    Option(
        "openalex-key",
        _KEY,
        None,
        "the key to OpenAlex, whose searches cost money; it is not asked without one",
        "COMPCITE_OPENALEX_KEY",
        secret=True,
    ),
    *(
        Option(
            f"{name.lower()}-url",
            _ORIGIN,
            origin,
            f"where {_HOSTS.get(name, name)} answers; for mirrors and tests",
            f"COMPCITE_{name.upper()}_URL",
        )
        for name, origin in origins().items()
    ),
)


@dataclass(frozen=True)
class Config:
    """The configuration in force; ``origins`` gives the file or variable of each key's value.

    ``file`` is the configuration file, None where there is none.
    """

    values: Mapping[str, Any]
    origins: Mapping[str, str] = field(default_factory=dict)
    file: Path | None = None

    @property
    def folder(self) -> Path:
        """The folder of the file, to which paths in it are relative.

        Without a file it is the working folder.
        """
        return self.file.parent if self.file else Path()

    def __getitem__(self, key: str) -> Any:  # noqa: ANN401 - values of many kinds, read by OPTIONS
        """The value of a key of :data:`OPTIONS`: the configured one, else the default."""
        return self.values[key]

    def sources(self, given: tuple[str, ...] | list[str]) -> list[str]:
        """The sources to read: those given, else the configured ones, else the default.

        Configured paths are made relative to the working folder. The default is ``references.bib``,
        else ``data/references.bib``, else the only ``.bib`` file in the working folder. Raises
        UsageError, with all that was looked for, where there is none of these.
        """
        if given:
            return list(given)
        if self["sources"]:
            return [os.path.relpath(self.folder / source) for source in self["sources"]]
        for name in _DEFAULT_SOURCES:
            if is_file(Path(name)):
                return [name]
        lists = sorted(str(path) for path in Path().glob("*.bib"))
        if len(lists) == 1:
            return lists
        raise UsageError(
            f"no source given, and {len(lists)} .bib files are in this folder; name those to read"
            if lists
            else "no source given; looked for sources in [tool.compcite] of pyproject.toml and in "
            "compcite.toml, for references.bib, data/references.bib and *.bib in this folder",
        )

    def documents(self, given: Sequence[str] | None) -> list[str]:
        """The documents that cite the entries: those given, else the configured ones.

        There may be none. Configured paths are made relative to the working folder.
        """
        if given:
            return list(given)
        return [os.path.relpath(self.folder / document) for document in self["cited-in"]]

    def rules(
        self,
        select: Sequence[str] | None = None,
        ignore: Sequence[str] | None = None,
        *,
        families: Sequence[str],
    ) -> frozenset[str]:
        """The names of the rules that apply, by the values of options and by the configuration.

        A given ``select`` replaces the configured one, a given ``ignore`` adds to it; without any,
        the rules of ``families`` apply. Raises UsageError for a given rule that does not exist, and
        ConfigError, with the file and the key, for a configured one.
        """
        from compcite.checks import select_rules  # noqa: PLC0415 - only where rules apply

        for key in ("select", "ignore"):
            try:
                select_rules(self[key], families=())
            except UsageError as error:
                raise ConfigError(f"{self.origins[key]}: {key}: {error}") from None
        ignored = (*self["ignore"], *(ignore or ()))
        return select_rules(select or self["select"], ignored, families=families)

    def lock_path(self, first_source: Path) -> Path:
        """The path of the lock: the configured one, else ``compcite.lock`` beside the first source.

        There need not be a file at this path.
        """
        if self["lock"]:
            return Path(self.folder / self["lock"])
        return first_source.parent / LOCK_NAME

    def settings(self, **overrides: object) -> Settings:
        """The settings of the registries; ``overrides`` are values from the command line.

        An override that is None does not count. Raises UsageError for an e-mail address that
        requests cannot carry, a time-out that is no number above 0, and, unless ``offline`` is set,
        for an unknown kind of proxy; otherwise all would look like an outage. Also for a snapshot
        if what reads it is not installed.
        """
        if not overrides.get("offline"):
            _check_proxies()
        for key, read in (("mailto", _address), ("timeout", _seconds)):
            value = overrides.get(key)
            if value is not None and value != "":
                try:
                    overrides[key] = read(value)
                except TypeError as wanted:
                    shown = without_secrets(repr(value))
                    raise UsageError(f"{key} must be {wanted}, not {shown}") from None
        values: dict[str, Any] = {
            "origins": {name: self[f"{name.lower()}-url"] for name in origins()},
            "mailto": self["mailto"],
            "openalex_key": self["openalex-key"],
            "cache_path": self.cache_path,
            "found_days": self["cache-found-days"],
            "not_found_days": self["cache-not-found-days"],
            "timeout": self["timeout"],
            "snapshot": self.snapshot,
        }
        values.update({key: value for key, value in overrides.items() if value is not None})
        if values["snapshot"]:
            require_engine()
        return Settings(**values)

    @property
    def snapshot(self) -> str | None:
        """The configured snapshot: a URL as it is, or the path of its folder; None without one."""
        name = self["snapshot"]
        return name if not name or "://" in name else str(self.folder / _expanded(name))

    @property
    def cache_path(self) -> Path:
        """The SQLite file in which answers are kept, in the configured folder.

        Without one it is the user's cache folder. A relative folder in a configuration file counts
        from the folder of that file.
        """
        folder = self["cache"]
        if folder is None:
            from platformdirs import user_cache_dir  # noqa: PLC0415 - only where nothing is set

            folder = user_cache_dir("compcite", appauthor=False)
        elif self.origins.get("cache") == "COMPCITE_CACHE_DIR":
            folder = _expanded(folder)  # CI systems set variables without a shell
        else:
            folder = self.folder / _expanded(folder)  # as the file's other paths are
        return Path(folder) / "answers.sqlite3"


def _expanded(name: str) -> Path:
    """The path of a folder, with the user's home for ``~``.

    Where nobody knows that home, ``~`` is the name of a folder, as in a shell.
    """
    try:
        return Path(name).expanduser()
    except RuntimeError:
        return Path(name)


def _check_proxies() -> None:
    """Raise UsageError where an environment variable names a proxy of an unknown kind."""
    for variable in ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"):
        for name in (variable, variable.lower()):
            scheme, separator, _ = os.environ.get(name, "").strip().partition("://")
            if separator and scheme.lower() not in _PROXIES:
                known = ", ".join(_PROXIES)
                raise UsageError(f"{name} names a proxy of the kind {scheme!r}; known are {known}")


def shown_value(option: Option, value: object) -> object:
    """A value for messages and `compcite config`, with ``***`` in place of passwords and keys."""
    if isinstance(value, dict):
        return {without_secrets(str(key)): shown_value(option, one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [shown_value(option, one) for one in value]
    if not isinstance(value, str) or not value:
        return value
    if option.secret:
        return "***"
    if option.type is _ORIGIN:  # whatever it looks like, it is meant as an address
        return re.sub(r"\?.*", "?***", re.sub(r"(?<=//)[^/]*@|^[^/]*@", "***@", value))
    return without_secrets(value)


def load_config(start: Path | None = None, environment: Mapping[str, str] = os.environ) -> Config:
    """The configuration for a working folder, by default the current one.

    It is the nearest file, in this folder or in one above it, and the environment variables. Raises
    ConfigError, which names the file or the variable, for a file that cannot be read, an unknown
    key or a value of the wrong type.
    """
    path, table = _find(start or _working_folder())
    return _config(path, table, environment)


def environment_config(environment: Mapping[str, str] = os.environ) -> Config:
    """The configuration of the environment variables alone, for programs: no file is read.

    Raises ConfigError for a variable with a value of the wrong type.
    """
    return _config(None, {}, environment)


def _config(
    path: Path | None, table: Mapping[str, object], environment: Mapping[str, str]
) -> Config:
    """The configuration of a file's table, and of environment variables, which override it.

    An empty variable does not count. Raises ConfigError for an unknown key and for a wrong value.
    """
    values: dict[str, object] = {option.key: option.default for option in OPTIONS}
    origins = dict.fromkeys(values, "default")
    known = {option.key: option for option in OPTIONS}
    for key, value in table.items():
        option = known.get(key)
        if option is None:
            raise ConfigError(f"{path}: unknown key {key!r}{_nearest(key, known)}")
        try:
            values[key] = option.type.read(value)
        except TypeError as wanted:
            raise ConfigError(f"{path}: {_wrong_value(option, key, value, wanted)}") from None
        origins[key] = str(path)
    for option in OPTIONS:
        if option.variable and (text := environment.get(option.variable)):
            try:
                values[option.key] = option.type.read(text)
            except TypeError as wanted:
                message = _wrong_value(option, option.variable, text, wanted)
                raise ConfigError(message) from None
            origins[option.key] = option.variable
    return Config(values, origins, path)


def _wrong_value(option: Option, name: str, value: object, wanted: TypeError) -> str:
    """The message about a value of the wrong type; ``name`` is that of the key or variable.

    The value may be a whole file by mistake, so only its beginning is shown.
    """
    shown = repr(shown_value(option, value))
    if len(shown) > _MOST_SHOWN:
        shown = f"{shown[:_MOST_SHOWN]}… ({len(shown):,} letters)"
    return f"{name} must be {wanted}, not {shown}"


def _working_folder() -> Path:
    """The working folder; ``.`` where it has been deleted."""
    try:
        return Path.cwd()
    except FileNotFoundError:
        return Path()


def _find(start: Path) -> tuple[Path | None, dict[str, object]]:
    """The nearest configuration file, from a folder upwards, and its table for compcite.

    A ``compcite.toml`` always counts; its keys may also stand under ``[tool.compcite]``. A
    ``pyproject.toml`` counts only if it has that table. Without a file, None and an empty table.
    Raises ConfigError for a file that cannot be read.
    """
    for folder in (start, *start.parents):
        path = folder / "compcite.toml"
        if is_file(path):
            table = _parse(path)
            tool = table.get("tool")  # the header that pyproject.toml wants is right here, too
            nested = tool.get("compcite") if isinstance(tool, dict) else None
            if isinstance(nested, dict):
                return path, {key: table[key] for key in table if key != "tool"} | nested
            return path, table
        path = folder / "pyproject.toml"
        if is_file(path) and b"compcite" in _bytes_of(path):
            tool = _parse(path).get("tool")
            if isinstance(tool, dict) and isinstance(tool.get("compcite"), dict):
                return path, tool["compcite"]
    return None, {}


def _parse(path: Path) -> dict[str, object]:
    """The tables of a TOML file; raises ConfigError where it cannot be read or is not TOML."""
    import tomllib  # noqa: PLC0415 - most folders have nothing to parse

    try:
        return tomllib.loads(_bytes_of(path).decode("utf-8"))
    except ValueError as error:
        raise ConfigError(f"{path}: {error}") from None
    except RecursionError:
        raise ConfigError(f"{path}: lists or tables are nested too deeply") from None


def _bytes_of(path: Path) -> bytes:
    """The content of a file; raises ConfigError where it cannot be read."""
    try:
        return read_file(path)
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror or error}") from None


def _nearest(key: str, known: Mapping[str, Option]) -> str:
    """The end of an error message: the known key most like ``key``, else all known keys."""
    near = nearest(key, known)
    return f"; did you mean {near!r}?" if near else f"; known are {', '.join(sorted(known))}"
