"""Draw the pictures of terminal sessions in ``docs/images`` from real runs.

    python tools/terminal_pictures.py

Each command runs in a pseudo-terminal of 96 columns, in a folder with the list below, against the
stand-in for the registries that the tests use. rich turns what it prints into SVG.
"""

from __future__ import annotations

import contextlib
import io
import os
import pty
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.registry_server import RegistryServer  # noqa: E402 - found by the line above

if TYPE_CHECKING:
    from collections.abc import Iterator

IMAGES = ROOT / "docs" / "images"
COLUMNS = 96
NEFF, RAES, GILBERT = "10.1080/15298860309032", "10.1016/j.paid.2010.01.023", "10.1111/bjc.12043"
REFERENCES = f"""@article{{neff2003self,
  author  = {{Neff, Kristin D.}},
  title   = {{Self-Compassion: An Alternative Conceptualization}},
  journal = {{Self and Identity}},
  year    = {{2003}},
  doi     = {{{NEFF}}}
}}

@article{{raes2010rumination,
  author  = {{Raes, Filip}},
  title   = {{Rumination and Worry as Mediators}},
  journal = {{Personality and Individual Differences}},
  year    = {{2010}},
  doi     = {{https://doi.org/{RAES}}}
}}

@article{{gilbert2014origins,
  author  = {{Gilbert, Paul}},
  title   = {{The Origins and Nature of Compassion Focused Therapy}},
  journal = {{British Journal of Clinical Psychology}},
  year    = {{2014}},
  doi     = {{{NEFF}}}
}}
"""
WORKS = {
    NEFF: ("Self-Compassion: An Alternative Conceptualization", "Neff", "Kristin D.", 2003),
    RAES: ("Rumination and worry as mediators", "Raes", "Filip", 2010),
    GILBERT: (
        "The origins and nature of compassion focused therapy",
        "Gilbert",
        "Paul",
        2014,
    ),
}
JOURNALS = {
    NEFF: "Self and Identity",
    RAES: "Personality and Individual Differences",
    GILBERT: "British Journal of Clinical Psychology",
}
SESSIONS = {
    "list": "compcite list",
    "verify-dois": "compcite verify-dois",
    "fix": "compcite verify-dois --unsafe-fixes --diff",
    "export": "compcite export --style apa",
}
# The colours of the picture: dark, as most terminals are.
THEME = TerminalTheme(
    (24, 26, 36),
    (220, 223, 235),
    [
        (88, 91, 112), (243, 139, 168), (166, 227, 161), (249, 226, 175),
        (137, 180, 250), (245, 194, 231), (148, 226, 213), (186, 194, 222),
    ],
    [
        (108, 112, 134), (243, 139, 168), (166, 227, 161), (249, 226, 175),
        (137, 180, 250), (245, 194, 231), (148, 226, 213), (205, 214, 244),
    ],
)  # fmt: skip
_LINK = re.compile(r"\x1b]8;[^\x07\x1b]*(?:\x1b\\|\x07)")
# A progress bar, and what erases it again on a terminal.
_PROGRESS = re.compile(r"[^\n]*━[^\n]*\n?|[^\n]*\r(?!\n)|\x1b\[[0-9;]*[AKGJ]|\x1b\[\?25[lh]")
# rich's own frame loads a font from a server; the reader's monospaced one will do.
_FONT = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


def printed(command: str, folder: Path, environment: dict[str, str]) -> str:
    """What a command prints on a terminal of :data:`COLUMNS` columns."""
    master, slave = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", *command.split()],
        cwd=folder,
        env=environment,
        stdout=slave,
        stderr=slave,
        stdin=slave,
    ):
        os.close(slave)
        output = io.BytesIO()
        while True:
            try:
                data = os.read(master, 65536)
            except OSError:  # the terminal's other end is closed
                break
            if not data:
                break
            output.write(data)
    os.close(master)
    text = output.getvalue().decode("utf-8").replace("\r\n", "\n")
    return _PROGRESS.sub("", _LINK.sub("", text))


def picture(command: str, text: str) -> str:
    """The SVG of a session."""
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True)
    console.print(Text.from_ansi(f"\x1b[1;32m$\x1b[0m \x1b[1m{command}\x1b[0m\n{text.rstrip()}"))
    svg = console.export_svg(title=command, theme=THEME, unique_id=f"s-{command.split()[1]}")
    return _FONT.sub("", svg).replace("font-family: Fira Code, monospace", "font-family: monospace")


@contextlib.contextmanager
def session() -> Iterator[tuple[Path, dict[str, str]]]:
    """A folder with the list, and an environment in which the stand-in is asked."""
    with tempfile.TemporaryDirectory() as name, RegistryServer() as server:
        folder = Path(name)
        (folder / "references.bib").write_text(REFERENCES, encoding="utf-8")
        for doi, (title, family, given, year) in WORKS.items():
            server.add_work(
                doi,
                title=[title],
                author=[{"family": family, "given": given}],
                issued={"date-parts": [[year]]},
                **{"container-title": [JOURNALS[doi]]},
            )
        environment = os.environ | server.environment()
        environment |= {"COLUMNS": str(COLUMNS), "LINES": "60", "TERM": "xterm-256color"}
        environment |= {
            "COMPCITE_CACHE_DIR": str(folder / "cache"),
            "PYTHONPATH": str(ROOT / "src"),
        }
        yield folder, environment


def main() -> None:
    """Write every picture anew."""
    IMAGES.mkdir(exist_ok=True)
    with session() as (folder, environment):
        for image, command in SESSIONS.items():
            svg = picture(command, printed(command, folder, environment))
            (IMAGES / f"{image}.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
