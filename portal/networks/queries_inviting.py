"""Questions about invitations: what is known of the people on a pasted list, which are open, who was never asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy import exists, func, select
from sqlalchemy.orm import aliased

from portal.db import Rows, db
from portal.networks.models import Invitation, Membership, Network
from portal.networks.pasted import Pasted
from portal.people.models import EmailAddress, Person
from portal.web import clock

STANDINGS: dict[str, LazyString] = {
    "new": _l("New here"),
    "known": _l("Known to the region, not in this network yet"),
    "imported": _l("On the list since an import, not invited yet"),
    "invited": _l("Invited already, and has not answered yet"),
    "member": _l("A member already"),
    "twice": _l("Stands twice in your list"),
    "bad": _l("No address could be read in this line"),
}
INVITABLE = ("new", "known", "imported")


@dataclass(frozen=True)
class Candidate:
    """One line of a pasted list beside what is known."""

    pasted: Pasted
    standing: str
    person_id: int | None = None
    known_name: str = ""

    @property
    def is_invitable(self) -> bool:
        return self.standing in INVITABLE

    @property
    def words(self) -> LazyString:
        return STANDINGS[self.standing]


def open_invitation() -> tuple[Any, ...]:
    """The conditions under which an invitation can still be answered."""
    return (
        Invitation.accepted_at.is_(None),
        Invitation.declined_at.is_(None),
        Invitation.withdrawn_at.is_(None),
        Invitation.expires_at > clock.now(),
    )


def known_about(network_id: int, pasted: Sequence[Pasted]) -> list[Candidate]:
    """Each line with what is known of its address (three queries however long the list is)."""
    folded = {one.folded for one in pasted if one.address}
    people = {row.folded: row for row in db.session.execute(_people_at(folded))}
    ids = {row.id for row in people.values()}
    members = set(
        db.session.execute(
            select(Membership.person_id).where(
                Membership.network_id == network_id,
                Membership.ended_at.is_(None),
                Membership.person_id.in_(ids),
            )
        ).scalars()
    )
    invited = set(
        db.session.execute(
            select(Invitation.person_id).where(
                Invitation.network_id == network_id, Invitation.person_id.in_(ids), *open_invitation()
            )
        ).scalars()
    )
    found: list[Candidate] = []
    seen: set[str] = set()
    for one in pasted:
        row = people.get(one.folded) if one.address else None
        standing = "twice" if one.address and one.folded in seen else _standing(one, row, members, invited)
        found.append(Candidate(one, standing, row.id if row else None, row.name if row else ""))
        seen.add(one.folded)
    return found


def open_invitations(network_id: int) -> Rows:
    """Invitations without an answer, for a listing: to whom, by whom, since when, whether out of date."""
    inviter = aliased(Person)
    query = (
        select(
            Invitation.id,
            Invitation.address,
            Invitation.role,
            Invitation.invited_at,
            Invitation.expires_at,
            Person.name,
            inviter.name.label("inviter"),
        )
        .join(Person, Person.id == Invitation.person_id)
        .outerjoin(inviter, inviter.id == Invitation.invited_by)
        .where(
            Invitation.network_id == network_id,
            Invitation.accepted_at.is_(None),
            Invitation.declined_at.is_(None),
            Invitation.withdrawn_at.is_(None),
        )
    )
    return query


def never_invited(network_id: int) -> list[tuple[int, str, str]]:
    """Members who came by an import and were not asked yet, with an address: id, name, address."""
    rows = db.session.execute(_unasked(network_id).order_by(Person.sort_name))
    return [(row[0], row[1], row[2]) for row in rows]


def count_never_invited(network_id: int) -> int:
    """How many these are."""
    return db.session.execute(select(func.count()).select_from(_unasked(network_id).subquery())).scalar_one()


def _unasked(network_id: int) -> Rows:
    asked = exists().where(Invitation.network_id == network_id, Invitation.person_id == Person.id)
    return (
        select(Person.id, Person.name, EmailAddress.address)
        .join(Membership, Membership.person_id == Person.id)
        .join(EmailAddress, (EmailAddress.person_id == Person.id) & EmailAddress.is_primary)
        .where(
            Membership.network_id == network_id,
            Membership.ended_at.is_(None),
            Person.admitted_at.is_(None),
            Person.erased_at.is_(None),
            ~asked,
        )
    )


def invitation_behind(token_hash: str) -> Invitation | None:
    """The invitation that a mailed link belongs to, whatever became of it."""
    query = select(Invitation).where(Invitation.token_hash == token_hash)
    return db.session.execute(query).scalar_one_or_none()


def invitations_to(person_id: int) -> list[Any]:
    """Open invitations to a person who is signed in: id, role, network name, strapline, inviter."""
    inviter = aliased(Person)
    query = (
        select(Invitation.id, Invitation.role, Network.name, Network.strapline, inviter.name.label("inviter"))
        .join(Network, Network.id == Invitation.network_id)
        .outerjoin(inviter, inviter.id == Invitation.invited_by)
        .where(Invitation.person_id == person_id, *open_invitation(), Network.closed_at.is_(None))
    )
    return list(db.session.execute(query))


def _people_at(folded: set[str]) -> Rows:
    query = (
        select(EmailAddress.folded, Person.id, Person.name, Person.admitted_at)
        .join(Person, Person.id == EmailAddress.person_id)
        .where(EmailAddress.folded.in_(folded))
    )
    return query


def _standing(one: Pasted, row: Any, members: set[int], invited: set[int]) -> str:
    if not one.address:
        return "bad"
    if row is None:
        return "new"
    if row.id in members and row.admitted_at:
        return "member"
    if row.id in invited:
        return "invited"
    return "imported" if row.id in members else "known"
