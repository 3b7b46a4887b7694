"""Questions about wishes for a re-match and about what two people said at the end; none shows them to the other one."""

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.orm import aliased

from portal.db import Rows, db
from portal.matching.models import PairEnding, RematchWish
from portal.mentoring.models import Pairing, SealedText
from portal.mentoring.queries_texts import Fields, opened
from portal.networks.models import Membership
from portal.people.models import Person

Mentor, Mentee, Writer = (aliased(Person, name=name) for name in ("mentor", "mentee", "writer"))
IS_OPEN = and_(RematchWish.withdrawn_at.is_(None), RematchWish.answered_at.is_(None))


def wish_in(network_id: int, wish_id: int) -> tuple[RematchWish, Pairing] | None:
    row = db.session.execute(
        select(RematchWish, Pairing)
        .join(Pairing, Pairing.id == RematchWish.pairing_id)
        .where(RematchWish.id == wish_id, Pairing.network_id == network_id)
    ).first()
    return (row[0], row[1]) if row else None


def open_wish_by(pairing_id: int, person_id: int) -> RematchWish | None:
    """Her own wish that is not over."""
    return _newest(RematchWish.pairing_id == pairing_id, RematchWish.asked_by == person_id, IS_OPEN)


def last_wish_by(pairing_id: int, person_id: int) -> RematchWish | None:
    """Her own last wish, with its answer; none after she took it back."""
    mine = (RematchWish.pairing_id == pairing_id, RematchWish.asked_by == person_id)
    return _newest(*mine, RematchWish.withdrawn_at.is_(None))


def _newest(*conditions: ColumnElement[bool]) -> RematchWish | None:
    query = select(RematchWish).where(*conditions).order_by(RematchWish.id.desc()).limit(1)
    return db.session.execute(query).scalar_one_or_none()


def readers_of_wish(pairing: Pairing, by: int) -> list[int]:
    """The coordinators whom a wish reaches: all but the other one of the two (one query)."""
    other = pairing.mentee_id if by == pairing.mentor_id else pairing.mentor_id
    rows = select(Membership.person_id).where(
        Membership.network_id == pairing.network_id,
        Membership.role == "coordinator",
        Membership.ended_at.is_(None),
        Membership.person_id != other,
    )
    return list(db.session.execute(rows.order_by(Membership.person_id)).scalars())


def is_not_mine(reader_id: int) -> ColumnElement[bool]:
    """The reader is not of the pair."""
    return and_(Pairing.mentor_id != reader_id, Pairing.mentee_id != reader_id)


def wants_rematch(pairs: Any, reader_id: int) -> ColumnElement[bool]:
    """For rows of pairs with id, mentor_id and mentee_id: one of the two would like somebody else, and the reader may know."""
    wished = exists().where(RematchWish.pairing_id == pairs.id, IS_OPEN)
    return and_(wished, pairs.mentor_id != reader_id, pairs.mentee_id != reader_id)


def wishes_waiting(network_id: int, reader_id: int) -> list[Any]:
    """For a coordinator: the open wishes of pairs that she is not in, the longest first (one query)."""
    rows = (
        select(RematchWish, Writer.name.label("writer"), Mentor.name.label("mentor"), Mentee.name.label("mentee"))
        .select_from(RematchWish)
        .join(Pairing, Pairing.id == RematchWish.pairing_id)
        .join(Writer, Writer.id == RematchWish.asked_by)
        .join(Mentor, Mentor.id == Pairing.mentor_id)
        .join(Mentee, Mentee.id == Pairing.mentee_id)
        .where(Pairing.network_id == network_id, IS_OPEN, is_not_mine(reader_id))
        .order_by(RematchWish.asked_at)
        .limit(50)
    )
    return list(db.session.execute(rows))


def asked_words(thing: str, thing_id: int, reader_id: int, reads_all: bool, key: bytes) -> dict[int, Fields]:
    """What was written to the coordinators, by author: all of it for one whom policy lets, else her own (one query).

    An empty entry is a text that the key at hand does not open.
    """
    query = select(SealedText).where(
        SealedText.thing == thing, SealedText.thing_id == thing_id, SealedText.layer == "asked"
    )
    if not reads_all:
        query = query.where(SealedText.author_id == reader_id)
    return {one.author_id: opened(one, key) for one in db.session.execute(query).scalars()}


def ending_of(pairing_id: int, person_id: int) -> PairEnding | None:
    return db.session.execute(
        select(PairEnding).where(PairEnding.pairing_id == pairing_id, PairEnding.person_id == person_id)
    ).scalar_one_or_none()


def own_ending(ending_id: int, author_id: int, key: bytes) -> tuple[str, Fields]:
    """What she wrote herself, in which layer; nothing and no fields where she wrote nothing (one query)."""
    mine = select(SealedText).where(
        SealedText.thing == "ending", SealedText.thing_id == ending_id, SealedText.author_id == author_id
    )
    text = db.session.execute(mine.order_by(SealedText.id.desc()).limit(1)).scalar_one_or_none()
    return (text.layer, opened(text, key)) if text else ("", {})


def table_of_endings(network_id: int, reader_id: int) -> Rows:
    """The ends of pairs that somebody answered the questions about, for coordinators who are not of these pairs."""
    return (
        select(
            PairEnding.id,
            PairEnding.pairing_id,
            PairEnding.person_id,
            PairEnding.answered_at,
            Pairing.ended_on,
            Mentor.name.label("mentor"),
            Mentee.name.label("mentee"),
            Writer.name.label("writer"),
        )
        .select_from(PairEnding)
        .join(Pairing, Pairing.id == PairEnding.pairing_id)
        .join(Mentor, Mentor.id == Pairing.mentor_id)
        .join(Mentee, Mentee.id == Pairing.mentee_id)
        .join(Writer, Writer.id == PairEnding.person_id)
        .where(Pairing.network_id == network_id, PairEnding.answered_at.is_not(None), is_not_mine(reader_id))
    )


def words_of_endings(ending_ids: list[int], key: bytes) -> dict[int, Fields]:
    """What was written to the coordinators, by ending; those for her alone are never loaded (one query)."""
    rows = db.session.execute(
        select(SealedText).where(
            SealedText.thing == "ending", SealedText.thing_id.in_(ending_ids), SealedText.layer == "asked"
        )
    ).scalars()
    return {one.thing_id: opened(one, key) for one in rows}
