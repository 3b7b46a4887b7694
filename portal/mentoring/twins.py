"""One talk, two writers: finding what the other one, or she herself, has written down of the same day."""

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import aliased, contains_eager

from portal.db import db
from portal.mentoring.models import MentoringContact, Pairing, PairTalk
from portal.mentoring.queries import same_day
from portal.mentoring.spans import midnight
from portal.mentoring.talks import Talk
from portal.web import clock


def twins_of(pairing: Pairing, writer: int, talk: Talk, time_zone: str) -> list[PairTalk]:
    """What the others have noted for that day: the other one of this pair, and those who sat in a group with them.

    A talk of the mentor's own time has no twin.
    """
    if talk.kind == "support":
        return []
    start, end = _day_of(talk.at, time_zone)
    pairs = [pairing.id, *(talk.also if talk.kind == "group" else ())]
    found = (same_day(pair_id, start, end, but_by=writer) for pair_id in dict.fromkeys(pairs))
    return [told for told in found if told]


def written_already(pairing: Pairing, writer: int, talk: Talk, time_zone: str) -> PairTalk | None:
    """A talk that she herself has written down of that day, of the same length and kind."""
    start, end = _day_of(talk.at, time_zone)
    return (
        db.session.execute(
            select(PairTalk)
            .join(MentoringContact, MentoringContact.id == PairTalk.contact_id)
            .options(contains_eager(PairTalk.contact))
            .where(
                PairTalk.pairing_id == pairing.id,
                MentoringContact.deleted_at.is_(None),
                MentoringContact.logged_by == writer,
                MentoringContact.minutes == talk.minutes,
                MentoringContact.contact_kind == talk.kind,
                MentoringContact.starts_at >= start,
                MentoringContact.starts_at < end,
            )
            .order_by(PairTalk.id)
        )
        .scalars()
        .first()
    )


def written_since_removal(contact: MentoringContact, time_zone: str, any_kind: bool = False) -> bool:
    """Whether somebody wrote down a talk like this one, in one of its books, after it was removed (one query).

    With ``any_kind`` also where it was said to be another kind of talk.
    """
    kinds = ("one_to_one", "group") if any_kind else (contact.contact_kind,)
    start, end = _day_of(contact.starts_at, time_zone)
    again = select(PairTalk.id).join(MentoringContact, MentoringContact.id == PairTalk.contact_id)
    again = again.where(
        PairTalk.pairing_id.in_([told.pairing_id for told in contact.talks]),
        MentoringContact.id != contact.id,
        MentoringContact.deleted_at.is_(None),
        MentoringContact.minutes == contact.minutes,
        MentoringContact.contact_kind.in_(kinds),
        MentoringContact.starts_at >= start,
        MentoringContact.starts_at < end,
        MentoringContact.created_at > contact.deleted_at,
    )
    return db.session.execute(again.limit(1)).first() is not None


def group_elsewhere(pairing: Pairing, day: date, minutes: int, time_zone: str) -> PairTalk | None:
    """A talk of this mentor with a group, of that day and length, that this pair did not sit in: in whose book it was written.

    For the mentor's eyes: whose else she is, is hers to know.
    """
    sat = aliased(PairTalk)
    here = select(sat.id).where(sat.contact_id == MentoringContact.id, sat.pairing_id == pairing.id)
    rows = (
        select(PairTalk)
        .join(MentoringContact, MentoringContact.id == PairTalk.contact_id)
        .join(Pairing, Pairing.id == PairTalk.pairing_id)
        .options(contains_eager(PairTalk.contact), contains_eager(PairTalk.pairing))
        .where(
            PairTalk.pairing_id == MentoringContact.pairing_id,
            Pairing.mentor_id == pairing.mentor_id,
            Pairing.network_id == pairing.network_id,
            MentoringContact.contact_kind == "group",
            MentoringContact.minutes == minutes,
            MentoringContact.deleted_at.is_(None),
            MentoringContact.starts_at >= midnight(day, time_zone),
            MentoringContact.starts_at < midnight(day + timedelta(days=1), time_zone),
            ~here.exists(),
        )
        .order_by(MentoringContact.id)
    )
    return db.session.execute(rows).scalars().first()


def _day_of(at: datetime, time_zone: str) -> tuple[datetime, datetime]:
    day = clock.local(at, time_zone).date()
    return midnight(day, time_zone), midnight(day + timedelta(days=1), time_zone)
