"""The doors for what is wrong with a pack: said by whoever sees it, looked at by its owner and the coordinators."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.resources import operations_reports as act
from portal.resources.forms_acts import ReportForm, SettleForm
from portal.resources.queries import items_of
from portal.resources.queries_reports import report_of
from portal.resources.routes import resources, the_pack
from portal.web.access import me
from portal.web.errors import NotHere
from portal.web.hypermedia import done, page
from portal.web.limits import client


@resources.get("/<int:pack_id>/reports/new")
def new_report(pack_id: int) -> Response:
    pack = the_pack(pack_id)
    return page("resources/report.html", form=ReportForm(items_of(pack_id)), pack=pack)


@resources.post("/<int:pack_id>/reports")
def report(pack_id: int) -> Response:
    pack, form = the_pack(pack_id), ReportForm(items_of(pack_id))
    if form.accepted():
        told = (pack_id, form.item.data or None, form.text.data or "", f"person {me().person_id} {client()}")
        if form.attempt(act.report_pack, me().person_id, *told):
            return done(
                url_for(".show", pack_id=pack_id),
                _("Thank you. %(name)s and the coordinators see it on the pack.", name=pack.owner_name),
            )
    return page("resources/report.html", form=form, pack=pack)


@resources.get("/<int:pack_id>/reports/<int:report_id>")
def one_report(pack_id: int, report_id: int) -> Response:
    pack, told = _both(pack_id, report_id)
    return page("resources/settlement.html", form=SettleForm(), pack=pack, report=told)


@resources.post("/<int:pack_id>/reports/<int:report_id>/settlement")
def settle_report(pack_id: int, report_id: int) -> Response:
    pack, told = _both(pack_id, report_id)
    form = SettleForm()
    if form.accepted():
        form.attempt(act.settle_report, me().person_id, pack_id, report_id, form.answer.data or "")
        return done(url_for(".show", pack_id=pack_id), _("Settled, and it has left the pack’s page."))
    return page("resources/settlement.html", form=form, pack=pack, report=told)


def _both(pack_id: int, report_id: int) -> tuple[Any, Any]:
    pack, told = the_pack(pack_id, to_edit=True), report_of(pack_id, report_id)
    if told is None:
        raise NotHere
    return pack, told
