"""A hook of MkDocs: the pages of the site that are made, not written.

These are the start page (README.md), the changelog with what is not released yet, and one page for
each rule, to which reports link.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.structure.files import File

from compcite.checks import FAMILIES, RULES

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

    from compcite.model.report import Rule

ROOT = Path(__file__).parents[1]
_LINK = re.compile(r"\]\((?!https?://|#)([^)]+)\)")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the generated pages to those of the folder."""
    pages = {"index.md": _start_page(config), "changelog.md": _changelog(config)}
    pages |= {f"rules/{rule.name}.md": _rule_page(rule) for rule in RULES.values()}
    for name, text in pages.items():
        made = File.generated(config, name, content=text)
        made.edit_uri = None
        files.append(made)
    return files


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """The page, in which the theme's search has a name for screen readers."""
    del page, config
    return output.replace('role="dialog"', 'role="dialog" aria-label="Search"')


def _start_page(config: MkDocsConfig) -> str:
    """README.md, whose links into ``docs/`` are links between pages here."""
    return _relinked((ROOT / "README.md").read_text(encoding="utf-8"), config)


def _changelog(config: MkDocsConfig) -> str:
    """CHANGELOG.md, and below it the fragments of what is not released yet."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    kinds: dict[str, list[str]] = {"added": [], "changed": [], "fixed": []}
    for path in sorted((ROOT / "changelog.d").glob("*.md")):
        kinds[path.name.split(".")[1]].append(path.read_text(encoding="utf-8").strip())
    lines = ["", "## Not released yet", ""]
    for kind, fragments in kinds.items():
        if fragments:
            lines += [f"### {kind.capitalize()}", ""]
            lines += ["- " + " ".join(fragment.split()) for fragment in fragments]
            lines.append("")
    return _relinked(text + "\n".join(lines), config)


def _rule_page(rule: Rule) -> str:
    """A page that says of one rule what ``compcite rule`` says."""
    family = f"{rule.family}: {FAMILIES[rule.family]}"
    anchor = f"{rule.family}-{FAMILIES[rule.family]}".lower().replace(" ", "-")
    return (
        f"# {rule.name}\n\n"
        f"{rule.code}, {rule.severity.value}, {rule.fix.value}; family "
        f"[{family}](../rules.md#{anchor}).\n\n"
        f"{rule.summary}\n\n{rule.explanation}\n\n"
        f"Leave it out with `--ignore {rule.name}`, or settle single findings "
        "[with a reason](../ignores.md).\n"
    )


def _relinked(text: str, config: MkDocsConfig) -> str:
    """The text with links that work on the site; files that are no pages are in the repository."""

    def target(link: re.Match[str]) -> str:
        path = link[1]
        if path.startswith("docs/"):
            return f"]({path.removeprefix('docs/')})"
        return f"]({config.repo_url}/blob/main/{path})"

    return _LINK.sub(target, text)
