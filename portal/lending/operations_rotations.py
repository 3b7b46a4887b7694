"""A rotation is planned, its turns are moved, what is left of it is cancelled: all of it at once, or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal import history
from portal.db import db, operation
from portal.history.phrases import declare
from portal.kit.models import Kit
from portal.lending import telling
from portal.lending.fields import Asked
from portal.lending.models import Loan, LoanRotation
from portal.lending.operations_asking import approve, begin_loan
from portal.lending.operations_asking import note as note_loan
from portal.lending.queries_rotations import loans_of
from portal.lending.rotations_plan import Turn
from portal.lending.rules import clash_in
from portal.web import clock
from portal.web.errors import DomainError

declare(
    {
        "rotation.planned": _l("%(actor)s planned a rotation of “%(title)s” through %(count)s classrooms"),
        "rotation.moved": _l("%(actor)s moved turns of the rotation of “%(title)s”"),
        "rotation.cancelled": _l("%(actor)s cancelled what was left of the rotation of “%(title)s”"),
        "rotation.restored": _l("%(actor)s brought the rotation of “%(title)s” back"),
    }
)


@dataclass(frozen=True, slots=True)
class Whose:
    """A turn, and the person whose it is."""

    person_id: int
    turn: Turn


@operation
def plan_rotation(actor_id: int, network_id: int, kit_id: int, title: str, turns: Sequence[Whose], today: date) -> int:
    """Book every turn, approved at once. Returns the rotation's id; raises DomainError for the first that clashes."""
    kit = db.session.get_one(Kit, kit_id)
    if kit.retired_at or kit.deleted_at:
        raise DomainError(_("This kit is not lent just now."), "kit_id")
    rotation = LoanRotation(kit_id=kit_id, title=title, made_at=clock.now(), made_by=actor_id)
    db.session.add(rotation)
    db.session.flush()
    for one in turns:
        asked = Asked(one.turn.starts_on, one.turn.ends_on, title)
        loan = begin_loan(actor_id, one.person_id, network_id, kit, asked)
        loan.rotation_id = rotation.id
        approve(actor_id, loan, kit, today)
        telling.approved(loan, kit)
    _note(actor_id, "planned", rotation, kit, count=len(turns))
    return rotation.id


@operation
def move_turns(actor_id: int, rotation_id: int, windows: Mapping[int, Turn], today: date) -> bool:
    """Give turns other days, by the ids of their loans. Raises DomainError for a clash, and for one that is out or over."""
    rotation = db.session.get_one(LoanRotation, rotation_id, populate_existing=True)
    kit = db.session.get_one(Kit, rotation.kit_id)
    moved = [loan for loan in loans_of(rotation_id) if loan.id in windows and _differs(loan, windows[loan.id])]
    for loan in moved:
        if not is_left(loan):
            raise DomainError(_("One of these turns is out or over meanwhile. Look at the rotation once more."))
        turn = windows[loan.id]
        loan.starts_on, loan.ends_on = turn.starts_on, turn.ends_on
        loan.held_until = turn.ends_on + timedelta(days=kit.turn_round_days)
    db.session.flush()
    for loan in moved:
        _refuse_clash(kit, loan, today)
    for loan in moved:
        note_loan(actor_id, "loan.moved", loan, kit)
        telling.moved(loan, kit)
    if moved:
        _note(actor_id, "moved", rotation, kit)
    return True


@operation
def cancel_rest(actor_id: int, rotation_id: int) -> int:
    """Cancel every turn that is not out yet. Returns how many."""
    rotation = db.session.get_one(LoanRotation, rotation_id, populate_existing=True)
    kit = db.session.get_one(Kit, rotation.kit_id)
    left = [loan for loan in loans_of(rotation_id) if is_left(loan)]
    if rotation.cancelled_at or not left:
        return 0
    rotation.cancelled_at = clock.now()
    for loan in left:
        loan.cancelled_at = loan.ended_at = rotation.cancelled_at
        loan.cancelled_by = actor_id
        note_loan(actor_id, "loan.cancelled", loan, kit)
        telling.cancelled(loan, kit)
    _note(actor_id, "cancelled", rotation, kit)
    return len(left)


@operation
def restore_rest(actor_id: int, rotation_id: int, today: date) -> bool:
    """Undo of cancelling the rest. Raises DomainError where somebody else has the kit meanwhile."""
    rotation = db.session.get_one(LoanRotation, rotation_id, populate_existing=True)
    if rotation.cancelled_at is None:
        return True
    kit = db.session.get_one(Kit, rotation.kit_id)
    back = [loan for loan in loans_of(rotation_id) if loan.cancelled_at == rotation.cancelled_at]
    for loan in back:
        loan.cancelled_at = loan.cancelled_by = loan.ended_at = None
    db.session.flush()
    for loan in back:
        _refuse_clash(kit, loan, today)
        note_loan(actor_id, "loan.restored", loan, kit)
        telling.restored(loan, kit, actor_id)
    rotation.cancelled_at = None
    _note(actor_id, "restored", rotation, kit)
    return True


def is_left(loan: Loan) -> bool:
    """A turn that nobody has collected yet and that still stands."""
    return loan.out_at is None and loan.ended_at is None


def _differs(loan: Loan, turn: Turn) -> bool:
    return (loan.starts_on, loan.ends_on) != (turn.starts_on, turn.ends_on)


def _refuse_clash(kit: Kit, loan: Loan, today: date) -> None:
    if sentence := clash_in(kit, loan.starts_on, loan.ends_on, today, but=loan.id):
        raise DomainError(sentence, "first_day")


def _note(actor_id: int, action: str, rotation: LoanRotation, kit: Kit, **details: object) -> None:
    history.record(actor_id, f"rotation.{action}", "rotation", rotation.id, kit.network_id, title=kit.title, **details)
