"""Writing down a talk, confirming, correcting and removing it. Only its counted layer leaves a line in the history."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Date, Integer, delete, select
from sqlalchemy.sql.expression import column, table

from portal import history
from portal.activities.models import Participation
from portal.db import db, operation
from portal.history import phrases
from portal.mentoring import sealed
from portal.mentoring.letters import ask_whether_met
from portal.mentoring.models import MentoringContact, Pairing, SealedNote
from portal.mentoring.talks import Talk
from portal.web import clock
from portal.web.errors import DomainError

phrases.declare(
    {
        "contact.logged": _l("%(actor)s wrote down a talk of %(minutes)s minutes"),
        "contact.corrected": _l("%(actor)s corrected a talk from %(before)s to %(after)s minutes"),
        "contact.confirmed": _l("%(actor)s confirmed the talk"),
        "contact.disputed": _l("%(actor)s said that the talk was otherwise"),
        "contact.deleted": _l("%(actor)s removed a talk"),
        "contact.restored": _l("%(actor)s brought a talk back"),
    }
)
MOST_MINUTES = 600
_affiliation = table(
    "affiliation", column("person_id", Integer), column("organisation_id", Integer), column("ended_on", Date)
)


@operation
def log_contact(pairing: Pairing, by: int, talk: Talk, key: bytes, time_zone: str) -> MentoringContact:
    """Write down a talk of a pair. Raises DomainError for a date outside the pair's time and for unlikely minutes."""
    _refuse_nonsense(pairing, talk, time_zone)
    now = clock.now()
    contact = MentoringContact(
        network_id=pairing.network_id,
        title=_("Mentoring talk"),
        starts_at=talk.at,
        minutes=talk.minutes,
        mode=talk.mode,
        held_at=now,
        recorded_by=by,
        created_at=now,
        pairing_id=pairing.id,
        contact_kind=talk.kind,
        focus=talk.focus,
        logged_by=by,
        next_at=talk.next_at,
    )
    db.session.add(contact)
    db.session.flush()
    _note_the_two(pairing, contact, by)
    _keep_notes(contact, by, talk, key)
    history.record(by, "contact.logged", "contact", contact.id, pairing.network_id, minutes=talk.minutes)
    ask_whether_met(contact)
    return contact


@operation
def change_contact(contact: MentoringContact, by: int, talk: Talk, key: bytes, time_zone: str) -> None:
    """Correct a talk. Changed minutes have to be confirmed again and leave both figures in the history."""
    _refuse_nonsense(contact.pairing, talk, time_zone)
    has_changed = False
    if contact.minutes != talk.minutes:
        history.record(
            by,
            "contact.corrected",
            "contact",
            contact.id,
            contact.network_id,
            before=contact.minutes,
            after=talk.minutes,
        )
        contact.confirmed_at = contact.disputed_at = None
        has_changed = True
    contact.starts_at, contact.minutes, contact.mode = talk.at, talk.minutes, talk.mode
    contact.contact_kind, contact.focus, contact.next_at = talk.kind, talk.focus, talk.next_at
    for participation in contact.participations:
        participation.minutes = talk.minutes
    _keep_notes(contact, by, talk, key)
    if has_changed:
        ask_whether_met(contact)


@operation
def add_notes(contact: MentoringContact, by: int, talk: Talk, key: bytes) -> None:
    """Put the other one's private texts beside a talk that is written down already."""
    _keep_notes(contact, by, talk, key)


@operation
def confirm_contact(contact: MentoringContact, by: int) -> None:
    """Yes, we met. Twice yes is one yes."""
    if contact.confirmed_at is None:
        contact.confirmed_at, contact.disputed_at = clock.now(), None
        history.record(by, "contact.confirmed", "contact", contact.id, contact.network_id)


@operation
def dispute_contact(contact: MentoringContact, by: int) -> None:
    """It was otherwise: shown to the one who wrote it down, who can correct it."""
    contact.disputed_at, contact.confirmed_at = clock.now(), None
    history.record(by, "contact.disputed", "contact", contact.id, contact.network_id)


@operation
def delete_contact(contact: MentoringContact, by: int) -> None:
    """Take a talk out of the count; it can be brought back."""
    if contact.deleted_at is None:
        contact.deleted_at = contact.cancelled_at = clock.now()
        history.record(by, "contact.deleted", "contact", contact.id, contact.network_id)


@operation
def restore_contact(contact: MentoringContact, by: int) -> None:
    contact.deleted_at = contact.cancelled_at = None
    history.record(by, "contact.restored", "contact", contact.id, contact.network_id)


def _refuse_nonsense(pairing: Pairing, talk: Talk, time_zone: str) -> None:
    day = clock.local(talk.at, time_zone).date()
    if day > clock.today(time_zone):
        raise DomainError(_("This day has not come yet. Write it down when you have met."), "on")
    if day < pairing.started_on:
        raise DomainError(_("You two became a pair after that day. Choose a later one."), "on")
    if pairing.ended_on and day > pairing.ended_on:
        raise DomainError(_("Your pair had ended by that day. Choose an earlier one."), "on")
    if not 1 <= talk.minutes <= MOST_MINUTES:
        raise DomainError(_("Type minutes from 1 to 600. A long day is 600."), "minutes")


def _note_the_two(pairing: Pairing, contact: MentoringContact, by: int) -> None:
    """Both took part, each from where she works now."""
    where = _organisations_of((pairing.mentor_id, pairing.mentee_id))
    for person_id, capacity in ((pairing.mentor_id, "mentor"), (pairing.mentee_id, "mentee")):
        db.session.add(
            Participation(
                activity_id=contact.id,
                person_id=person_id,
                organisation_id=where.get(person_id),
                capacity=capacity,
                minutes=contact.minutes,
                how_recorded="self",
                recorded_by=by,
                recorded_at=clock.now(),
            )
        )


def _organisations_of(people: tuple[int, int]) -> dict[int, int]:
    open_now = select(_affiliation.c.person_id, _affiliation.c.organisation_id).where(
        _affiliation.c.person_id.in_(people), _affiliation.c.ended_on.is_(None)
    )
    return {row.person_id: row.organisation_id for row in db.session.execute(open_now)}


def _keep_notes(contact: MentoringContact, author: int, talk: Talk, key: bytes) -> None:
    """Seal what this author wrote; an emptied text is gone for good."""
    for layer, text in (("we_two", talk.we_two), ("only_me", talk.only_me)):
        db.session.execute(
            delete(SealedNote).where(
                SealedNote.contact_id == contact.id, SealedNote.author_id == author, SealedNote.layer == layer
            )
        )
        if text:
            note = SealedNote(
                contact_id=contact.id,
                author_id=author,
                layer=layer,
                key_id=sealed.key_id(key),
                sealed=sealed.seal(key, contact.id, author, layer, text),
                written_at=clock.now(),
            )
            db.session.add(note)
