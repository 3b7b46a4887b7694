"""My next dates: with my mentor and my mentees, and of the two schools that I stand for, all asked for together."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import cast, func, literal, null, or_, select, union_all
from sqlalchemy.orm import aliased

from portal.activities.meetings import NOON, moment
from portal.db import Rows, UTCDateTime, db
from portal.mentor_schools.queries_dates import meetings_ahead
from portal.mentoring.models import MentoringContact, Pairing, PairTalk
from portal.mentoring.standing_words import kindly
from portal.milestones.queries_due import told_and_open
from portal.people.models import Person
from portal.programmes.rules import silent_days
from portal.today.mentoring import silent_after
from portal.web import clock

LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class MyPair:
    """A pair as one of the two sees it."""

    id: int
    other: str
    i_mentor: bool
    next_at: datetime | None
    last_at: datetime | None
    # For the mentor alone: a kind sentence once it is quiet for longer than the rule.
    kindly: str = ""
    # How many things that a programme asks for wait for a word of mine.
    due: int = 0


@dataclass(frozen=True, slots=True)
class MySchools:
    """Two organisations that meet again: ``next_at`` is noon of the day, whose hour nobody said."""

    id: int
    mentor: str
    mentee: str
    purpose: str
    next_at: datetime
    i_lead: bool


def my_dates(
    network_id: int, person_id: int, today: date, time_zone: str = "UTC"
) -> tuple[list[MyPair], list[MySchools]]:
    """My open pairs, those in which I am helped first, and the schools whose next date concerns me (one query).

    A pair stands there without a next date too; two schools only with one.
    """
    together = union_all(
        select(_pairs(network_id, person_id, today).subquery()),
        select(_schools(network_id, person_id, today).subquery()),
    )
    rows = sorted(db.session.execute(together).all(), key=lambda row: (row.kind, row.day, row.id))
    pairs = [_pair(row, today, time_zone) for row in sorted(rows, key=lambda row: row.id) if row.kind == "pair"]
    pairs.sort(key=lambda one: (one.i_mentor, one.next_at is None, one.next_at or one.last_at or LONG_AGO))
    return pairs, list(_first_of_each((row for row in rows if row.kind == "schools"), time_zone))


def _pairs(network_id: int, person_id: int, today: date) -> Rows:
    mentor, mentee = aliased(Person), aliased(Person)
    live = (PairTalk.pairing_id == Pairing.id) & MentoringContact.deleted_at.is_(None)
    talks = select(func.max(MentoringContact.starts_at)).join(PairTalk, PairTalk.contact_id == MentoringContact.id)
    last_at = talks.where(live, MentoringContact.contact_kind != "support").correlate(Pairing).scalar_subquery()
    next_at = (
        select(func.min(MentoringContact.next_at))
        .join(PairTalk, PairTalk.contact_id == MentoringContact.id)
        .where(live, MentoringContact.next_at >= clock.now())
        .correlate(Pairing)
        .scalar_subquery()
    )
    return (
        select(
            literal("pair").label("kind"),
            Pairing.id.label("id"),
            mentor.name.label("mentor"),
            mentee.name.label("mentee"),
            (Pairing.mentor_id == person_id).label("is_mine"),
            Pairing.started_on.label("day"),
            next_at.label("next_at"),
            last_at.label("last_at"),
            silent_after(today).label("after"),
            literal("").label("purpose"),
            told_and_open(person_id).label("due"),
        )
        .join(mentor, mentor.id == Pairing.mentor_id)
        .join(mentee, mentee.id == Pairing.mentee_id)
        .where(
            Pairing.network_id == network_id,
            or_(Pairing.mentor_id == person_id, Pairing.mentee_id == person_id),
            or_(Pairing.ended_on.is_(None), Pairing.ended_on > today),
        )
    )


def _schools(network_id: int, person_id: int, today: date) -> Rows:
    """In the columns of the pairs: ``day`` is the date itself, ``is_mine`` whether I am a lead."""
    ahead = meetings_ahead([network_id], [person_id], today).subquery()
    never = cast(null(), UTCDateTime())
    return select(
        literal("schools").label("kind"),
        ahead.c.pair_id.label("id"),
        ahead.c.mentor,
        ahead.c.mentee,
        ahead.c.leads.label("is_mine"),
        ahead.c.next_on.label("day"),
        never.label("next_at"),
        never.label("last_at"),
        literal(0).label("after"),
        ahead.c.purpose,
        literal(0).label("due"),
    )


def _pair(row: Any, today: date, time_zone: str) -> MyPair:
    """Nothing is said to the mentee about the mentor."""
    if not row.is_mine:
        return MyPair(row.id, row.mentor, False, row.next_at, row.last_at, due=row.due)
    last_on = clock.local(row.last_at, time_zone).date() if row.last_at else None
    silent = silent_days(row.after, row.day, last_on, today)
    said = kindly(row.mentee.split()[0], last_on, silent) if row.next_at is None else ""
    return MyPair(row.id, row.mentee, True, row.next_at, row.last_at, said, row.due)


def _first_of_each(rows: Iterable[Any], time_zone: str) -> Iterable[MySchools]:
    """The soonest date of each two, of rows in the order of their days."""
    seen: set[int] = set()
    for row in rows:
        if row.id not in seen:
            seen.add(row.id)
            at = moment(row.day, NOON, time_zone)
            yield MySchools(row.id, row.mentor, row.mentee, row.purpose, at, bool(row.is_mine))
