"""A class tried a pack; a file is reported and put right."""

from datetime import date
from typing import cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Table, func, select, update

from portal import history
from portal.activities.models import Use
from portal.db import db, operation
from portal.history.phrases import declare
from portal.resources.fields import UseTold
from portal.resources.models import Pack, PackReport
from portal.resources.operations import network_of
from portal.resources.queries_uses import SUBJECT, main_organisation
from portal.web import clock
from portal.web.errors import DomainError
from portal.web.limits import too_many

REPORTS, WINDOW = 5, 60

declare(
    {
        "pack.used": _l("%(actor)s used “%(title)s” in class"),
        "pack.use_withdrawn": _l("%(actor)s took back a use of “%(title)s”"),
        "pack.use_restored": _l("%(actor)s counted a use of “%(title)s” again"),
        "pack.reported": _l("%(actor)s said that something is wrong with “%(title)s”"),
        "pack.reported_outside": _l("Somebody who read “%(title)s” said that something is wrong with it"),
        "pack.report_settled": _l("%(actor)s put right what was reported of “%(title)s”"),
    }
)


@operation
def record_use(actor_id: int, network_id: int, pack_id: int, told: UseTold, today: date) -> int:
    """Count a use of the pack, with the organisation where she works now; returns its id.

    Raises DomainError for a draft and for a day that is still to come.
    """
    pack = db.session.get_one(Pack, pack_id)
    if not pack.shared_at:
        raise DomainError(_("Only shared packs are counted. Share it first."))
    if told.used_on > today:
        raise DomainError(_("This day is still to come. Tell us when it has been."), "used_on")
    use = Use(
        network_id=network_id,
        subject_kind=SUBJECT,
        subject_id=pack_id,
        person_id=actor_id,
        organisation_id=main_organisation(actor_id),
        recorded_at=clock.now(),
        **told.said,
    )
    db.session.add(use)
    db.session.flush()
    _recount(pack_id)
    history.record(actor_id, "pack.used", "pack", pack_id, network_id, title=pack.title)
    return use.id


@operation
def withdraw_use(actor_id: int, pack_id: int, use_id: int) -> bool:
    """It no longer counts and is no longer shown; it can be counted again."""
    return _withdraw(actor_id, pack_id, use_id, withdrawn=True)


@operation
def restore_use(actor_id: int, pack_id: int, use_id: int) -> bool:
    return _withdraw(actor_id, pack_id, use_id, withdrawn=False)


def _withdraw(actor_id: int, pack_id: int, use_id: int, withdrawn: bool) -> bool:
    pack, use = db.session.get_one(Pack, pack_id), db.session.get_one(Use, use_id)
    if (use.withdrawn_at is not None) != withdrawn:
        use.withdrawn_at = clock.now() if withdrawn else None
        db.session.flush()
        _recount(pack_id)
        action = "pack.use_withdrawn" if withdrawn else "pack.use_restored"
        history.record(actor_id, action, "pack", pack_id, use.network_id, title=pack.title)
    return True


def _recount(pack_id: int) -> None:
    """The stored number of classes, past the row version: nobody who edits the pack is disturbed by a use."""
    stand = (Use.subject_kind == SUBJECT, Use.subject_id == pack_id, Use.withdrawn_at.is_(None))
    classes = select(func.coalesce(func.sum(Use.classes), 0)).where(*stand).scalar_subquery()
    packs = cast("Table", Pack.__table__)
    db.session.execute(update(packs).where(packs.c.id == pack_id).values(uses_count=classes))


@operation
def report_pack(actor_id: int | None, pack_id: int, item_id: int | None, text: str, client: str) -> int:
    """Tell its owner and the coordinators that something is wrong; strangers may too. Returns the report's id.

    Raises DomainError for more than five from one place in an hour.
    """
    if too_many("pack-report", client, REPORTS, WINDOW):
        raise DomainError(_("That was a lot in one hour. Come back a little later."))
    pack = db.session.get_one(Pack, pack_id)
    report = PackReport(pack_id=pack_id, item_id=item_id, text=text, reported_by=actor_id, reported_at=clock.now())
    db.session.add(report)
    action = "pack.reported" if actor_id else "pack.reported_outside"
    history.record(actor_id, action, "pack", pack_id, network_of(pack), title=pack.title)
    db.session.flush()
    return report.id


@operation
def settle_report(actor_id: int, pack_id: int, report_id: int) -> bool:
    """It has been looked at and put right, or needs nothing."""
    pack, report = db.session.get_one(Pack, pack_id), db.session.get_one(PackReport, report_id)
    if report.pack_id == pack.id and report.settled_at is None:
        report.settled_at, report.settled_by = clock.now(), actor_id
        history.record(actor_id, "pack.report_settled", "pack", pack_id, network_of(pack), title=pack.title)
    return True
