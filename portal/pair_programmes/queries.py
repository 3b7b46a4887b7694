"""A month of a pair beyond its rule, and talks that could count for a programme."""

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from portal.db import db
from portal.mentoring.models import MentoringContact, PairMonth, PairTalk, PairTalkProgramme
from portal.mentoring.spans import Spans

A_DAY = timedelta(days=1)


def month_row(pairing_id: int, month: date) -> PairMonth | None:
    return db.session.execute(
        select(PairMonth).where(PairMonth.pairing_id == pairing_id, PairMonth.month == month)
    ).scalar_one_or_none()


def talks_in_span(pairing_id: int, programme_id: int, spans: Spans, since: date, until: date | None) -> list[PairTalk]:
    """The pair's talks from a day to a day that do not count for that programme yet, oldest first (one query)."""
    counted = select(PairTalkProgramme.pair_talk_id).where(PairTalkProgramme.programme_id == programme_id)
    found = (
        select(PairTalk)
        .join(MentoringContact, MentoringContact.id == PairTalk.contact_id)
        .options(contains_eager(PairTalk.contact))
        .where(
            PairTalk.pairing_id == pairing_id,
            MentoringContact.deleted_at.is_(None),
            MentoringContact.starts_at >= spans.morning(since),
            PairTalk.id.not_in(counted),
        )
        .order_by(MentoringContact.starts_at)
    )
    if until:
        found = found.where(MentoringContact.starts_at < spans.morning(until + A_DAY))
    return list(db.session.execute(found).scalars())
