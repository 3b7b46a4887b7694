"""What happened with an organisation, as one of its readers may know it.

Networks and what happened stand above: their tables are named here, never imported.
"""

from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    Integer,
    String,
    TableClause,
    case,
    cast,
    exists,
    func,
    literal,
    select,
    union_all,
)
from sqlalchemy.sql.expression import column, table

from portal.db import Rows, UTCDateTime, db
from portal.organisations.queries import networks_standing

_network = table(
    "network",
    column("id", Integer),
    column("slug", String),
    column("name", String),
    column("short_name", String),
    column("rooms", JSON),
)
_activity = table(
    "activity", column("id", Integer), column("network_id", Integer), column("kind", String), column("title", String),
    column("starts_at", UTCDateTime), column("held_at", UTCDateTime), column("cancelled_at", UTCDateTime),
)  # fmt: skip
_session = table("session", column("id", Integer), column("event_id", Integer))
_event = table(
    "event", column("id", Integer), column("network_id", Integer), column("published_at", UTCDateTime),
    column("deleted_at", UTCDateTime),
)  # fmt: skip
_meeting = table("organisation_meeting", column("id", Integer), column("pair_id", Integer))
_pair = table(
    "organisation_pair", column("id", Integer), column("network_id", Integer), column("deleted_at", UTCDateTime)
)
_participation = table(
    "participation", column("activity_id", Integer), column("organisation_id", Integer), column("minutes", Integer)
)
# Talks of two people are nobody else's business, also not as a line on a school's page.
PRIVATE_KINDS = ("mentoring_contact", "mentoring")
# A coordinator alone takes part in a visit, from where she works: it happened with the school that she went to.
VISIT = "support_visit"
_visit = table(
    "support_visit", column("id", Integer), column("organisation_id", Integer), column("deleted_at", UTCDateTime)
)


def timeline(organisation_id: int, person_id: int, limit: int = 30) -> list[Any]:
    """What happened with it, newest first: id, title, kind, starts_at, short_name and slug of the network, people, page_id.

    What people from there took part in, in the networks of the reader; support visits there, where she coordinates.
    ``page_id`` is the event, the pair of schools or the visit whose page she may open; none where there is no such page.
    """
    came = _came(organisation_id, person_id).subquery()
    visited = _visited(organisation_id, person_id).subquery()
    both = union_all(select(came), select(visited)).subquery()
    newest = select(both).order_by(both.c.starts_at.desc(), both.c.id.desc()).limit(limit).subquery()
    # Which page each has is asked for the few that are told.
    rows = select(newest, _page(newest.c).label("page_id")).order_by(newest.c.starts_at.desc(), newest.c.id.desc())
    return list(db.session.execute(rows))


_HAPPENED = (
    _activity.c.id,
    _activity.c.title,
    _activity.c.kind,
    _activity.c.starts_at,
    _network.c.short_name,
    _network.c.slug,
)


def _came(organisation_id: int, person_id: int) -> Rows:
    return (
        select(*_HAPPENED, func.count(_participation.c.activity_id).label("people"))
        .join(_participation, _participation.c.activity_id == _activity.c.id)
        .join(_network, _network.c.id == _activity.c.network_id)
        .where(
            _participation.c.organisation_id == organisation_id,
            _participation.c.minutes > 0,
            _activity.c.cancelled_at.is_(None),
            _activity.c.kind.not_in((*PRIVATE_KINDS, VISIT)),
            _activity.c.network_id.in_(networks_standing(person_id)),
        )
        .group_by(*_HAPPENED)
    )


def _page(told: Any) -> ColumnElement[int | None]:
    """The event of a session, the pair of a meeting of mentor schools, the visit itself: where the room is open and it is there."""
    event = (
        select(_session.c.event_id)
        .join(_event, _event.c.id == _session.c.event_id)
        .where(_session.c.id == told.id, _event.c.published_at.is_not(None), *_there(_event, "events"))
    )
    pair = (
        select(_meeting.c.pair_id)
        .join(_pair, _pair.c.id == _meeting.c.pair_id)
        .where(_meeting.c.id == told.id, *_there(_pair, "mentoring"))
    )
    return case(
        (told.kind == VISIT, told.id),
        (told.kind == "session", event.scalar_subquery()),
        (told.kind == "organisation_meeting", pair.scalar_subquery()),
    )


def _there(thing: TableClause, room: str) -> tuple[ColumnElement[bool], ...]:
    """Not deleted, in a network whose room is open."""
    other = _network.alias()
    where = (other.c.id == thing.c.network_id, cast(other.c.rooms, String).contains(f'"{room}"'))
    return (thing.c.deleted_at.is_(None), exists().where(*where))


def _visited(organisation_id: int, person_id: int) -> Rows:
    return (
        select(*_HAPPENED, literal(0).label("people"))
        .join(_visit, _visit.c.id == _activity.c.id)
        .join(_network, _network.c.id == _activity.c.network_id)
        .where(
            _visit.c.organisation_id == organisation_id,
            _visit.c.deleted_at.is_(None),
            cast(_network.c.rooms, String).contains('"mentoring"'),
            _activity.c.network_id.in_(networks_standing(person_id, "coordinator")),
        )
    )
