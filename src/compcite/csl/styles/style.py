"""Load a style by name, path or text; it is read once and never changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from compcite.csl.styles.catalog import (
    available_styles,
    content_of,
    find_style,
    style_name,
    style_names,
)
from compcite.csl.styles.reader import read_style
from compcite.csl.styles.schema import did_you_mean
from compcite.errors import StyleError
from compcite.files.regular import exists, is_file

if TYPE_CHECKING:
    from compcite.csl.styles.catalog import StyleEntry
    from compcite.csl.styles.nodes import StyleTree

__all__ = ["Style"]


@dataclass(frozen=True, slots=True)
class Style:
    """A CSL style, ready for a :class:`~compcite.csl.processor.Processor`."""

    title: str
    tree: StyleTree

    @classmethod
    def load(cls, source: str | Path) -> Style:
        """Load a style by its name, by the path of its file, or from its XML text.

        A dependent style is loaded as its parent, with the dependent's title and locale.
        Raises :class:`~compcite.errors.StyleError` with every fault of the style, each with
        its line and column. For an unknown name, the message names the nearest known one.
        """
        if isinstance(source, str) and source.lstrip("\ufeff \t\r\n").startswith("<"):
            return _resolved(read_style(source.lstrip("\ufeff \t\r\n"), "style"), None)
        try:
            path = _path_of(source)
            data = content_of(path)
        except ValueError:  # what no file can be called
            raise StyleError(f"{str(source)[:60]!r} is neither a style nor a file") from None
        return _resolved(read_style(data, str(path)), path.parent)

    @staticmethod
    def available() -> list[StyleEntry]:
        """Return the installed styles, sorted by name."""
        return available_styles()


def _path_of(source: str | Path) -> Path:
    """Return the file of a style, given its path or name. Raise StyleError for an unknown name.

    A text with a slash or the ending ``.csl`` is a path, and is returned even if there is no such
    file. The address of a style on the web counts as its name.
    """
    if isinstance(source, Path):
        return source
    if source.endswith(".csl") or "/" in source or "\\" in source:
        path = Path(source)
        if exists(path) or not source.startswith(("http://", "https://")):
            return path
    found = find_style(source)
    if found is None:
        hint = did_you_mean(style_name(source).lower(), style_names())
        raise StyleError(
            f"there is no style {source!r}{hint or '; compcite[styles] brings all of them'}"
        )
    return found


def _resolved(tree: StyleTree, folder: Path | None) -> Style:
    """Return ``tree`` as a style. A dependent style gets the tree of its parent, but its own title.

    ``folder`` is where the parent is looked for first. Raise StyleError if the parent is not found.
    """
    title, default_locale = tree.info.title, tree.default_locale
    if tree.info.parent and not tree.style_class:
        name = style_name(tree.info.parent)
        beside = folder / f"{name}.csl" if folder else None
        path = beside if beside and is_file(beside) else find_style(name)
        if path is None:
            raise StyleError(
                f"the style {title!r} depends on {name!r}, which is not at hand; put {name}.csl "
                "beside it, or install compcite[styles]"
            )
        parent = read_style(content_of(path), str(path))
        if parent.info.parent and not parent.style_class:
            raise StyleError(f"{path}: a parent style must not depend on another")
        tree = replace(parent, default_locale=default_locale or parent.default_locale)
    return Style(title or tree.info.title, tree)
