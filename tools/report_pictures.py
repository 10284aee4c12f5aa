"""Draw the pictures of reports in ``docs/images`` from a real run.

    python tools/report_pictures.py

The run is that of ``terminal_pictures``. The annotated pull request is drawn from the lines of
``--report github``, the page of ``--report html`` by Chromium, where there is one.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import textwrap
from html import escape
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tools.terminal_pictures import IMAGES, REFERENCES, session  # noqa: E402 - found by the line above

_COMMAND = re.compile(r"^::(error|warning|notice) (.*?)::(.*)$")
_VERIFY = "compcite verify-dois --report github --report html=report.html"
_COLOURS = {"error": "#cf222e", "warning": "#9a6700", "notice": "#0969da"}
_WIDTH, _LINE, _LEFT = 860, 20, 60  # pixels
_WRAP = 100  # characters of a message that fit into a box


class Annotation(NamedTuple):
    """An annotation as GitHub reads it."""

    kind: str
    line: int
    title: str
    message: list[str]


def annotations(report: str) -> list[Annotation]:
    """The annotations of a report for GitHub, in the order of their lines."""
    found = []
    for row in report.splitlines():
        if match := _COMMAND.match(row):
            kind, properties, message = match.groups()
            values = dict(pair.split("=", 1) for pair in properties.split(","))
            lines = _unescaped(message).splitlines()
            title = _unescaped(values["title"])
            found.append(Annotation(kind, int(values["endLine"]), title, lines))
    return sorted(found, key=lambda one: one.line)


def _unescaped(text: str) -> str:
    """A value of a workflow command as it was."""
    for code, char in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, char)
    return text


class Drawing:
    """The lines of an SVG, from top to bottom."""

    def __init__(self) -> None:
        """Begin at the top."""
        self.shapes: list[str] = []
        self.y = 0

    def code(self, number: int, text: str) -> None:
        """A line of the file, as one that was added."""
        middle = self.y + 14
        self.shapes += [
            f'<rect x="0" y="{self.y}" width="{_WIDTH}" height="{_LINE}" fill="#e6ffec"/>',
            f'<text x="40" y="{middle}" class="code quiet" text-anchor="end">{number}</text>',
            f'<text x="{_LEFT}" y="{middle}" class="code">+ {escape(text)}</text>',
        ]
        self.y += _LINE

    def box(self, one: Annotation) -> None:
        """An annotation below its line."""
        lines = [part for line in one.message for part in textwrap.wrap(line, _WRAP)]
        height = (len(lines) + 2) * _LINE
        colour = _COLOURS[one.kind]
        top = self.y + 6
        title = f"{one.kind}: {escape(one.title)}"
        place = f'x="{_LEFT - 10}" y="{top}" height="{height}"'
        self.shapes += [
            f'<rect {place} width="{_WIDTH - _LEFT}" rx="6" fill="#fff" stroke="#d1d9e0"/>',
            f'<rect {place} width="4" fill="{colour}"/>',
            f'<text x="{_LEFT + 6}" y="{top + 20}" class="title" fill="{colour}">{title}</text>',
        ]
        for row, line in enumerate(lines):
            y = top + 42 + row * _LINE
            self.shapes.append(f'<text x="{_LEFT + 6}" y="{y}">{escape(line)}</text>')
        self.y = top + height + 6

    def svg(self, title: str) -> str:
        """The whole picture."""
        style = (
            "text { font: 13px system-ui, sans-serif; fill: #1f2328; white-space: pre; } "
            ".code { font: 12px ui-monospace, monospace; } .quiet { fill: #59636e; } "
            ".title { font-weight: 600; } "
            + " ".join(f'[fill="{colour}"] {{ fill: {colour}; }}' for colour in _COLOURS.values())
        )
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {self.y}" role="img">'
            f"<title>{escape(title)}</title><style>{style}</style>"
            f'<rect width="{_WIDTH}" height="{self.y}" fill="#fff"/>'
            + "\n".join(self.shapes)
            + "</svg>\n"
        )


def pull_request(report: str) -> str:
    """The list as a pull request shows it, with each annotation below its line."""
    drawing = Drawing()
    notes = annotations(report)
    for number, text in enumerate(REFERENCES.splitlines(), 1):
        drawing.code(number, text)
        for one in notes:
            if one.line == number:
                drawing.box(one)
    return drawing.svg("A pull request with findings of compcite below the lines of references.bib")


def photograph(page: Path, image: Path) -> None:
    """The upper part of a page, as Chromium shows it."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        sys.stderr.write(f"{image.name} stays as it is: there is no Chromium here\n")
        return
    subprocess.run(
        [
            browser,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            "--window-size=1000,1050",
            f"--screenshot={image}",
            page.as_uri(),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )


def main() -> None:
    """Write both pictures anew."""
    with session() as (folder, environment):
        run = subprocess.run(
            [sys.executable, "-m", *_VERIFY.split()],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        svg = pull_request(run.stdout)
        (IMAGES / "pull-request.svg").write_text(svg, encoding="utf-8")
        photograph(folder / "report.html", IMAGES / "report-html.png")


if __name__ == "__main__":
    main()
