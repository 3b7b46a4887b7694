"""The doors after the lesson: telling of a use, taking it back, reading what others told."""

from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from portal.activities.forms_use import asks_more, told_in
from portal.activities.models import Use
from portal.activities.uses import AGAIN, COUNTED, ENGAGED, ESTIMATE, LEVEL
from portal.networks.scope import here
from portal.resources import operations_uses as act
from portal.resources.forms_acts import UseForm
from portal.resources.policy import can_record_use, can_withdraw_use
from portal.resources.queries_uses import tried, use_by_id, uses_of
from portal.resources.routes import resources, the_pack
from portal.web import clock
from portal.web import listing as lists
from portal.web.access import me
from portal.web.errors import NotHere, NotYours
from portal.web.forms import pressed
from portal.web.hypermedia import done, page
from portal.web.listing import Listing, Sort
from portal.web.tables import Column

SORTS = (
    Sort("new", _l("Newest first"), (Use.used_on.desc(), Use.id.desc())),
    Sort("classes", _l("Most classes first"), (Use.classes.desc(), Use.id.desc())),
)


@resources.get("/<int:pack_id>/uses")
def uses(pack_id: int) -> Response:
    pack = the_pack(pack_id)
    found = Listing(uses_of(pack_id, here().membership), SORTS)
    if kind := lists.wanted_export():
        names = (
            _("Date"), _("Where"), _("Who"), _("Year group"), _("Classes"), _("Students"), _("How known"),
            _("What they changed"), _("Would use it again"), _("How engaged"), _("Level"),
        )  # fmt: skip
        return lists.export(_("uses"), [Column(name) for name in names], found.everything(), kind, _cells)
    return page(
        "resources/uses.html",
        pack=pack,
        listing=found,
        tried=tried(pack_id, here().membership, 1),
        answers={"again": AGAIN, "engaged": ENGAGED, "level": LEVEL},
        can_use=can_record_use(here().membership),
    )


def _cells(row: Any) -> tuple[Any, ...]:
    how = {COUNTED: _("counted"), ESTIMATE: _("estimated")}.get(row.students_how, "")
    told = (row.used_on, row.school, row.person, row.year_group, row.classes, row.students, how, row.what_changed)
    return (*told, AGAIN.get(row.again), ENGAGED.get(row.engagement), LEVEL.get(row.level))


@resources.get("/<int:pack_id>/uses/new")
def new_use(pack_id: int) -> Response:
    pack = the_pack(pack_id)
    if not can_record_use(here().membership):
        raise NotYours
    return page("resources/use.html", form=UseForm.for_today(_today()), pack=pack, asks_more=False)


@resources.post("/<int:pack_id>/uses")
def tell_use(pack_id: int) -> Response:
    pack, form = the_pack(pack_id), UseForm()
    if not can_record_use(here().membership):
        raise NotYours
    if form.accepted():
        use_id = form.attempt(act.record_use, me().person_id, here().network.id, pack_id, told_in(form), _today())
        if use_id:
            undo = url_for(".withdraw_use", pack_id=pack_id, use_id=use_id)
            return done(url_for(".show", pack_id=pack_id), _("Counted. The next teacher knows that it works."), undo)
    return page("resources/use.html", form=form, pack=pack, asks_more=asks_more(form))


@resources.post("/<int:pack_id>/uses/<int:use_id>/withdrawal")
def withdraw_use(pack_id: int, use_id: int) -> Response:
    _my_use(pack_id, use_id)
    pressed(act.withdraw_use, me().person_id, pack_id, use_id)
    undo = url_for(".restore_use", pack_id=pack_id, use_id=use_id)
    return done(url_for(".uses", pack_id=pack_id), _("It no longer counts."), undo)


@resources.post("/<int:pack_id>/uses/<int:use_id>/withdrawal/undo")
def restore_use(pack_id: int, use_id: int) -> Response:
    _my_use(pack_id, use_id)
    pressed(act.restore_use, me().person_id, pack_id, use_id)
    return done(url_for(".uses", pack_id=pack_id), _("It counts again."))


def _my_use(pack_id: int, use_id: int) -> Use:
    the_pack(pack_id)
    use = use_by_id(pack_id, use_id)
    if use is None:
        raise NotHere
    if not can_withdraw_use(here().membership, use.person_id):
        raise NotYours
    return use


def _today() -> date:
    return clock.today(here().network.time_zone)
