"""The pairs of a person, of a programme, of a network, with the names of the two and the days they count from."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import aliased

from portal.db import Rows, db
from portal.mentoring.models import Pairing, PairProgramme
from portal.people.models import Person
from portal.programmes.models import Programme

_Mentor, _Mentee = aliased(Person, name="mentor"), aliased(Person, name="mentee")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people, from when to when. Within a programme: since when and until when they count for it."""

    id: int
    mentor_id: int
    mentee_id: int
    mentor: str
    mentee: str
    since: date
    until: date | None

    def of(self, person_id: int) -> bool:
        return person_id in (self.mentor_id, self.mentee_id)

    def other_than(self, person_id: int) -> str:
        return self.mentee if person_id == self.mentor_id else self.mentor

    def was_there(self, first: date, last: date) -> bool:
        """Whether it was a pair on some day of those."""
        return self.since <= last and (self.until is None or self.until >= first)


def pairs_of(network_id: int, person_id: int) -> list[Pair]:
    """Those of a person, the newest first (one query)."""
    hers = or_(Pairing.mentor_id == person_id, Pairing.mentee_id == person_id)
    return _pairs(Pairing.network_id == network_id, hers)


def pair_called(network_id: int, pairing_id: int) -> Pair | None:
    """One of the network (one query)."""
    return next(iter(_pairs(Pairing.network_id == network_id, Pairing.id == pairing_id)), None)


def pairs_in(network_ids: Collection[int], first: date, last: date) -> list[Pair]:
    """All that were a pair on some day of those (one query)."""
    return _pairs(
        Pairing.network_id.in_(network_ids),
        Pairing.started_on <= last,
        or_(Pairing.ended_on.is_(None), Pairing.ended_on >= first),
    )


def pairs_for(programme_id: int, network_ids: Collection[int], first: date, last: date) -> list[Pair]:
    """Those that counted for a programme on some day of those: the days are those of the programme (one query)."""
    rows = db.session.execute(
        _select(PairProgramme.since, PairProgramme.until)
        .join(PairProgramme, PairProgramme.pairing_id == Pairing.id)
        .where(PairProgramme.programme_id == programme_id, Pairing.network_id.in_(network_ids))
        .order_by(_Mentee.sort_name, Pairing.id)
    )
    found = [
        Pair(id, mentor_id, mentee_id, mentor, mentee, max(started, since), _earlier(ended, until))
        for id, mentor_id, mentee_id, mentor, mentee, started, ended, since, until in rows
    ]
    return [one for one in found if one.was_there(first, last)]


def names_of(person_ids: Collection[int]) -> dict[int, str]:
    """By id (one query)."""
    rows = db.session.execute(select(Person.id, Person.name).where(Person.id.in_(person_ids)))
    return {row.id: row.name for row in rows}


def programmes_of(network_id: int) -> list[Programme]:
    """All of a network, those in use first (one query)."""
    return list(
        db.session.execute(
            select(Programme)
            .where(Programme.network_id == network_id)
            .order_by(Programme.retired_at.is_not(None), Programme.name, Programme.id)
        ).scalars()
    )


def programmes_with(pairing_ids: Sequence[int]) -> list[Programme]:
    """Those that any of these pairs counts or counted for (one query)."""
    return list(
        db.session.execute(
            select(Programme)
            .where(
                Programme.id.in_(select(PairProgramme.programme_id).where(PairProgramme.pairing_id.in_(pairing_ids)))
            )
            .order_by(Programme.retired_at.is_not(None), Programme.name, Programme.id)
        ).scalars()
    )


def _pairs(*where: ColumnElement[bool]) -> list[Pair]:
    rows = db.session.execute(_select().where(*where).order_by(_Mentee.sort_name, Pairing.id))
    return [Pair(*row) for row in rows]


def _select(*more: Any) -> Rows:
    return (
        select(
            Pairing.id,
            Pairing.mentor_id,
            Pairing.mentee_id,
            _Mentor.name,
            _Mentee.name,
            Pairing.started_on,
            Pairing.ended_on,
            *more,
        )
        .join(_Mentor, _Mentor.id == Pairing.mentor_id)
        .join(_Mentee, _Mentee.id == Pairing.mentee_id)
    )


def _earlier(one: date | None, other: date | None) -> date | None:
    return min((day for day in (one, other) if day), default=None)
