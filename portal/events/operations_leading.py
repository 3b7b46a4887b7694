"""Who leads a session: set beforehand in the ledger, without minutes until the sheet has them."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.activities.models import Participation
from portal.activities.queries import affiliations_at
from portal.db import db, operation
from portal.events.models import Session
from portal.events.namesakes import can_be
from portal.events.operations_newcomers import find_or_make
from portal.events.queries_leading import LEADING, leading_row
from portal.events.queries_newcomers import name_behind
from portal.history import phrases, record
from portal.web import clock
from portal.web.errors import DomainError

phrases.declare(
    {
        "leader-set": _l("%(actor)s noted that %(person)s leads a session"),
        "leader-gone": _l("%(actor)s took %(person)s off those who lead a session"),
    }
)


@operation
def set_leader(session: Session, person_id: int, capacity: str, by: int) -> None:
    """Note that a person leads or presents a session. Twice is once; another capacity replaces the first.

    Raises DomainError once she is marked on the sheet as something else: that is changed there.
    """
    if capacity not in LEADING:
        raise DomainError(_("Choose whether she leads or presents."), "capacity")
    row = leading_row(session.id, person_id)
    if row is None:
        at_work = affiliations_at([person_id], session.starts_at).get(person_id)
        row = Participation(activity_id=session.id, person_id=person_id, organisation_id=at_work)
        db.session.add(row)
    elif row.minutes is not None and row.capacity not in LEADING:
        raise DomainError(_("The sheet says already how she was there. Change it on the sheet."), "person")
    row.capacity, row.recorded_by, row.recorded_at = capacity, by, clock.now()
    db.session.flush()
    record(by, "leader-set", "activity", session.id, session.network_id, person_id=person_id)


@operation
def set_newcomer_to_lead(session: Session, name: str, address: str, capacity: str, by: int) -> int:
    """The same for somebody who is no member: found by her address, else made a Person, never an account.

    Raises DomainError where the address belongs to somebody of another name.
    """
    known = name_behind(address) if address else None
    if known and not can_be(name, known):
        raise DomainError(_("This address belongs to somebody of another name here. Look at it once more."), "address")
    person_id, _is_new = find_or_make(name, address, None, "leading", clock.today(), by)
    set_leader(session, person_id, capacity, by)
    return person_id


@operation
def remove_leader(session: Session, person_id: int, by: int) -> None:
    """She does not lead it after all. Raises DomainError when the sheet has her minutes: hours are never lost here."""
    row = leading_row(session.id, person_id)
    if row is None or row.capacity not in LEADING:
        raise DomainError(_("She is not among those who lead this session."))
    if row.minutes is not None:
        raise DomainError(_("The sheet says already how long she was there. Change it on the sheet."))
    db.session.delete(row)
    record(by, "leader-gone", "activity", session.id, session.network_id, person_id=person_id)
