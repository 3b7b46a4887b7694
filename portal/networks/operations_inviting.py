"""Asking people in: one by one, from a list, and those who were imported; taking it back, sending it once more."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from portal import history
from portal.db import db, operation
from portal.history import phrases
from portal.networks.letters_inviting import LASTS, write_invitation
from portal.networks.models import Invitation
from portal.networks.operations_known import known_person
from portal.networks.pasted import Pasted
from portal.networks.queries_inviting import Candidate, known_about, never_invited, open_invitation
from portal.networks.queries_members import current_membership
from portal.people.models import Person
from portal.web import acts, clock, limits
from portal.web.errors import DomainError, NotHere
from portal.web.links import hashed

MOST_A_DAY, DAY = 1000, 24 * 60

phrases.declare(
    {
        "network.invited": _l("%(actor)s invited %(person)s"),
        "network.invitation_withdrawn": _l("%(actor)s took back the invitation to %(person)s"),
        "network.invitation_sent_again": _l("%(actor)s sent the invitation to %(person)s once more"),
    }
)


@dataclass(frozen=True)
class Asking:
    """What is the same for everybody on a list: the network, who asks, for which role, with which words."""

    network_id: int
    by: int
    role: str = "member"
    note: str = ""


@operation
def invite(asking: Asking, name: str, address: str) -> Invitation:
    """Invite one person. Raises DomainError when she is a member already or has an open invitation."""
    _refuse_too_many(asking)
    person = known_person(name, address, "invited", asking.by)
    membership = current_membership(asking.network_id, person.id)
    if membership and person.admitted_at:
        raise DomainError(_("%(name)s is a member already.", name=person.name), "address")
    if _open_invitation_of(asking.network_id, person.id):
        raise DomainError(_("%(name)s has an open invitation.", name=person.name), "address")
    return _invite(asking, person, address)


@operation
def invite_list(asking: Asking, pasted: Iterable[Pasted]) -> int:
    """Invite everybody on the list who can be; the others are left as they are. Returns how many were asked."""
    candidates = [one for one in known_about(asking.network_id, list(pasted)) if one.is_invitable]
    for candidate in candidates:
        _refuse_too_many(asking)
        _invite(asking, _person_of(candidate, asking.by), candidate.pasted.address)
    return len(candidates)


@operation
def invite_imported(asking: Asking) -> int:
    """Invite all who are on the list since an import and were not asked yet, as far as a day's number goes.

    Returns how many there were; the others are still on the list tomorrow. Raises DomainError when today's are used up.
    """
    waiting = never_invited(asking.network_id)
    invited = 0
    for person_id, _name, address in waiting:
        if invited and limits.is_over("invite", str(asking.by), MOST_A_DAY, DAY):
            break
        _refuse_too_many(asking)
        _invite(asking, db.session.get_one(Person, person_id), address)
        invited += 1
    return invited


@operation
def withdraw(network_id: int, invitation_id: int, by: int) -> None:
    """Take an invitation back: its link then says so."""
    invitation = _open(network_id, invitation_id)
    invitation.withdrawn_at = clock.now()
    _tell(invitation, by, "network.invitation_withdrawn")


@operation
def send_again(network_id: int, invitation_id: int, by: int) -> None:
    """The same invitation with a new link and sixty new days; the link of the older mail stops working."""
    invitation = _open(network_id, invitation_id)
    asking = Asking(network_id, by, invitation.role, invitation.note)
    _refuse_too_many(asking)
    _send(invitation, asking, db.session.get_one(Person, invitation.person_id))
    _tell(invitation, by, "network.invitation_sent_again")


def _invite(asking: Asking, person: Person, address: str) -> Invitation:
    invitation = Invitation(
        network_id=asking.network_id,
        person_id=person.id,
        address=address,
        role=asking.role,
        note=asking.note,
        invited_by=asking.by,
    )
    _send(invitation, asking, person)
    _tell(invitation, asking.by, "network.invited")
    return invitation


def _send(invitation: Invitation, asking: Asking, person: Person) -> None:
    token = acts.new_token_for("invitation")
    now = clock.now()
    invitation.token_hash = hashed(token)
    invitation.invited_at, invitation.expires_at = now, now + LASTS
    db.session.add(invitation)
    db.session.flush()
    said = (invitation.role, invitation.note)
    write_invitation(asking.network_id, asking.by, person, invitation.address, said, token)


def _person_of(candidate: Candidate, by: int) -> Person:
    if candidate.person_id:
        return db.session.get_one(Person, candidate.person_id)
    return known_person(candidate.pasted.name, candidate.pasted.address, "invited", by)


def _open(network_id: int, invitation_id: int) -> Invitation:
    invitation = db.session.get(Invitation, invitation_id)
    if invitation is None or invitation.network_id != network_id or _is_over(invitation):
        raise NotHere
    return invitation


def _is_over(invitation: Invitation) -> bool:
    return any((invitation.accepted_at, invitation.declined_at, invitation.withdrawn_at))


def _open_invitation_of(network_id: int, person_id: int) -> Invitation | None:
    query = select(Invitation).where(
        Invitation.network_id == network_id, Invitation.person_id == person_id, *open_invitation()
    )
    return db.session.execute(query).scalars().first()


def _refuse_too_many(asking: Asking) -> None:
    if limits.too_many("invite", str(asking.by), MOST_A_DAY, DAY):
        raise DomainError(_("That is more than a thousand invitations in a day. Send the others tomorrow."))


def _tell(invitation: Invitation, by: int, action: str) -> None:
    network_id, person_id = invitation.network_id, invitation.person_id
    history.record(by, action, "network", network_id, network_id=network_id, person_id=person_id)
