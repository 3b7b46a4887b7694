"""Questions about the credit of an event."""

from sqlalchemy import Integer, String, exists, func, select
from sqlalchemy.sql.expression import column, table

from portal.activities.models import Participation
from portal.credit.models import CreditType
from portal.db import db
from portal.events.models import Event, Session
from portal.events.models_credit import EventCredit
from portal.events.models_papers import EventPaper
from portal.web.errors import NotHere

_person = table("person", column("id", Integer), column("name", String), column("sort_name", String))


def credits_of(event_id: int) -> list[tuple[EventCredit, CreditType]]:
    """Each kind of credit that an event carries, in the region's order (one query)."""
    rows = db.session.execute(
        select(EventCredit, CreditType)
        .join(CreditType, CreditType.id == EventCredit.credit_type_id)
        .where(EventCredit.event_id == event_id, EventCredit.removed_at.is_(None))
        .order_by(CreditType.position, EventCredit.id)
    )
    return [(block, kind) for block, kind in rows]


def credit_in(event_id: int, block_id: int, removed: bool = False) -> tuple[EventCredit, CreditType]:
    """One of the event's, to act on; with ``removed`` one that was taken away. Raises NotHere."""
    gone = EventCredit.removed_at
    row = db.session.execute(
        select(EventCredit, CreditType)
        .join(CreditType, CreditType.id == EventCredit.credit_type_id)
        .where(EventCredit.event_id == event_id, EventCredit.id == block_id)
        .where(gone.is_not(None) if removed else gone.is_(None))
    ).first()
    if row is None:
        raise NotHere
    return row[0], row[1]


def kinds_for(network_id: int) -> list[CreditType]:
    """The kinds that are offered, those that this network used last in front, then the region's order (one query)."""
    last = (
        select(func.max(EventCredit.id))
        .join(Event, Event.id == EventCredit.event_id)
        .where(EventCredit.credit_type_id == CreditType.id, Event.network_id == network_id)
        .correlate(CreditType)
        .scalar_subquery()
    )
    query = select(CreditType).where(CreditType.in_use).order_by(func.coalesce(last, 0).desc(), CreditType.position)
    return list(db.session.execute(query).scalars())


def last_credit(network_id: int, type_id: int) -> EventCredit | None:
    """The network's last block of that kind, from which the next is filled in; one that was taken away counts too."""
    return db.session.execute(
        select(EventCredit)
        .join(Event, Event.id == EventCredit.event_id)
        .where(EventCredit.credit_type_id == type_id, Event.network_id == network_id)
        .order_by(EventCredit.id.desc())
        .limit(1)
    ).scalar_one_or_none()


def presenters_of(event_id: int) -> list[str]:
    """Who leads or presents its sessions, by name, from the ledger (one query)."""
    rows = db.session.execute(
        select(_person.c.name)
        .join(Participation, Participation.person_id == _person.c.id)
        .join(Session.__table__, Session.__table__.c.id == Participation.activity_id)
        .where(Session.__table__.c.event_id == event_id, Participation.capacity.in_(("facilitator", "presenter")))
        .group_by(_person.c.id, _person.c.name, _person.c.sort_name)
        .order_by(_person.c.sort_name)
    )
    return list(rows.scalars())


def has_agenda(event_id: int) -> bool:
    """Whether an agenda lies among its papers (one query); the running order in its words is another way to have one."""
    papers = exists().where(
        EventPaper.event_id == event_id, EventPaper.kind == "agenda", EventPaper.removed_at.is_(None)
    )
    return bool(db.session.execute(select(papers)).scalar())
