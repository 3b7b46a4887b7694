"""Noting what an event cost, and that somebody took its file. Coordinators alone read the lines of its history."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.db import db, operation
from portal.event_file.drafts import CostDraft
from portal.event_file.models import EventCost
from portal.event_file.queries_costs import totals_of
from portal.event_file.words import ALL_KINDS
from portal.events.models import Event
from portal.history import phrases, record
from portal.web import clock, dates, money
from portal.web.errors import Conflict, DomainError

MOST = 200

phrases.declare(
    {
        "cost-added": _l("%(actor)s added to the costs: %(what)s"),
        "cost-changed": _l("%(actor)s changed a line of the costs: %(what)s"),
        "cost-removed": _l("%(actor)s took a line out of the costs: %(what)s"),
        "cost-returned": _l("%(actor)s put a line back into the costs: %(what)s"),
        "event-file-taken": _l("%(actor)s took the event’s file (%(kind)s)"),
    }
)


@operation
def add_cost(event: Event, draft: CostDraft, by: int) -> EventCost:
    """Add a line of money, or of hours that somebody gave. Raises DomainError for more than 200 lines."""
    if totals_of(event.id).lines >= MOST:
        raise DomainError(_("At most %(most)s lines. Add small ones up.", most=MOST))
    cost = EventCost(event_id=event.id, added_at=clock.now(), added_by=by)
    _take(cost, draft)
    db.session.add(cost)
    _note("cost-added", event, cost, by)
    return cost


@operation
def change_cost(event: Event, cost: EventCost, seen: int, draft: CostDraft, by: int) -> EventCost:
    """Change a line. Raises Conflict when somebody saved it since ``seen``, the row version that she had before her."""
    if cost.row_version != seen:
        raise Conflict(in_words(cost))
    _take(cost, draft)
    _note("cost-changed", event, cost, by)
    return cost


@operation
def remove_cost(event: Event, cost: EventCost, by: int) -> None:
    """Take a line out; ``return_cost`` takes that back."""
    cost.removed_at = clock.now()
    _note("cost-removed", event, cost, by)


@operation
def return_cost(event: Event, cost: EventCost, by: int) -> None:
    cost.removed_at = None
    _note("cost-returned", event, cost, by)


@operation
def note_file_taken(event_id: int, network_id: int, kind: str, by: int) -> None:
    """That personal data left the portal with the event's file: as which kind of file ("PDF", "zip"), and who took it."""
    record(by, "event-file-taken", "event_file", event_id, network_id, kind=kind)


def in_words(cost: EventCost) -> dict[str, str]:
    """What stands there now, by the names of the form's fields."""
    if cost.minutes is not None:
        return {"gave": cost.what, "length": dates.minutes(cost.minutes)}
    stands = {"kind": str(ALL_KINDS[cost.kind]), "what": cost.what}
    amount = {"amount": str(money.exactly(cost.amount, cost.currency)), "currency": cost.currency}
    return stands | amount | {"paid_on": dates.day(cost.paid_on)}


def _take(cost: EventCost, draft: CostDraft) -> None:
    cost.kind, cost.what, cost.paid_on = draft.kind, draft.what, draft.paid_on
    cost.amount, cost.currency, cost.minutes = draft.amount, draft.currency, draft.minutes


def _note(action: str, event: Event, cost: EventCost, by: int) -> None:
    # The currency and the figure as they are, so that the line reads the same in every language.
    sum_ = (
        dates.minutes(cost.minutes) if cost.minutes else f"{cost.currency} {money.exactly(cost.amount, cost.currency)}"
    )
    what = ", ".join(part for part in (cost.what, sum_) if part)
    record(by, action, "event_file", event.id, event.network_id, what=what)
