"""Family D4: DOIs as they are registered."""

from __future__ import annotations

from dataclasses import replace

from compcite.model.doi import DOI
from compcite.model.report import Severity, Status
from compcite.model.work import Unavailable
from tests.checks.cases import AU, entry, finding_of, found, rules_of, verify


def test_an_unregistered_doi_is_an_error() -> None:
    """The registries themselves say so."""
    report = verify(entry(title="Unheard of", doi="10.1000/none"))
    assert (report.status, rules_of(report)) == (Status.NOT_REGISTERED, ["doi-not-registered"])


def test_the_doi_that_was_meant_is_offered() -> None:
    """A search by what the entry says finds it; the edit replaces the wrong one."""
    text = entry(doi=AU.replace("012", "0122"))
    finding = finding_of(verify(text, found()), "doi-not-registered")
    assert (finding.field, finding.expected) == ("doi", AU)
    assert finding.fix is not None
    (edit,) = finding.fix.edits
    assert text[: edit.start] + edit.text + text[edit.end :] == entry()


def test_a_doi_that_is_nearly_right_is_found_without_a_title() -> None:
    """Where a search has too little to go by, near spellings are tried."""
    text = entry(doi=AU.replace("2016.11", "2016.111"), title="")
    assert finding_of(verify(text, found()), "doi-not-registered").expected == AU


def test_an_alias_is_a_warning_with_a_safe_fix() -> None:
    """The agency's own word is that both DOIs are one work's."""
    old = replace(found(), doi=DOI("10.1000/old"))
    finding = finding_of(verify(entry(doi="10.1000/old"), old), "doi-alias")
    assert (finding.expected, finding.actual) == (AU, "10.1000/old")
    assert finding.fix is not None
    assert finding.fix.safe


def test_a_doi_without_an_address_is_a_warning() -> None:
    """It is registered, but its link leads nowhere."""
    report = verify(entry(), replace(found(), resolvable=False))
    assert (report.status, rules_of(report)) == (Status.VERIFIED, ["doi-unresolvable"])


def test_an_outage_says_nothing_about_a_doi() -> None:
    """The entry is unverified, with a note that gives the reason."""
    report = verify(entry(), Unavailable(DOI(AU), "the service is down"))
    finding = finding_of(report, "doi-unverified")
    assert (report.status, finding.severity) == (Status.UNVERIFIED, Severity.NOTE)
    assert finding.message == f"{AU} could not be checked: the service is down"


def test_registration_alone_verifies_where_no_record_can_be_had() -> None:
    """Some agencies give no metadata; nothing is compared then."""
    report = verify(entry(title="Whatever"), found(described=False))
    assert (report.status, rules_of(report)) == (Status.VERIFIED, [])


def test_a_doi_of_the_examples_is_said_never_to_resolve() -> None:
    """Crossref keeps 10.5555 for tests and documentation, where models learn it."""
    finding = finding_of(verify(entry(doi="10.5555/3295222.3295349")), "doi-not-registered")
    assert "never resolve" in finding.message
