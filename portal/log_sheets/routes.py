"""The doors of paper: a sheet to print for a pair and a month, and one screen to type it back."""

from collections.abc import Mapping
from datetime import date

from flask import current_app, request, url_for
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.activities.meetings import MODES
from portal.log_sheets.blueprints import log_sheets
from portal.log_sheets.forms import SheetForm, month_asked
from portal.log_sheets.operations import log_sheet
from portal.log_sheets.paper import sheet_values
from portal.log_sheets.queries import numbered_activities, talks_by_day
from portal.mentoring import policy, queries
from portal.mentoring.models import Pairing
from portal.mentoring.routes import the_pair
from portal.mentoring.talks import Talk
from portal.mentoring.words import KINDS_SHORT
from portal.networks.scope import here
from portal.web import clock, papers
from portal.web.access import me
from portal.web.errors import NotYours
from portal.web.hypermedia import done, page
from portal.web.links import absolute


@log_sheets.get("/pairs/<int:pairing_id>/sheet.pdf")
def pdf(pairing_id: int) -> AnyResponse:
    pairing, month = _my_pair(pairing_id), month_asked(request.args.get("month", ""), _today())
    names = queries.names_of(pairing)
    address = absolute("log_sheets.sheet", network=here().network.slug, pairing_id=pairing.id, month=f"{month:%Y-%m}")
    values = sheet_values(
        month, names[pairing.mentor_id], names[pairing.mentee_id], here().network.name, address, numbered_activities()
    )
    content = papers.pdf("mentoring_sheet", values["title"], str(get_locale() or "en"), values)
    return papers.as_download(content, f"mentoring-{pairing.id}-{month:%Y-%m}.pdf")


@log_sheets.get("/pairs/<int:pairing_id>/sheet")
def sheet(pairing_id: int) -> AnyResponse:
    pairing = _my_pair(pairing_id)
    month = month_asked(request.args.get("month", ""), _today())
    return _sheet_page(SheetForm(_today(), numbered_activities(), month), pairing)


@log_sheets.post("/pairs/<int:pairing_id>/sheet")
def key_back(pairing_id: int) -> AnyResponse:
    pairing, zone = _my_pair(pairing_id), here().network.time_zone
    form = SheetForm(_today(), numbered_activities())
    accepted = form.accepted()
    there = talks_by_day(pairing.id, form.of_month, zone) if accepted else {}
    talks = form.read(request.form, there, zone)
    if accepted and talks is not None:
        key = current_app.config["SETTINGS"].key("mentoring")
        written = form.attempt(log_sheet, pairing, me().person_id, talks, key, zone)
        if written is not None:
            other = queries.names_of(pairing)[policy.other_of(me().person_id, pairing)]
            return done(
                url_for("mentoring.pair", pairing_id=pairing.id),
                _said(written, _asked_about(talks), form.skipped, other),
            )
    return _sheet_page(form, pairing, status=422)


def _sheet_page(form: SheetForm, pairing: Pairing, status: int | None = None) -> AnyResponse:
    names = queries.names_of(pairing)
    return page(
        "log_sheets/sheet.html", status=status, form=form, pairing=pairing, names=names,
        other=names[policy.other_of(me().person_id, pairing)], words=numbered_activities(), modes=MODES,
        kinds=[one for one in KINDS_SHORT if one[0] != "support" or me().person_id == pairing.mentor_id],
    )  # fmt: skip


def _asked_about(talks: Mapping[int, Talk]) -> int:
    """Nobody is asked about the mentor's own time."""
    return sum(talk.kind != "support" for talk in talks.values())


def _said(written: int, asked: int, skipped: int, other: str) -> str:
    said = ngettext("%(num)s talk is written down.", "%(num)s talks are written down.", written)
    if skipped:
        said += " " + ngettext("%(num)s stood there already.", "%(num)s stood there already.", skipped)
    return f"{said} {_('%(name)s is asked about them in one mail.', name=other)}" if asked > 1 else said


def _my_pair(pairing_id: int) -> Pairing:
    pairing = the_pair(pairing_id)
    if not policy.may_log(here().membership, pairing):
        raise NotYours
    return pairing


def _today() -> date:
    return clock.today(here().network.time_zone)
