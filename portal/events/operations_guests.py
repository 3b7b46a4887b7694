"""Booking without an account, and what is forgotten afterwards."""

from collections.abc import Sequence
from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import select, update

from portal.db import db, operation
from portal.events.models import Booking, Event, Session
from portal.events.operations_booking import book
from portal.events.operations_newcomers import find_or_make, note_consent
from portal.events.queries_newcomers import is_member, school_named
from portal.people.names import fold_address
from portal.web import clock, limits
from portal.web.errors import DomainError
from portal.web.housekeeping import each_hour

PER_ADDRESS, PER_CLIENT, WINDOW = 6, 60, 60
KEEP_NEEDS = timedelta(days=30)


@operation
def book_as_guest(
    event: Event,
    session_ids: Sequence[int],
    name: str,
    address: str,
    school: str,
    needs: str = "",
    wants_more: str = "",
    client: str = "",
    time_zone: str = "UTC",
) -> None:
    """Book for whoever has this address; a mail to it holds the link to change or cancel.

    ``wants_more`` is the wording that she agreed to, or nothing. Whether the address is known makes no difference to
    the page. Raises DomainError for too many bookings in an hour, per address and per client.
    """
    crowded = limits.too_many("guest-client", client, PER_CLIENT, WINDOW)
    if limits.too_many("guest-address", fold_address(address), PER_ADDRESS, WINDOW) or crowded:
        raise DomainError(_("That is many bookings in a short time. Wait an hour, or write to us."), "address")
    organisation_id = school_named(event.network_id, school)
    person_id, _is_new = find_or_make(name, address, organisation_id, "booking", clock.today(time_zone))
    typed = "" if organisation_id else school
    kind = "member" if is_member(event.network_id, person_id) else "guest"
    book(event, session_ids, person_id, kind, needs, organisation_id, typed)
    if wants_more:
        note_consent(person_id, "contact", wants_more)


@operation
def forget_needs() -> int:
    """Delete what people asked us to know, thirty days after the session. Returns how many (called by the worker)."""
    over = select(Session.id).where(Session.starts_at < clock.now() - KEEP_NEEDS)
    forgotten = db.session.execute(
        update(Booking).where(Booking.session_id.in_(over), Booking.needs != "").values(needs="")
    )
    return int(forgotten.rowcount or 0)  # type: ignore[attr-defined]


each_hour(forget_needs)
