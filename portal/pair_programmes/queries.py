"""A month of a pair beyond its rule, and talks that count for a programme, could, or did."""

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from portal.db import db
from portal.history.models import HistoryLine
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


def counted_after(pairing_id: int, programme_id: int, spans: Spans, day: date) -> list[int]:
    """The ids of the pair's talks that count for that programme and come after a day, removed ones too (one query)."""
    rows = (
        select(PairTalk.id)
        .join(MentoringContact, MentoringContact.id == PairTalk.contact_id)
        .join(PairTalkProgramme, PairTalkProgramme.pair_talk_id == PairTalk.id)
        .where(
            PairTalk.pairing_id == pairing_id,
            PairTalkProgramme.programme_id == programme_id,
            MentoringContact.starts_at >= spans.morning(day + A_DAY),
        )
        .order_by(PairTalk.id)
    )
    return list(db.session.execute(rows).scalars())


def taken_out_last(pairing_id: int, programme_id: int) -> list[int]:
    """Of the talks that stopped to count when the pair last left that programme, those that don't count today (two queries)."""
    lines = select(HistoryLine.details).where(
        HistoryLine.action == "pairing.left",
        HistoryLine.subject_kind == "pairing",
        HistoryLine.subject_id == pairing_id,
        HistoryLine.details["programme_id"].as_integer() == programme_id,
    )
    details = db.session.execute(lines.order_by(HistoryLine.id.desc()).limit(1)).scalar() or {}
    counts = select(PairTalkProgramme.pair_talk_id).where(PairTalkProgramme.programme_id == programme_id)
    ours = select(PairTalk.id).where(
        PairTalk.id.in_(details.get("out", ())), PairTalk.pairing_id == pairing_id, PairTalk.id.not_in(counts)
    )
    return list(db.session.execute(ours.order_by(PairTalk.id)).scalars())
