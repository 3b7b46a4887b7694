"""The event's file: is it complete, what is in it, and taking it along. For coordinators and whoever the event belongs to."""

from typing import Any

from flask import Response, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from portal.activities.models import Activity
from portal.event_file.addresses import doors_of
from portal.event_file.blueprints import event_file
from portal.event_file.bundle import members_of
from portal.event_file.contents import EventFile, file_of
from portal.event_file.operations import note_file_taken
from portal.event_file.paper import meeting_facts, paper_of
from portal.event_file.queries import as_lines, event_to_file, sign_in_of
from portal.event_file.sheets import (
    EVALUATION_COLUMNS,
    HOURS_COLUMNS,
    SIGN_IN_COLUMNS,
    as_what,
    evaluation_rows,
    hours_cells,
    sign_in_cells,
)
from portal.event_file.words import HOW
from portal.events import words
from portal.events.models import Event
from portal.events.policy import can_edit
from portal.history.queries import lines_about
from portal.networks.scope import here
from portal.people.models import Person
from portal.surveys.queries import survey_about
from portal.surveys.results import results_of
from portal.web.errors import NotYours
from portal.web.forms import ActForm
from portal.web.hypermedia import done, page
from portal.web.listing import Listing, ListingHere, Sort, export, wanted_export
from portal.web.papers import as_download
from portal.web.tables import as_download as sheet_download
from portal.web.uploads import send_zip

PATH = "/<int:event_id>/file"
SIGNED = (
    Sort("session", _l("Date by date"), (Activity.starts_at, Activity.id, Person.sort_name, Person.id)),
    Sort("name", _l("By name"), (Person.sort_name, Person.id, Activity.starts_at)),
)
BY_NAME = (
    Sort("name", _l("By name"), (lambda row: (row.sort_name, row.person_id),)),
    Sort("most", _l("Most hours first"), (lambda row: (-row.credited, row.sort_name),)),
    Sort("number", _l("By certificate"), (lambda row: (row.number == "", row.number, row.sort_name),)),
)


@event_file.get(PATH)
def show(event_id: int) -> AnyResponse:
    event = mine_to_file(event_id)
    file = file_of(event, here().network.time_zone)
    lines = lines_about("event_file", event_id, limit=10)
    values = {
        "act": ActForm(),
        "lines": lines,
        "doors": doors_of(event, file.facts.asked > 0 and event.evaluation != "none"),
        "record": meeting_facts(file),
    }
    return _page("show", file, fragments=("complete",), **values)


@event_file.get(f"{PATH}/sign-in")
def sign_in(event_id: int) -> AnyResponse:
    event = mine_to_file(event_id)
    listing = Listing(sign_in_of(event_id), SIGNED)
    kind = wanted_export()
    if kind:
        return export(f"sign-in-{event_id}", SIGN_IN_COLUMNS, as_lines(listing.everything()), kind, sign_in_cells)
    return page(
        "event_file/sign_in.html", event=event, listing=listing, rows=as_lines(listing.items), how=HOW, as_what=as_what
    )


@event_file.get(f"{PATH}/hours")
def hours(event_id: int) -> AnyResponse:
    file = file_of(mine_to_file(event_id), here().network.time_zone)
    listing = ListingHere(file.granted, BY_NAME)
    kind = wanted_export()
    if kind:
        return export(f"hours-{event_id}", HOURS_COLUMNS, listing.everything(), kind, hours_cells)
    return _page("hours", file, listing=listing, as_what=as_what)


@event_file.get(f"{PATH}/evaluation")
def evaluation(event_id: int) -> AnyResponse:
    """The summary as it goes into the file: figures alone. What people wrote is read on the evaluation's own page."""
    event = mine_to_file(event_id)
    survey = survey_about("event", event_id, "evaluation")
    results = results_of(survey) if survey else None
    kind = wanted_export()
    if kind:
        return sheet_download(
            f"evaluation-{event_id}", EVALUATION_COLUMNS, evaluation_rows(results) if results else (), kind
        )
    return page("event_file/evaluation.html", event=event, results=results)


@event_file.post(f"{PATH}/pdf")
def take_pdf(event_id: int) -> AnyResponse:
    """A POST, since it leaves a line: who took personal data out of the portal, and when."""
    event = mine_to_file(event_id)
    file = file_of(event, here().network.time_zone)
    content, name = paper_of(file, here().network, here().membership.person_id)
    return _taken(event, "PDF") or as_download(content, name)


@event_file.post(f"{PATH}/zip")
def take_zip(event_id: int) -> AnyResponse:
    event = mine_to_file(event_id)
    file = file_of(event, here().network.time_zone)
    name, members = members_of(file, here().network, here().membership.person_id)
    return _taken(event, "zip") or send_zip(name, members)


def mine_to_file(event_id: int) -> Event:
    event = event_to_file(here().network.id, event_id)
    if not can_edit(here().membership, event.owner_id):
        raise NotYours
    return event


def _taken(event: Event, kind: str) -> AnyResponse | None:
    """Note it; where the form was not ours, back to the page instead of a file."""
    form = ActForm()
    if not form.accepted():
        return done(url_for(".show", event_id=event.id), form.refusal(), kind="wrong")
    note_file_taken(event.id, event.network_id, kind, here().membership.person_id)
    return None


def _page(name: str, file: EventFile, **values: Any) -> Response:
    return page(f"event_file/{name}.html", event=file.event, file=file, words=words, **values)
