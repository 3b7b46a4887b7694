"""Bringing a calendar in: the file, a look ahead, and what came of it. A file comes by hand; nothing is fetched."""

from io import BytesIO

from flask import Response, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.calendars.forms import BringInForm, CalendarFileForm
from portal.calendars.importing import Plan, plan_import
from portal.calendars.left_out import as_csv
from portal.calendars.operations_importing import BroughtIn, bring_in
from portal.calendars.queries_importing import network_for
from portal.events import policy, words
from portal.networks.scope import here, room_blueprint
from portal.web.access import me
from portal.web.errors import DomainError, NotHere, NotYours
from portal.web.hypermedia import done, page
from portal.web.importing_waiting import Waiting, forget, keep, waiting_of

calendar_import = room_blueprint("calendar_import", __name__, path="/events/calendar", room="events")
WHAT = "calendar"
# A page holds the write lock while it brings in; what is longer goes through the command.
MOST_ENTRIES, MOST_DATES = 2_000, 3_000
SHOWN = 40


@calendar_import.get("/")
def bring() -> Response:
    _admit()
    return page("calendars/bring.html", form=CalendarFileForm())


@calendar_import.post("/")
def take() -> AnyResponse:
    _admit()
    form = CalendarFileForm()
    if form.accepted() and (chosen := form.chosen()):
        name, content = chosen
        waiting = keep(me().person_id, WHAT, name, content, False, {"network": here().network.slug})
        if form.attempt(_checked, waiting):
            return done(url_for(".preview", calendar_token=waiting.token))
        forget(waiting)
    return page("calendars/bring.html", form=form)


@calendar_import.get("/<calendar_token>")
def preview(calendar_token: str) -> Response:
    waiting = _waiting(calendar_token)
    return _preview(BringInForm(), waiting)


@calendar_import.post("/<calendar_token>")
def run(calendar_token: str) -> AnyResponse:
    waiting = _waiting(calendar_token)
    form = BringInForm()
    if form.accepted():
        published = form.state.data == "published"
        result = form.attempt(_bring_in, waiting, published, form.whole_days.data == "take")
        if result is not None:
            waiting.counts = result.counts() | {"told": result.told, "published": int(published)}
            waiting.rejects.write_bytes(as_csv(result.left))
            waiting.save()
            return done(url_for(".result", calendar_token=calendar_token))
    return _preview(form, waiting)


@calendar_import.get("/<calendar_token>/done")
def result(calendar_token: str) -> AnyResponse:
    waiting = _waiting(calendar_token)
    if not waiting.counts:
        return done(url_for(".preview", calendar_token=calendar_token))
    return page("calendars/brought.html", waiting=waiting, counts=waiting.counts)


@calendar_import.get("/<calendar_token>/left-out.csv")
def left_out(calendar_token: str) -> Response:
    waiting = _waiting(calendar_token)
    if not waiting.rejects.is_file():
        raise NotHere
    name = f"{waiting.filename.rpartition('.')[0] or WHAT}-left-out.csv"
    content = BytesIO(waiting.rejects.read_bytes())
    return send_file(content, "text/csv; charset=utf-8", as_attachment=True, download_name=name)


def _admit() -> None:
    if not policy.can_plan(here().membership):
        raise NotYours


def _waiting(token: str) -> Waiting:
    """Her own file, brought for this network."""
    _admit()
    waiting = waiting_of(me().person_id, WHAT, token)
    if waiting.choices.get("network") != here().network.slug:
        raise NotHere
    return waiting


def _plan(waiting: Waiting) -> Plan:
    return plan_import(waiting.content, here().network.id, here().network.time_zone, MOST_ENTRIES)


def _checked(waiting: Waiting) -> bool:
    """Whether a page can take the file. Raises DomainError with the reason at its field."""
    plan = _plan(waiting)
    if not plan.reading.entries:
        raise DomainError(_("This calendar has no entries."), "file")
    _fits(plan, False, "file")
    return True


def _fits(plan: Plan, whole_days: bool, field: str) -> None:
    dates = plan.dates(whole_days)
    if dates > MOST_DATES:
        sentence = _("This makes %(count)s dates; a page takes up to %(most)s. Have it brought in on the server.",
                     count=dates, most=MOST_DATES)  # fmt: skip
        raise DomainError(sentence, field)


def _bring_in(waiting: Waiting, published: bool, whole_days: bool) -> BroughtIn:
    plan = _plan(waiting)
    _fits(plan, whole_days, "whole_days")
    return bring_in(plan, network_for(here().network.id), me().person_id, published, whole_days)


def _preview(form: BringInForm, waiting: Waiting) -> Response:
    return page("calendars/preview.html", form=form, waiting=waiting, plan=_plan(waiting), words=words, shown=SHOWN)
