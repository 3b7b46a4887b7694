"""The doors of openings: the list, one of them, and what coordinators do with it."""

from datetime import date

from flask import Response, current_app, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from markupsafe import Markup
from sqlalchemy import select
from werkzeug.wrappers import Response as AnyResponse

from portal.history.queries import lines_about
from portal.networks.scope import here
from portal.networks.tabs import Tab, declare_tab
from portal.openings import policy, queries
from portal.openings.blueprints import openings
from portal.openings.forms import KINDS, InterestForm, OpeningForm
from portal.openings.models import Opening
from portal.openings.operations import (
    change_opening,
    close_opening,
    list_opening,
    remove_opening,
    reopen_opening,
    restore_opening,
)
from portal.openings.postings import SUBJECT, state_of
from portal.openings.showing import COLUMNS, INTERESTED, cells_of, interest_cells
from portal.vocabulary.queries import all_words
from portal.web import clock
from portal.web.access import me
from portal.web.errors import NotHere, NotYours
from portal.web.forms import ActForm, pressed
from portal.web.hypermedia import done, done_unless_refused, page
from portal.web.listing import Listing, Sort, export, wanted_export

declare_tab("mentoring", Tab("openings", _l("Openings"), "openings.index", 60))


@openings.get("/")
def index() -> Response:
    asked = request.args.get
    shown, kind = asked("show", "")[:10], asked("kind", "")[:20]
    today, member = _today(), here().membership
    rows = queries.openings_of(member.network_id, member.person_id, today, shown, kind).subquery()
    soonest = Sort("soonest", _("Soonest last day first"), (rows.c.answer_by, rows.c.id))
    newest = Sort("newest", _("Newest first"), (rows.c.posted_at.desc(), rows.c.id.desc()))
    listing = Listing(select(rows), [newest, soonest] if shown == "past" else [soonest, newest])
    may_list = policy.may_list(member)
    if wanted := wanted_export():
        return export(_("openings"), COLUMNS, listing.everything(), wanted, lambda row: cells_of(row, may_list))
    return page(
        "openings/index.html", listing=listing, shown=shown, kind=kind, kinds=dict(KINDS), today=today,
        may_list=may_list, may_say=policy.may_say(member),
    )  # fmt: skip


@openings.get("/<int:opening_id>")
def show(opening_id: int) -> Response:
    opening = the_opening(opening_id)
    if wanted := wanted_export():
        _coordinators_only()
        everything = _interested(opening).everything()
        return export(_("interested"), INTERESTED, everything, wanted, interest_cells)
    return opening_page(opening, InterestForm())


def opening_page(opening: Opening, form: InterestForm) -> Response:
    """One opening: her own answer for a member, everybody's for a coordinator."""
    member, words = here().membership, all_words(retired=True)
    labels = {word.code: word.label for kind in ("subject", "phase") for word in words.get(kind, [])}
    may_list = policy.may_list(member)
    return page(
        "openings/show.html",
        opening=opening,
        text=Markup(opening.text_html),
        state=state_of(opening, _today()),
        kinds=dict(KINDS),
        labels=[labels.get(code, code) for code in (*opening.subjects, *opening.phases)],
        mine=queries.interest_of(opening.id, member.person_id),
        taken=queries.count_taken(opening.id),
        interested=_interested(opening) if may_list else None,
        may_list=may_list,
        may_say=policy.may_say(member),
        offer_url=_offer_url(opening),
        lines=lines_about(SUBJECT, opening.id) if may_list else [],
        form=form,
        act=ActForm(),
    )


def _interested(opening: Opening) -> Listing:
    rows = queries.interests_of(opening.id).subquery()
    waiting = Sort("waiting", _("Waiting first"), (rows.c.answer != "", rows.c.said_at, rows.c.id))
    by_name = Sort("name", _("By name"), (rows.c.sort_name, rows.c.id))
    return Listing(select(rows), [waiting, by_name])


