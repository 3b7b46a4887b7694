"""Questions about pairs and talks. What is private is asked for by its reader's id, so nothing unseen is ever loaded."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from portal.db import Rows, db
from portal.mentoring.models import MentoringContact, Pairing, PairTalk, SealedText
from portal.mentoring.queries_texts import Private, opened, private_of
from portal.people.models import Person

Mentor, Mentee = aliased(Person, name="mentor"), aliased(Person, name="mentee")
PARKED_WITHIN = 20


def pairing_in(network_id: int, pairing_id: int) -> Pairing | None:
    return db.session.execute(
        select(Pairing).where(Pairing.id == pairing_id, Pairing.network_id == network_id)
    ).scalar_one_or_none()


def talk_in(network_id: int, talk_id: int) -> PairTalk | None:
    """A talk in the book of a pair, with both; a deleted one too, so that it can be brought back."""
    return db.session.execute(
        select(PairTalk)
        .join(Pairing, Pairing.id == PairTalk.pairing_id)
        .options(joinedload(PairTalk.contact), contains_eager(PairTalk.pairing))
        .where(PairTalk.id == talk_id, Pairing.network_id == network_id)
    ).scalar_one_or_none()


def names_of(pairing: Pairing) -> dict[int, str]:
    """The names of the two, by id (one query)."""
    wanted = (pairing.mentor_id, pairing.mentee_id)
    rows = db.session.execute(select(Person.id, Person.name).where(Person.id.in_(wanted)))
    return {row.id: row.name for row in rows}


def talks_of(pairing_id: int, removed: bool = False) -> Rows:
    """The talks of a pair: the counted layer alone. With ``removed`` those too that count no more."""
    rows = (
        select(
            PairTalk.id,
            MentoringContact.starts_at,
            MentoringContact.minutes,
            MentoringContact.mode,
            MentoringContact.contact_kind,
            MentoringContact.logged_by,
            MentoringContact.next_at,
            PairTalk.confirmed_at,
            PairTalk.disputed_at,
            MentoringContact.deleted_at,
        )
        .join(MentoringContact, MentoringContact.id == PairTalk.contact_id)
        .where(PairTalk.pairing_id == pairing_id)
    )
    return rows if removed else rows.where(MentoringContact.deleted_at.is_(None))


def newest_first() -> tuple[ColumnElement[Any], ...]:
    return (MentoringContact.starts_at.desc(), MentoringContact.id.desc())


def same_day(pairing_id: int, start: datetime, end: datetime, but_by: int) -> PairTalk | None:
    """A talk of that day that the other one has written down already."""
    return (
        db.session.execute(
            select(PairTalk)
            .join(MentoringContact, MentoringContact.id == PairTalk.contact_id)
            .options(contains_eager(PairTalk.contact))
            .where(
                PairTalk.pairing_id == pairing_id,
                PairTalk.confirmed_at.is_(None),
                MentoringContact.deleted_at.is_(None),
                MentoringContact.contact_kind != "support",
                MentoringContact.starts_at >= start,
                MentoringContact.starts_at < end,
                MentoringContact.logged_by != but_by,
            )
            .order_by(MentoringContact.id)
        )
        .scalars()
        .first()
    )


def open_pair_of(network_id: int, mentor_id: int, mentee_id: int) -> Pairing | None:
    """The first of them: where two records of one person became one, there may be two."""
    rows = select(Pairing).where(
        Pairing.network_id == network_id,
        Pairing.mentor_id == mentor_id,
        Pairing.mentee_id == mentee_id,
        Pairing.ended_on.is_(None),
    )
    return db.session.execute(rows.order_by(Pairing.id).limit(1)).scalar()


def left_for_good(pairing: Pairing) -> bool:
    """Whether one of the two deleted herself (one query)."""
    gone = select(Person.id).where(Person.id.in_((pairing.mentor_id, pairing.mentee_id)), Person.erased_at.is_not(None))
    return db.session.execute(gone.limit(1)).first() is not None


def notes_for(reader_id: int, told: PairTalk, key: bytes) -> Private:
    """The texts of a talk that this reader may open: her own note, and what the two share if she is one of them."""
    is_one_of_two = reader_id in (told.pairing.mentor_id, told.pairing.mentee_id)
    return private_of("talk", [told.id], reader_id, is_one_of_two, key).get(told.id, Private())


def last_parked(reader_id: int, pairing: Pairing, key: bytes) -> tuple[datetime, str] | None:
    """What the two parked at their last talk that has such a line, for one of them (one query)."""
    if reader_id not in (pairing.mentor_id, pairing.mentee_id):
        return None
    rows = db.session.execute(
        select(SealedText, MentoringContact.starts_at)
        .join(PairTalk, and_(SealedText.thing == "talk", PairTalk.id == SealedText.thing_id))
        .join(MentoringContact, MentoringContact.id == PairTalk.contact_id)
        .where(PairTalk.pairing_id == pairing.id, MentoringContact.deleted_at.is_(None), SealedText.layer == "we_two")
        .order_by(*newest_first(), SealedText.written_at.desc())
        .limit(PARKED_WITHIN)
    )
    for text, at in rows:
        if parked := opened(text, key).get("parked"):
            return at, parked
    return None
