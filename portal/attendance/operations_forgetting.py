"""A person deletes herself: what she asked and nobody has answered is not asked any more."""

from sqlalchemy import delete

from portal.attendance.models import AttendanceClaim
from portal.db import db
from portal.people.operations_leaving import at_erasure


def forget_open_claims_of(person_id: int) -> None:
    """Part of forgetting a person, inside its transaction. Answered ones stay: they say why the sheet is as it is."""
    hers = (AttendanceClaim.person_id == person_id, AttendanceClaim.answered_at.is_(None))
    db.session.execute(delete(AttendanceClaim).where(*hers))


at_erasure(forget_open_claims_of)
