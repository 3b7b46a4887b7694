"""Mails when a place goes from one to another."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.db import db
from portal.events import words
from portal.events.models import Session
from portal.events.queries_letters import person_to_write, sender_of
from portal.mail import kinds, outbox
from portal.people.models import Person
from portal.web.links import act_link

kinds.declare("event-passed-on", why=_l("A colleague asked us to send you this. We write no more unless you answer."))
kinds.declare("event-passed", why=_l("You get this because you passed your place on."))
DAYS = 60


def ask_colleague(session: Session, giver_id: int, colleague_id: int, booking_id: int | None) -> None:
    """To the colleague: the place is yours if you want it, or simply: come."""
    to = person_to_write(colleague_id)
    if to is None:
        return
    event, sender = session.event, sender_of(session.event)
    giver = db.session.get_one(Person, giver_id)
    link = act_link("takeplace", colleague_id, booking_id, days=DAYS) if booking_id else None
    outbox.queue(
        "event-passed-on", to.address, _("%(name)s asks: can you go instead?", name=giver.name), "event_passed_on",
        to_name=to.name, person_id=to.person_id, network_id=event.network_id, from_name=sender.from_name,
        reply_to=sender.reply_to, sender=sender, first_name=to.first_name, giver=giver.name, event=event,
        line=f"{words.date_and_hours(session, sender.time_zone)}, {words.where(session)}",
        link=link or act_link("coming", colleague_id, session.id, days=DAYS, choice="yes"), has_place=link is not None,
    )  # fmt: skip


def tell_passed(session: Session, giver_id: int, colleague_id: int) -> None:
    """To the one who passed it on: done, you need do nothing more."""
    to, sender = person_to_write(giver_id), sender_of(session.event)
    if to is None:
        return
    colleague = db.session.get_one(Person, colleague_id).name
    outbox.queue(
        "event-passed", to.address, _("%(name)s goes instead of you", name=colleague), "event_passed",
        to_name=to.name, person_id=to.person_id, network_id=session.network_id, from_name=sender.from_name,
        reply_to=sender.reply_to, sender=sender, first_name=to.first_name, colleague=colleague, event=session.event,
        line=words.date_and_hours(session, sender.time_zone),
    )  # fmt: skip
