"""The next dates of mentoring pairs and of mentor schools: when and with whom. Nothing else of them goes into a digest."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased

from portal.db import db
from portal.mentor_schools.queries_dates import meetings_ahead
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


@dataclass(frozen=True, slots=True)
class NextMeeting:
    """A day on which two organisations meet, for one whom it concerns. Nobody said the hour."""

    pair_id: int
    network_id: int
    mentor: str
    mentee: str
    on: date


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


def next_meetings(person_ids: Collection[int], network_ids: Collection[int]) -> dict[int, list[NextMeeting]]:
    """The dates that mentor schools said and that concern these people, the soonest first (one query).

    From yesterday on: on the clocks of some networks it is yesterday still.
    """
    if not network_ids:
        return {}
    found: dict[int, list[NextMeeting]] = defaultdict(list)
    rows = db.session.execute(meetings_ahead(network_ids, person_ids, clock.today() - timedelta(days=1)))
    for row in sorted(rows, key=lambda row: (row.next_on, row.pair_id)):
        found[row.person_id].append(NextMeeting(row.pair_id, row.network_id, row.mentor, row.mentee, row.next_on))
    return dict(found)
