"""Digests that wait in the outbox: how many, and which of them are no longer right."""

from sqlalchemy import ColumnElement, exists, func, or_, select

from portal.db import db
from portal.digest.models import Digest
from portal.mail.models import OutboxMail
from portal.mail.queries import stops
from portal.networks.models import Membership
from portal.people.models import Person
from portal.people.rhythms import NEVER


def count_waiting() -> int:
    """How many digests were written and have not left (one query)."""
    return db.session.execute(select(func.count()).select_from(OutboxMail).where(*_waits())).scalar_one()


def outdated_mails() -> list[str]:
    """The Message-IDs of digests that no server has seen yet, and whose reader left a network since or wants none (one query)."""
    left = exists().where(Membership.person_id == OutboxMail.person_id, Membership.ended_at >= OutboxMail.queued_at)
    none = or_(Person.rhythm == NEVER, stops(Person.__table__.c.id, "digest", None))
    wants_none = exists().where(Person.id == OutboxMail.person_id, none)
    unseen = (OutboxMail.attempts == 0, OutboxMail.leased_until.is_(None))
    rows = (
        select(OutboxMail.message_id)
        .join(Digest, Digest.message_id == OutboxMail.message_id)
        .where(*_waits(), *unseen, or_(left, wants_none))
    )
    return list(db.session.execute(rows).scalars())


def _waits() -> tuple[ColumnElement[bool], ...]:
    return (OutboxMail.kind == "digest", OutboxMail.sent_at.is_(None), OutboxMail.failed_at.is_(None))
