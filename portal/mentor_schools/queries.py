"""Questions about mentor schools: the list, one of them, its aims and meetings."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, true
from sqlalchemy.orm import aliased

from portal.activities.models import Activity, Participation
from portal.db import Rows, db
from portal.mentor_schools.models import OrganisationAim, OrganisationMeeting, OrganisationPair
from portal.networks.models import Membership
from portal.organisations.models import Organisation
from portal.people.models import Person

Mentor, Mentee = aliased(Organisation, name="mentor"), aliased(Organisation, name="mentee")
# Joined one after the other: as one joined class they would be read whole before the pairs of a network are.
_meeting, _activity = OrganisationMeeting.__table__, Activity.__table__
SUGGESTED = 10
# What the list and its spreadsheet tell of a pair.
LISTED = (
    *("id", "purpose", "starts_on", "ends_on", "ended_on", "declined_at", "proposed_at", "result"),
    *("mentor_accepted_at", "mentee_accepted_at"),
)


def accepted() -> ColumnElement[bool]:
    return and_(
        OrganisationPair.mentor_accepted_at.is_not(None),
        OrganisationPair.mentee_accepted_at.is_not(None),
        OrganisationPair.declined_at.is_(None),
    )


def in_state(state: str) -> ColumnElement[bool]:
    """The same as ``pairs.state_of``, for the database. Without a state: what is proposed or at work."""
    is_open, declined = OrganisationPair.ended_on.is_(None), OrganisationPair.declined_at.is_not(None)
    known: dict[str, ColumnElement[bool]] = {
        "ended": OrganisationPair.ended_on.is_not(None),
        "declined": and_(is_open, declined),
        "running": and_(is_open, accepted()),
        "proposed": and_(is_open, ~declined, ~accepted()),
        "all": true(),
    }
    return known.get(state, and_(is_open, ~declined))


def pair_in(network_id: int, pair_id: int) -> OrganisationPair | None:
    """A pair of this network; one that was taken back too, so that it can be brought back."""
    return db.session.execute(
        select(OrganisationPair).where(OrganisationPair.id == pair_id, OrganisationPair.network_id == network_id)
    ).scalar_one_or_none()


def open_pair_of(network_id: int, mentor_id: int, mentee_id: int) -> OrganisationPair | None:
    """The pair of these two that is proposed or at work."""
    return (
        db.session.execute(
            select(OrganisationPair).where(
                OrganisationPair.network_id == network_id,
                OrganisationPair.mentor_organisation_id == mentor_id,
                OrganisationPair.mentee_organisation_id == mentee_id,
                OrganisationPair.deleted_at.is_(None),
                in_state(""),
            )
        )
        .scalars()
        .first()
    )


def pairs_of(network_id: int, state: str = "", organisation_id: int | None = None) -> Rows:
    """The pairs of a network with their meetings counted, for a listing."""
    met = _met(network_id)
    query = (
        select(
            *(getattr(OrganisationPair, name) for name in LISTED),
            Mentor.name.label("mentor"),
            Mentee.name.label("mentee"),
            Mentee.sort_name.label("mentee_sort"),
            func.coalesce(met.c.meetings, 0).label("meetings"),
            func.coalesce(met.c.minutes, 0).label("minutes"),
            met.c.last_at,
        )
        .join(Mentor, Mentor.id == OrganisationPair.mentor_organisation_id)
        .join(Mentee, Mentee.id == OrganisationPair.mentee_organisation_id)
        .outerjoin(met, met.c.pair_id == OrganisationPair.id)
        .where(OrganisationPair.network_id == network_id, OrganisationPair.deleted_at.is_(None), in_state(state))
    )
    return query if organisation_id is None else query.where(stands_in(organisation_id))


def stands_in(organisation_id: int) -> ColumnElement[bool]:
    """It is one of the two."""
    return or_(
        OrganisationPair.mentor_organisation_id == organisation_id,
        OrganisationPair.mentee_organisation_id == organisation_id,
    )


def _met(network_id: int) -> Any:
    """The meetings of each pair of a network, added up."""
    return (
        select(
            _meeting.c.pair_id,
            func.count().label("meetings"),
            func.sum(_activity.c.minutes).label("minutes"),
            func.max(_activity.c.starts_at).label("last_at"),
        )
        .join(_activity, _activity.c.id == _meeting.c.id)
        .where(_activity.c.network_id == network_id, _meeting.c.deleted_at.is_(None))
        .group_by(_meeting.c.pair_id)
        .subquery()
    )


def sides_of(pair: OrganisationPair) -> dict[int, str]:
    """The names of the two organisations, by id (one query)."""
    wanted = (pair.mentor_organisation_id, pair.mentee_organisation_id)
    rows = db.session.execute(select(Organisation.id, Organisation.name).where(Organisation.id.in_(wanted)))
    return {row.id: row.name for row in rows}


def people_of(pair: OrganisationPair) -> dict[int, tuple[str, bool]]:
    """Who leads, proposed and declined, by id: the name, and whether she is a member of the network now (one query)."""
    wanted = {pair.mentor_lead_id, pair.mentee_lead_id, pair.proposed_by, pair.declined_by} - {None}
    is_member = exists().where(
        Membership.person_id == Person.id,
        Membership.network_id == pair.network_id,
        Membership.ended_at.is_(None),
    )
    rows = db.session.execute(select(Person.id, Person.name, is_member).where(Person.id.in_(wanted)))
    return {id: (name, bool(member)) for id, name, member in rows}


def purposes_used(network_id: int) -> list[str]:
    """What pairs of this network were for, the latest first: words to start from (one query)."""
    query = (
        select(OrganisationPair.purpose)
        .where(OrganisationPair.network_id == network_id, OrganisationPair.deleted_at.is_(None))
        .group_by(OrganisationPair.purpose)
        .order_by(func.max(OrganisationPair.id).desc())
        .limit(SUGGESTED)
    )
    return list(db.session.execute(query).scalars())


def aims_of(pair_id: int) -> list[OrganisationAim]:
    """Open ones first, in their order (one query)."""
    query = select(OrganisationAim).where(OrganisationAim.pair_id == pair_id)
    order = (OrganisationAim.closed_at.is_not(None), OrganisationAim.position, OrganisationAim.id)
    return list(db.session.execute(query.order_by(*order)).scalars())


def aim_of(pair_id: int, aim_id: int) -> OrganisationAim | None:
    query = select(OrganisationAim).where(OrganisationAim.id == aim_id, OrganisationAim.pair_id == pair_id)
    return db.session.execute(query).scalar_one_or_none()


def count_open_aims(pair_id: int) -> int:
    query = select(func.count()).where(OrganisationAim.pair_id == pair_id, OrganisationAim.closed_at.is_(None))
    return db.session.execute(query).scalar_one()


def meetings_of(pair_id: int) -> Rows:
    """The meetings of a pair, for a listing."""
    return select(
        OrganisationMeeting.id,
        OrganisationMeeting.starts_at,
        OrganisationMeeting.minutes,
        OrganisationMeeting.mode,
        OrganisationMeeting.outcome,
        OrganisationMeeting.next_on,
    ).where(OrganisationMeeting.pair_id == pair_id, OrganisationMeeting.deleted_at.is_(None))


def newest_first() -> tuple[ColumnElement[Any], ...]:
    return (OrganisationMeeting.starts_at.desc(), OrganisationMeeting.id.desc())


def meeting_of(pair_id: int, meeting_id: int) -> OrganisationMeeting | None:
    """A meeting of a pair; a removed one too, so that it can be brought back."""
    query = select(OrganisationMeeting).where(
        OrganisationMeeting.id == meeting_id, OrganisationMeeting.pair_id == pair_id
    )
    return db.session.execute(query).scalar_one_or_none()


def totals_of(pair_id: int) -> tuple[int, int]:
    """How many meetings, and how many minutes (one query)."""
    row = db.session.execute(
        select(func.count(OrganisationMeeting.id), func.coalesce(func.sum(OrganisationMeeting.minutes), 0)).where(
            OrganisationMeeting.pair_id == pair_id, OrganisationMeeting.deleted_at.is_(None)
        )
    ).one()
    return int(row[0]), int(row[1])


def there_at(meeting_ids: Collection[int]) -> dict[int, list[str]]:
    """Meeting → the names of whoever was there (one query)."""
    rows = db.session.execute(
        select(Participation.activity_id, Person.name)
        .join(Person, Person.id == Participation.person_id)
        .where(Participation.activity_id.in_(meeting_ids), Participation.minutes > 0)
        .order_by(Participation.capacity.desc(), Person.sort_name)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for activity_id, name in rows:
        found[activity_id].append(name)
    return dict(found)


def was_there(meeting_id: int) -> list[int]:
    query = select(Participation.person_id).where(Participation.activity_id == meeting_id)
    return list(db.session.execute(query).scalars())
