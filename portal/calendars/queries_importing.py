"""What is known already of the entries of a file."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from portal.calendars.models import ImportedSession
from portal.db import db
from portal.events.models import Event, Session
from portal.networks.models import Membership, Network
from portal.web.errors import DomainError

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Known:
    """A session that came from an entry, as it stands now."""

    session_id: int
    uid_hash: str
    occurrence: str
    sequence: int
    mark: str
    starts_at: datetime
    session_cancelled_at: datetime | None
    event_id: int
    title: str
    published_at: datetime | None
    cancelled_at: datetime | None
    deleted_at: datetime | None


def known_sessions(network_id: int, uid_hashes: Iterable[str]) -> dict[str, dict[str, Known]]:
    """Sessions by the entry and the occurrence that they came from (one query for each 500 entries)."""
    wanted = sorted(set(uid_hashes))
    found: dict[str, dict[str, Known]] = {}
    for start in range(0, len(wanted), CHUNK):
        query = (
            select(
                ImportedSession.session_id,
                ImportedSession.uid_hash,
                ImportedSession.occurrence,
                ImportedSession.sequence,
                ImportedSession.mark,
                Session.starts_at,
                Session.cancelled_at,
                Event.id,
                Event.title,
                Event.published_at,
                Event.cancelled_at,
                Event.deleted_at,
            )
            .select_from(Session)
            .join(ImportedSession, ImportedSession.session_id == Session.id)
            .join(Event, Event.id == Session.event_id)
            .where(
                ImportedSession.network_id == network_id, ImportedSession.uid_hash.in_(wanted[start : start + CHUNK])
            )
        )
        rows: list[Any] = list(db.session.execute(query))
        for one in (Known(*row) for row in rows):
            found.setdefault(one.uid_hash, {})[one.occurrence] = one
    return found


@dataclass(frozen=True, slots=True)
class ForNetwork:
    """The network that a file is for: its clocks, and to whom drafts belong that a command brings in."""

    id: int
    time_zone: str
    owner_id: int


def network_for(network_id: int) -> ForNetwork:
    """Raises DomainError where nobody coordinates it."""
    query = (
        select(Network.id, Network.time_zone, Membership.person_id)
        .join(Membership, Membership.network_id == Network.id)
        .where(Network.id == network_id, Membership.role == "coordinator", Membership.ended_at.is_(None))
        .order_by(Membership.started_at, Membership.id)
    )
    row = db.session.execute(query.limit(1)).first()
    if row is None:
        raise DomainError(_("This network has no coordinator yet, so nobody to own the events."))
    return ForNetwork(*row)
