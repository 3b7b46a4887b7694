"""The doors of Today: ``/`` and ``/today`` lead to the network that one works in; each network has its own Today."""

from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, Response, current_app, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.kit.queries_problems import kept_and_wrong
from portal.lending.queries_list import my_open_loans
from portal.lending.routes import words_of_loans
from portal.mail.queries import standing
from portal.networks.queries import networks_of, open_networks, term_of, terms_of
from portal.networks.scope import NetworkHere, here, room_blueprint
from portal.networks.terms import TermHere
from portal.today import mine, waiting, week
from portal.today.asked import asked_of
from portal.today.dates_ahead import my_dates
from portal.today.mentoring import quiet_pairs
from portal.web import clock
from portal.web.access import me, public, visitor
from portal.web.hypermedia import done, page

# How many of a list stand on the page; the rest is a link away.
FEW = 5
today = Blueprint("today", __name__)
today_here = room_blueprint("today_here", __name__, path="/today")


@today.get("/")
@public
def door() -> AnyResponse:
    """The front page: your Today, or the page for people who are not signed in."""
    if visitor() is None:
        return page("today/welcome.html", networks=open_networks())
    return land()


@today.get("/today")
def land() -> AnyResponse:
    """To the network that this person coordinates, or else belongs to; to the list of networks when there is none."""
    networks = networks_of(me().person_id)
    if not networks:
        return done(url_for("admin.index") if me().is_administrator else url_for("networks.index"))
    return done(url_for("today_here.index", network=networks[0].slug))


@today_here.get("/")
def index() -> Response:
    # How the portal's mail stands is for administrators alone.
    stands = standing(current_app.config["SETTINGS"].mail_per_hour) if me().is_administrator else None
    if here().membership.is_coordinator:
        return page("today/coordinator.html", mail_stands=stands, **_for_coordinator(here().network))
    return page("today/member.html", mail_stands=stands, **_for_member(here().network))


def _for_coordinator(network: NetworkHere) -> dict[str, Any]:
    waits = waiting.waiting_in(network.id, clock.today(network.time_zone), network.rooms, me().person_id)
    terms = terms_of(network.id)
    term = term_of(network.id, network.time_zone)
    silent, silent_count = week.silent_organisations(network.id, _two_terms_ago(terms))
    on = clock.today(network.time_zone)
    quiet, quiet_count = quiet_pairs(network.id, on, network.time_zone, FEW) if _mentors(network) else ([], 0)
    pairs, schools = my_dates(network.id, me().person_id, on, network.time_zone) if _mentors(network) else ([], [])
    return {
        "greeting": greeting(network.time_zone),
        "on": on,
        "waits": waits,
        "unread": waiting.unread_topics(network.id, me().person_id),
        "days": week.this_week(network.id, me().person_id, network.time_zone),
        "figures": week.term_figures(network.id, term, network.time_zone) if term else {},
        "term_name": term.name if term else "",
        "silent": silent,
        "silent_count": silent_count,
        "few": FEW,
        "pairs": pairs,
        "schools": schools,
        "quiet": quiet,
        "quiet_count": quiet_count,
    }


def _for_member(network: NetworkHere) -> dict[str, Any]:
    person_id = me().person_id
    on = clock.today(network.time_zone)
    term = term_of(network.id, network.time_zone)
    since = _hours_since(term, network.time_zone)
    pairs, schools = my_dates(network.id, person_id, on, network.time_zone) if _mentors(network) else ([], [])
    session = mine.next_session(network.id, person_id) if "events" in network.rooms else None
    return {
        "greeting": greeting(network.time_zone),
        "on": on,
        "session": session,
        "offer": mine.open_to_book(network.id, person_id) if "events" in network.rooms and not session else None,
        "hours": mine.my_hours(network.id, person_id, since),
        "since": since,
        "few": FEW,
        "pairs": pairs,
        "schools": schools,
        "asked": asked_of(network.id, person_id) if _mentors(network) else [],
        "confirm": mine.talks_to_confirm(network.id, person_id) if _mentors(network) else [],
        "boxes": kept_and_wrong(network.id, person_id) if "kit" in network.rooms else [],
        "packs": mine.my_packs(network.id, person_id) if "resources" in network.rooms else [],
        "borrowed": my_open_loans(network.id, person_id, limit=4) if "kit" in network.rooms else [],
        **words_of_loans(),
        "unread": waiting.unread_topics(network.id, person_id) if "conversations" in network.rooms else [],
    }


def _mentors(network: NetworkHere) -> bool:
    return "mentoring" in network.rooms


def greeting(time_zone: str) -> str:
    """By the clock of the network: morning until noon, evening from six."""
    hour = clock.local(clock.now(), time_zone).hour
    if hour < 12:
        return _("Good morning, %(name)s", name=me().first_name)
    return (
        _("Good evening, %(name)s", name=me().first_name)
        if hour >= 18
        else _("Good afternoon, %(name)s", name=me().first_name)
    )


def _two_terms_ago(terms: list[Any]) -> datetime:
    """When the last term but one began: an organisation unseen since then is silent. Eight months without terms."""
    begun = [term for term in terms if term.starts_on <= clock.now().date()]
    if len(begun) < 2:
        return clock.now() - timedelta(days=240)
    return week.midnight(begun[1].starts_on, here().network.time_zone)


def _hours_since(term: TermHere | None, time_zone: str) -> datetime:
    """The start of the school year that the running term lies in: hours are kept by the year."""
    day = term.starts_on if term else clock.today(time_zone)
    year = day.year if day.month >= 8 else day.year - 1
    return week.midnight(day.replace(year=year, month=8, day=1), time_zone)
