"""The doors of the review: the queue, the light screen of one pack, recommending it. For coordinators."""

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from portal.networks.queries_members import other_coordinators
from portal.networks.scope import here, room_blueprint
from portal.resources.filters import language_name
from portal.resources.licence_words import allows
from portal.resources.models import Pack
from portal.resources.queries import items_of, pack_in
from portal.resources.queries_said import said_of
from portal.reviewing import operations as act
from portal.reviewing.fields import PASSED
from portal.reviewing.forms import LookForm
from portal.reviewing.policy import can_review, may_look_at
from portal.reviewing.queries import PARTS, SINCE, counts, queue, reviews_of
from portal.reviewing.queries_lacks import lacks_of
from portal.web import listing as lists
from portal.web.access import me
from portal.web.errors import NotHere, NotYours
from portal.web.forms import pressed
from portal.web.hypermedia import done, done_unless_refused, page
from portal.web.listing import Listing, Sort
from portal.web.numbers import number_of
from portal.web.tables import Column

reviewing = room_blueprint("reviewing", __name__, path="/resources/review", room="resources")

SORTS = (
    Sort("old", _l("Longest first"), (SINCE, Pack.id)),
    Sort("new", _l("Newest first"), (SINCE.desc(), Pack.id.desc())),
    Sort("title", _l("By title"), (Pack.title, Pack.id)),
)


@reviewing.get("/")
def index() -> Response:
    coordinators_only()
    part = request.args.get("part", "")
    part = part if part in PARTS else "waiting"
    found = Listing(queue(here().network.id, part), SORTS)
    if kind := lists.wanted_export():
        names = (_("Title"), _("Owner"), _("Since"), _("Version"), _("Reviewed in version"), _("Last note"))
        return lists.export(_("review"), [Column(name) for name in names], found.everything(), kind, _cells)
    return page(
        "reviewing/index.html",
        listing=found,
        part=part,
        parts=[(key, name) for key, (name, _condition) in PARTS.items()],
        counts=counts(here().network.id),
        lacks=lacks_of([row.id for row in found.items]),
    )


def _cells(row: Any) -> tuple[Any, ...]:
    return (row.title, row.owner_name, row.since, row.version, row.reviewed_version, row.last_note)


@reviewing.get("/<int:pack_id>")
def show(pack_id: int) -> Response:
    pack = _the_pack(pack_id)
    form = LookForm()
    form.seen.data = str(pack.row_version)
    return _screen(pack, form)


@reviewing.post("/<int:pack_id>")
def decide(pack_id: int) -> Response:
    pack, form = _the_pack(pack_id), LookForm()
    if form.accepted():
        seen = number_of(form.seen.data) or 0
        if form.attempt(act.look_at_pack, me().person_id, pack_id, seen, form.said()):
            return done(url_for(".index"), _decided(pack, form.decision.data == PASSED))
        # The page shows how it stands now: sent once more, that is what she has seen.
        form.seen.data = str(pack.row_version)
    return _screen(pack, form)


def _decided(pack: Any, has_passed: bool) -> str:
    if has_passed and not pack.shared_at:
        return _("“%(title)s” has passed, and members see it now.", title=pack.title)
    if has_passed:
        return _("“%(title)s” has passed.", title=pack.title)
    return _("“%(title)s” went back, with your note to %(name)s.", title=pack.title, name=pack.owner_name)


@reviewing.post("/<int:pack_id>/recommendation")
def recommend(pack_id: int) -> Response:
    pack = _the_pack(pack_id)
    form = pressed(act.recommend_pack, me().person_id, pack_id)
    told, undo = _("“%(title)s” is recommended.", title=pack.title), url_for(".unrecommend", pack_id=pack_id)
    return done_unless_refused(form, url_for("resources.show", pack_id=pack_id), told, undo)


@reviewing.post("/<int:pack_id>/recommendation/undo")
def unrecommend(pack_id: int) -> Response:
    pack = _the_pack(pack_id)
    pressed(act.unrecommend_pack, me().person_id, pack_id)
    return done(
        url_for("resources.show", pack_id=pack_id), _("“%(title)s” is no longer recommended.", title=pack.title)
    )


def coordinators_only() -> None:
    if not can_review(here().membership):
        raise NotYours


def _the_pack(pack_id: int) -> Any:
    """404 for what she can't see, 403 for whoever does not coordinate."""
    pack = pack_in(here().membership, pack_id)
    if pack is None:
        raise NotHere
    coordinators_only()
    return pack


def _screen(pack: Any, form: LookForm) -> Response:
    said = said_of(pack)
    colleague = bool(other_coordinators(pack.network_id, me().person_id))
    return page(
        "reviewing/show.html",
        pack=pack,
        form=form,
        items=items_of(pack.id),
        said=said.words,
        licence=next(iter(said.words["licence"]), None),
        language=language_name(pack.language, said.words["own_language"]),
        standards=said.standards,
        allows=allows(pack.licence),
        lacks=lacks_of([pack.id])[pack.id],
        reviews=reviews_of(pack.id),
        may_look=may_look_at(here().membership, pack, colleague),
        is_mine=pack.owner_id == me().person_id,
        has_colleague=colleague,
    )
