"""Questions to the ledger about one activity or one person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Boolean, Date, Integer, String, or_, select
from sqlalchemy.sql.expression import column, table

from portal.activities.models import Activity, Participation
from portal.db import Rows, db

_affiliation = table(
    "affiliation",
    column("id", Integer),
    column("person_id", Integer),
    column("organisation_id", Integer),
    column("started_on", Date),
    column("ended_on", Date),
    column("is_main", Boolean),
)
_network = table("network", column("id", Integer), column("name", String))


@dataclass(frozen=True, slots=True)
class Attended:
    """One line of a person's own hours."""

    activity_id: int
    kind: str
    title: str
    starts_at: datetime
    minutes: int
    capacity: str
    network_id: int
    network: str


def affiliations_at(people: Sequence[int], moment: datetime) -> dict[int, int]:
    """Where each of these people worked on that day: her main place first, then the newest (one query)."""
    if not people:
        return {}
    day = moment.date()
    a = _affiliation.c
    rows = db.session.execute(
        select(a.person_id, a.organisation_id)
        .where(
            a.person_id.in_(people),
            or_(a.started_on.is_(None), a.started_on <= day),
            or_(a.ended_on.is_(None), a.ended_on >= day),
        )
        .order_by(a.is_main, a.started_on.nulls_first(), a.id)
    )
    return {row.person_id: row.organisation_id for row in rows}


def attended_by(person_id: int, start: datetime, end: datetime, network_id: int | None = None) -> Rows:
    """A person's own activities in a span (end not included), with more than 0 minutes there, as a select for listings.

    Observing counts as hours of hers too; what is published keeps observers apart (see counting).
    """
    query = (
        select(
            Activity.id.label("activity_id"),
            Activity.kind,
            Activity.title,
            Activity.starts_at,
            Participation.minutes,
            Participation.capacity,
            Activity.network_id,
            _network.c.name.label("network"),
        )
        .select_from(Participation)
        .join(Activity, Activity.id == Participation.activity_id)
        .join(_network, _network.c.id == Activity.network_id)
        .where(
            Participation.person_id == person_id,
            Participation.minutes > 0,
            Activity.held_at.is_not(None),
            Activity.cancelled_at.is_(None),
            Activity.starts_at >= start,
            Activity.starts_at < end,
        )
    )
    return query if network_id is None else query.where(Activity.network_id == network_id)


def minutes_of(activity_id: int) -> dict[int, int | None]:
    """Minutes by person for one activity; None is not marked yet."""
    rows = db.session.execute(
        select(Participation.person_id, Participation.minutes).where(Participation.activity_id == activity_id)
    )
    return {row.person_id: row.minutes for row in rows}
