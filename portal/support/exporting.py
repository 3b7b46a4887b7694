"""Support visits in a person's own export, and what goes when she deletes herself."""

from typing import Any

from sqlalchemy import or_, select, update

from portal.db import db
from portal.organisations.models import Organisation
from portal.people.exporting import declare_export
from portal.people.operations_leaving import at_erasure
from portal.support.models import SupportVisit
from portal.support.queries import was_there


def visits_for_export(person_id: int) -> list[dict[str, Any]]:
    """The visits that she made or wrote down, and those at which she was met; the notes only of what she wrote herself."""
    rows = db.session.execute(
        select(SupportVisit, Organisation.name, was_there(person_id))
        .join(Organisation, Organisation.id == SupportVisit.organisation_id)
        .where(or_(SupportVisit.recorded_by == person_id, SupportVisit.met_id == person_id, was_there(person_id)))
        .where(SupportVisit.deleted_at.is_(None))
        .order_by(SupportVisit.starts_at)
    )
    return [_row(visit, school, person_id, bool(there)) for visit, school, there in rows]


def _row(visit: SupportVisit, school: str, person_id: int, there: bool) -> dict[str, Any]:
    wrote = visit.recorded_by == person_id
    told = {
        "date": visit.starts_at,
        "organisation": school,
        "kind": visit.support_kind,
        "mode": visit.mode,
        "minutes": visit.minutes,
        "topics": visit.topics,
        "as": "coordinator" if there else "wrote it down" if wrote else "met there",
    }
    if not wrote:
        return told
    return told | {"note": visit.note, "promised": visit.next_step, "by_when": visit.next_on}


def forget_whom_they_met(person_id: int) -> None:
    """That a school was visited stays counted; that she was the one who was met goes."""
    db.session.execute(update(SupportVisit).where(SupportVisit.met_id == person_id).values(met_id=None))


declare_export("support_visits", visits_for_export)
at_erasure(forget_whom_they_met)
