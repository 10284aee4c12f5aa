"""Family D4: the DOI as it is registered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compcite.checks.case import Case, Fault, meant_instead, place_of, replacement
from compcite.model.report import Change, Fix
from compcite.model.work import Found, NotFound, Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["doi_alias", "doi_not_registered", "doi_unresolvable", "doi_unverified"]

_EXAMPLES = "10.5555"  # Crossref's prefix for tests and documentation


def doi_not_registered(case: Case) -> Iterator[Fault]:
    """No registration agency knows the DOI.

    The DOI system itself says that it does not exist, so its link leads nowhere: a digit was
    mistyped or lost, or the reference is made up. Where a registered work is what the entry
    describes, its DOI is offered. The fix is unsafe, since it trusts that match. A DOI that was
    taken from a publisher's URL is not reported, since it may end earlier.

        doi = {10.1016/j.beth.2016.11.0122}
    """
    written, outcome = case.written, case.outcome
    if not isinstance(outcome, NotFound) or written is None or not written.certain:
        return
    example = outcome.doi.prefix == _EXAMPLES
    never = ": DOIs of 10.5555 are examples, which never resolve" if example else ""
    message = f"{outcome.doi} is not registered{never}{meant_instead(case)}"
    place = place_of(case.entry, written.field)
    expected, fix = replacement(case)
    yield Fault(message, place, "doi", expected, str(outcome.doi), fix)


def doi_alias(case: Case) -> Iterator[Fault]:
    """The DOI stands for another one.

    Two DOIs were registered for the work, and the agency made one an alias of the other; or it is a
    short DOI such as `10/gf4ds2`. Both lead to the work, but the record and citation indexes use
    the primary one. The fix is safe: the agency or doi.org itself says that both mean the same
    work.
    """
    outcome, written = case.outcome, case.written
    if not isinstance(outcome, Found) or written is None or outcome.work.doi == outcome.doi:
        return
    primary = str(outcome.work.doi)
    fix = Fix(f"Replace the DOI by {primary}", safe=True, changes=(Change("DOI", primary),))
    message = f"{outcome.doi} is an alias of {primary}"
    place = place_of(case.entry, written.field)
    yield Fault(message, place, "doi", primary, str(outcome.doi), fix)


def doi_unresolvable(case: Case) -> Iterator[Fault]:
    """The DOI is registered, but leads nowhere.

    Its handle has no address, so its link shows an error page, although an agency holds a
    record. Only the publisher can repair it; until then give a URL as well.
    """
    outcome, written = case.outcome, case.written
    if isinstance(outcome, Found) and not outcome.resolvable and written is not None:
        message = f"{outcome.doi} is registered, but its handle has no address"
        yield Fault(message, place_of(case.entry, written.field), "doi", actual=str(outcome.doi))


def doi_unverified(case: Case) -> Iterator[Fault]:
    """The DOI could not be checked.

    A service did not answer, or compcite works offline and has kept no answer; or, with
    `--refresh`, a locked record could not be asked for again, and the entry is compared with the
    locked record. This says nothing about the DOI. `--on-outage` decides how such a run ends.
    """
    outcome, written = case.outcome, case.written
    if written is None:
        return
    if isinstance(outcome, Found) and outcome.unasked:
        message = f"{outcome.doi} could not be asked for again: {outcome.unasked}"
        yield Fault(message, place_of(case.entry, written.field), "doi", actual=str(outcome.doi))
    if isinstance(outcome, Unavailable):
        message = f"{outcome.doi} could not be checked: {outcome.reason}"
        yield Fault(message, place_of(case.entry, written.field), "doi", actual=str(outcome.doi))
