"""The doors of programmes: their rules, kept by coordinators and read by every member of the network."""

from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from portal.history.queries import lines_about
from portal.networks.scope import here
from portal.networks.tabs import Tab, declare_tab
from portal.organisations.queries import name_of
from portal.programmes import policy, queries
from portal.programmes.blueprints import programmes
from portal.programmes.forms import ProgrammeForm, ReaderForm
from portal.programmes.models import Programme
from portal.programmes.operations import add_programme, change_programme, retire_programme
from portal.programmes.queries_frames import frames
from portal.programmes.starting import start_like, starts
from portal.programmes.words import KINDS, LABELS, in_short, rules_in_words
from portal.web.access import me
from portal.web.choices import choices_of
from portal.web.errors import NotHere, NotYours
from portal.web.forms import ActForm
from portal.web.hypermedia import done, page

declare_tab(
    "mentoring",
    Tab("programmes", _l("Programmes"), "programmes.index", 10, under="hours"),
)


@programmes.get("/")
def index() -> Response:
    """What every office asks of pairs, so that each knows what the other does. How many pairs is for coordinators."""
    may_keep = policy.may_keep(here().membership)
    found = queries.programmes_with_pairs(here().network.id)
    shown = found if may_keep else [one for one in found if one[0].retired_at is None]
    return page(
        "programmes/index.html", programmes=shown, kinds=KINDS, in_short=in_short, starts=starts(), may_keep=may_keep
    )


@programmes.get("/new")
def new() -> Response:
    keepers_only()
    like = start_like(request.args.get("like", ""))
    return _edit_page(ProgrammeForm(given=_given(like.values) if like else None), None, like=like)


@programmes.post("/new")
def create() -> AnyResponse:
    keepers_only()
    form = _offered(ProgrammeForm())
    if form.accepted():
        made = form.attempt(add_programme, here().network.id, form.values(), me().person_id)
        if made:
            said = _("“%(name)s” stands. Put pairs into it from each pair’s page.", name=made.name)
            return done(url_for(".show", programme_id=made.id), said)
    return _edit_page(form, None)


@programmes.get("/<int:programme_id>")
def show(programme_id: int) -> Response:
    return show_page(the_programme(programme_id), ReaderForm())


@programmes.get("/<int:programme_id>/edit")
def edit(programme_id: int) -> Response:
    keepers_only()
    programme = the_programme(programme_id)
    return _edit_page(ProgrammeForm(programme), programme)


@programmes.post("/<int:programme_id>/edit")
def save(programme_id: int) -> AnyResponse:
    keepers_only()
    programme = the_programme(programme_id)
    form = _offered(ProgrammeForm(programme), programme)
    if (
        form.accepted()
        and form.attempt(change_programme, programme, form.version.data or "", form.values(), me().person_id)
        is not None
    ):
        said = _("Changed. Hours are counted by the new rules from now on.")
        return done(url_for(".show", programme_id=programme.id), said)
    return _edit_page(form, programme)


@programmes.post("/<int:programme_id>/retire")
def retire(programme_id: int) -> AnyResponse:
    keepers_only()
    programme = the_programme(programme_id)
    if ActForm().accepted():
        retire_programme(programme, True, me().person_id)
    said = _("“%(name)s” is closed. Pairs that are in it stay, and what was counted stays.", name=programme.name)
    return done(url_for(".index"), said, undo=url_for(".restore", programme_id=programme.id))


@programmes.post("/<int:programme_id>/restore")
def restore(programme_id: int) -> AnyResponse:
    keepers_only()
    programme = the_programme(programme_id)
    if ActForm().accepted():
        retire_programme(programme, False, me().person_id)
    return done(url_for(".show", programme_id=programme.id), _("“%(name)s” is open again.", name=programme.name))


def show_page(programme: Programme, form: ReaderForm) -> Response:
    may_keep = policy.may_keep(here().membership)
    if may_keep:
        people = queries.members_who_could_read(here().network.id, programme.id)
        form.person_id.choices = choices_of([(0, _("Choose a member")), *people])
    readers = queries.readers_of(programme.id)
    return page(
        "programmes/show.html",
        programme=programme,
        rules=rules_in_words(programme),
        kind=KINDS.get(programme.kind, programme.kind),
        whose=name_of(programme.organisation_id) if programme.organisation_id else "",
        readers=readers,
        reads_totals=may_keep or me().person_id in {person_id for _row, person_id, _name in readers},
        form=form if may_keep else None,
        lines=lines_about("programme", programme.id) if may_keep else [],
        act=ActForm(),
    )


def the_programme(programme_id: int) -> Programme:
    """A programme of this network; 404 for any other."""
    found = queries.programme_in(here().network.id, programme_id)
    if found is None:
        raise NotHere
    return found


def keepers_only() -> None:
    if not policy.may_keep(here().membership):
        raise NotYours


def _given(values: dict[str, Any]) -> dict[str, Any]:
    """What a form begins with; the frame is named by its code."""
    by_code = {frame.code: frame.id for frame in frames()}
    return {key: value for key, value in values.items() if key != "frame"} | {
        "frame_id": by_code.get(values.get("frame", ""), 0)
    }


def _offered(form: ProgrammeForm, programme: Programme | None = None) -> ProgrammeForm:
    """What can be chosen, and what stands there already."""
    frame_id, whose = (programme.frame_id, programme.organisation_id) if programme else (form.frame_id.data, None)
    offered = [(frame.id, frame.name) for frame in frames(retired=True) if frame.in_use or frame.id == frame_id]
    return form.offer(queries.organisations_to_choose(here().network.id, whose), offered)


def _edit_page(form: ProgrammeForm, programme: Programme | None, like: object = None) -> Response:
    pairs = [
        (LABELS[key], form.shown(key), theirs) for key, theirs in form.conflict.items() if form.shown(key) != theirs
    ]
    if programme:
        form.replaces(form.version, queries.version_of(programme))
    _offered(form, programme)
    return page("programmes/edit.html", form=form, programme=programme, pairs=pairs, like=like, starts=starts())
