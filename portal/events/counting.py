"""What events lack before their figures are whole: people who booked and whom nobody has marked yet."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import Integer, String, exists, select
from sqlalchemy.sql.expression import column, table

from portal.activities.counted_rows import Span
from portal.activities.counting import PERSON, WHAT, WHEN, Gap
from portal.activities.models import Participation
from portal.db import Rows
from portal.events.models import Booking, Event, Session
from portal.web import clock

person = table("person", column("id", Integer), column("name", String), column("sort_name", String))


def not_marked(span: Span) -> Rows:
    """One row for each person who held a place in a session that is over, while its sheet is open without a mark for her."""
    marked = exists().where(
        Participation.activity_id == Session.id,
        Participation.person_id == Booking.person_id,
        Participation.minutes.is_not(None),
    )
    return (
        select(
            Session.starts_at.label("when"),
            Event.title.label("what"),
            person.c.name.label("person"),
            Event.id.label("event_id"),
            Session.id.label("session_id"),
            person.c.id.label("person_id"),
        )
        .join(Event, Event.id == Session.event_id)
        .join(Booking, Booking.session_id == Session.id)
        .join(person, person.c.id == Booking.person_id)
        .where(
            Session.network_id.in_(span.network_ids),
            Session.starts_at >= span.start,
            Session.starts_at < span.end,
            Session.starts_at < clock.now(),
            Session.cancelled_at.is_(None),
            Session.attendance_closed_at.is_(None),
            Event.published_at.is_not(None),
            Event.deleted_at.is_(None),
            Booking.cancelled_at.is_(None),
            Booking.waiting_since.is_(None),
            ~marked,
        )
        .order_by(Session.starts_at.desc(), person.c.sort_name)
    )


GAPS = (
    Gap(
        "not-marked",
        _l("Booked, and not marked yet on an open sheet"),
        _l("people, attendances, hours, organisations"),
        not_marked,
        {"when": WHEN, "what": WHAT, "person": PERSON},
        blurs=("people", "attendances", "first-timers", "person-hours", "organisations"),
    ),
)
