"""States, windows and steps of a loan in words, each with the mark that goes with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.kit.models import Kit
from portal.lending.models import Loan
from portal.web import dates

# State: the mark of templates/web/marks.html, and the word beside it.
STATES = {
    "requested": ("wait", _l("Asked for")),
    "approved": ("ink", _l("Booked")),
    "ready": ("ink", _l("Packed")),
    "out": ("ink", _l("Out")),
    "overdue": ("late", _l("Late")),
    "uncollected": ("wait", _l("Not collected")),
    "returned": ("wait", _l("Back, to be counted")),
    "checked": ("wait", _l("Counted, its use not told")),
    "closed": ("done", _l("Closed")),
    "declined": ("ink", _l("Declined")),
    "cancelled": ("ink", _l("Cancelled")),
    "lost": ("late", _l("Lost")),
}


def standing(loan: Loan, today: date) -> str:
    """The state, and what its day makes of it: late, or never collected."""
    if loan.is_overdue(today):
        return "overdue"
    if loan.state in ("approved", "ready") and loan.ends_on < today:
        return "uncollected"
    return loan.state


def window(starts_on: date, ends_on: date) -> str:
    """Mon 23 Nov to Fri 4 Dec."""
    return _("%(start)s to %(end)s", start=dates.short_day(starts_on), end=dates.short_day(ends_on))


def state_word(state: str) -> str:
    return str(STATES[state][1])


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the course: done at a moment, or still to come."""

    word: str
    at: datetime | None
    line: str = ""


def course(loan: Loan, kit: Kit) -> Iterator[Step]:
    """What happened and what is still to come, in order. A loan that ended early ends here too."""
    yield Step(_("Asked for"), loan.requested_at)
    early = (
        (loan.declined_at, _("Declined"), loan.answer),
        (loan.cancelled_at, _("Cancelled"), loan.answer),
        (loan.lost_at, _("Lost"), ""),
    )
    ended = next((Step(word, at, line) for at, word, line in early if at), None)
    collected = _("Collected by %(name)s", name=loan.collected_by) if loan.collected_by else ""
    steps = [
        Step(_("Approved"), loan.approved_at, loan.answer if loan.approved_at and not ended else ""),
        Step(_("Packed"), loan.ready_at),
        Step(_("Given") if kit.way == "given" else _("Out"), loan.out_at, collected),
    ]
    if kit.way != "given":
        steps += [Step(_("Back"), loan.returned_at), Step(_("Counted"), loan.checked_at, loan.check_note)]
    if kit.needs_return or loan.use_told_at:
        steps.append(Step(_("Its use told"), loan.use_told_at))
    steps.append(Step(_("Closed"), loan.closed_at, loan.closed_without))
    for step in steps:
        if not ended or step.at:
            yield step
    if ended:
        yield ended
