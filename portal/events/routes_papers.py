"""What stays with an event: its list for coordinators, adding, changing, taking away, and the files for their readers."""

from flask import Response, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from portal.events import operations_papers as act
from portal.events import policy, words
from portal.events.blueprints import events
from portal.events.forms_papers import PaperForm, PapersForm
from portal.events.models import Event
from portal.events.models_papers import EventPaper
from portal.events.papers import shown_papers
from portal.events.policy_papers import EVERYTHING, can_keep_papers, circles_of
from portal.events.queries_event import event_in, event_page
from portal.events.queries_papers import Paper, Reader, paper_in, paper_of
from portal.files.queries import file_by_id
from portal.files.receiving import receive
from portal.files.serving import send
from portal.history.queries import lines_about
from portal.networks.scope import Standing, here
from portal.web.errors import NotHere, NotYours
from portal.web.forms import pressed
from portal.web.hypermedia import done, page
from portal.web.numbers import number_of

PATH = "/<int:event_id>/papers"


@events.get(PATH)
def papers(event_id: int) -> AnyResponse:
    event = _event(event_id)
    return _papers_page(event, PapersForm(_dates(event)))


@events.post(PATH)
def add_papers(event_id: int) -> AnyResponse:
    event = _event(event_id)
    form = PapersForm(_dates(event))
    is_right = form.accepted()
    receive(form.files, here().membership.person_id, here().network.id)
    if is_right and not form.files.errors:
        made = form.attempt(act.add_papers, event, form.draft(), here().membership.person_id)
        if made:
            words_ = ngettext("%(num)s thing stays with the event.", "%(num)s things stay with the event.", len(made))
            return done(url_for(".papers", event_id=event_id), words_)
    return _papers_page(event, form)


@events.get(f"{PATH}/<int:paper_id>/change")
def paper(event_id: int, paper_id: int) -> AnyResponse:
    event, found = _both(event_id, paper_id)
    return _paper_page(event, PaperForm(_dates(event), found))


@events.post(f"{PATH}/<int:paper_id>/change")
def change_paper(event_id: int, paper_id: int) -> AnyResponse:
    event, found = _both(event_id, paper_id)
    form = PaperForm(_dates(event), found)
    if form.accepted():
        seen = number_of(form.seen.data) or 0
        changed = form.attempt(act.change_paper, event, found, seen, form.draft(), here().membership.person_id)
        if changed:
            return done(url_for(".papers", event_id=event_id), _("Saved."))
    return _paper_page(event, form)


@events.post(f"{PATH}/<int:paper_id>/removal")
def remove_paper(event_id: int, paper_id: int) -> AnyResponse:
    event, found = _both(event_id, paper_id)
    pressed(act.remove_paper, event, found, here().membership.person_id)
    undo = url_for(".return_paper", event_id=event_id, paper_id=paper_id)
    return done(url_for(".papers", event_id=event_id), _("“%(title)s” is taken away.", title=found.title), undo)


@events.post(f"{PATH}/<int:paper_id>/returning")
def return_paper(event_id: int, paper_id: int) -> AnyResponse:
    event, found = _both(event_id, paper_id, removed=True)
    pressed(act.return_paper, event, found, here().membership.person_id)
    return done(url_for(".papers", event_id=event_id), _("“%(title)s” is back.", title=found.title))


@events.get(f"{PATH}/<int:paper_id>")
def paper_file(event_id: int, paper_id: int) -> Response:
    """The file itself, shown in the browser where it is a picture or PDF. 403 for members whom it is not meant for."""
    event = event_page(here().network.id, event_id)
    member = here().membership
    if event.is_draft and not policy.can_see_draft(member, event.owner_id):
        raise NotHere
    found, is_allowed = paper_of(event_id, paper_id, member_reader(member, event.owner_id))
    if found and not is_allowed:
        raise NotYours
    return handed_out(found)


def member_reader(member: Standing, owner_id: int) -> Reader:
    """A member of the network as a reader of what stays with one of its events."""
    return Reader(circles_of(member, owner_id), member.person_id)


def handed_out(found: Paper | None) -> Response:
    """The file of a paper that its reader may have. Raises NotHere where there is no file."""
    file = file_by_id(found.file_id) if found and found.file_id else None
    if file is None:
        raise NotHere
    return send(file, inline=True)


def _event(event_id: int) -> Event:
    event = event_in(here().network.id, event_id)
    if not can_keep_papers(here().membership, event.owner_id):
        raise NotYours
    return event


def _both(event_id: int, paper_id: int, removed: bool = False) -> tuple[Event, EventPaper]:
    event = _event(event_id)
    found = paper_in(event_id, paper_id, removed)
    if found is None:
        raise NotHere
    return event, found


def _dates(event: Event) -> list[tuple[int, str]]:
    return [(one.id, words.date_and_hours(one)) for one in event.sessions]


def _papers_page(event: Event, form: PapersForm) -> Response:
    return page(
        "events/papers.html",
        event=event,
        form=form,
        papers=shown_papers(event.id, Reader(EVERYTHING), "events.paper_file"),
        lines=lines_about("event_file", event.id),
    )


def _paper_page(event: Event, form: PaperForm) -> Response:
    form.replaces(form.seen, form.paper.row_version)
    return page("events/paper.html", event=event, form=form, paper=form.paper)
