"""The recipes of docs/everyday.md, run from top to bottom in an empty folder."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.cli.conftest import Compcite
    from tests.registry_server import RegistryServer

PAGE = Path(__file__).parents[2] / "docs" / "everyday.md"
_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_HOLDS = re.compile(r"`([\w.]+)`\s+holds:\s*\Z")
_CODE = re.compile(r"# ends with (\d)")

RECORDS = {
    "10.1080/15298860309032": {
        "title": ["Self-Compassion: An Alternative Conceptualization of a Healthy Attitude"],
        "author": [{"family": "Neff", "given": "Kristin"}],
        "container-title": ["Self and Identity"],
        "issued": {"date-parts": [[2003]]},
        "volume": "2",
        "issue": "2",
        "page": "85-101",
    },
    "10.1016/j.paid.2010.01.023": {
        "title": ["Rumination and worry as mediators of the relationship"],
        "author": [{"family": "Raes", "given": "Filip"}],
        "container-title": ["Personality and Individual Differences"],
        "issued": {"date-parts": [[2010]]},
        "volume": "48",
        "issue": "6",
        "page": "757-761",
    },
    "10.1111/bjc.12043": {
        "title": ["The origins and nature of compassion focused therapy"],
        "author": [{"family": "Gilbert", "given": "Paul"}],
        "container-title": ["British Journal of Clinical Psychology"],
        "issued": {"date-parts": [[2014]]},
        "volume": "53",
        "issue": "1",
        "page": "6-41",
    },
}
TEXTS = ("references.bib", "hand.bib", "paper.tex", "cited.bib", "compcite.lock")


class Step(NamedTuple):
    """A file that the page says there is, or a command with the exit code that the page says."""

    recipe: str
    file: str = ""
    text: str = ""
    command: tuple[str, ...] = ()
    code: int = 0


def steps() -> Iterator[Step]:
    """The files and commands of the page in their order."""
    for recipe in PAGE.read_text(encoding="utf-8").split("\n## ")[1:]:
        title = recipe.partition("\n")[0]
        for fence in _FENCE.finditer(recipe):
            if named := _HOLDS.search(recipe, 0, fence.start()):
                yield Step(title, file=named[1], text=fence[2])
                continue
            for line in fence[2].splitlines():
                code = _CODE.search(line)
                program, *arguments = shlex.split(line, comments=True)
                assert program == "compcite"
                yield Step(title, command=tuple(arguments), code=int(code[1]) if code else 0)


def test_the_recipes_work_one_after_the_other(
    compcite: Compcite, folder: Path, registries: RegistryServer
) -> None:
    """Each command of the page ends as the page says, and what it is for is there afterwards."""
    for doi, record in RECORDS.items():
        registries.add_work(doi, type="journal-article", **record)
    said = []
    for step in steps():
        if step.file:
            (folder / step.file).write_text(step.text, encoding="utf-8")
            continue
        result = compcite(*step.command)
        assert (step.recipe, step.command, result.code) == (step.recipe, step.command, step.code), (
            result.err + result.out
        )
        said.append(result.out)
    out = "\n".join(said)

    written = {name: (folder / name).read_text(encoding="utf-8") for name in TEXTS}

    assert "references.bib:1: neff2003self" in out
    assert "Raes, F. (2010)" in out
    assert "journal = {British Journal of Clinical Psychology}" in written["hand.bib"]
    assert "\\parencite{neff2003}" in written["paper.tex"]
    assert "@article{neff2003," in written["references.bib"]
    assert "@article{gilbert2014origins," in written["references.bib"]
    assert "(Raes, 2010, p. 757)" in out
    assert (folder / "bibliography.docx").read_bytes().startswith(b"PK")
    assert "@article{raes2010rumination," in written["cited.bib"]
    assert "10.1016/j.paid.2010.01.023" in written["compcite.lock"]
