"""The doors of mentoring: my pairs, all pairs for coordinators, one pair."""

from datetime import date, datetime, time
from typing import Any

from flask import Response, current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from portal.db import db
from portal.history.queries import lines_about
from portal.mentoring import policy, queries
from portal.mentoring.beside import beside, beside_index
from portal.mentoring.forms import moment
from portal.mentoring.models import Pairing
from portal.networks.queries import term_of
from portal.networks.scope import here, room_blueprint
from portal.networks.tabs import Tab, declare_tab
from portal.people.own_means import only_by_her_own_means
from portal.web import clock, dates
from portal.web.access import me
from portal.web.errors import NotHere, NotYours
from portal.web.forms import ActForm
from portal.web.hypermedia import page
from portal.web.listing import Listing, Sort, export, wanted_export
from portal.web.tables import Column

__all__ = ["mentoring", "the_pair"]

mentoring = room_blueprint("mentoring", __name__)
# A coordinator who makes a slip for a mentor could come in with it herself: the notes are closed to her all the same.
mentoring.before_request(only_by_her_own_means)
declare_tab("mentoring", Tab("pairs", _l("Pairs"), "mentoring.index", 10))


@mentoring.get("/")
def index() -> Response:
    network, membership = here().network, here().membership
    listing = _all_pairs() if membership.is_coordinator else None
    if listing and (kind := wanted_export()):
        return export(_("mentoring-pairs"), COLUMNS, listing.everything(), kind, _cells)
    return page(
        "mentoring/index.html",
        mine=list(db.session.execute(queries.pairs_of(network.id, me().person_id))),
        listing=listing,
        today=clock.today(network.time_zone),
        days_ago=dates.days_ago,
        beside=beside_index.parts(membership),
    )


COLUMNS = [
    Column(_l("Mentor")),
    Column(_l("Mentee")),
    Column(_l("Talks")),
    Column(_l("Minutes this term")),
    Column(_l("Last talk")),
    Column(_l("Next date")),
]


def _cells(row: Any) -> list[object]:
    return [row.mentor, row.mentee, row.talks, row.term_minutes, row.last_at, row.next_at]


def _all_pairs() -> Listing:
    network = here().network
    term = term_of(network.id, network.time_zone)
    today = clock.today(network.time_zone)
    month = queries.first_of_month(today)
    rows = queries.table_of_pairs(network.id, _midnight(term.starts_on if term else month), _midnight(month)).subquery()
    silent = Sort("silent", _("Longest unseen first"), (rows.c.last_at.asc().nulls_first(), rows.c.id))
    by_mentor = Sort("mentor", _("By mentor"), (rows.c.mentor_sort, rows.c.id))
    busiest = Sort("minutes", _("Most minutes first"), (rows.c.term_minutes.desc(), rows.c.id))
    return Listing(select(rows), [silent, by_mentor, busiest])


def _midnight(day: date) -> datetime:
    return moment(day, time(), here().network.time_zone)


@mentoring.get("/pairs/<int:pairing_id>")
def pair(pairing_id: int) -> Response:
    pairing = the_pair(pairing_id)
    network = here().network
    month = queries.first_of_month(clock.today(network.time_zone))
    is_mine, names = policy.is_of_pair(me().person_id, pairing), queries.names_of(pairing)
    newest = Sort("newest", _("Newest first"), tuple(queries.newest_first()))
    key = current_app.config["SETTINGS"].key("mentoring") if is_mine else b""
    return page(
        "mentoring/pair.html",
        pairing=pairing,
        names=names,
        is_mine=is_mine,
        talks=Listing(queries.talks_of(pairing.id), [newest]),
        month_minutes=queries.minutes_since(pairing.id, _midnight(month)),
        parked=queries.last_parked(me().person_id, pairing, key) if is_mine else None,
        lines=lines_about("pairing", pairing.id, known=names),
        beside=beside.parts(pairing, here().membership),
        act=ActForm(),
    )


def the_pair(pairing_id: int) -> Pairing:
    """A pair of this network that this person may know of; 404 for one that is not, 403 for other members."""
    pairing = queries.pairing_in(here().network.id, pairing_id)
    if pairing is None:
        raise NotHere
    if not policy.may_see_pair(here().membership, pairing):
        raise NotYours
    return pairing
