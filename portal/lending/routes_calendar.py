"""The doors of the calendar: boxes by weeks of a term, what is late under it, and the buttons that take a box back."""

from datetime import date, timedelta
from typing import Any

from flask import Response, request
from flask_babel import lazy_gettext as _l

from portal.db import db
from portal.kit.models import Kit, KitPart
from portal.kit.queries_problems import SHORT, short_parts
from portal.lending import queries_calendar, queries_late
from portal.lending.calendar_export import calendar_sheet
from portal.lending.calendar_grid import Cell, cells_of
from portal.lending.calendar_links import ask_for, loan_url
from portal.lending.calendar_weeks import Shown, weeks_shown
from portal.lending.queries_calendar import Box
from portal.networks.queries import terms_of
from portal.networks.scope import Standing, here, room_blueprint
from portal.networks.tabs import Tab, declare_tab
from portal.web import clock
from portal.web.hypermedia import page
from portal.web.listing import ListingHere, Sort, wanted_export

kit_calendar = room_blueprint("kit_calendar", __name__, path="/kit/calendar", room="kit")
declare_tab("kit", Tab("calendar", _l("Term calendar"), "kit_calendar.index", 10))

BOXES = 60
FIRST_YEAR, LAST_YEAR = 1990, 2190
REFILL = 8
IN_ORDER = (Sort("name", _l("By name"), (lambda box: 0,)),)


@kit_calendar.get("/")
def index() -> Response:
    member, today = here().membership, today_here()
    shown = weeks_shown(terms_of(member.network_id), today, request.args.get("term", type=int), _typed("from"))
    boxes = queries_calendar.boxes_of(member)
    if kind := wanted_export():
        return _sheet(boxes, shown, kind)
    listing = ListingHere(boxes, IN_ORDER, size=BOXES)
    return page(
        "lending/calendar.html",
        listing=listing,
        shown=shown,
        terms=terms_of(member.network_id),
        rows=rows_of(listing.items, shown),
        standing=queries_late.standing_of(member.network_id, today),
        late=queries_late.late_in(member, today),
        refill=_to_refill(member) if member.is_coordinator else [],
        today=today,
        ask_for=ask_for,
        loan_url=loan_url,
    )


def _to_refill(member: Standing) -> list[Any]:
    """The parts that are most short (one query)."""
    query = short_parts(member).order_by(SHORT.desc(), Kit.title, KitPart.id)
    return list(db.session.execute(query.limit(REFILL)))


def today_here() -> date:
    return clock.today(here().network.time_zone)


def rows_of(boxes: list[Box], shown: Shown) -> list[tuple[Box, list[Cell]]]:
    """Each box with its cells (two queries for all of them)."""
    today, zone = today_here(), here().network.time_zone
    taken = queries_calendar.taken_of(boxes, shown.first, shown.last, today, zone, here().membership)
    return [
        (box, cells_of(shown.weeks, taken[box.id], today + timedelta(days=box.notice_days), box.turn_round_days))
        for box in boxes
    ]


def _sheet(boxes: list[Box], shown: Shown, kind: str) -> Response:
    """All boxes over the whole term, not only what the page has room for."""
    first = shown.term.starts_on if shown.term else shown.first
    last = shown.term.ends_on if shown.term else shown.last
    zone = here().network.time_zone
    return calendar_sheet(
        boxes, queries_calendar.taken_of(boxes, first, last, today_here(), zone, here().membership), kind
    )


def _typed(name: str) -> date | None:
    """A day from the address, within the years that a calendar can turn to."""
    try:
        day = date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None
