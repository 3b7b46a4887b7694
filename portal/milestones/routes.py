"""The doors of what a programme asks for: every member reads it, coordinators write it and read how the pairs stand."""

from typing import Any

from flask import Response, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from portal.milestones import operations, policy, words
from portal.milestones.blueprints import milestones
from portal.milestones.forms import MilestoneForm
from portal.milestones.models import Milestone
from portal.milestones.queries import milestone_in, milestones_of, version_of
from portal.milestones.queries_pairs import PairStands, pairs_in
from portal.milestones.standing import totals_of
from portal.networks.scope import here
from portal.programmes.models import Programme
from portal.programmes.queries import is_reader
from portal.programmes.routes import the_programme
from portal.web import clock
from portal.web.access import me
from portal.web.errors import NotHere, NotYours
from portal.web.forms import ActForm, pressed
from portal.web.hypermedia import done, done_unless_refused, page
from portal.web.listing import ListingHere, Sort, export, wanted_export
from portal.web.tables import Column

COLUMNS = [
    Column(_l("Mentee")),
    Column(_l("Mentor")),
    Column(_l("In it since")),
    Column(_l("Milestone")),
    Column(_l("Due")),
    Column(_l("Done")),
    Column(_l("Days late")),
]


@milestones.get("/programmes/<int:programme_id>/milestones")
def index(programme_id: int) -> Response:
    """What is asked, for every member; how each pair stands for coordinators; how many for who reads the totals."""
    programme, may_keep = the_programme(programme_id), policy.may_keep(here().membership)
    reads_totals = may_keep or is_reader(programme.id, me().person_id)
    network = here().network
    pairs = pairs_in(programme, clock.today(network.time_zone), network.time_zone) if reads_totals else []
    listing = _listing(pairs) if may_keep else None
    if listing and (kind := wanted_export()):
        rows = [(pair, state) for pair in listing.everything() for state in pair.states]
        return export(_("milestones"), COLUMNS, rows, kind, _cells)
    found = milestones_of(programme.id)
    return page(
        "milestones/index.html",
        programme=programme,
        milestones=[one for one in found if one.retired_at is None],
        retired=[one for one in found if one.retired_at] if may_keep else [],
        totals=totals_of(pairs, exact=may_keep) if reads_totals else {},
        reads_totals=reads_totals,
        listing=listing,
        may_keep=may_keep,
        words=words,
        act=ActForm(),
    )


@milestones.get("/programmes/<int:programme_id>/milestones/new")
def new(programme_id: int) -> Response:
    _keepers_only()
    return _edit_page(MilestoneForm(), the_programme(programme_id))


@milestones.post("/programmes/<int:programme_id>/milestones/new")
def create(programme_id: int) -> AnyResponse:
    _keepers_only()
    programme, form = the_programme(programme_id), MilestoneForm()
    made = form.attempt(operations.add_milestone, programme, form.values(), me().person_id) if form.accepted() else None
    if made:
        return _back(programme, _("“%(name)s” is asked of every pair of this programme.", name=made.name))
    return _edit_page(form, programme)


@milestones.post("/programmes/<int:programme_id>/milestones/usual")
def usual(programme_id: int) -> AnyResponse:
    _keepers_only()
    programme = the_programme(programme_id)
    form = pressed(operations.take_usual, programme, me().person_id)
    said = _("They stand. Change what your office has otherwise, and take out what it does not ask for.")
    return done_unless_refused(form, url_for(".index", programme_id=programme.id), said)


@milestones.get("/milestones/<int:milestone_id>/edit")
def edit(milestone_id: int) -> Response:
    milestone, programme = _theirs(milestone_id)
    return _edit_page(MilestoneForm(milestone), programme, milestone)


@milestones.post("/milestones/<int:milestone_id>/edit")
def save(milestone_id: int) -> AnyResponse:
    milestone, programme = _theirs(milestone_id)
    form = MilestoneForm(milestone)
    if form.accepted():
        seen = form.version.data or ""
        if form.attempt(operations.change_milestone, milestone, programme, seen, form.values(), me().person_id):
            return _back(programme, _("Changed. Pairs read it as it is now."))
    return _edit_page(form, programme, milestone)


@milestones.post("/milestones/<int:milestone_id>/retire")
def retire(milestone_id: int) -> AnyResponse:
    milestone, programme = _theirs(milestone_id)
    form = pressed(operations.retire_milestone, milestone, programme, True, me().person_id)
    said = _("“%(name)s” is asked for no more.", name=milestone.name)
    undo = url_for(".restore", milestone_id=milestone.id)
    return done_unless_refused(form, url_for(".index", programme_id=programme.id), said, undo)


@milestones.post("/milestones/<int:milestone_id>/restore")
def restore(milestone_id: int) -> AnyResponse:
    milestone, programme = _theirs(milestone_id)
    form = pressed(operations.retire_milestone, milestone, programme, False, me().person_id)
    said = _("“%(name)s” is asked for again.", name=milestone.name)
    return done_unless_refused(form, url_for(".index", programme_id=programme.id), said)


@milestones.post("/milestones/<int:milestone_id>/up")
def move_up(milestone_id: int) -> AnyResponse:
    return _move(milestone_id, -1)


@milestones.post("/milestones/<int:milestone_id>/down")
def move_down(milestone_id: int) -> AnyResponse:
    return _move(milestone_id, 1)


def _move(milestone_id: int, step: int) -> AnyResponse:
    milestone, programme = _theirs(milestone_id)
    form = pressed(operations.move_milestone, milestone, programme, step, me().person_id)
    return done_unless_refused(form, url_for(".index", programme_id=programme.id), None)


def _listing(pairs: list[PairStands]) -> ListingHere:
    late = Sort("late", _("Most late first"), (lambda one: -one.late, lambda one: one.mentee))
    by_name = Sort("name", _("By name"), (lambda one: one.mentee, lambda one: one.id))
    by_mentor = Sort("mentor", _("By mentor"), (lambda one: one.mentor, lambda one: one.mentee))
    return ListingHere(pairs, [late, by_name, by_mentor])


def _cells(row: tuple[PairStands, Any]) -> list[object]:
    pair, state = row
    asked = state.asked
    return [
        pair.mentee, pair.mentor, pair.since, words.asked_name(asked), asked.due_on, state.done_on, state.days_late or None
    ]  # fmt: skip


def _back(programme: Programme, said: str) -> AnyResponse:
    return done(url_for(".index", programme_id=programme.id), said)


def _edit_page(form: MilestoneForm, programme: Programme, milestone: Milestone | None = None) -> Response:
    differing = form.differing()
    if milestone:
        form.replaces(form.version, version_of(milestone))
    return page("milestones/edit.html", form=form, programme=programme, milestone=milestone, differing=differing)


def _theirs(milestone_id: int) -> tuple[Milestone, Programme]:
    _keepers_only()
    found = milestone_in(here().network.id, milestone_id)
    if found is None:
        raise NotHere
    return found


def _keepers_only() -> None:
    if not policy.may_keep(here().membership):
        raise NotYours
