"""A person deletes herself: what she asked for is let go, what she has stays in the book without her name."""

from sqlalchemy import select, update

from portal.db import db
from portal.lending.models import Loan
from portal.people.operations_leaving import at_erasure
from portal.web import clock


def forget_loans_of(person_id: int) -> None:
    """Boxes that are not out yet are free again; who else collected one is forgotten too. Runs inside the erasure."""
    hers = select(Loan).where(Loan.person_id == person_id)
    waiting = hers.where(Loan.ended_at.is_(None), Loan.out_at.is_(None))
    for loan in db.session.execute(waiting).scalars():
        loan.cancelled_at = loan.ended_at = clock.now()
        loan.cancelled_by = person_id
    db.session.flush()
    db.session.execute(update(Loan).where(Loan.person_id == person_id).values(collected_by="", purpose=""))


at_erasure(forget_loans_of)
