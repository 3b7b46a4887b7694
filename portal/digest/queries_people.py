"""People for a digest: who is new in some networks."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import aliased

from portal.db import db
from portal.networks.models import Membership
from portal.people.models import Person
from portal.web import clock

LATELY = timedelta(days=45)


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who has come in lately. Her name is what every fellow member sees."""

    person_id: int
    network_id: int
    name: str
    at: datetime

    @property
    def told(self) -> str:
        return f"member:{self.network_id}.{self.person_id}"


def newcomers(network_ids: Collection[int]) -> dict[int, list[Newcomer]]:
    """Network → people who came in lately for the first time, the newest first (one query).

    Those who were only imported, and have not come in, are nobody's news but the coordinators'.
    """
    earlier = aliased(Membership)
    rows = db.session.execute(
        select(Person.id, Membership.network_id, Person.name, Membership.started_at, Person.admitted_at)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.network_id.in_(network_ids),
            Membership.ended_at.is_(None),
            Person.admitted_at.is_not(None),
            Person.erased_at.is_(None),
            or_(Membership.started_at > clock.now() - LATELY, Person.admitted_at > clock.now() - LATELY),
            # A new role is not a new person.
            ~exists().where(
                earlier.person_id == Person.id,
                earlier.network_id == Membership.network_id,
                earlier.started_at < Membership.started_at,
            ),
        )
        .order_by(Membership.started_at.desc(), Person.id)
    )
    found: dict[int, list[Newcomer]] = defaultdict(list)
    for person_id, network_id, name, started_at, admitted_at in rows:
        found[network_id].append(Newcomer(person_id, network_id, name, max(started_at, admitted_at or started_at)))
    return dict(found)
