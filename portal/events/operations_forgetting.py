"""A person deletes herself: her places go to those who wait, and what she told us with a booking goes with her."""

from sqlalchemy import func, select, update

from portal.db import db
from portal.events.models import Booking, Event, Session
from portal.events.operations_booking import give_back
from portal.people.models import EmailAddress
from portal.people.operations_leaving import at_erasure
from portal.web import clock


def give_back_everything(person_id: int) -> None:
    """Her part of this room, inside the transaction that forgets her."""
    ahead = db.session.execute(
        select(Session.event_id, Session.id)
        .join(Booking, Booking.session_id == Session.id)
        .where(Booking.person_id == person_id, Booking.cancelled_at.is_(None), Session.starts_at > clock.now())
    )
    by_event: dict[int, list[int]] = {}
    for event_id, session_id in ahead:
        by_event.setdefault(event_id, []).append(session_id)
    for event_id, session_ids in by_event.items():
        give_back(db.session.get_one(Event, event_id), session_ids, person_id)
    hers = {"needs": "", "subject": "", "organisation_typed": "", "reach_by": ""}
    db.session.execute(update(Booking).where(Booking.person_id == person_id).values(hers))
    # Somebody else booked with an address of hers: it is not ours to keep any more.
    addresses = select(EmailAddress.folded).where(EmailAddress.person_id == person_id)
    shared = update(Booking).where(func.lower(Booking.reach_by).in_(addresses)).values(reach_by="")
    db.session.execute(shared.execution_options(synchronize_session=False))


at_erasure(give_back_everything)
