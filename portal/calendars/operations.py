"""Renewing the addresses of one's feeds, and forgetting them with the person."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete

from portal.calendars.models import CalendarFeed
from portal.db import db, operation
from portal.history import phrases, record
from portal.people.operations_leaving import at_erasure
from portal.web import clock

phrases.declare({"calendar-renewed": _l("%(actor)s renewed the addresses of her calendars; the older ones ended")})


@operation
def renew_addresses(person_id: int) -> None:
    """End every feed address that this person ever had; her page shows the new ones."""
    now = clock.now()
    kept = db.session.get(CalendarFeed, person_id)
    if kept is None:
        # Version 1 is what addresses carry before anybody renewed them.
        db.session.add(CalendarFeed(person_id=person_id, version=2, renewed_at=now))
    else:
        kept.version, kept.renewed_at = kept.version + 1, now
    record(person_id, "calendar-renewed", "person", person_id)


def _forget(person_id: int) -> None:
    db.session.execute(delete(CalendarFeed).where(CalendarFeed.person_id == person_id))


at_erasure(_forget)
