"""The rows behind the figures: what took place in a span, and who was there. Each function is one select.

Columns that end in ``_id`` are for links; the others are shown.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, String, distinct, func, select
from sqlalchemy.sql.expression import column, table

from portal.activities.models import Activity, Participation
from portal.db import Rows
from portal.web import clock

person = table("person", column("id", Integer), column("name", String), column("sort_name", String))
organisation = table("organisation", column("id", Integer), column("name", String), column("code", String))


@dataclass(frozen=True)
class Span:
    """Which networks, and from when (included) to when (not included), in UTC."""

    network_ids: tuple[int, ...]
    start: datetime
    end: datetime


def held(span: Span, kind: str = "session") -> tuple[Any, ...]:
    """Activities of one kind that took place in the span."""
    return (
        Activity.kind == kind,
        Activity.network_id.in_(span.network_ids),
        Activity.starts_at >= span.start,
        Activity.starts_at < span.end,
        Activity.held_at.is_not(None),
        Activity.cancelled_at.is_(None),
    )


def was_there(observers: bool = False) -> tuple[Any, ...]:
    """Present for more than no minutes; observers (critical friends) are counted apart."""
    watching = Participation.capacity == "observer"
    return (Participation.minutes > 0, watching if observers else ~watching)


def attendances(span: Span) -> Rows:
    """One row for each person at each session, with more than 0 minutes there."""
    return _attendance_rows(span, observers=False)


def observers(span: Span) -> Rows:
    """The same for critical friends, who watch and are not counted as taking part."""
    return _attendance_rows(span, observers=True)


def _attendance_rows(span: Span, observers: bool) -> Rows:
    return (
        select(
            Activity.starts_at.label("when"),
            Activity.title.label("what"),
            person.c.name.label("person"),
            organisation.c.name.label("organisation"),
            Participation.minutes.label("minutes"),
            Activity.id.label("activity_id"),
            person.c.id.label("person_id"),
        )
        .select_from(Participation)
        .join(Activity, Activity.id == Participation.activity_id)
        .join(person, person.c.id == Participation.person_id)
        .outerjoin(organisation, organisation.c.id == Participation.organisation_id)
        .where(*held(span), *was_there(observers))
        .order_by(Activity.starts_at.desc(), person.c.sort_name)
    )


def people(span: Span) -> Rows:
    """One row for each person who was at any session, however many."""
    return (
        select(
            person.c.name.label("person"),
            func.count().label("times"),
            func.sum(Participation.minutes).label("minutes"),
            person.c.id.label("person_id"),
        )
        .select_from(Participation)
        .join(Activity, Activity.id == Participation.activity_id)
        .join(person, person.c.id == Participation.person_id)
        .where(*held(span), *was_there())
        .group_by(person.c.id, person.c.name, person.c.sort_name)
        .order_by(person.c.sort_name)
    )


def first_timers(span: Span) -> Rows:
    """One row for each person whose first session ever, in these networks, lies in the span."""
    first = (
        select(Participation.person_id, func.min(Activity.starts_at).label("first_at"))
        .join(Activity, Activity.id == Participation.activity_id)
        .where(
            Activity.kind == "session",
            Activity.network_id.in_(span.network_ids),
            Activity.held_at.is_not(None),
            Activity.cancelled_at.is_(None),
            *was_there(),
        )
        .group_by(Participation.person_id)
        .subquery()
    )
    return (
        select(person.c.name.label("person"), first.c.first_at.label("when"), person.c.id.label("person_id"))
        .join(first, first.c.person_id == person.c.id)
        .where(first.c.first_at >= span.start, first.c.first_at < span.end)
        .order_by(first.c.first_at.desc(), person.c.sort_name)
    )


def sessions(span: Span) -> Rows:
    """One row for each session that took place, with its length and how many were there."""
    there = (
        select(func.count(distinct(Participation.person_id)))
        .where(Participation.activity_id == Activity.id, *was_there())
        .correlate(Activity)
        .scalar_subquery()
    )
    return (
        select(
            Activity.starts_at.label("when"),
            Activity.title.label("what"),
            there.label("people"),
            Activity.minutes.label("minutes"),
            Activity.id.label("activity_id"),
        )
        .where(*held(span))
        .order_by(Activity.starts_at.desc())
    )


def organisations(span: Span) -> Rows:
    """One row for each organisation from which somebody came: by where she worked at that time."""
    return (
        select(
            organisation.c.name.label("organisation"),
            organisation.c.code.label("code"),
            func.count(distinct(Participation.person_id)).label("people"),
            func.count().label("times"),
            organisation.c.id.label("organisation_id"),
        )
        .select_from(Participation)
        .join(Activity, Activity.id == Participation.activity_id)
        .join(organisation, organisation.c.id == Participation.organisation_id)
        .where(*held(span), *was_there())
        .group_by(organisation.c.id, organisation.c.name, organisation.c.code)
        .order_by(organisation.c.name)
    )


def attendances_without_organisation(span: Span) -> Rows:
    """Attendances whose organisation is not known: they count as people, but their school does not."""
    return attendances(span).where(Participation.organisation_id.is_(None))


def sessions_without_sheet(span: Span) -> Rows:
    """Sessions that are over and for which nobody was marked: they count as nothing until somebody is."""
    return (
        select(
            Activity.starts_at.label("when"),
            Activity.title.label("what"),
            Activity.id.label("activity_id"),
        )
        .where(
            Activity.kind == "session",
            Activity.network_id.in_(span.network_ids),
            Activity.starts_at >= span.start,
            Activity.starts_at < span.end,
            Activity.starts_at < clock.now(),
            Activity.held_at.is_(None),
            Activity.cancelled_at.is_(None),
        )
        .order_by(Activity.starts_at.desc())
    )
