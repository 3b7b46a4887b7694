"""Pairing two people, and ending a pair without fault."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal import history
from portal.db import db, operation
from portal.history import phrases
from portal.mentoring.models import Pairing
from portal.mentoring.queries import open_pair_of
from portal.web import clock
from portal.web.errors import DomainError

phrases.declare(
    {
        "pairing.started": _l("%(actor)s paired %(person)s with a mentor"),
        "pairing.changed": _l("%(actor)s changed the rhythm of this pair"),
        "pairing.ended": _l("%(actor)s ended this pair"),
        "pairing.resumed": _l("%(actor)s took the ending of this pair back"),
    }
)


@operation
def start_pairing(
    network_id: int,
    mentor_id: int,
    mentee_id: int,
    by: int,
    started_on: date,
    purpose: str = "",
    rhythm: str = "",
    monthly_minutes: int | None = None,
) -> Pairing:
    """Make a pair of two members. Raises DomainError for one person twice and for a pair that is open already."""
    if mentor_id == mentee_id:
        raise DomainError(_("Nobody is her own mentor. Choose somebody else."), "mentee_id")
    if open_pair_of(network_id, mentor_id, mentee_id):
        raise DomainError(_("These two are a pair already."), "mentee_id")
    pairing = Pairing(
        network_id=network_id,
        mentor_id=mentor_id,
        mentee_id=mentee_id,
        purpose=purpose,
        rhythm=rhythm,
        monthly_minutes=monthly_minutes,
        started_on=started_on,
        paired_by=by,
        created_at=clock.now(),
    )
    db.session.add(pairing)
    db.session.flush()
    history.record(by, "pairing.started", "pairing", pairing.id, network_id, person_id=mentee_id)
    return pairing


@operation
def change_pairing(pairing: Pairing, by: int, purpose: str, rhythm: str, monthly_minutes: int | None) -> None:
    """Change what the pair is for, its rhythm and its monthly target (minutes)."""
    pairing.purpose, pairing.rhythm, pairing.monthly_minutes = purpose, rhythm, monthly_minutes
    history.record(by, "pairing.changed", "pairing", pairing.id, pairing.network_id)


@operation
def end_pairing(pairing: Pairing, by: int, on: date) -> None:
    """End a pair from a day on; no reason is asked. Its talks stay counted and its notes stay with their readers."""
    if pairing.ended_on:
        raise DomainError(_("This pair has ended already."))
    pairing.ended_on = on
    history.record(by, "pairing.ended", "pairing", pairing.id, pairing.network_id)


@operation
def resume_pairing(pairing: Pairing, by: int) -> None:
    """Take an ending back."""
    if open_pair_of(pairing.network_id, pairing.mentor_id, pairing.mentee_id):
        raise DomainError(_("These two are a pair already."))
    pairing.ended_on = None
    history.record(by, "pairing.resumed", "pairing", pairing.id, pairing.network_id)
