"""Mails to who waited: a place is yours, a place is kept for you, the time to answer is over."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.events.letters import BOOKED, dates_of, send
from portal.events.models import Event, Session
from portal.events.queries_letters import recipients, sender_of
from portal.events.times import in_words
from portal.mail import kinds
from portal.web import clock, dates
from portal.web.links import act_link

kinds.declare("booking-moved-up", why=BOOKED)
for key in ("booking-offered", "booking-offer-over"):
    kinds.declare(key, why=_l("You get this because you are on the waiting list."))
DAYS = 60


def tell_moved_up(event: Event, sessions: Sequence[Session], person_id: int) -> int:
    """A place came free, or she took the one that was kept: she is coming now."""
    sender = sender_of(event)

    def say() -> tuple[str, dict[str, Any]]:
        return _("You have a place: %(title)s", title=event.title), {"lines": dates_of(sessions, sender)}

    return send("booking-moved-up", _her(sessions, person_id), say, event, sender, sessions)


def tell_offered(event: Event, sessions: Sequence[Session], person_id: int, until: datetime) -> int:
    """A place is kept for her: take it, or let it go to the next."""
    sender = sender_of(event)

    def say() -> tuple[str, dict[str, Any]]:
        local = clock.local(until, sender.time_zone)
        return _("A place is kept for you: %(title)s", title=event.title), {
            "lines": dates_of(sessions, sender),
            "until": _("%(day)s, %(time)s", day=dates.day(local.date()), time=in_words(local.time())),
            "take": act_link("offer", person_id, sessions[0].id, days=DAYS, choice="take"),
            "let_go": act_link("offer", person_id, sessions[0].id, days=DAYS, choice="go"),
        }

    return send("booking-offered", _her(sessions, person_id), say, event, sender, [])


def tell_ran_out(event: Event, sessions: Sequence[Session], person_id: int) -> int:
    """No answer came: the next is asked, and she waits at the end of the list."""
    sender = sender_of(event)

    def say() -> tuple[str, dict[str, Any]]:
        return _("Back on the waiting list: %(title)s", title=event.title), {"lines": dates_of(sessions, sender)}

    return send("booking-offer-over", _her(sessions, person_id), say, event, sender, [])


def _her(sessions: Sequence[Session], person_id: int) -> list[Any]:
    return [one for one in recipients([session.id for session in sessions]) if one.person_id == person_id]
