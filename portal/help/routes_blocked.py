"""The doors of "Blocked at your school?": what to ask for there, telling us, and the list for administrators."""

from typing import Any

from flask import Response, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.help.addresses import Addresses, addresses
from portal.help.forms import WHAT, BlockedForm
from portal.help.models import BlockedReport
from portal.help.operations import report_blocked, settle
from portal.help.queries import reports
from portal.help.routes import help_pages
from portal.networks.queries import region
from portal.web.access import me, public
from portal.web.errors import NotYours
from portal.web.hypermedia import done, page
from portal.web.limits import client
from portal.web.listing import Listing, Sort, export, wanted_export
from portal.web.tables import Column


@help_pages.get("/help/blocked")
@public
def blocked() -> Response:
    return _blocked_page(BlockedForm())


@help_pages.post("/help/blocked")
@public
def tell_blocked() -> AnyResponse:
    form = BlockedForm()
    if form.accepted():
        said = (form.place.data or "", form.what.data or "", form.words.data or "")
        if form.attempt(report_blocked, *said, client()):
            words = _("Thank you. The people who run this portal see it now. You can ask at your school meanwhile.")
            return done(url_for("help.blocked"), words)
    return _blocked_page(form)


@help_pages.get("/help/mail")
@public
def mail() -> Response:
    return page("help/mail.html", addresses=_ours(), region=region())


@help_pages.get("/help/blocked/reports")
def blocked_reports() -> Response:
    _administrators_only()
    listing = Listing(reports(), _sorts())
    if kind := wanted_export():
        heads = (_("School"), _("What"), _("Words"), _("Reported"), _("Seen to"))
        return export("blocked-schools", [Column(head) for head in heads], listing.everything(), kind, _cells)
    return page("help/reports.html", listing=listing, what=WHAT)


@help_pages.post("/help/blocked/reports/<int:report_id>/settled")
def settle_report(report_id: int) -> AnyResponse:
    _administrators_only()
    settle(report_id, me().person_id, is_settled=True)
    undo = url_for("help.reopen_report", report_id=report_id)
    return done(url_for("help.blocked_reports"), _("Noted: somebody has seen to it."), undo=undo)


@help_pages.post("/help/blocked/reports/<int:report_id>/open")
def reopen_report(report_id: int) -> AnyResponse:
    _administrators_only()
    settle(report_id, me().person_id, is_settled=False)
    return done(url_for("help.blocked_reports"), _("It is on the list again."))


def _blocked_page(form: BlockedForm) -> Response:
    return page("help/blocked.html", form=form, addresses=_ours())


def _ours() -> Addresses:
    here = region()
    return addresses(here.name if here else "Staffroom")


def _administrators_only() -> None:
    if not me().is_administrator:
        raise NotYours


def _sorts() -> list[Sort]:
    is_settled = BlockedReport.settled_at.is_not(None)
    return [
        Sort("open", _("Open ones first"), (is_settled, BlockedReport.reported_at.desc(), BlockedReport.id)),
        Sort("place", _("By school"), (BlockedReport.place, BlockedReport.id)),
    ]


def _cells(row: Any) -> list[Any]:
    return [row.place, str(WHAT.get(row.what, row.what)), row.words, row.reported_at, row.settled_at]
