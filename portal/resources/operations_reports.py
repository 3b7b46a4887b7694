"""Something is wrong with a pack: said by anyone, told to those who can put it right, settled with what was done."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal import history
from portal.db import db, operation
from portal.history.phrases import declare
from portal.resources.letters import tell_of_answer, tell_of_report
from portal.resources.models import Pack, PackItem, PackReport
from portal.resources.operations import network_of
from portal.web import clock
from portal.web.errors import DomainError
from portal.web.limits import too_many

REPORTS, WINDOW = 5, 60

declare(
    {
        "pack.reported": _l("%(actor)s said that something is wrong with “%(title)s”"),
        "pack.reported_outside": _l("Somebody who read “%(title)s” said that something is wrong with it"),
        "pack.report_settled": _l("%(actor)s looked at what was reported of “%(title)s”"),
    }
)


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
    db.session.flush()
    action = "pack.reported" if actor_id else "pack.reported_outside"
    history.record(actor_id, action, "pack", pack_id, network_of(pack), title=pack.title)
    item = db.session.get(PackItem, item_id) if item_id else None
    tell_of_report(pack, report, item.title if item else "")
    return report.id


@operation
def settle_report(actor_id: int, pack_id: int, report_id: int, answer: str) -> bool:
    """It has been looked at: put right, or it needs nothing. Who said it is told what was done; a second time is once."""
    pack, report = db.session.get_one(Pack, pack_id), db.session.get_one(PackReport, report_id)
    if report.pack_id == pack.id and report.settled_at is None:
        report.settled_at, report.settled_by, report.answer = clock.now(), actor_id, answer
        history.record(actor_id, "pack.report_settled", "pack", pack_id, network_of(pack), title=pack.title)
        tell_of_answer(pack, report)
    return True
