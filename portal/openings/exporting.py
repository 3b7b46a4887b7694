"""What goes when somebody deletes herself: her lines, and that she asked. Her export holds them by itself."""

from sqlalchemy import update

from portal.db import db
from portal.openings.models import OpeningInterest
from portal.people.operations_leaving import at_erasure
from portal.web import clock


def forget_interests(person_id: int) -> None:
    mine = update(OpeningInterest).where(OpeningInterest.person_id == person_id)
    db.session.execute(mine.values(says=""))
    db.session.execute(mine.where(OpeningInterest.withdrawn_at.is_(None)).values(withdrawn_at=clock.now()))


at_erasure(forget_interests)
