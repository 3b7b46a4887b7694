"""Questions about slips: is one open, who must be told, and does a sign-in go back to one."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, or_, select

from portal.db import db
from portal.people.models import EmailAddress, Person
from portal.people.models_passkeys import Passkey
from portal.people.models_slips import Slip, SlipSession
from portal.people.reach import MEMBERSHIP, coordinated_by
from portal.web import clock

# How long what came in through a slip stays apart at the least: time for its owner to come by and say that it was not she.
APART = timedelta(days=7)


@dataclass(frozen=True)
class Told:
    """Somebody who is told of a slip."""

    person_id: int
    name: str
    called: str | None
    address: str

    @property
    def first_name(self) -> str:
        return self.called or self.name.split(" ")[0]


def open_slip_of(person_id: int) -> Slip | None:
    """The slip that would let this person in just now."""
    query = select(Slip).where(Slip.person_id == person_id, *is_open())
    return db.session.execute(query.order_by(Slip.id.desc())).scalars().first()


def is_open() -> tuple[ColumnElement[bool], ...]:
    return Slip.used_at.is_(None), Slip.ended_at.is_(None), Slip.expires_at > clock.now()


def has_power(person_id: int) -> bool:
    """Whether she administers the portal or coordinates any network."""
    coordinates = exists().where(
        MEMBERSHIP.c.person_id == person_id, MEMBERSHIP.c.role == "coordinator", MEMBERSHIP.c.ended_at.is_(None)
    )
    query = select(or_(Person.is_administrator, coordinates)).where(Person.id == person_id)
    return bool(db.session.execute(query).scalar())


def may_give_slip(maker_id: int, person_id: int) -> bool:
    """Whether the maker may make a slip for her as things stand now. Asked when it is made and again when it is used.

    Never for herself. For people of a network that the maker coordinates, and for anybody by an administrator; for
    somebody with power only by an administrator: a slip lets its maker pass for another, and must not raise what she
    may do. Somebody whom the maker merely noted down is not enough: she would come in where nobody knows her.
    """
    if maker_id == person_id:
        return False
    maker = db.session.get(Person, maker_id)
    if maker is None or maker.admitted_at is None or maker.erased_at:
        return False
    there = (Person.id == person_id, Person.erased_at.is_(None), Person.merged_into.is_(None))
    if maker.is_administrator:
        return db.session.execute(select(Person.id).where(*there)).first() is not None
    query = select(Person.id).where(*there, coordinated_by(maker_id))
    return db.session.execute(query).first() is not None and not has_power(person_id)


def slips_untold(person_id: int) -> list[Any]:
    """(Slip, name of its maker) of those she has said nothing about yet, newest first."""
    query = (
        select(Slip, Person.name.label("maker"))
        .join(Person, Person.id == Slip.made_by)
        .where(Slip.person_id == person_id, Slip.known_at.is_(None), Slip.denied_at.is_(None))
    )
    return list(db.session.execute(query.order_by(Slip.made_at.desc())))


def slip_behind(session_id: int) -> int | None:
    """The slip that a sign-in goes back to, until she herself says that it was all right (one query)."""
    query = select(Slip.id).join(SlipSession, SlipSession.slip_id == Slip.id)
    return db.session.execute(query.where(SlipSession.session_id == session_id, is_unknown())).scalar()


def stays_apart(session_id: int, person_id: int) -> bool:
    """Whether a sign-in goes back to a slip and could be its maker's (one query).

    For a week in any case. After it as long as she could come in by means of her own (an address that she proved and
    that works, a passkey that goes back to no slip) and say so: a maker who waits is let into nothing by waiting.
    """
    could_say_so = or_(
        exists().where(
            EmailAddress.person_id == person_id,
            EmailAddress.verified_at.is_not(None),
            EmailAddress.bounced_at.is_(None),
        ),
        exists().where(
            Passkey.person_id == person_id, Passkey.made_for == person_id, Passkey.slip_id.is_(None)
        ),
    )  # fmt: skip
    query = select(Slip.id).join(SlipSession, SlipSession.slip_id == Slip.id)
    is_new = Slip.used_at > clock.now() - APART
    where = (SlipSession.session_id == session_id, is_unknown(), or_(is_new, could_say_so))
    return db.session.execute(query.where(*where).limit(1)).first() is not None


def is_unknown() -> ColumnElement[bool]:
    """She has not said that it was all right."""
    return Slip.known_at.is_(None)


def her_addresses(person: Person) -> list[Told]:
    """Every address that is hers: a slip is made just because one of them may be deaf."""
    query = select(EmailAddress.address).where(
        EmailAddress.person_id == person.id, or_(EmailAddress.is_primary, EmailAddress.verified_at.is_not(None))
    )
    found = db.session.execute(query.order_by(EmailAddress.id)).scalars()
    return [Told(person.id, person.name, person.called, address) for address in found]


def coordinators_beside(person_id: int, but: int) -> list[Told]:
    """The coordinators of every network of hers, except two: herself and the maker."""
    theirs = MEMBERSHIP.alias("theirs")
    beside = exists().where(
        theirs.c.person_id == Person.id,
        theirs.c.role == "coordinator",
        theirs.c.ended_at.is_(None),
        MEMBERSHIP.c.network_id == theirs.c.network_id,
        MEMBERSHIP.c.person_id == person_id,
        MEMBERSHIP.c.ended_at.is_(None),
    )
    return _told(_reachable(person_id, but).where(beside))


def administrators(person_id: int, but: int) -> list[Told]:
    """The administrators, except those two."""
    return _told(_reachable(person_id, but).where(Person.is_administrator))


def _reachable(person_id: int, but: int) -> Select[int, str, str | None, str]:
    return (
        select(Person.id, Person.name, Person.called, EmailAddress.address)
        .join(EmailAddress, (EmailAddress.person_id == Person.id) & EmailAddress.is_primary)
        .where(Person.id.not_in([person_id, but]), Person.admitted_at.is_not(None), Person.erased_at.is_(None))
    )


def _told(query: Select[int, str, str | None, str]) -> list[Told]:
    return [Told(*row) for row in db.session.execute(query.order_by(Person.id))]
