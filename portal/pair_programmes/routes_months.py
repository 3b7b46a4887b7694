"""The doors to months that have closed: one of the pair asks, a coordinator opens one again or leaves it closed."""

from datetime import date

from flask import url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.mentoring import policy
from portal.mentoring.models import Pairing
from portal.mentoring.routes import the_pair
from portal.networks.scope import here
from portal.pair_programmes import operations_months
from portal.pair_programmes.blueprints import pair_programmes
from portal.pair_programmes.forms import ReopenForm
from portal.web import clock, dates
from portal.web.access import me
from portal.web.day_fields import FIRST_YEAR, LAST_YEAR
from portal.web.errors import NotHere, NotYours
from portal.web.forms import Form, pressed
from portal.web.hypermedia import done_unless_refused


@pair_programmes.post("/pairs/<int:pairing_id>/months/<month>/ask")
def ask_month(pairing_id: int, month: str) -> AnyResponse:
    pairing, day = the_pair(pairing_id), _month(month)
    if not policy.may_log(here().membership, pairing):
        raise NotYours
    form = pressed(operations_months.ask_month, pairing, day, me().person_id, _today())
    said = _(
        "Asked. A coordinator opens %(month)s again or leaves it closed, and you get a mail.", month=dates.month(day)
    )
    return _back(pairing, form, said)


@pair_programmes.post("/pairs/<int:pairing_id>/months/<month>/reopen")
def reopen_month(pairing_id: int, month: str) -> AnyResponse:
    pairing, day, form = _theirs(pairing_id), _month(month), ReopenForm()
    if form.accepted():
        form.attempt(operations_months.reopen_month, pairing, day, me().person_id, int(form.days.data), _today())
    undo = url_for(".keep_month", pairing_id=pairing.id, month=month)
    said = _("%(month)s is open for %(days)s days.", month=dates.month(day), days=form.days.data)
    return _back(pairing, form, said, undo)


@pair_programmes.post("/pairs/<int:pairing_id>/months/<month>/keep")
def keep_month(pairing_id: int, month: str) -> AnyResponse:
    pairing, day = _theirs(pairing_id), _month(month)
    form = pressed(operations_months.keep_month, pairing, day, me().person_id, _today())
    return _back(pairing, form, _("%(month)s is closed.", month=dates.month(day)))


def _back(pairing: Pairing, form: Form, said: str, undo: str | None = None) -> AnyResponse:
    url = url_for("mentoring.pair", pairing_id=pairing.id) + "#months"
    return done_unless_refused(form, url, said, undo)


def _theirs(pairing_id: int) -> Pairing:
    pairing = the_pair(pairing_id)
    if not policy.may_pair(here().membership):
        raise NotYours
    return pairing


def _month(typed: str) -> date:
    """2026-10 is October; anything else is no month, and neither is one that no calendar can count from."""
    try:
        month = date.fromisoformat(f"{typed}-01")
    except ValueError:
        raise NotHere from None
    if not FIRST_YEAR <= month.year <= LAST_YEAR:
        raise NotHere
    return month


def _today() -> date:
    return clock.today(here().network.time_zone)
