"""What the links of other booking mails do: take a place that is kept or let it go, agree to what was ticked."""

from flask_babel import gettext as _

from portal.events.acts import ended, lines_of
from portal.events.agreeing import kinds_in
from portal.events.models import Session
from portal.events.operations_booking import give_back
from portal.events.operations_offers import take_offer
from portal.events.queries_acts import network_of, session_by_link
from portal.events.queries_bookings import open_booking
from portal.events.signed import booking_url
from portal.people.consents import WORDINGS
from portal.people.operations_me import give_consent, withdraw_consent
from portal.people.queries import consents_of
from portal.web.acts_signed import Button, Look, SignedForm, declare_signed
from portal.web.errors import DomainError, NotHere
from portal.web.links import Link


def look_at_offer(link: Link) -> Look:
    """The place that is kept for her: still there, taken, or gone."""
    session = session_by_link(link.thing_id)
    booking, over = open_booking(session.id, link.person_id), ended(session)
    buttons, doors = [], []
    if booking is None:
        state = over or _("Your name is off the list.")
    elif booking.offered_until and not over:
        state = _("A place is kept for you.")
        buttons = [Button("take", _("I take the place")), Button("go", _("Let it go"))]
    else:
        placed, waiting = _("The place is yours."), _("The time to answer is over. You are on the waiting list.")
        state = over or (waiting if booking.waiting_since else placed)
        doors = [(_("My booking"), booking_url(session.event_id, link.person_id))]
    return Look(session.event.title, lines_of(session), state, buttons, doors, network_of(session.event).name)


def answer_offer(link: Link, choice: str, form: SignedForm) -> str:
    session: Session = session_by_link(link.thing_id)
    if choice == "go":
        give_back(session.event, [session.id], link.person_id, link.person_id)
        return _("Thank you for saying so: the next person is asked now.")
    if choice != "take":
        raise DomainError(_("Choose one of the answers."))
    take_offer(session, link.person_id)
    return _("The place is yours. The details are in your mail.")


def look_at_agreeing(link: Link) -> Look:
    """What was ticked with a booking, each in its words. Opening it agrees to nothing."""
    asked = kinds_in(link.thing_id)
    if not asked:
        raise NotHere
    given = {one.kind for one in consents_of(link.person_id) if one.withdrawn_at is None}
    done = set(asked) <= given
    state = _("You agreed to this. It can be taken back at any time.") if done else ""
    buttons = [Button("back", _("I take it back"))] if done else [Button("yes", _("I agree"))]
    return Look(_("What you agree to"), [str(WORDINGS[kind]) for kind in asked], state, buttons)


def agree(link: Link, choice: str, form: SignedForm) -> str:
    verb = withdraw_consent if choice == "back" else give_consent
    for kind in kinds_in(link.thing_id):
        verb(link.person_id, kind)
    return _("Noted, with today’s date.")


def declare_place_acts() -> None:
    declare_signed("offer", look_at_offer, answer_offer)
    declare_signed("agree", look_at_agreeing, agree)
