"""The lists of this room as spreadsheets: what the columns are, and one row of each."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.events import words
from portal.events.queries_lists import ListedSession
from portal.web import clock, dates
from portal.web.tables import Column

SESSION_COLUMNS = [
    Column(name)
    for name in (
        _l("Date"),
        _l("Starts"),
        _l("Minutes"),
        _l("Title"),
        _l("Session"),
        _l("How"),
        _l("Where"),
        _l("Places"),
        _l("Taken"),
        _l("Waiting"),
        _l("Called off"),
    )
]
BOOKING_COLUMNS = [
    Column(name)
    for name in (
        _l("Name"),
        _l("School"),
        _l("Session"),
        _l("Booked as"),
        _l("Booked on"),
        _l("Standing"),
        _l("Subject"),
        _l("Credit wanted"),
        _l("Place kept until"),
        _l("Asked us to know"),
    )
]


def session_cells(one: ListedSession) -> list[Any]:
    return [
        _date(one.starts_at),
        _hour(one.starts_at),
        one.minutes,
        one.title,
        _("%(number)s of %(count)s", number=one.position, count=one.sessions),
        str(words.MODES.get(one.mode, one.mode)),
        one.place,
        one.capacity,
        one.places.taken,
        one.places.waiting,
        _date(one.cancelled_at),
    ]


def booking_cells(row: Any, subjects: dict[str, str]) -> list[Any]:
    """One booking; ``subjects`` are the region's words by their codes."""
    waiting = _("a place is kept") if row.offered_until else _("waiting")
    standing = waiting if row.waiting_since else _("has a place")
    kind = str(words.KINDS.get(row.kind, row.kind))
    subject = subjects.get(row.subject, row.subject)
    credit = _("yes") if row.wants_credit else ""
    kept = f"{_date(row.offered_until)} {_hour(row.offered_until)}" if row.offered_until else ""
    booked = _date(row.booked_at)
    return [row.name, row.school, row.position, kind, booked, standing, subject, credit, kept, row.needs]


def _date(moment: Any) -> Any:
    return clock.local(moment, dates.place_clock()).date() if moment else None


def _hour(moment: Any) -> str:
    return clock.local(moment, dates.place_clock()).strftime("%H:%M") if moment else ""
