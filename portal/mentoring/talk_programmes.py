"""Which programmes a talk counts for: those of its pair on that day, less what its writer took out."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import delete, or_, select

from portal.db import db
from portal.mentoring.models import PairProgramme, PairTalk, PairTalkProgramme


def count_for(told: PairTalk, day: date, not_for: Collection[int]) -> None:
    """Write it beside the talk, so that a programme that ends later takes nothing away. Belongs inside an operation."""
    db.session.execute(delete(PairTalkProgramme).where(PairTalkProgramme.pair_talk_id == told.id))
    for programme_id in programmes_on(told.pairing_id, day):
        if programme_id not in not_for:
            db.session.add(PairTalkProgramme(pair_talk_id=told.id, programme_id=programme_id))


def programmes_on(pairing_id: int, day: date) -> list[int]:
    """The ids of the programmes that a pair is in on a day (one query)."""
    return list(
        db.session.execute(
            select(PairProgramme.programme_id)
            .where(
                PairProgramme.pairing_id == pairing_id,
                PairProgramme.since <= day,
                or_(PairProgramme.until.is_(None), PairProgramme.until >= day),
            )
            .order_by(PairProgramme.programme_id)
        ).scalars()
    )


def taken_out(told: PairTalk, day: date) -> set[int]:
    """The programmes of its pair on that day which this talk was said not to count for."""
    counted = select(PairTalkProgramme.programme_id).where(PairTalkProgramme.pair_talk_id == told.id)
    return set(programmes_on(told.pairing_id, day)) - set(db.session.execute(counted).scalars())
