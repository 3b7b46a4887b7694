"""What a paper sheet is printed with and compared with: the numbered activities, and a month's talks."""

from collections import defaultdict
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from portal.db import db
from portal.mentoring.models import MentoringContact, PairTalk
from portal.mentoring.months import next_month
from portal.mentoring.spans import midnight
from portal.vocabulary.queries import words_of
from portal.web import clock

ACTIVITIES = "mentoring_activity"


def talks_by_day(pairing_id: int, month: date, time_zone: str) -> dict[date, list[PairTalk]]:
    """What the pair has written down of each day of a month (one query)."""
    rows = (
        select(PairTalk)
        .join(MentoringContact, MentoringContact.id == PairTalk.contact_id)
        .options(contains_eager(PairTalk.contact))
        .where(
            PairTalk.pairing_id == pairing_id,
            MentoringContact.deleted_at.is_(None),
            MentoringContact.starts_at >= midnight(month, time_zone),
            MentoringContact.starts_at < midnight(next_month(month), time_zone),
        )
        .order_by(MentoringContact.starts_at)
    )
    found: dict[date, list[PairTalk]] = defaultdict(list)
    for told in db.session.execute(rows).scalars():
        found[clock.local(told.contact.starts_at, time_zone).date()].append(told)
    return found


def numbered_activities() -> list[tuple[int, str, str]]:
    """(number on paper, code, label), one query. Words that went keep their number, so that older sheets can be typed back."""
    words = words_of(ACTIVITIES, retired=True)
    return [(number, word.code, word.label) for number, word in enumerate(words, 1) if word.in_use]
