"""Questions about the talks of a pair: the last ones, a month, who else sat in one, and which have something written."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased

from portal.db import Rows, db
from portal.mentoring.models import MentoringContact, Pairing, PairTalk, SealedText
from portal.mentoring.months import next_month
from portal.mentoring.queries import newest_first, talks_of
from portal.mentoring.spans import midnight
from portal.people.models import Person

LAST = 3


@dataclass(frozen=True)
class Month:
    """What a pair wrote down in a month."""

    month: date
    talks: int
    minutes: int


def last_talks(pairing_id: int) -> list[Any]:
    """The newest talks of a pair: the counted layer alone (one query)."""
    return list(db.session.execute(talks_of(pairing_id).order_by(*newest_first()).limit(LAST)))


def month_of_pair(pairing_id: int, month: date, time_zone: str) -> Month:
    """How many talks in that month, support left out, and all minutes (one query)."""
    is_talk = MentoringContact.contact_kind != "support"
    row = db.session.execute(
        select(func.count().filter(is_talk), func.coalesce(func.sum(MentoringContact.minutes), 0))
        .join(PairTalk, PairTalk.contact_id == MentoringContact.id)
        .where(
            PairTalk.pairing_id == pairing_id,
            MentoringContact.deleted_at.is_(None),
            MentoringContact.starts_at >= midnight(month, time_zone),
            MentoringContact.starts_at < midnight(next_month(month), time_zone),
        )
    ).one()
    return Month(month, int(row[0]), int(row[1]))


def names_and_others(pairing: Pairing, is_mentor: bool) -> tuple[dict[int, str], list[tuple[int, str]]]:
    """The names of the two, by id; and for the mentor (id, mentee) of her other open pairs in this network (one query)."""
    mentor, mentee = aliased(Person), aliased(Person)
    hers = and_(
        Pairing.network_id == pairing.network_id, Pairing.mentor_id == pairing.mentor_id, Pairing.ended_on.is_(None)
    )
    rows = db.session.execute(
        select(Pairing.id, mentor.name.label("mentor"), mentee.name.label("mentee"))
        .join(mentor, mentor.id == Pairing.mentor_id)
        .join(mentee, mentee.id == Pairing.mentee_id)
        .where(or_(Pairing.id == pairing.id, hers) if is_mentor else Pairing.id == pairing.id)
        .order_by(mentee.sort_name)
    ).all()
    own = next(row for row in rows if row.id == pairing.id)
    others = [(row.id, row.mentee) for row in rows if row.id != pairing.id]
    return {pairing.mentor_id: own.mentor, pairing.mentee_id: own.mentee}, others


def books_of(contact_id: int) -> list[tuple[int, int, str]]:
    """(id of the talk, of the pair, name of the mentee) of a talk in the book of each pair. For its mentor (one query)."""
    rows = db.session.execute(
        select(PairTalk.id, PairTalk.pairing_id, Person.name)
        .join(Pairing, Pairing.id == PairTalk.pairing_id)
        .join(Person, Person.id == Pairing.mentee_id)
        .where(PairTalk.contact_id == contact_id)
        .order_by(Person.sort_name)
    )
    return [(row.id, row.pairing_id, row.name) for row in rows]


def talks_with_notes(pairing_id: int, reader_id: int) -> Rows:
    """The talks of a pair beside which this reader, one of the two, can read something.

    Removed ones too: who wrote a talk down can take it out of the count, and not what the other one wrote beside it. What
    she removed herself stands here in any case, to be brought back.
    """
    text = aliased(SealedText)
    mine = and_(text.layer == "only_me", text.author_id == reader_id)
    written = (
        select(text.id)
        .where(text.thing == "talk", text.thing_id == PairTalk.id, or_(text.layer == "we_two", mine))
        .exists()
    )
    hers = and_(MentoringContact.deleted_at.is_not(None), MentoringContact.logged_by == reader_id)
    return talks_of(pairing_id, removed=True).where(or_(written, hers))
