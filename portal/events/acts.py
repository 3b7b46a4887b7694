"""What a mail's links do about a session: coming or not, passing the place on, taking it over."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import EmailField, StringField
from wtforms.validators import DataRequired, Email, Length

from portal.db import db
from portal.events import operations_answers as act
from portal.events import words
from portal.events.models import Session
from portal.events.operations_booking import book
from portal.events.policy import booking_kind
from portal.events.queries_acts import booking_by_id, has_declined, network_of, session_by_link
from portal.events.queries_bookings import open_booking, places_of
from portal.events.queries_newcomers import is_member
from portal.events.signed import booking_url
from portal.networks.scope import scope_by_link
from portal.people.models import Person
from portal.web import clock
from portal.web.acts_signed import Button, Look, SignedForm, declare_signed
from portal.web.errors import DomainError, NotHere
from portal.web.links import Link, act_link

PASS_DAYS = 60


class ColleagueForm(SignedForm):
    """Who could go instead."""

    name = StringField(_l("Who could go instead?"), [DataRequired(_l("Whom shall we ask?")), Length(max=200)])
    address = EmailField(
        _l("The address"), [DataRequired(_l("We need an address to ask.")), Email(_l("This is no whole address."))]
    )


def _session(link: Link) -> Session:
    """The session, for its network's members, for guests of a public event, and for whoever was asked by name."""
    session = session_by_link(link.thing_id)
    booked = open_booking(session.id, link.person_id) or has_declined(session.id, link.person_id)
    if not (session.event.is_public or booked or is_member(session.network_id, link.person_id)):
        raise NotHere
    return session


def _lines(session: Session) -> list[str]:
    zone = network_of(session.event).time_zone
    return [
        line for line in (f"{words.date_and_hours(session, zone)}, {words.where(session)}", session.event.cost) if line
    ]


def _kind(session: Session, person_id: int) -> str:
    """As what she books: a member, an observer of the network, or a guest."""
    if not is_member(session.network_id, person_id):
        return "guest"
    return booking_kind(scope_by_link(session.network_id, person_id, "events").membership)


def _ended(session: Session) -> str:
    """Why nothing can be answered any more, or nothing."""
    if session.cancelled_at or session.event.cancelled_at:
        return _("This was called off.")
    return _("This has begun or is over.") if session.starts_at <= clock.now() else ""


def look_at_place(link: Link) -> Look:
    """How it stands with her place, and the answers she has."""
    session = _session(link)
    booking, ended = open_booking(session.id, link.person_id), _ended(session)
    is_full = places_of([session.id], None)[session.id].is_full(session.capacity)
    doors, state, buttons = [], ended, []
    if booking:
        state = ended or (_("You are on the waiting list.") if booking.waiting_since else _("You have a place."))
        doors = [(_("For your calendar"), booking_url(session.event_id, link.person_id) + "/calendar.ics")]
        buttons = [Button("no", _("I can’t come after all"))]
    else:
        state = ended or (_("You said that you can’t come.") if has_declined(session.id, link.person_id) else "")
        buttons = [
            Button("yes", _("Put me on the waiting list") if is_full else _("I’m coming")),
            Button("no", _("I can’t come")),
        ]
    if not ended:
        doors.append((_("Pass it to a colleague"), act_link("passon", link.person_id, session.id, days=PASS_DAYS)))
    return _about(session, state, [] if ended else buttons, doors)


def _about(session: Session, state: str, buttons: list[Button], doors: list[tuple[str, str]]) -> Look:
    name = network_of(session.event).name
    return Look(session.event.title, _lines(session), state, buttons, doors, name)


def answer_place(link: Link, choice: str, form: SignedForm) -> str:
    session = _session(link)
    if choice == "no":
        act.decline(session, link.person_id)
        return _("Thank you for saying so: your place goes to somebody else.")
    if choice != "yes":
        raise DomainError(_("Choose one of the answers."))
    kind = _kind(session, link.person_id)
    [booking] = book(session.event, [session.id], link.person_id, kind, by=link.person_id)
    return (
        _("You are on the waiting list. We write when a place comes free.")
        if booking.waiting_since
        else _("You have a place.")
    )


def look_at_passing(link: Link) -> Look:
    session = _session(link)
    ended = _ended(session)
    held = open_booking(session.id, link.person_id)
    state = ended or (_("Your place stays yours until your colleague takes it.") if held else "")
    return _about(session, state, [] if ended else [Button("ask", _("Ask this colleague"))], [])


def ask_colleague(link: Link, choice: str, form: ColleagueForm) -> str:
    act.pass_on(_session(link), link.person_id, form.name.data or "", form.address.data or "")
    return _("A mail goes to %(name)s, in your name.", name=form.name.data)


def look_at_taking(link: Link) -> Look:
    """A colleague's place: still there, or gone."""
    booking = booking_by_id(link.thing_id)
    session = session_by_link(booking.session_id)
    mine, ended = open_booking(session.id, link.person_id), _ended(session)
    giver = db.session.get_one(Person, booking.person_id).name
    if mine:
        state = ended or (_("You are on the waiting list.") if mine.waiting_since else _("The place is yours."))
        doors = [(_("For your calendar"), booking_url(session.event_id, link.person_id) + "/calendar.ics")]
        return _about(session, state, [], doors)
    gone = booking.cancelled_at is not None
    state = ended or (
        _("%(name)s’s place is gone by now.", name=giver) if gone else _("%(name)s can’t go, and asks you.", name=giver)
    )
    label = _("I’m coming") if gone else _("I take the place")
    return _about(session, state, [] if ended else [Button("take", label)], [])


def take_place(link: Link, choice: str, form: SignedForm) -> str:
    booking = booking_by_id(link.thing_id)
    session = session_by_link(booking.session_id)
    changed_hands = act.take_over(booking, session, link.person_id, _kind(session, link.person_id))
    return _("The place is yours.") if changed_hands else _("You are on the list.")


def declare_acts() -> None:
    declare_signed("coming", look_at_place, answer_place)
    declare_signed("passon", look_at_passing, ask_colleague, ColleagueForm)
    declare_signed("takeplace", look_at_taking, take_place)
