"""The next date of mentoring pairs: when and with whom. Nothing else of mentoring ever goes into a mail."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased

from portal.db import db
from portal.mentoring.models import MentoringContact, Pairing, PairTalk
from portal.people.models import Person
from portal.web import clock


@dataclass(frozen=True, slots=True)
class NextTalk:
    """The next date of a pair, for one of the two."""

    pairing_id: int
    network_id: int
    other: str
    at: datetime


def next_talks(person_ids: Collection[int], network_ids: Collection[int]) -> dict[int, list[NextTalk]]:
    """The next date of each open pair that one of these people belongs to (one query)."""
    mentor, mentee = aliased(Person), aliased(Person)
    told, talk = PairTalk.__table__, MentoringContact.__table__
    now = clock.now()
    live = and_(talk.c.id == told.c.contact_id, talk.c.deleted_at.is_(None), talk.c.next_at >= now)
    rows = db.session.execute(
        select(Pairing.id, Pairing.network_id, mentor.id, mentor.name, mentee.id, mentee.name, func.min(talk.c.next_at))
        .join(told, told.c.pairing_id == Pairing.id)
        .join(talk, live)
        .join(mentor, mentor.id == Pairing.mentor_id)
        .join(mentee, mentee.id == Pairing.mentee_id)
        .where(
            Pairing.network_id.in_(network_ids),
            or_(Pairing.mentor_id.in_(person_ids), Pairing.mentee_id.in_(person_ids)),
            or_(Pairing.ended_on.is_(None), Pairing.ended_on > now.date()),
        )
        .group_by(Pairing.id, Pairing.network_id, mentor.id, mentor.name, mentee.id, mentee.name)
        .order_by(Pairing.id)
    )
    found: dict[int, list[NextTalk]] = defaultdict(list)
    for pairing_id, network_id, mentor_id, mentor_name, mentee_id, mentee_name, at in rows:
        found[mentor_id].append(NextTalk(pairing_id, network_id, mentee_name, at))
        found[mentee_id].append(NextTalk(pairing_id, network_id, mentor_name, at))
    return dict(found)
