"""The recipes of docs/ci.md and the hooks of pre-commit say what there is."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Compcite

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
COMMANDS = sorted(set(re.findall(r"^(?:    - )?(compcite .*?)(?: \|\|.*)?$", PAGE, re.MULTILINE)))


def loaded(text: str) -> Any:  # noqa: ANN401 - YAML holds anything
    """A document in YAML."""
    import yaml

    return yaml.safe_load(text)


@pytest.mark.parametrize("text", re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL))
def test_every_recipe_is_yaml(text: str) -> None:
    """A mapping, as all of them are."""
    assert isinstance(loaded(text), dict)


@pytest.mark.usefixtures("references")
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_of_the_recipes_runs(compcite: Compcite, command: str) -> None:
    """With the options that it has there; offline, nothing but that can be found."""
    assert compcite(*shlex.split(command)[1:], "--offline").code in (0, 1, 3)


@pytest.mark.usefixtures("references")
def test_the_hooks_are_those_of_the_recipe_and_run(compcite: Compcite) -> None:
    """Each calls a command that takes the files which pre-commit adds."""
    hooks = loaded((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    recipe = next(
        text for text in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL) if "repos:" in text
    )
    shown = [hook["id"] for hook in loaded(recipe)["repos"][0]["hooks"]]
    codes = [
        compcite(*hook["entry"].split()[1:], "references.bib", "--help").code for hook in hooks
    ]

    assert [hook["id"] for hook in hooks] == shown == ["compcite-check", "compcite-verify-dois"]
    assert codes == [0, 0]
