"""Booking a place as a member, taking one that was kept, giving it back."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from portal.events import policy
from portal.events.blueprints import events
from portal.events.forms_booking import GiveBackForm
from portal.events.models import Booking
from portal.events.operations_booking import book, give_back, take_waited_for
from portal.events.queries_event import event_in, event_page, sessions_of
from portal.events.queries_people import subject_of
from portal.events.routes import booking_form, event_shown
from portal.networks.scope import here
from portal.web.errors import NotHere
from portal.web.hypermedia import done


@events.post("/<int:event_id>/booking")
def book_place(event_id: int) -> AnyResponse:
    member = here().membership
    shown = event_page(member.network_id, event_id, member.person_id)
    sessions = sessions_of(event_id, member.person_id, policy.can_edit(member, shown.owner_id))
    if shown.is_draft and not policy.can_see_draft(member, shown.owner_id):
        raise NotHere
    form = booking_form(shown, sessions)
    if form.accepted():
        event = event_in(member.network_id, event_id)
        asked = (policy.booking_kind(member), form.needs.data or "")
        more: dict[str, Any] = {"subject": subject_of(member.person_id), "wants_credit": bool(form.wants_credit.data)}
        made = form.attempt(book, event, form.chosen, member.person_id, *asked, by=member.person_id, **more)
        if made is not None:
            return done(url_for(".show", event_id=event_id), _booked(made))
    return event_shown(shown, sessions, form)


@events.post("/<int:event_id>/booking/place")
def take_kept_place(event_id: int) -> AnyResponse:
    """Take the place that is kept for me, or one that is free by now."""
    member = here().membership
    event = event_in(member.network_id, event_id)
    form = GiveBackForm([(one.id, "") for one in event.sessions])
    if form.accepted():
        taken = form.attempt(take_waited_for, event, form.chosen, member.person_id)
        if taken is not None:
            still = _("You still wait: nothing is free.")
            return done(url_for(".show", event_id=event_id), _booked(taken) if taken else still)
    return done(url_for(".show", event_id=event_id), form.refusal(), kind="wrong")


@events.post("/<int:event_id>/booking/back")
def give_place_back(event_id: int) -> AnyResponse:
    member = here().membership
    event = event_in(member.network_id, event_id)
    form = GiveBackForm([(one.id, "") for one in event.sessions])
    url = url_for(".show", event_id=event_id)
    if form.accepted():
        given = form.attempt(give_back, event, form.chosen, member.person_id, member.person_id)
        if given is not None:
            return done(url, _("Your place is given back. Thank you for saying so.") if given else None)
    return done(url, form.refusal(), kind="wrong")


def _booked(made: list[Booking]) -> str:
    waits = [booking for booking in made if booking.waiting_since]
    if waits:
        return _("You are on the waiting list. You move up by yourself, and we write to you then.")
    return ngettext(
        "You are coming. The details are in your mail.",
        "You are coming to %(num)s dates. The details are in your mail.",
        len(made),
    )