def _offer_url(opening: Opening) -> str:
    """Where a member says as what she could mentor, where that part of the portal is there."""
    is_there = opening.kind == "mentor" and "matching.index" in current_app.view_functions
    return url_for("matching.index") if is_there else ""


@openings.get("/new")
def new() -> Response:
    _coordinators_only()
    return _form_page(OpeningForm())


@openings.post("/new")
def create() -> AnyResponse:
    _coordinators_only()
    form = OpeningForm()
    form.offer(None)
    if form.accepted():
        made = form.attempt(list_opening, here().network.id, me().person_id, form.posting(), _today())
        if made:
            told = _("Listed. Members read it here now, and in their next digest.")
            return done(url_for(".show", opening_id=made.id), told)
    return _form_page(form)


@openings.get("/<int:opening_id>/edit")
def edit(opening_id: int) -> Response:
    opening = _mine_to_keep(opening_id)
    return _form_page(OpeningForm(obj=opening), opening)


@openings.post("/<int:opening_id>/edit")
def change(opening_id: int) -> AnyResponse:
    opening, form = _mine_to_keep(opening_id), OpeningForm()
    form.offer(opening)
    if form.accepted():
        version = form.row_version.data or 0
        form.attempt(change_opening, opening, version, me().person_id, form.posting(), _today())
        if not form.errors:
            return done(url_for(".show", opening_id=opening.id), _("Changed."))
    form.replaces(form.row_version, opening.row_version)
    return _form_page(form, opening)


def _form_page(form: OpeningForm, opening: Opening | None = None) -> Response:
    form.offer(opening)
    return page("openings/form.html", form=form, opening=opening)


@openings.post("/<int:opening_id>/closing")
def close(opening_id: int) -> AnyResponse:
    opening = _mine_to_keep(opening_id)
    if ActForm().accepted():
        close_opening(opening, me().person_id)
    undo = url_for(".reopen", opening_id=opening.id)
    waits = len(queries.waiting_for(opening.id))
    told = _("Closed. It is listed no more.")
    if waits:
        told += " " + ngettext("One still waits for your answer.", "%(num)s still wait for your answer.", waits)
    return done(url_for(".show", opening_id=opening.id), told, undo)


@openings.post("/<int:opening_id>/opening")
def reopen(opening_id: int) -> AnyResponse:
    opening = _mine_to_keep(opening_id)
    form = pressed(reopen_opening, opening, me().person_id, _today())
    return done_unless_refused(form, url_for(".show", opening_id=opening.id), _("It is listed again."))


@openings.post("/<int:opening_id>/removal")
def remove(opening_id: int) -> AnyResponse:
    opening = _mine_to_keep(opening_id)
    if ActForm().accepted():
        remove_opening(opening, me().person_id)
    undo = url_for(".restore", opening_id=opening.id)
    return done(url_for(".index"), _("“%(title)s” is removed. Nobody is told.", title=opening.title), undo)


@openings.post("/<int:opening_id>/restore")
def restore(opening_id: int) -> AnyResponse:
    opening = _mine_to_keep(opening_id, removed=True)
    if ActForm().accepted():
        restore_opening(opening, me().person_id)
    return done(url_for(".show", opening_id=opening.id), _("It is back."))


def the_opening(opening_id: int, removed: bool = False) -> Opening:
    """An opening of this network, as every member reads it; those that are over too, for who has said something to it."""
    found = queries.opening_in(here().network.id, opening_id)
    if found is None or (found.deleted_at and not removed):
        raise NotHere
    return found


def _mine_to_keep(opening_id: int, removed: bool = False) -> Opening:
    found = the_opening(opening_id, removed)
    _coordinators_only()
    return found


def _coordinators_only() -> None:
    if not policy.may_list(here().membership):
        raise NotYours


def _today() -> date:
    return clock.today(here().network.time_zone)
