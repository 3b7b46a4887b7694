"""The talk that a visit or a conversation was: written down once, from whichever page."""

from collections.abc import Collection
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from portal.coaching.models import CycleStep
from portal.db import db
from portal.mentoring.models import MentoringContact, PairTalk
from portal.mentoring.spans import midnight


def talk_on(pairing_id: int, day: date, time_zone: str) -> PairTalk | None:
    """A talk that either of the two wrote down for that day and that is no step of a cycle yet."""
    start, end = midnight(day, time_zone), midnight(day + timedelta(days=1), time_zone)
    taken = select(CycleStep.id).where(CycleStep.pair_talk_id == PairTalk.id).exists()
    return (
        db.session.execute(
            select(PairTalk)
            .join(MentoringContact, MentoringContact.id == PairTalk.contact_id)
            .options(contains_eager(PairTalk.contact))
            .where(
                PairTalk.pairing_id == pairing_id,
                MentoringContact.deleted_at.is_(None),
                MentoringContact.contact_kind != "support",
                MentoringContact.starts_at >= start,
                MentoringContact.starts_at < end,
                ~taken,
            )
            .order_by(MentoringContact.id)
        )
        .scalars()
        .first()
    )


def talks_behind(talk_ids: Collection[int]) -> dict[int, PairTalk]:
    """The talks of steps by their ids; those that were removed are left out (one query, none for no ids)."""
    if not talk_ids:
        return {}
    rows = db.session.execute(
        select(PairTalk)
        .join(MentoringContact, MentoringContact.id == PairTalk.contact_id)
        .options(contains_eager(PairTalk.contact))
        .where(PairTalk.id.in_(talk_ids), MentoringContact.deleted_at.is_(None))
    ).scalars()
    return {talk.id: talk for talk in rows}
