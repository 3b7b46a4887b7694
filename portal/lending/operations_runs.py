"""A delivery run is set for a day, boxes go along, it is called off. What it carried waits for another one then."""

from collections.abc import Collection

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from portal import history
from portal.db import db, operation
from portal.history.phrases import declare
from portal.kit.models import Kit
from portal.lending.fields import RunFields
from portal.lending.models import DeliveryRun, Loan
from portal.people.models import Person
from portal.web import clock, dates
from portal.web.errors import Conflict, DomainError

declare(
    {
        "run.planned": _l("%(actor)s planned a delivery run for %(day)s"),
        "run.changed": _l("%(actor)s changed the delivery run of %(day)s"),
        "run.loaded": _l("%(actor)s chose what goes along on %(day)s: %(out)s out, %(back)s back"),
        "run.cancelled": _l("%(actor)s called off the delivery run of %(day)s"),
        "run.restored": _l("%(actor)s brought the delivery run of %(day)s back"),
    }
)


@operation
def plan_run(actor_id: int, network_id: int, said: RunFields) -> int:
    """A day on which somebody drives. Returns the run's id."""
    run = DeliveryRun(network_id=network_id, made_at=clock.now(), made_by=actor_id, on_day=said.on_day)
    _write(run, said)
    db.session.add(run)
    db.session.flush()
    _note(actor_id, "planned", run)
    return run.id


@operation
def change_run(actor_id: int, run_id: int, seen: int, said: RunFields) -> bool:
    """Another day, driver or note. ``seen`` is the row version that was shown; raises Conflict if it is older."""
    run = db.session.get_one(DeliveryRun, run_id, populate_existing=True)
    if run.row_version != seen and (theirs := _differences(run, said)):
        raise Conflict(theirs)
    _write(run, said)
    _note(actor_id, "changed", run)
    return True


@operation
def load_run(actor_id: int, run_id: int, out: Collection[int], back: Collection[int]) -> bool:
    """Exactly these loans go out and come back with it. Others that were on it are taken off, unless they moved already.

    Raises DomainError once the run is called off. Loans of other networks' kits are left alone.
    """
    run = db.session.get_one(DeliveryRun, run_id, populate_existing=True)
    if run.cancelled_at:
        raise DomainError(_("This run was called off. Bring it back first."))
    loans = select(Loan).join(Kit, Kit.id == Loan.kit_id).where(Kit.network_id == run.network_id)
    wanted = Loan.id.in_([*out, *back])
    on_it = (Loan.out_run_id == run.id) | (Loan.back_run_id == run.id)
    for loan in db.session.execute(loans.where(on_it | wanted, Loan.ended_at.is_(None))).scalars():
        if not loan.out_at:
            loan.out_run_id = _changed(loan.out_run_id, run.id, loan.id in out)
        if not loan.returned_at:
            loan.back_run_id = _changed(loan.back_run_id, run.id, loan.id in back)
    _note(actor_id, "loaded", run, out=len(out), back=len(back))
    return True


@operation
def put_on_run(actor_id: int, run_id: int, loan_id: int) -> bool:
    """One box more goes out with it. Nothing happens where the run was called off or the box has left meanwhile."""
    run = db.session.get_one(DeliveryRun, run_id, populate_existing=True)
    loan = db.session.get_one(Loan, loan_id, populate_existing=True)
    if run.cancelled_at or loan.out_at or loan.ended_at:
        return False
    loan.out_run_id = run.id
    _note(actor_id, "loaded", run, out=1, back=0)
    return True


@operation
def cancel_run(actor_id: int, run_id: int) -> bool:
    run = db.session.get_one(DeliveryRun, run_id, populate_existing=True)
    if not run.cancelled_at:
        run.cancelled_at = clock.now()
        _note(actor_id, "cancelled", run)
    return True


@operation
def restore_run(actor_id: int, run_id: int) -> bool:
    """Undo of calling it off: what was to go along still is."""
    run = db.session.get_one(DeliveryRun, run_id, populate_existing=True)
    if run.cancelled_at:
        run.cancelled_at = None
        _note(actor_id, "restored", run)
    return True


def _changed(now: int | None, run_id: int, wanted: bool) -> int | None:
    if wanted:
        return run_id
    return None if now == run_id else now


def _write(run: DeliveryRun, said: RunFields) -> None:
    run.on_day, run.title, run.note, run.driver_id = said.on_day, said.title, said.note, said.driver_id


def _differences(run: DeliveryRun, said: RunFields) -> dict[str, str]:
    """What stands there now, where it is not what was said, in words."""
    driver = db.session.get(Person, run.driver_id) if run.driver_id else None
    theirs = {
        "on_day": (run.on_day, dates.day(run.on_day)),
        "title": (run.title, run.title),
        "note": (run.note, run.note),
        "driver_id": (run.driver_id, driver.name if driver else ""),
    }
    return {name: words for name, (value, words) in theirs.items() if value != getattr(said, name)}


def _note(actor_id: int, action: str, run: DeliveryRun, **details: object) -> None:
    history.record(
        actor_id, f"run.{action}", "delivery_run", run.id, run.network_id, day=dates.day(run.on_day), **details
    )
