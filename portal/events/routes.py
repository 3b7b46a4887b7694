"""Looking: what's on, one event, its calendar file."""

from typing import Any

from flask import Response, request
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from portal.events import calendar_files, policy, words
from portal.events.beside import beside
from portal.events.blueprints import events
from portal.events.credit_lines import credit_lines
from portal.events.forms_booking import BookingForm
from portal.events.models import Session
from portal.events.month import month_beside
from portal.events.papers import shown_papers
from portal.events.policy_papers import circles_of
from portal.events.queries_coming import coming
from portal.events.queries_event import EventPage, SessionPage, event_page, sessions_of
from portal.events.queries_leading import leaders_of
from portal.events.queries_lists import TABS, ListedSession, listed, sessions_under, tab_counts
from portal.events.queries_papers import Reader
from portal.events.queries_people import school_of
from portal.events.running_order import split
from portal.events.sheets import SESSION_COLUMNS, session_cells
from portal.events.times import today_starts
from portal.history.queries import lines_about
from portal.networks.scope import here
from portal.web import clock
from portal.web.errors import NotHere
from portal.web.forms import ActForm
from portal.web.hypermedia import page
from portal.web.links import absolute
from portal.web.listing import Listing, Sort, export, wanted_export

BY_DATE = Sort("date", _l("By date"), (Session.starts_at, Session.id))
NEWEST = Sort("newest", _l("Newest first"), (Session.starts_at.desc(), Session.id.desc()))
BY_TITLE = Sort("title", _l("By title"), (Session.title, Session.starts_at))


@events.get("/")
def index() -> AnyResponse:
    network, person_id = here().network, here().membership.person_id
    tab = _tab()
    today = today_starts(network.time_zone)
    sorts = (NEWEST, BY_DATE, BY_TITLE) if tab == "past" else (BY_DATE, NEWEST, BY_TITLE)
    listing = Listing(sessions_under(tab, network.id, person_id, today), sorts)
    kind = wanted_export()
    if kind:
        rows = listed(listing.everything(), person_id)
        return export(f"{network.slug}-events", SESSION_COLUMNS, rows, kind, session_cells)
    sessions = listed(listing.items, person_id)
    return page(
        "events/index.html",
        listing=listing,
        months=_by_month(sessions) if listing.sort is not BY_TITLE else [("", sessions)],
        tab=tab,
        counts=tab_counts(network.id, person_id, today),
        beside=month_beside(network.id, person_id, network.time_zone, request.args.get("month", "")),
        can_plan=policy.can_plan(here().membership),
        words=words,
    )


@events.get("/<int:event_id>")
def show(event_id: int) -> AnyResponse:
    event, sessions = _found(event_id)
    return event_shown(event, sessions, booking_form(event, sessions))


@events.get("/<int:event_id>.ics")
def calendar_file(event_id: int) -> Response:
    event, sessions = _found(event_id)
    network = here().network
    url = absolute("events.show", network=network.slug, event_id=event_id)
    return calendar_files.calendar_file(event, sessions, network.name, network.time_zone, url)


def event_shown(event: EventPage, sessions: list[SessionPage], form: BookingForm) -> Response:
    """The page of an event, also when a booking has to be put right."""
    member = here().membership
    can_edit = policy.can_edit(member, event.owner_id)
    ahead = [session for session in sessions if session.can_book]
    leaders = leaders_of(event.id)
    # Who booked is of interest until it is over; from then on the sheet says who came.
    who = coming(event.id) if any(one.ends_at > clock.now() for one in sessions) else None
    return page(
        "events/show.html",
        event=event,
        sessions=sessions,
        steps=split(event.about)[1],
        ahead=ahead,
        is_full=event.is_full([session for session in ahead if not session.places.mine]),
        mine=[session for session in sessions if session.places.mine],
        leaders=leaders,
        kinds=who.kinds if who else None,
        my_school=school_of(member.person_id) if ahead else None,
        form=form,
        act=ActForm(),
        schools=who.schools if who else None,
        can_edit=can_edit,
        can_mark=can_edit or any(one.person_id == member.person_id for led in leaders.values() for one in led),
        lines=lines_about("event", event.id),
        papers=shown_papers(
            event.id, Reader(circles_of(member, event.owner_id), member.person_id), "events.paper_file"
        ),
        hours=credit_lines(event.id, sessions, here().network.time_zone, with_open=can_edit),
        beside=beside.parts(event, sessions, member),
        words=words,
    )


def booking_form(event: EventPage, sessions: list[SessionPage]) -> BookingForm:
    """A box for each date that can still be booked and is not mine yet."""
    return BookingForm(event.dates_to_book(sessions))


def _found(event_id: int) -> tuple[EventPage, list[SessionPage]]:
    member = here().membership
    event = event_page(here().network.id, event_id, here().membership.person_id)
    if event.is_draft and not policy.can_see_draft(member, event.owner_id):
        raise NotHere
    return event, sessions_of(event_id, member.person_id, policy.can_edit(member, event.owner_id))


def _tab() -> str:
    wanted = request.args.get("show", "all")
    if wanted not in TABS or (wanted == "drafts" and not policy.can_plan(here().membership)):
        return "all"
    return wanted


def _by_month(sessions: list[ListedSession]) -> list[tuple[Any, list[ListedSession]]]:
    """The list cut where a month ends."""
    months: list[tuple[Any, list[ListedSession]]] = []
    for session in sessions:
        first = words.local_day(session).replace(day=1)
        if not months or months[-1][0] != first:
            months.append((first, []))
        months[-1][1].append(session)
    return months
