"""Whose digest is due: her rhythm's day has come, her own minute has come, and nothing was written for this period yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, union

from portal.db import db
from portal.digest.models import Digest, DigestTime
from portal.digest.periods import Choice, Period
from portal.digest.queries_readers import can_be_written_to, is_member
from portal.mail.queries import stops
from portal.networks.models import Membership, Network, Region
from portal.people.models import EmailAddress, Person
from portal.web import clock

# Within this time nobody gets a second one, whatever she does to her rhythm or somebody to the clock.
APART = timedelta(hours=12)
MINUTES_OF_THE_HOUR = 60
# Neighbours by number are not neighbours by minute.
STRIDE = 37
KIND = "digest"


@dataclass(frozen=True, slots=True)
class Due:
    """The readers of one rhythm in one time zone whose digest of a period may be written now."""

    rhythm: str
    time_zone: str
    period: Period


def chosen_time() -> Choice:
    """The day and hour that the region chose (one query)."""
    row = db.session.execute(select(DigestTime.weekday, DigestTime.hour).limit(1)).first()
    return Choice(*row) if row else Choice()


def time_zones() -> list[str]:
    """The clocks by which people and networks live (one query)."""
    people, networks = select(Person.time_zone), select(Network.time_zone)
    rows: Any = union(people, networks, select(Region.time_zone))
    return [zone for zone in db.session.execute(rows).scalars() if zone]


def _clock_of() -> ColumnElement[Any]:
    """A person's own time zone, else that of the network she has been in longest; none without a network."""
    first = (
        select(Network.time_zone)
        .join(Membership, Membership.network_id == Network.id)
        .where(Membership.person_id == Person.id, *is_member())
        .order_by(Membership.started_at, Membership.id)
        .limit(1)
        .correlate(Person)
        .scalar_subquery()
    )
    return func.coalesce(Person.time_zone, first)


def due_readers(dues: Sequence[Due], limit: int) -> list[tuple[int, str]]:
    """(person, period) of those whose minute has come and whose period is still open (one query)."""
    if not dues:
        return []
    now, zone = clock.now(), _clock_of()
    lately = exists().where(
        Digest.person_id == Person.id, Digest.subject != "", Digest.made_at.between(now - APART, now + APART)
    )
    rows = db.session.execute(
        select(Person.id, Person.rhythm, zone)
        .join(EmailAddress, EmailAddress.person_id == Person.id)
        .where(
            *can_be_written_to(),
            ~stops(Person.__table__.c.id, KIND, None),
            ~lately,
            or_(*(_is_due(due, zone, now) for due in dues)),
        )
        .order_by(Person.id)
        .limit(limit)
    )
    keys = {(due.rhythm, due.time_zone): due.period.key for due in dues}
    return [(person_id, keys[rhythm, own]) for person_id, rhythm, own in rows]


def _is_due(due: Due, zone: ColumnElement[Any], now: datetime) -> ColumnElement[bool]:
    done = exists().where(Digest.person_id == Person.id, Digest.period == due.period.key)
    minutes = int((now - due.period.begins).total_seconds() // 60)
    # Who came in or chose this rhythm after the hour waits for the next one.
    in_time = Person.admitted_at <= due.period.begins
    own_minute = Person.id * STRIDE % MINUTES_OF_THE_HOUR <= minutes
    return and_(Person.rhythm == due.rhythm, zone == due.time_zone, in_time, own_minute, ~done)
