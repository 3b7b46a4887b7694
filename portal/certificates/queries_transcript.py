"""A person's transcript, from the ledger, her certificates and what she brought from elsewhere."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from portal.certificates.earned import Key, key_of
from portal.certificates.transcripts import Stay, Transcript, transcript
from portal.credit.models import Certificate
from portal.credit.queries_certificates import certificates_of
from portal.credit.queries_outside import elsewhere_of
from portal.db import db
from portal.events.models import Event, Session
from portal.events.queries import hours_select
from portal.events.times import start_of_day
from portal.networks.models import Membership, Network, SchoolTerm
from portal.web import clock

# Before the first and after the last day that anybody asks for.
FIRST, LAST = date(1990, 1, 1), date(2149, 12, 31)


@dataclass(frozen=True, slots=True)
class Period:
    """From and to, both days included; ``network_id`` where only one network's hours are wanted."""

    first: date | None = None
    last: date | None = None
    network_id: int | None = None
    time_zone: str = "UTC"

    @property
    def span(self) -> tuple[datetime, datetime]:
        first, last = self.first or FIRST, (self.last or LAST) + timedelta(days=1)
        return start_of_day(first, self.time_zone), start_of_day(last, self.time_zone)

    def holds(self, day: date) -> bool:
        return (self.first or FIRST) <= day <= (self.last or LAST)


def transcript_of(person_id: int, period: Period) -> Transcript:
    """Her lines of that period (three queries). One network's view leaves out what is from elsewhere."""
    stays = _stays(person_id, period)
    certificates = _once([one for one in certificates_of(person_id, with_void=False) if _is_asked(one, period)])
    elsewhere = [] if period.network_id else [one for one in elsewhere_of(person_id) if period.holds(one.ended_on)]
    known = {stay.event_id for stay in stays}
    # What ends after the period is only told of beside the sessions of it that lie inside.
    wanted = [one for one in certificates if period.holds(one.ended_on) or one.subject_id in known]
    return transcript(stays, wanted, elsewhere, period.last or LAST)


def _once(newest_first: list[Certificate]) -> list[Certificate]:
    """Of two papers for one thing the newer: each of two records of hers had one, before they became one."""
    found: dict[tuple[int, Key], Certificate] = {}
    for one in newest_first:
        found.setdefault((one.subject_id, key_of(one)), one)
    return list(found.values())


def network_named(slug: str) -> tuple[int, str] | None:
    """Id and name of a network, to name the page after it (one query)."""
    row = db.session.execute(select(Network.id, Network.name).where(Network.slug == slug)).first()
    return (row.id, row.name) if row else None


def terms_around(person_id: int, most: int = 4) -> list[tuple[str, date, date]]:
    """The latest terms of her networks that have begun: name, first day, last day, each once (one query)."""
    rows = db.session.execute(
        select(SchoolTerm.name, SchoolTerm.starts_on, SchoolTerm.ends_on)
        .join(Membership, Membership.network_id == SchoolTerm.network_id)
        .where(Membership.person_id == person_id, Membership.ended_at.is_(None), SchoolTerm.starts_on <= clock.today())
        .distinct()
        .order_by(SchoolTerm.starts_on.desc(), SchoolTerm.name)
        .limit(most)
    )
    return [(name, first, last) for name, first, last in rows]


def _stays(person_id: int, period: Period) -> list[Stay]:
    """The ledger's sessions of hers, added up by event and by what she was there as."""
    hours = hours_select(person_id, *period.span, period.network_id).subquery()
    rows = db.session.execute(
        select(hours, Session.event_id, Event.title.label("event"), Network.time_zone)
        .join(Session.__table__, Session.__table__.c.id == hours.c.activity_id)
        .join(Event, Event.id == Session.__table__.c.event_id)
        .join(Network, Network.id == hours.c.network_id)
        .order_by(hours.c.starts_at)
    )
    found: dict[tuple[int, str], list[Any]] = {}
    for row in rows:
        found.setdefault((row.event_id, row.capacity), []).append(row)
    return [_stay(event_id, capacity, sessions) for (event_id, capacity), sessions in found.items()]


def _stay(event_id: int, capacity: str, sessions: list[Any]) -> Stay:
    first, last = sessions[0], sessions[-1]
    days = [clock.local(row.starts_at, row.time_zone).date() for row in (first, last)]
    minutes = sum(row.minutes for row in sessions)
    return Stay(event_id, last.event, last.network, capacity, days[0], days[1], len(sessions), minutes)


def _is_asked(one: Any, period: Period) -> bool:
    return one.subject_kind == "event" and period.network_id in (None, one.network_id)
