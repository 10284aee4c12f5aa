"""``resolve``, ``find`` and ``convert --resolve``: commands that begin with a registry."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compcite.errors import ExitCode
from tests.registry_server import Fault, Service

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Compcite
    from tests.registry_server import RegistryServer

NEFF = "10.1080/15298860309032"
APA = (
    "Neff, K. D. (2003). Self-Compassion: An Alternative Conceptualization. Self and Identity, "
    "2(2), 85–101. https://doi.org/10.1080/15298860309032"
)


@pytest.fixture
def registries(registries: RegistryServer) -> RegistryServer:
    """The registries' stand-in with one work, to which the environment leads."""
    registries.add_work(
        NEFF,
        title=["Self-Compassion: An Alternative Conceptualization"],
        author=[{"family": "Neff", "given": "Kristin D."}],
        **{"container-title": ["Self and Identity"], "issued": {"date-parts": [[2003]]}},
        volume="2",
        issue="2",
        page="85-101",
    )
    return registries


@pytest.mark.usefixtures("registries")
@pytest.mark.parametrize("spelling", [NEFF, f"https://doi.org/{NEFF}", f"doi:{NEFF.upper()}"])
def test_resolve_shows_what_the_registry_holds(compcite: Compcite, spelling: str) -> None:
    """A DOI in any form, in any export format; APA by default."""
    apa = compcite("resolve", spelling)
    bibtex = compcite("resolve", spelling, "--format", "bibtex")

    assert (
        apa.code,
        apa.out.replace(
            "Self-compassion: An alternative conceptualization",
            "Self-Compassion: An Alternative Conceptualization",
        ),
    ) == (0, APA + "\n")
    assert bibtex.out.startswith("@article{neff2003self,\n")


@pytest.mark.usefixtures("registries")
def test_resolve_ends_with_one_for_what_is_not_registered(compcite: Compcite) -> None:
    """The rest is shown, the missing one named."""
    result = compcite("resolve", NEFF, "10.1234/nothing")

    assert (result.code, len(result.out.splitlines())) == (ExitCode.FINDINGS, 1)
    assert result.err == "compcite: 10.1234/nothing is not registered\n"


def test_resolve_ends_with_three_when_nobody_answers(
    compcite: Compcite, registries: RegistryServer
) -> None:
    """An outage is no word about the DOI."""
    for service in Service:
        registries.fails(service, Fault.ERROR)
    result = compcite("resolve", NEFF)

    assert (result.code, result.out) == (ExitCode.UNVERIFIED, "")
    assert result.err.startswith(f"compcite: {NEFF} could not be looked up: ")


def test_one_outage_is_one_message(compcite: Compcite, registries: RegistryServer) -> None:
    """However many DOIs it concerns."""
    for service in Service:
        registries.fails(service, Fault.BLOCKED)
    result = compcite("resolve", NEFF, "10.1234/a", "10.1234/b")

    assert result.code == ExitCode.UNVERIFIED
    assert result.err.startswith("compcite: 3 DOIs could not be looked up: ")
    assert len(result.err.splitlines()) == 1


def test_resolve_warns_of_a_retracted_work(compcite: Compcite, registries: RegistryServer) -> None:
    """Who cites it should know."""
    notice = {"DOI": "10.1234/n", "type": "retraction", "updated": {"date-parts": [[2024, 5, 1]]}}
    registries.add_work("10.1234/r", title=["RETRACTED: Miracles"], **{"updated-by": [notice]})
    result = compcite("resolve", "10.1234/r", "--format", "bibtex")

    assert result.code == ExitCode.OK
    assert result.err == "compcite: 10.1234/r was retracted on 2024-05-01 (notice 10.1234/n)\n"
    assert "retracted" not in result.out.partition("\n")[0]


def test_resolve_shows_what_lists_leave_out(compcite: Compcite, registries: RegistryServer) -> None:
    """Crossref gives some fields for a single work only."""
    university = {"name": "University of Texas"}
    registries.add_work("10.1234/t", type="dissertation", institution=[university], language="en")
    result = compcite("resolve", "10.1234/t", "--format", "csl-json")

    assert '"publisher": "University of Texas"' in result.out
    assert '"language": "en"' in result.out


def test_resolve_refuses_what_is_no_doi(compcite: Compcite) -> None:
    """Bad usage, before anybody is asked."""
    assert compcite("resolve", "not-a-doi").code == ExitCode.COULD_NOT_RUN


@pytest.mark.usefixtures("registries")
def test_find_ranks_works_by_what_the_citation_names(compcite: Compcite) -> None:
    """Each work comes with the share of its title, authors and year that was named."""
    result = compcite("find", "Neff 2003 self-compassion an alternative conceptualization")

    assert result.code == 0
    assert result.out.startswith("100%  Neff, K. D. (2003).")


