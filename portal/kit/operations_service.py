"""Days on which a kit can't be lent, and who knows how to handle it."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.db import db, operation
from portal.history.phrases import declare
from portal.kit.models import Kit, KitOutOfService, KitTrained, KitTraining
from portal.kit.operations import note
from portal.web import clock
from portal.web.errors import DomainError

declare(
    {
        "kit.out_of_service": _l("%(actor)s took “%(title)s” out of service from %(start)s"),
        "kit.in_service": _l("%(actor)s said when “%(title)s” can be lent again: after %(end)s"),
        "kit.service_cancelled": _l("%(actor)s took back that “%(title)s” is out of service"),
        "kit.service_restored": _l("%(actor)s noted again that “%(title)s” is out of service"),
        "kit.training_added": _l("%(actor)s said that “%(event)s” trains for “%(title)s”"),
        "kit.training_removed": _l("%(actor)s said that “%(event)s” no longer trains for “%(title)s”"),
        "kit.trained": _l("%(actor)s noted that %(person)s knows “%(title)s” already"),
        "kit.not_trained": _l("%(actor)s took back that %(person)s knows “%(title)s”"),
    }
)


@operation
def take_out_of_service(actor_id: int, kit_id: int, starts_on: date, ends_on: date | None, why: str) -> int:
    """Not lent on these days, both included; without an end until somebody says so. Returns its id."""
    kit = _kit(kit_id)
    if ends_on and ends_on < starts_on:
        raise DomainError(_("The last day is before the first."), "ends_on")
    spell = KitOutOfService(
        kit_id=kit.id, starts_on=starts_on, ends_on=ends_on, why=why, noted_by=actor_id, noted_at=clock.now()
    )
    db.session.add(spell)
    note(actor_id, "kit.out_of_service", kit, start=starts_on.isoformat())
    db.session.flush()
    return spell.id


@operation
def end_service(actor_id: int, kit_id: int, spell_id: int, ends_on: date) -> bool:
    """Until when it was, or will be, out of service. A day before its first ends it on the first."""
    kit, spell = _both(kit_id, spell_id)
    spell.ends_on = max(ends_on, spell.starts_on)
    note(actor_id, "kit.in_service", kit, end=spell.ends_on.isoformat())
    return True


@operation
def cancel_service(actor_id: int, kit_id: int, spell_id: int) -> bool:
    """It was noted by mistake, or is not needed after all."""
    kit, spell = _both(kit_id, spell_id)
    if not spell.cancelled_at:
        spell.cancelled_at = clock.now()
        note(actor_id, "kit.service_cancelled", kit)
    return True


@operation
def restore_service(actor_id: int, kit_id: int, spell_id: int) -> bool:
    """Undo of taking it back."""
    kit, spell = _both(kit_id, spell_id)
    if spell.cancelled_at:
        spell.cancelled_at = None
        note(actor_id, "kit.service_restored", kit)
    return True


@operation
def add_training(actor_id: int, kit_id: int, event_id: int, event_title: str) -> bool:
    """Whoever was at this event may borrow it; with none at all nobody has to be trained."""
    if db.session.get(KitTraining, (kit_id, event_id)) is None:
        db.session.add(KitTraining(kit_id=kit_id, event_id=event_id))
        note(actor_id, "kit.training_added", _kit(kit_id), event=event_title)
    return True


@operation
def remove_training(actor_id: int, kit_id: int, event_id: int, event_title: str) -> bool:
    training = db.session.get(KitTraining, (kit_id, event_id))
    if training is not None:
        db.session.delete(training)
        note(actor_id, "kit.training_removed", _kit(kit_id), event=event_title)
    return True


@operation
def note_trained(actor_id: int, kit_id: int, person_id: int, why: str) -> bool:
    """She knows it from elsewhere. Said again, the reason is replaced."""
    known = db.session.get(KitTrained, (kit_id, person_id))
    if known is None:
        known = KitTrained(kit_id=kit_id, person_id=person_id)
        db.session.add(known)
    known.why, known.noted_by, known.noted_at = why, actor_id, clock.now()
    note(actor_id, "kit.trained", _kit(kit_id), person_id=person_id)
    return True


@operation
def forget_trained(actor_id: int, kit_id: int, person_id: int) -> str:
    """Take that back; returns the reason that stood there, for undoing it."""
    known = db.session.get(KitTrained, (kit_id, person_id))
    if known is None:
        return ""
    why = known.why
    db.session.delete(known)
    note(actor_id, "kit.not_trained", _kit(kit_id), person_id=person_id)
    return why


def _kit(kit_id: int) -> Kit:
    return db.session.get_one(Kit, kit_id, populate_existing=True)


def _both(kit_id: int, spell_id: int) -> tuple[Kit, KitOutOfService]:
    spell = db.session.get_one(KitOutOfService, spell_id, populate_existing=True)
    assert spell.kit_id == kit_id
    return _kit(kit_id), spell
