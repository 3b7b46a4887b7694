"""Questions about openings: which are open, which are mine, who would like them."""

from datetime import date

from sqlalchemy import ColumnElement, and_, func, literal, or_, select

from portal.db import Rows, db
from portal.openings.models import OPENING_KINDS, Opening, OpeningInterest
from portal.people.models import Person

_LIVE = OpeningInterest.withdrawn_at.is_(None)


def is_open(today: date) -> ColumnElement[bool]:
    """Listed, and its last day has not passed."""
    return and_(Opening.deleted_at.is_(None), Opening.closed_at.is_(None), Opening.answer_by >= today)


def opening_in(network_id: int, opening_id: int) -> Opening | None:
    """An opening of this network; a removed one too, so that it can be brought back."""
    return db.session.execute(
        select(Opening).where(Opening.id == opening_id, Opening.network_id == network_id)
    ).scalar_one_or_none()


def openings_of(network_id: int, person_id: int, today: date, shown: str = "", kind: str = "") -> Rows:
    """The openings of a network with what this reader said to each, for a listing.

    ``shown`` is nothing for those that are open, "past" for the others, "mine" for those that she said she would like.
    """
    liked = (
        select(func.count()).where(OpeningInterest.opening_id == Opening.id, _LIVE).correlate(Opening).scalar_subquery()
    )
    waits = (
        select(func.count())
        .where(OpeningInterest.opening_id == Opening.id, _LIVE, OpeningInterest.answer == "")
        .correlate(Opening)
        .scalar_subquery()
    )
    mine = and_(OpeningInterest.opening_id == Opening.id, OpeningInterest.person_id == person_id, _LIVE)
    query = (
        select(
            Opening.id,
            Opening.kind,
            Opening.title,
            Opening.starts_on,
            Opening.answer_by,
            Opening.places,
            Opening.closed_at,
            Opening.posted_at,
            liked.label("liked"),
            waits.label("waits"),
            OpeningInterest.said_at,
            OpeningInterest.answer,
        )
        .outerjoin(OpeningInterest, mine)
        .where(Opening.network_id == network_id, Opening.deleted_at.is_(None))
    )
    if shown == "mine":
        query = query.where(OpeningInterest.id.is_not(None))
    elif shown == "past":
        query = query.where(or_(Opening.closed_at.is_not(None), Opening.answer_by < today))
    else:
        query = query.where(is_open(today))
    return query.where(Opening.kind == kind) if kind in OPENING_KINDS else query


def interests_of(opening_id: int) -> Rows:
    """Who would like it, for a listing of coordinators: with her line and what was answered."""
    return (
        select(
            OpeningInterest.id,
            OpeningInterest.says,
            OpeningInterest.said_at,
            OpeningInterest.answer,
            OpeningInterest.answered_at,
            Person.id.label("person_id"),
            Person.name,
            Person.sort_name,
        )
        .join(Person, Person.id == OpeningInterest.person_id)
        .where(OpeningInterest.opening_id == opening_id, _LIVE, Person.erased_at.is_(None))
    )


def interest_of(opening_id: int, person_id: int) -> OpeningInterest | None:
    """What this person said; withdrawn or not."""
    return db.session.execute(
        select(OpeningInterest).where(OpeningInterest.opening_id == opening_id, OpeningInterest.person_id == person_id)
    ).scalar_one_or_none()


def interest_in(opening_id: int, interest_id: int) -> OpeningInterest | None:
    return db.session.execute(
        select(OpeningInterest).where(OpeningInterest.id == interest_id, OpeningInterest.opening_id == opening_id)
    ).scalar_one_or_none()


def count_taken(opening_id: int) -> int:
    """How many of its places are taken (one query)."""
    query = select(func.count()).where(
        OpeningInterest.opening_id == opening_id, _LIVE, OpeningInterest.answer == "taken"
    )
    return db.session.execute(query).scalar_one()


def is_waiting() -> ColumnElement[bool]:
    """Somebody said that she would like it, and nobody has answered: also after its last day, and once it is closed.

    She was told that she gets a mail with the answer.
    """
    return and_(Opening.deleted_at.is_(None), _LIVE, OpeningInterest.answer == "")


def waiting_for(opening_id: int) -> list[OpeningInterest]:
    """Who would like it and has no answer yet, the longest first (one query)."""
    query = select(OpeningInterest).join(Person, Person.id == OpeningInterest.person_id)
    waits = (OpeningInterest.opening_id == opening_id, _LIVE, OpeningInterest.answer == "", Person.erased_at.is_(None))
    return list(db.session.execute(query.where(*waits).order_by(OpeningInterest.said_at, OpeningInterest.id)).scalars())


def interests_waiting(network_id: int) -> Rows:
    """Who waits for an answer, as Today lists what waits: kind, since, id, name, title, and two numbers that it has not."""
    return (
        select(
            literal("opening"), OpeningInterest.said_at, Opening.id, Person.name, Opening.title, literal(0), literal(0)
        )
        .join(OpeningInterest, OpeningInterest.opening_id == Opening.id)
        .join(Person, Person.id == OpeningInterest.person_id)
        .where(Opening.network_id == network_id, is_waiting(), Person.erased_at.is_(None))
    )
