"""A JSON schema (draft 7) of the configuration, made from its options, for editors."""

from __future__ import annotations

from compcite.checks import FAMILIES, RULES
from compcite.config import OPTIONS

__all__ = ["configuration_schema"]


def configuration_schema() -> dict[str, object]:
    """The JSON schema of ``compcite.toml`` and of ``[tool.compcite]`` in ``pyproject.toml``."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "compcite's configuration",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            option.key: {
                **option.type.schema,
                "description": f"{option.meaning[0].upper()}{option.meaning[1:]}.",
                **({} if option.default is None else {"default": option.default}),
            }
            for option in OPTIONS
        },
        "definitions": {"rule": _rule()},
    }


def _rule() -> dict[str, object]:
    """The schema of a rule's name, code or family, or of several with commas between them."""
    codes = [rule.code for rule in RULES.values()]
    several = {"type": "string", "pattern": ",|^[A-Za-z][0-9]?$"}
    return {
        "description": "A rule by name, code or family.",
        "anyOf": [{"enum": [*RULES, *codes, *FAMILIES]}, several],
    }
