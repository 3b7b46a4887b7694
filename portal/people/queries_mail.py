"""What a person chose about the mails that she gets."""

from dataclasses import dataclass

from sqlalchemy import select

from portal.db import db
from portal.mail.kinds import stoppable
from portal.mail.models import MailStop
from portal.people.models import Person
from portal.people.reach import NETWORK


@dataclass(frozen=True, slots=True)
class Stopped:
    """A kind of mail that she stopped; ``network`` is empty for all of them."""

    kind: str
    name: str
    network_id: int | None
    network: str


def rhythm_of(person_id: int) -> str:
    return db.session.get_one(Person, person_id).rhythm


def stopped_by(person_id: int) -> list[Stopped]:
    """What she gets no more, oldest first (one query)."""
    names = {kind.key: str(kind.name) for kind in stoppable()}
    rows = db.session.execute(
        select(MailStop.kind, MailStop.network_id, NETWORK.c.name)
        .outerjoin(NETWORK, NETWORK.c.id == MailStop.network_id)
        .where(MailStop.person_id == person_id)
        .order_by(MailStop.id)
    )
    return [
        Stopped(kind, names[kind], network_id, network or "") for kind, network_id, network in rows if kind in names
    ]
