"""How the ledger is counted. A rule is a name, a sentence, and the rows; its figure is worked out from those very rows.

So a figure can always be opened, and can never say anything else than its rows do. Attendances, people, event-hours
and person-hours are four different numbers; booked is not attended; not marked is not zero.
Source of the rules: practice of network returns, where mixing these is the commonest error.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy import Integer, Select, String, distinct, func, select
from sqlalchemy.sql.expression import column, table

from portal.activities.models import Activity, Participation
from portal.db import db
from portal.web import clock

person = table("person", column("id", Integer), column("name", String), column("sort_name", String))
organisation = table("organisation", column("id", Integer), column("name", String), column("code", String))


@dataclass(frozen=True)
class Span:
    """Which networks, and from when (included) to when (not included), in UTC."""

    network_ids: tuple[int, ...]
    start: datetime
    end: datetime


@dataclass(frozen=True)
class Rule:
    """One published number.

    ``rows`` gives the rows in a span; the figure is their number, or the sum of the column named in ``sums``
    (in minutes where ``unit`` is "minutes"). ``headings`` name the columns for people, keyed like the rows; a column
    that ends in ``_id`` is for links and is not shown.
    """

    key: str
    name: LazyString
    sentence: LazyString
    rows: Callable[[Span], Select[Any]]
    headings: dict[str, LazyString]
    sums: str | None = None
    unit: str = "number"
    # Below this many the figure could point to a person, so outsiders are told "under".
    small: int = 0

    def figure(self, span: Span) -> int:
        """The number (one query)."""
        rows = self.rows(span).order_by(None).subquery()
        counted = func.sum(rows.c[self.sums]) if self.sums else func.count()
        return int(db.session.execute(select(counted).select_from(rows)).scalar() or 0)


@dataclass(frozen=True)
class Gap:
    """Records that lack something which a number needs: which, and which numbers it touches."""

    key: str
    name: LazyString
    touches: LazyString
    rows: Callable[[Span], Select[Any]]
    headings: dict[str, LazyString]

    def figure(self, span: Span) -> int:
        rows = self.rows(span).order_by(None).subquery()
        return int(db.session.execute(select(func.count()).select_from(rows)).scalar() or 0)


PERSON, SCHOOL, WHEN, WHAT = _l("Person"), _l("Organisation then"), _l("Date"), _l("What")
MINUTES, TIMES = _l("Minutes"), _l("Times")


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


def attendances(span: Span) -> Select[Any]:
    """One row for each person at each session, with more than 0 minutes there."""
    return _attendance_rows(span, observers=False)


def observers(span: Span) -> Select[Any]:
    """The same for critical friends, who watch and are not counted as taking part."""
    return _attendance_rows(span, observers=True)


def _attendance_rows(span: Span, observers: bool) -> Select[Any]:
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


def people(span: Span) -> Select[Any]:
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


def first_timers(span: Span) -> Select[Any]:
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


def sessions(span: Span) -> Select[Any]:
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


def organisations(span: Span) -> Select[Any]:
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


def attendances_without_organisation(span: Span) -> Select[Any]:
    """Attendances whose organisation is not known: they count as people, but their school does not."""
    return attendances(span).where(Participation.organisation_id.is_(None))


def sessions_without_sheet(span: Span) -> Select[Any]:
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


ROW = {"when": WHEN, "what": WHAT, "person": PERSON, "organisation": SCHOOL, "minutes": MINUTES}

RULES = (
    Rule(
        "people",
        _l("different people came"),
        _l("A person is counted once in the period, however many sessions she came to. Two addresses of one person are one person."),
        people,
        {"person": PERSON, "times": TIMES, "minutes": MINUTES},
    ),
    Rule(
        "attendances",
        _l("attendances"),
        _l("One person at one session, with more than 0 minutes there. Booked is not attended, and observers are counted apart."),
        attendances,
        ROW,
    ),
    Rule(
        "first-timers",
        _l("came for the first time"),
        _l("Their first session in this network, looking back over everything recorded here, lies in the period."),
        first_timers,
        {"person": PERSON, "when": WHEN},
    ),
    Rule(
        "event-hours",
        _l("event-hours"),
        _l("How long the sessions that took place lasted, added up. One session of two hours is two, whoever came."),
        sessions,
        {"when": WHEN, "what": WHAT, "people": _l("People"), "minutes": MINUTES},
        sums="minutes",
        unit="minutes",
    ),
    Rule(
        "person-hours",
        _l("person-hours"),
        _l("The minutes that each person was there, added up. Ten people for two hours are twenty."),
        attendances,
        ROW,
        sums="minutes",
        unit="minutes",
    ),
    Rule(
        "organisations",
        _l("organisations took part"),
        _l("An organisation counts when somebody who worked there at the time came to a session. By its record, never by a typed name."),
        organisations,
        {"organisation": _l("Organisation"), "code": _l("Code"), "people": _l("People"), "times": TIMES},
    ),
    Rule(
        "observers",
        _l("visits by observers"),
        _l("One critical friend at one session. They watch, and are in none of the figures above."),
        observers,
        ROW,
    ),
)

GAPS = (
    Gap(
        "no-sheet",
        _l("Sessions over, nobody marked"),
        _l("people, attendances, hours, organisations"),
        sessions_without_sheet,
        {"when": WHEN, "what": WHAT},
    ),
    Gap(
        "no-organisation",
        _l("Attendances without an organisation"),
        _l("organisations"),
        attendances_without_organisation,
        ROW,
    ),
)
