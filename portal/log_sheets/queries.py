"""What a paper sheet is printed with and compared with: numbered activities, a month's talks, groups told of elsewhere."""

from collections import defaultdict
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from portal.db import db
from portal.mentoring.models import MentoringContact, Pairing, PairTalk
from portal.mentoring.months import next_month
from portal.mentoring.spans import midnight
from portal.people.models import Person
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


def group_elsewhere(pairing: Pairing, day: date, minutes: int, time_zone: str) -> str | None:
    """Whose book holds a talk of this mentor with a group, of that day and length, that this pair did not sit in yet."""
    here = select(PairTalk.id).where(PairTalk.contact_id == MentoringContact.id, PairTalk.pairing_id == pairing.id)
    rows = (
        select(Person.name)
        .select_from(MentoringContact)
        .join(Pairing, Pairing.id == MentoringContact.pairing_id)
        .join(Person, Person.id == Pairing.mentee_id)
        .where(
            Pairing.mentor_id == pairing.mentor_id,
            Pairing.network_id == pairing.network_id,
            MentoringContact.contact_kind == "group",
            MentoringContact.minutes == minutes,
            MentoringContact.deleted_at.is_(None),
            MentoringContact.starts_at >= midnight(day, time_zone),
            MentoringContact.starts_at < midnight(day + timedelta(days=1), time_zone),
            ~here.exists(),
        )
        .limit(1)
    )
    return db.session.execute(rows).scalar()
