"""Coming in, changing part, pausing, leaving: each role is a row with its dates, and each act a line of history."""

from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from portal import history
from portal.db import db, operation
from portal.history import phrases
from portal.history.queries import last_action
from portal.networks.models import ROLES, Membership
from portal.networks.queries_members import current_membership, other_coordinators
from portal.web import clock
from portal.web.errors import DomainError, NotHere

UNDO_FOR = timedelta(days=7)

phrases.declare(
    {
        "network.joined": _l("%(person)s joined the network"),
        "network.became_coordinator": _l("%(actor)s made %(person)s a coordinator"),
        "network.became_member": _l("%(actor)s made %(person)s a member"),
        "network.became_mentor": _l("%(actor)s made %(person)s a mentor"),
        "network.became_observer": _l("%(actor)s made %(person)s an observer"),
        "network.stepped_down": _l("%(actor)s stepped down as a coordinator"),
        "network.paused": _l("%(actor)s is away for a while"),
        "network.came_back": _l("%(actor)s came back"),
        "network.left": _l("%(actor)s left the network"),
        "network.removed": _l("%(actor)s took %(person)s off the list of members"),
        "network.put_back": _l("%(actor)s put %(person)s back on the list of members"),
    }
)


@operation
def join(network_id: int, person_id: int, role: str, how: str, by: int | None) -> Membership:
    """Make a person a member in that role. One who is a member already gets the role if it differs."""
    now_there = current_membership(network_id, person_id)
    if now_there is not None:
        return now_there if now_there.role == role else _start_over(now_there, role, how, by)
    membership = _start(network_id, person_id, role, how)
    _tell(network_id, by or person_id, "network.joined", person_id)
    if role != "member":
        _tell(network_id, by or person_id, f"network.became_{role}", person_id)
    return membership


@operation
def change_role(network_id: int, person_id: int, role: str, by: int) -> Membership:
    """End the present role and start another. Raises DomainError for the last coordinator, NotHere for a stranger."""
    membership = _membership(network_id, person_id)
    if role not in ROLES:
        raise DomainError(_("Choose one of the roles."), "role")
    if membership.role == role:
        return membership
    if membership.role == "coordinator":
        _need_successor(network_id, person_id)
    return _start_over(membership, role, membership.how, by)


@operation
def pause(network_id: int, person_id: int) -> None:
    """Away for a while: still a member, not written to, not counted as silent."""
    membership = _membership(network_id, person_id)
    if membership.paused_at is None:
        membership.paused_at = clock.now()
        _tell(network_id, person_id, "network.paused", person_id)


@operation
def come_back(network_id: int, person_id: int) -> None:
    """Back from a pause."""
    membership = _membership(network_id, person_id)
    if membership.paused_at is not None:
        membership.paused_at = None
        _tell(network_id, person_id, "network.came_back", person_id)


@operation
def leave(network_id: int, person_id: int) -> None:
    """A member goes. Raises DomainError for the last coordinator."""
    membership = _membership(network_id, person_id)
    if membership.role == "coordinator":
        _need_successor(network_id, person_id)
    membership.ended_at = clock.now()
    _tell(network_id, person_id, "network.left", person_id)


@operation
def remove_member(network_id: int, person_id: int, by: int) -> int:
    """Take somebody off the list; returns the id of the ended membership, by which it can be put back for a week."""
    membership = _membership(network_id, person_id)
    if membership.role == "coordinator":
        _need_successor(network_id, person_id)
    membership.ended_at = clock.now()
    _tell(network_id, by, "network.removed", person_id)
    return membership.id


@operation
def put_back(network_id: int, membership_id: int, by: int) -> int:
    """Undo a removal of the last week: the same row goes on as if nothing had been. Returns the person's id.

    Raises NotHere for a membership that ended otherwise: who left by herself comes back by herself.
    """
    membership = db.session.get(Membership, membership_id)
    if membership is None or membership.network_id != network_id or not _was_removed(membership):
        raise NotHere
    if current_membership(network_id, membership.person_id):
        raise DomainError(_("This person is a member again already."))
    membership.ended_at = None
    _tell(network_id, by, "network.put_back", membership.person_id)
    return membership.person_id


def _was_removed(membership: Membership) -> bool:
    """Whether it is the newest of that person, and a coordinator ended it in the last seven days."""
    if membership.ended_at is None or membership.ended_at < clock.now() - UNDO_FOR:
        return False
    later = (
        Membership.network_id == membership.network_id,
        Membership.person_id == membership.person_id,
        Membership.id > membership.id,
    )
    if db.session.execute(select(Membership.id).where(*later, Membership.ended_at.is_not(None)).limit(1)).first():
        return False
    ways = ("network.left", "network.removed")
    return last_action(ways, "network", membership.network_id, membership.person_id) == "network.removed"


def _membership(network_id: int, person_id: int) -> Membership:
    membership = current_membership(network_id, person_id)
    if membership is None:
        raise NotHere
    return membership


def _start_over(membership: Membership, role: str, how: str, by: int | None) -> Membership:
    membership.ended_at = clock.now()
    db.session.flush()
    person_id, network_id = membership.person_id, membership.network_id
    action = "stepped_down" if by == person_id and membership.role == "coordinator" else f"became_{role}"
    _tell(network_id, by or person_id, f"network.{action}", person_id)
    return _start(network_id, person_id, role, how)


def _start(network_id: int, person_id: int, role: str, how: str) -> Membership:
    membership = Membership(network_id=network_id, person_id=person_id, role=role, how=how, started_at=clock.now())
    db.session.add(membership)
    db.session.flush()
    return membership


def _need_successor(network_id: int, person_id: int) -> None:
    if not other_coordinators(network_id, person_id):
        raise DomainError(
            _("A network needs a coordinator, and there is no other. Make somebody else a coordinator first.")
        )


def _tell(network_id: int, actor_id: int, action: str, person_id: int) -> None:
    history.record(actor_id, action, "network", network_id, network_id=network_id, person_id=person_id)
