"""Mentoring for a coordinator's first page: months that somebody asks for, and pairs that have been quiet for a while."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, String, and_, cast, func, literal, or_, select
from sqlalchemy.orm import aliased

from portal.activities.models import Activity
from portal.db import Rows, db
from portal.mentoring.models import MentoringContact, Pairing, PairMonth, PairProgramme, PairTalk
from portal.mentoring.spans import midnight
from portal.people.models import Person
from portal.programmes.models import Programme
from portal.programmes.rules import SILENT_AFTER, silent_days
from portal.web import clock

# No rule waits longer than a year; what is older need not be read.
A_YEAR = timedelta(days=367)
_told, _talk, _activity = PairTalk.__table__, MentoringContact.__table__, Activity.__table__


@dataclass(frozen=True, slots=True)
class Quiet:
    """A pair and for how many days it wrote nothing down."""

    id: int
    mentee: str
    mentor: str
    days: int


def months_asked(network_id: int, limit: int) -> Rows:
    """One row for each month that one of a pair asks to have opened again: who asks, and its first day."""
    return (
        select(
            literal("month"), PairMonth.asked_at, Pairing.id, Person.name, cast(PairMonth.month, String), literal(0),
            literal(0),
        )
        .join(Pairing, Pairing.id == PairMonth.pairing_id)
        .join(Person, Person.id == PairMonth.asked_by)
        .where(
            Pairing.network_id == network_id, PairMonth.asked_at.is_not(None), PairMonth.reopened_at.is_(None)
        )
        .order_by(PairMonth.asked_at)
        .limit(limit)
    )  # fmt: skip


def quiet_pairs(network_id: int, today: date, time_zone: str, limit: int) -> tuple[list[Quiet], int]:
    """The open pairs that are silent for longer than their rule, the longest first, and how many in all (one query).

    Only the talks of the last year are looked at.
    """
    mentor, mentee = aliased(Person), aliased(Person)
    lately = (
        select(_told.c.pairing_id, func.max(_activity.c.starts_at).label("at"))
        .select_from(_activity)
        .join(_talk, _talk.c.id == _activity.c.id)
        .join(_told, _told.c.contact_id == _talk.c.id)
        .where(
            _activity.c.network_id == network_id,
            _activity.c.kind == "mentoring_contact",
            _activity.c.starts_at >= midnight(today - A_YEAR, time_zone),
            _talk.c.deleted_at.is_(None),
            _talk.c.contact_kind != "support",
        )
        .group_by(_told.c.pairing_id)
        .subquery()
    )
    rows = db.session.execute(
        select(Pairing.id, mentee.name, mentor.name, Pairing.started_on, lately.c.at, silent_after(today))
        .join(mentor, mentor.id == Pairing.mentor_id)
        .join(mentee, mentee.id == Pairing.mentee_id)
        .outerjoin(lately, lately.c.pairing_id == Pairing.id)
        .where(Pairing.network_id == network_id, Pairing.ended_on.is_(None))
    )
    found = []
    for id, her, him, started_on, at, after in rows:
        last_on = clock.local(at, time_zone).date() if at else None
        days = silent_days(after, started_on, last_on, today)
        if days is not None:
            found.append(Quiet(id, her, him, days))
    found.sort(key=lambda one: (-one.days, one.id))
    return found[:limit], len(found)


def silent_after(today: date) -> ColumnElement[int]:
    """For a row of ``Pairing``: after how many days it is silent, by the soonest of its programmes, or 30."""
    soonest = (
        select(func.min(Programme.silent_after_days))
        .join(PairProgramme, PairProgramme.programme_id == Programme.id)
        .where(
            and_(
                PairProgramme.pairing_id == Pairing.id,
                or_(PairProgramme.until.is_(None), PairProgramme.until >= today),
            )
        )
        .correlate(Pairing)
        .scalar_subquery()
    )
    return func.coalesce(soonest, SILENT_AFTER)
