"""Answering an invitation: by the link of the mail, or from one's own page when signed in."""

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from portal import history
from portal.db import db, operation
from portal.history import phrases
from portal.networks.models import Invitation, Membership, Network
from portal.networks.operations_known import admit, forget_known
from portal.networks.operations_membership import join
from portal.networks.queries_inviting import invitation_behind
from portal.networks.roles import capped, roles_given_by
from portal.people.models import Person
from portal.web import clock
from portal.web.errors import DomainError, NotHere

phrases.declare(
    {
        "network.accepted": _l("%(person)s accepted the invitation"),
        "network.declined": _l("%(person)s declined the invitation"),
    }
)


@dataclass(frozen=True)
class Accepted:
    """Who came in, where, and whether it was the first time: only then does the link itself sign in."""

    person_id: int
    network_slug: str
    network_name: str
    is_new_here: bool


def why_closed(invitation: Invitation) -> str | None:
    """Why an invitation can't be answered any more, kindly; None when it can."""
    if invitation.accepted_at:
        return _("This invitation has been accepted. Sign in with your address and you are there.")
    if invitation.declined_at:
        return _("This invitation was declined. Ask the coordinator for a new one if you changed your mind.")
    if invitation.withdrawn_at:
        return _("This invitation was taken back. Ask the coordinator who sent it.")
    if invitation.expires_at <= clock.now():
        return _("This invitation waited more than sixty days. Ask the coordinator to send it once more.")
    return None


@operation
def accept_by_link(token_hash: str) -> Accepted:
    """Accept with the link of the mail, which proves the address. Raises DomainError when it is too late."""
    invitation = _answerable(invitation_behind(token_hash))
    return _accept(invitation, invitation.address)


@operation
def accept_as(person_id: int, invitation_id: int) -> Accepted:
    """Accept while signed in. Raises NotHere for somebody else's invitation."""
    return _accept(_answerable(_mine(person_id, invitation_id)))


@operation
def decline_by_link(token_hash: str) -> bool:
    """No, thank you. The address stays known to whoever added it: False, nobody was forgotten."""
    _decline(_answerable(invitation_behind(token_hash)))
    return False


@operation
def decline_as(person_id: int, invitation_id: int) -> None:
    """Decline while signed in."""
    _decline(_answerable(_mine(person_id, invitation_id)))


@operation
def forget_by_link(token_hash: str) -> bool:
    """ "That is not me" or "forget me": declined, and whoever never came in is forgotten. True when it was."""
    invitation = _answerable(invitation_behind(token_hash))
    _decline(invitation)
    person = db.session.get_one(Person, invitation.person_id)
    forget_known(person)
    return person.erased_at is not None


def _accept(invitation: Invitation, proved: str | None = None) -> Accepted:
    network = db.session.get_one(Network, invitation.network_id)
    if network.closed_at:
        raise DomainError(_("%(network)s has closed since this was sent.", network=network.name))
    person = db.session.get_one(Person, invitation.person_id)
    is_new_here = person.admitted_at is None
    # Of somebody who came in before, the link proves nothing: an address that others put on her record (a list, a merge,
    # and an invitation to it) would open her door to whoever reads mail there.
    admit(person, proved if is_new_here else None)
    role = capped(invitation.role, _inviter_gives(invitation))
    invitation.accepted_at = clock.now()
    _tell(invitation, "network.accepted")
    present = db.session.execute(
        select(Membership.role).where(
            Membership.network_id == network.id,
            Membership.person_id == person.id,
            Membership.ended_at.is_(None),
        )
    ).scalar_one_or_none()
    # A plain invitation never takes a role away that somebody has been given meanwhile.
    if present is None or role != "member":
        join(network.id, person.id, role, "invited", invitation.invited_by)
    return Accepted(person.id, network.slug, network.name, is_new_here)


def _decline(invitation: Invitation) -> None:
    invitation.declined_at = clock.now()
    _tell(invitation, "network.declined")


def _answerable(invitation: Invitation | None) -> Invitation:
    if invitation is None:
        raise NotHere
    reason = why_closed(invitation)
    if reason:
        raise DomainError(reason)
    return invitation


def _mine(person_id: int, invitation_id: int) -> Invitation:
    invitation = db.session.get(Invitation, invitation_id)
    if invitation is None or invitation.person_id != person_id:
        raise NotHere
    return invitation


def _inviter_gives(invitation: Invitation) -> tuple[str, ...]:
    """What the inviter may give today: an invitation must not outlive her right to send it."""
    row = db.session.execute(
        select(Membership.role, Person.is_administrator)
        .select_from(Person)
        .outerjoin(
            Membership,
            (Membership.person_id == Person.id)
            & (Membership.network_id == invitation.network_id)
            & Membership.ended_at.is_(None),
        )
        .where(Person.id == invitation.invited_by)
    ).first()
    return roles_given_by(row[0], row[1]) if row else ()


def _tell(invitation: Invitation, action: str) -> None:
    person_id, network_id = invitation.person_id, invitation.network_id
    history.record(person_id, action, "network", network_id, network_id=network_id, person_id=person_id)
