"""What is in force for a file: its configuration, and over it the settings of the editor."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from compcite.checks import CHECK_FAMILIES, VERIFY_FAMILIES
from compcite.config import OPTIONS, environment_config, load_config
from compcite.errors import CompciteError
from compcite.ignores import apply_ignores, ignores_by_entry, ignores_by_source
from compcite.severities import apply_severities, severities_of
from compcite.text.nearest import nearest

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from compcite.config import Config
    from compcite.ignores import Ignore
    from compcite.model.report import Report, Severity
    from compcite.model.source import SourceFile

__all__ = ["SECTION", "Project", "project_of"]

SECTION = "compcite"
"""The name under which an editor keeps settings for this server."""

_SETTINGS_OF_THE_EDITOR = "the editor's settings"
_VERIFY_ON_SAVE = "verify-on-save"
_NEEDS_AN_ANSWER = frozenset({"doi-unverified"})
"""The rules about services, not about entries. In an editor an outage is one message instead."""


@dataclass(frozen=True, slots=True)
class Project:
    """What is in force for the files of one folder.

    ``rules`` are those of ``check`` together with those of ``verify-dois``, as they are selected,
    without those about services that do not answer. ``ignores`` are those of the configuration.
    ``verify_on_save`` tells whether saving a list asks the registries. ``complaints`` are sentences
    about settings that cannot be used.
    """

    config: Config
    rules: Collection[str]
    severities: Mapping[str, Severity]
    ignores: Sequence[Ignore]
    verify_on_save: bool = True
    complaints: tuple[str, ...] = ()

    def lock_path(self, source: SourceFile) -> Path:
        """The path of the lock from which a list is verified; there need not be a file."""
        return self.config.lock_path(source.path or self.config.folder / source.name)

    def reported(self, report: Report, local: Sequence[Ignore], today: dt.date) -> Report:
        """The report with the configured severities, without the findings that are ignored.

        ``local`` are the ignores that stand in the list itself.
        """
        weighed = apply_severities(report, self.severities)
        ignores = (*self.ignores, *local)
        return apply_ignores(weighed, ignores, rules=self.rules, today=today, whole=False).report


def project_of(folder: Path | None, given: Mapping[str, object]) -> Project:
    """What is in force for the files of a folder, by its configuration and the editor's settings.

    ``given`` are the editor's settings: the keys of the configuration, which they override, and
    ``verify-on-save``. Settings that cannot be used are left out, and a complaint names each. If
    the configuration cannot be read, or selects a rule that does not exist, only that of the
    environment counts.
    """
    complaints: list[str] = []
    try:
        config = environment_config() if folder is None else load_config(folder)
    except CompciteError as error:
        complaints.append(str(error))
        config = environment_config()
    config, on_save = _with_settings(config, given, complaints)
    try:
        return _project(config, verify_on_save=on_save, complaints=complaints)
    except CompciteError as error:  # a rule that does not exist
        complaints.append(str(error))
        return _project(environment_config(), verify_on_save=on_save, complaints=complaints)


def _with_settings(
    config: Config, given: Mapping[str, object], complaints: list[str]
) -> tuple[Config, bool]:
    """The configuration with the editor's settings over it, and whether saving verifies.

    Settings that are null do not count. A sentence about each that cannot be used is added to
    ``complaints``.
    """
    known = {option.key: option for option in OPTIONS}
    values: dict[str, Any] = dict(config.values)
    origins = dict(config.origins)
    on_save = True
    for key, value in given.items():
        option = known.get(key)
        if value is None:
            continue  # an editor's way to say that nothing is set
        if key == _VERIFY_ON_SAVE:
            if isinstance(value, bool):
                on_save = value
            else:
                complaints.append(_wrong(key, "true or false", value))
        elif option is None:
            near = nearest(key, [*known, _VERIFY_ON_SAVE])
            hint = f"; did you mean {near!r}?" if near else ""
            complaints.append(f"{_SETTINGS_OF_THE_EDITOR}: unknown key {key!r}{hint}")
        else:
            try:
                values[key] = option.type.read(value)
            except TypeError as wanted:
                complaints.append(_wrong(key, wanted, value))
            else:
                origins[key] = _SETTINGS_OF_THE_EDITOR
    return replace(config, values=values, origins=origins), on_save


def _wrong(key: str, wanted: object, value: object) -> str:
    """The sentence about a setting with a value of the wrong type."""
    return f"{_SETTINGS_OF_THE_EDITOR}: {key} must be {wanted}, not {value!r}"


def _project(config: Config, *, verify_on_save: bool, complaints: Sequence[str]) -> Project:
    """The project of a configuration; raises CompciteError for a rule that does not exist."""
    families = (*CHECK_FAMILIES, *VERIFY_FAMILIES)
    rules = config.rules(families=families)
    by_source, by_entry = config["per-source-ignores"], config["per-entry-ignores"]
    origins = config.origins
    return Project(
        config=config,
        rules=rules - _NEEDS_AN_ANSWER,
        severities=severities_of(config["severity"], origins["severity"]),
        ignores=(
            *ignores_by_source(by_source, config.folder, origins["per-source-ignores"]),
            *ignores_by_entry(by_entry, origins["per-entry-ignores"]),
        ),
        verify_on_save=verify_on_save,
        complaints=tuple(dict.fromkeys(complaints)),
    )
