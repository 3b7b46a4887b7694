"""What the question after a session leads to: "I was there", part of it, or not; without signing in."""

from flask_babel import gettext as _

from portal.attendance.forms_claim import NO, PART, YES, OwnWordByLink, said
from portal.attendance.hours import Hours
from portal.attendance.models import AttendanceClaim
from portal.attendance.operations_claims import NOTED, say
from portal.attendance.queries import SheetRow
from portal.attendance.queries_claims import is_sayable, last_claim, last_day_to_say, own_row
from portal.events import words
from portal.events.models import Session
from portal.events.queries_acts import has_declined, network_of, session_by_link
from portal.events.queries_newcomers import is_member
from portal.web import dates
from portal.web.acts_signed import Button, Look, declare_signed
from portal.web.errors import NotHere
from portal.web.links import Link


def _session(link: Link) -> Session:
    """The session, for its network's members, for guests of a public event, and for whoever was on its sheet."""
    session = session_by_link(link.thing_id)
    known = own_row(session.id, link.person_id) or has_declined(session.id, link.person_id)
    if not (session.event.is_public or known or is_member(session.network_id, link.person_id)):
        raise NotHere
    return session


def look_at_having_been(link: Link) -> Look:
    """What the sheet says of her, and what she can say."""
    session = _session(link)
    network = network_of(session.event)
    lines = [f"{words.date_and_hours(session, network.time_zone)}, {words.where(session)}"]
    buttons = []
    if is_sayable(session):
        buttons = [
            Button(YES, _("I was there")),
            Button(PART, _("I was there for part of it")),
            Button(NO, _("I was not there")),
        ]
        lines.append(_("You can say so until %(day)s.", day=dates.day(last_day_to_say(session))))
    return Look(session.event.title, lines, state_of(session, link.person_id), buttons, [], network.name)


def say_having_been(link: Link, choice: str, form: OwnWordByLink) -> str:
    session = _session(link)
    row = own_row(session.id, link.person_id)
    hours = Hours(session.starts_at, session.minutes, network_of(session.event).time_zone)
    return thanks(
        say(session, link.person_id, said(choice, form, hours, row.arrived_at if row and row.signed_in else None))
    )


def thanks(answer: str) -> str:
    """What is true after she has said it."""
    if answer == NOTED:
        return _("Thank you, it is noted on the sheet.")
    return _("Thank you. The sheet says otherwise or is closed, so a coordinator looks at it first.")


def state_of(session: Session, person_id: int) -> str:
    """How she stands on the sheet, and what became of what she asked."""
    row, claim = own_row(session.id, person_id), last_claim(session.id, person_id)
    return " ".join(sentence for sentence in (_noted(row), _asked(claim)) if sentence)


def _noted(row: SheetRow | None) -> str:
    if row is None or not row.is_marked:
        return ""
    if row.minutes is None:
        return _("You signed in at %(time)s.", time=dates.time(row.arrived_at))
    if row.minutes:
        return _("Noted: you were there for %(time)s.", time=dates.minutes(row.minutes))
    return _("Noted: you were not there.")


def _asked(claim: AttendanceClaim | None) -> str:
    if claim is None or claim.is_accepted:
        return ""
    what = (
        _("you were there for %(time)s", time=dates.minutes(claim.minutes))
        if claim.minutes
        else _("you were not there")
    )
    if claim.answered_at is None:
        return _("You said that %(what)s; a coordinator looks at it.", what=what)
    return _("You said that %(what)s; a coordinator looked at it, and it stays as it is.", what=what)


def declare_acts() -> None:
    declare_signed("wasthere", look_at_having_been, say_having_been, OwnWordByLink)
