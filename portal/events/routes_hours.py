"""My hours: what I was at, for how long, to keep and to print."""

from datetime import date, datetime, timedelta

from flask import request
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from portal.activities.models import Activity, Participation
from portal.events import words
from portal.events.blueprints import events
from portal.events.queries import hours_select, minutes_in
from portal.events.sheets import HOURS_COLUMNS, hours_cells
from portal.events.times import start_of_day
from portal.events.typed import date_typed
from portal.networks.queries import terms_of
from portal.networks.scope import here
from portal.web import clock
from portal.web.errors import DomainError
from portal.web.hypermedia import page
from portal.web.listing import Listing, Sort, export, wanted_export

NEWEST = Sort("newest", _l("Newest first"), (Activity.starts_at.desc(), Activity.id))
OLDEST = Sort("oldest", _l("Oldest first"), (Activity.starts_at, Activity.id))
LONGEST = Sort("minutes", _l("Longest first"), (Participation.minutes.desc(), Activity.starts_at.desc()))


@events.get("/my-hours")
def my_hours() -> AnyResponse:
    network, person_id = here().network, here().membership.person_id
    first, last = _span()
    span = (_moment(first), _moment(last + timedelta(days=1)))
    rows = hours_select(person_id, *span, network.id)
    listing = Listing(rows, (NEWEST, OLDEST, LONGEST), size=50)
    kind = wanted_export()
    if kind:
        return export("my-hours", HOURS_COLUMNS, listing.everything(), kind, hours_cells)
    total = minutes_in(rows)
    terms = terms_of(network.id)
    return page("events/my_hours.html", listing=listing, total=total, first=first, last=last, terms=terms, words=words)


def _moment(day: date) -> datetime:
    return start_of_day(day, here().network.time_zone)


def _span() -> tuple[date, date]:
    """From and to as the address says; else the last twelve months up to today."""
    today = clock.today(here().network.time_zone)
    return _day("from", today - timedelta(days=365)), _day("to", today)


def _day(name: str, usual: date) -> date:
    try:
        return date_typed(request.args.get(name, ""))
    except DomainError:
        return usual