@pytest.mark.usefixtures("registries")
def test_find_leaves_out_works_of_which_the_citation_names_nothing(compcite: Compcite) -> None:
    """A registry answers with its next best works, too."""
    assert " 0%" not in compcite("find", "Neff 2003 self-compassion", "--rows", "50").out
    assert compcite("find", "zzzz qqqq").code == ExitCode.FINDINGS


def test_find_ends_with_one_where_nothing_is_found(
    compcite: Compcite, registries: RegistryServer
) -> None:
    """No work, nothing printed."""
    registries.works.clear()

    assert compcite("find", "anything at all").code == ExitCode.FINDINGS


def test_find_ends_with_three_when_nobody_answers(
    compcite: Compcite, registries: RegistryServer
) -> None:
    """What could not be asked is not called missing."""
    registries.fails(Service.CROSSREF, Fault.ERROR)

    assert compcite("find", "anything at all").code == ExitCode.UNVERIFIED


def test_convert_reads_one_format_and_writes_another(compcite: Compcite, folder: Path) -> None:
    """By the name of the file, or by ``--from``."""
    (folder / "one.ris").write_text(
        "TY  - JOUR\nAU  - Raes, F.\nPY  - 2010\nTI  - Rumination\nER  - \n", encoding="utf-8"
    )
    (folder / "one").write_bytes((folder / "one.ris").read_bytes())
    named = compcite("convert", "one.ris", "--to", "apa")

    assert (named.code, named.out) == (0, "Raes, F. (2010). Rumination.\n")
    assert compcite("convert", "one", "--from", "ris", "--to", "apa").out == named.out
    assert compcite("convert", "one", "--to", "word").code == ExitCode.COULD_NOT_RUN


def test_convert_names_a_file_without_entries(compcite: Compcite, folder: Path) -> None:
    """It may be a page that came in place of a list."""
    (folder / "empty.ris").write_text("\n", "utf-8")
    result = compcite("convert", "empty.ris", "--to", "csl-json")
    assert (result.code, result.err) == (ExitCode.OK, "compcite: empty.ris: no entries in it\n")


@pytest.mark.usefixtures("registries")
def test_convert_resolves_to_the_registry_s_record(compcite: Compcite, folder: Path) -> None:
    """A pasted reference becomes the registered work; an unknown one stays as it was."""
    (folder / "pasted.txt").write_text(
        "Neff, K. (2003). Self-Compassion: An alternative conceptualization. Self Identity.\n\n"
        "Nobody, N. (1999). A thing that was never written. Journal of Nothing, 1, 2–3.\n",
        encoding="utf-8",
    )
    result = compcite("convert", "pasted.txt", "--to", "bibtex", "--resolve")

    assert result.code == 0
    assert "pages     = {85--101}" in result.out or "{85--101}" in result.out
    assert f"{{{NEFF}}}" in result.out
    assert result.err == "compcite: nobody1999thing: no registered work found; left as it was\n"


def test_convert_says_nothing_of_works_when_nobody_answers(
    compcite: Compcite, folder: Path, registries: RegistryServer
) -> None:
    """That a registry is down is no word about a reference, which stays as it was."""
    for service in Service:
        registries.fails(service, Fault.ERROR)
    (folder / "pasted.txt").write_text(
        "Neff, K. (2003). Self-Compassion: An alternative. Self Identity.\n", "utf-8"
    )
    result = compcite("convert", "pasted.txt", "--to", "bibtex", "--resolve")

    assert result.code == ExitCode.UNVERIFIED
    assert result.err.splitlines()[0] == (
        "compcite: neff2003self: not every registry could be asked; left as it was"
    )


@pytest.mark.usefixtures("references")
def test_bibtex_can_be_had_in_ascii_and_normalized(compcite: Compcite) -> None:
    """``--ascii`` writes commands for letters beyond ASCII; ``--normalize`` writes all anew."""
    ascii_only = compcite("export", "--format", "bibtex", "--ascii", "--normalize").out
    normalized = compcite("export", "--format", "bibtex", "--normalize").out

    assert '{\\"o}' in ascii_only
    assert ascii_only.isascii()
    assert "Schön" in normalized


@pytest.mark.usefixtures("references")
def test_journals_can_be_abbreviated(compcite: Compcite) -> None:
    """By ISO 4, where the list is installed."""
    pytest.importorskip("pyiso4")
    result = compcite("export", "--key", "raes2010rumination", "--abbreviate-journals")

    assert result.out.endswith("Pers. Individ. Differ.\n")


@pytest.mark.usefixtures("registries", "references")
def test_show_tells_what_the_registry_said(compcite: Compcite) -> None:
    """After a verification, the record stands below the entry; nothing is asked again."""
    compcite("verify-dois")
    result = compcite("show", "neff2003self")

    assert result.code == 0
    assert "  Crossref: Neff, K. D. (2003)." in result.out
