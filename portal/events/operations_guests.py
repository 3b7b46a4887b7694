"""Booking without an account, and what is forgotten afterwards."""

from collections.abc import Sequence
from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import or_, select, update

from portal.db import db, operation
from portal.events import letters_guests
from portal.events.drafts import GuestDraft
from portal.events.models import Booking, Event, Session
from portal.events.operations_booking import book
from portal.events.operations_newcomers import Guest, guest_who_came, note_consent
from portal.events.queries_bookings import open_bookings
from portal.events.queries_newcomers import is_member, school_named
from portal.people.consents import WORDINGS
from portal.people.names import fold_address
from portal.web import clock, limits
from portal.web.errors import DomainError
from portal.web.housekeeping import each_hour

PER_ADDRESS, PER_CLIENT, WINDOW = 6, 60, 60
KEEP_NEEDS = timedelta(days=30)


@operation
def book_as_guest(
    event: Event, session_ids: Sequence[int], draft: GuestDraft, client: str = "", time_zone: str = "UTC"
) -> None:
    """Book for whoever typed this name and address; a mail holds the link to change, cancel or pass it on.

    The page says the same whoever has the address. Without an account nobody proves who she is, so:

    - nobody new: what she agrees to is noted at once, in the words that stood there;
    - the address is known under a name that can be hers: she is booked, what stood in an earlier booking stays, and
      her ticks count once she confirms them from the mail;
    - the address belongs to a plainly different name: a person of her own is booked, and the mail tells whoever reads
      that address what happened, in whose name, and how to undo it.

    Raises DomainError for too many bookings in an hour, per address and per client.
    """
    _refuse_crowds(draft.address, client)
    organisation_id = school_named(event.network_id, draft.school)
    guest = guest_who_came(draft.name, draft.address, organisation_id, "booking", clock.today(time_zone))
    had = open_bookings([one.id for one in event.sessions], guest.person_id)
    bookings = book(
        event,
        session_ids,
        guest.person_id,
        _kind(event, guest, draft),
        draft.needs,
        organisation_id,
        "" if organisation_id else draft.school,
        is_proven=False,
        tell=False,
        subject=draft.subject,
        wants_credit=draft.wants_credit,
        reach_by=draft.address if guest.shares_address else "",
    )
    _note_and_tell(event, guest, draft, bookings, had=bool(had))


def _refuse_crowds(address: str, client: str) -> None:
    crowded = limits.too_many("guest-client", client, PER_CLIENT, WINDOW)
    if limits.too_many("guest-address", fold_address(address), PER_ADDRESS, WINDOW) or crowded:
        raise DomainError(_("That is many bookings in a short time. Wait an hour, or write to us."), "address")


def _note_and_tell(event: Event, guest: Guest, draft: GuestDraft, bookings: Sequence[Booking], had: bool) -> None:
    if guest.is_new:
        for kind in draft.agreed:
            note_consent(guest.person_id, kind, str(WORDINGS[kind]))
    if guest.shares_address:
        letters_guests.tell_holder(event, guest.person_id, bookings)
    else:
        to_confirm = () if guest.is_new else draft.agreed
        letters_guests.tell_guest(event, guest.person_id, bookings, to_confirm, had)


def _kind(event: Event, guest: Guest, draft: GuestDraft) -> str:
    """As what she comes: an observer where she says so, a member where she is one, else a guest."""
    if draft.comes_as == "observer":
        return "observer"
    return "member" if is_member(event.network_id, guest.person_id) else "guest"


@operation
def change_my_booking(bookings: Sequence[Booking], needs: str, subject: str, wants_credit: bool) -> None:
    """What she asked us to know, changed by the link of her mail: that link proves who she is."""
    for booking in bookings:
        booking.needs, booking.subject, booking.wants_credit = needs, subject, wants_credit


@operation
def forget_needs() -> int:
    """Delete what people asked us to know, thirty days after the session. Returns how many (called by the worker)."""
    over = select(Session.id).where(Session.starts_at < clock.now() - KEEP_NEEDS)
    told = or_(Booking.needs != "", Booking.reach_by != "")
    forgotten = db.session.execute(
        update(Booking).where(Booking.session_id.in_(over), told).values(needs="", reach_by="")
    )
    return int(forgotten.rowcount or 0)  # type: ignore[attr-defined]


each_hour(forget_needs)
