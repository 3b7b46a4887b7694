"""The mail after a booking without an account: to her, or to whoever reads the address that she gave."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.db import db
from portal.events.agreeing import ASKED, bits_of
from portal.events.letters import dates_of, send, tell_booked
from portal.events.models import Booking, Event
from portal.events.queries_letters import recipients, sender_of
from portal.mail import kinds
from portal.people.consents import WORDINGS
from portal.people.models import Person
from portal.web.links import act_link

kinds.declare("booking-for-another", why=_l("You get this because somebody booked a place with this address."))
DAYS = 60


def tell_guest(event: Event, person_id: int, bookings: Sequence[Booking], agreed: Sequence[str], had: bool) -> int:
    """What became of her booking. ``agreed`` waits for her word; ``had``: she had booked before, and that stays."""
    more: dict[str, Any] = {"kept_as_it_was": had}
    if agreed:
        more["agree"] = act_link("agree", person_id, bits_of(agreed), days=DAYS)
        more["agreed"] = [WORDINGS[kind] for kind in ASKED if kind in agreed]
    return tell_booked(event, person_id, bookings, **more)


def tell_holder(event: Event, person_id: int, bookings: Sequence[Booking]) -> int:
    """To an address that belongs to somebody of another name: what happened, in whose name, and how to undo it."""
    sender = sender_of(event)
    name = db.session.get_one(Person, person_id).name
    booked = [one for one in event.sessions if one.id in {booking.session_id for booking in bookings}]
    waits = {booking.session_id for booking in bookings if booking.waiting_since}
    placed = [one for one in booked if one.id not in waits]

    def say() -> tuple[str, dict[str, Any]]:
        return _("%(name)s booked with this address: %(title)s", name=name, title=event.title), {
            "guest": name,
            "places": dates_of(placed, sender),
            "waiting": dates_of([one for one in booked if one.id in waits], sender),
        }

    people = [one for one in recipients([one.id for one in booked]) if one.person_id == person_id]
    return send("booking-for-another", people, say, event, sender, placed)
