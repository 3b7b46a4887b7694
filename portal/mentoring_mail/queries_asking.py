"""Which talks wait for somebody's yes: new ones that nobody was asked about, and those that were, a week ago."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.orm import contains_eager

from portal.db import Rows, db
from portal.mail.models import OutboxMail
from portal.mentoring.models import MentoringContact, Pairing, PairTalk
from portal.mentoring_mail.queries_readers import Reader, reader_of, readers
from portal.people.models import Person

__all__ = ["Reader", "Waiting", "reader_of", "readers"]

KIND = "you-met"
APART = timedelta(hours=24)
# So long a talk rests first: its writer may still put it right, and the next one of a sheet is on its way.
SETTLES = timedelta(minutes=10)
REMIND_AFTER, REMIND_UNTIL = timedelta(days=7), timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A talk that waits for an answer, as its mail tells it."""

    talk_id: int
    writer: str
    at: datetime
    minutes: int
    is_again: bool = False


def asked() -> ColumnElement[int]:
    """Who is asked: the one of the two who did not write it down."""
    return case((MentoringContact.logged_by == Pairing.mentor_id, Pairing.mentee_id), else_=Pairing.mentor_id)


def waits() -> ColumnElement[bool]:
    """Neither confirmed nor said to be otherwise; nobody is asked about the mentor's own time."""
    return and_(
        PairTalk.confirmed_at.is_(None),
        PairTalk.disputed_at.is_(None),
        MentoringContact.deleted_at.is_(None),
        MentoringContact.contact_kind != "support",
    )


def _joined(query: Rows) -> Rows:
    return (
        query.select_from(PairTalk)
        .join(MentoringContact, MentoringContact.id == PairTalk.contact_id)
        .join(Pairing, Pairing.id == PairTalk.pairing_id)
    )


def _is_new(now: datetime) -> ColumnElement[bool]:
    return and_(PairTalk.asked_at.is_(None), MentoringContact.created_at <= now - SETTLES)


def _is_due_again(now: datetime) -> ColumnElement[bool]:
    return and_(
        PairTalk.reminded_at.is_(None),
        PairTalk.asked_at <= now - REMIND_AFTER,
        PairTalk.asked_at > now - REMIND_UNTIL,
    )


def _may_be_written_to(now: datetime) -> ColumnElement[bool]:
    """One such mail a day, from whichever network."""
    return ~exists().where(OutboxMail.person_id == asked(), OutboxMail.kind == KIND, OutboxMail.queued_at > now - APART)


def who_is_new(now: datetime) -> list[tuple[int, int]]:
    """(network, person) of everybody who was not asked yet about some talk (one query)."""
    rows = _joined(select(Pairing.network_id, asked())).where(_is_new(now), waits(), _may_be_written_to(now)).distinct()
    return [(row[0], row[1]) for row in db.session.execute(rows)]


def who_is_due_again(now: datetime) -> list[tuple[int, int]]:
    """(network, person) of everybody who was asked a week ago and has not answered (one query)."""
    rows = _joined(select(Pairing.network_id, asked())).where(_is_due_again(now), waits(), _may_be_written_to(now))
    rows = rows.distinct()
    return [(row[0], row[1]) for row in db.session.execute(rows)]


def talks_to_ask(network_id: int, person_id: int, now: datetime) -> list[tuple[PairTalk, Waiting]]:
    """All that this person is to be asked about now: new talks first, then those of a week ago; oldest first in both."""
    rows = db.session.execute(
        _joined(select(PairTalk, Person.name, MentoringContact.starts_at, MentoringContact.minutes))
        .join(Person, Person.id == MentoringContact.logged_by)
        .where(Pairing.network_id == network_id, asked() == person_id, waits())
        .where(or_(_is_new(now), _is_due_again(now)))
        .order_by(PairTalk.asked_at.is_not(None), MentoringContact.starts_at, PairTalk.id)
    )
    return [(told, Waiting(told.id, name, at, length, told.asked_at is not None)) for told, name, at, length in rows]


def talks_asked_by(network_id: int, person_id: int, issued_at: datetime) -> list[PairTalk]:
    """What the mail of that moment asked about and still waits, for the button that says yes to all (one query)."""
    rows = (
        _joined(select(PairTalk))
        .options(contains_eager(PairTalk.contact))
        .where(Pairing.network_id == network_id, asked() == person_id, waits())
        # A link knows its second only.
        .where(PairTalk.asked_at < issued_at + timedelta(seconds=1))
        .order_by(MentoringContact.starts_at, PairTalk.id)
    )
    return list(db.session.execute(rows).scalars())


def writers_of(talks: Iterable[PairTalk]) -> dict[int, str]:
    """The names of whoever wrote these down, by id (one query)."""
    ids = {told.contact.logged_by for told in talks}
    rows = db.session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))
    return {row.id: row.name for row in rows}


def unanswered_in(network_id: int, first: datetime, after: datetime) -> dict[int, list[PairTalk]]:
    """The talks between two moments that wait for somebody's yes, by whose (one query)."""
    rows = _joined(select(asked(), PairTalk)).where(
        Pairing.network_id == network_id,
        waits(),
        MentoringContact.starts_at >= first,
        MentoringContact.starts_at < after,
    )
    found: dict[int, list[PairTalk]] = defaultdict(list)
    for person_id, told in db.session.execute(rows):
        found[person_id].append(told)
    return found


def written_to(person_ids: Collection[int], now: datetime) -> set[int]:
    """Those of these people who got such a mail within a day (one query)."""
    rows = select(OutboxMail.person_id).where(
        OutboxMail.person_id.in_(person_ids), OutboxMail.kind == KIND, OutboxMail.queued_at > now - APART
    )
    return {one for one in db.session.execute(rows).scalars() if one}


def last_written(network_id: int, person_id: int, kind: str) -> datetime | None:
    """When she last got such a mail from this network."""
    rows = select(func.max(OutboxMail.queued_at)).where(
        OutboxMail.person_id == person_id, OutboxMail.network_id == network_id, OutboxMail.kind == kind
    )
    return db.session.execute(rows).scalar()
