"""The administrator's doors to the kinds of credit."""

from flask import Response, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.admin.forms_credit import CreditTypeForm
from portal.admin.routes import admin
from portal.credit.operations_types import add_type, change_type, move_type, retire_type
from portal.credit.queries_types import all_types, type_with, version_of
from portal.credit.type_words import LABELS, rounded
from portal.history.queries import lines_about
from portal.web.access import me
from portal.web.hypermedia import done, page


@admin.get("/credit")
def credit_types() -> Response:
    return page("admin/credit_types.html", kinds=all_types(), rounded=rounded)


@admin.get("/credit/new")
def new_credit_type() -> Response:
    return page("admin/credit_type.html", form=CreditTypeForm(), kind=None)


@admin.post("/credit/new")
def create_credit_type() -> AnyResponse:
    form = CreditTypeForm()
    if form.accepted():
        kind = form.attempt(add_type, form.values(), me().person_id)
        if kind:
            return done(url_for("admin.credit_types"), _("“%(name)s” can be chosen for events now.", name=kind.name))
    return page("admin/credit_type.html", form=form, kind=None)


@admin.get("/credit/<int:type_id>")
def edit_credit_type(type_id: int) -> Response:
    return _type_page(type_id, CreditTypeForm(type_with(type_id)))


@admin.post("/credit/<int:type_id>")
def save_credit_type(type_id: int) -> AnyResponse:
    form = CreditTypeForm(type_with(type_id))
    if form.accepted():
        version = form.version.data or ""
        if form.attempt(change_type, type_id, version, form.values(), me().person_id):
            said = _("Changed. Certificates that were given keep what stands on them.")
            return done(url_for("admin.credit_types"), said)
    return _type_page(type_id, form)


@admin.post("/credit/<int:type_id>/up")
def credit_type_up(type_id: int) -> AnyResponse:
    move_type(type_id, -1, me().person_id)
    return done(url_for("admin.credit_types"))


@admin.post("/credit/<int:type_id>/down")
def credit_type_down(type_id: int) -> AnyResponse:
    move_type(type_id, 1, me().person_id)
    return done(url_for("admin.credit_types"))


@admin.post("/credit/<int:type_id>/retire")
def retire_credit_type(type_id: int) -> AnyResponse:
    kind = retire_type(type_id, True, me().person_id)
    said = _("“%(name)s” is no longer offered. Events that carry it keep it.", name=kind.name)
    return done(url_for("admin.credit_types"), said, undo=url_for("admin.restore_credit_type", type_id=type_id))


@admin.post("/credit/<int:type_id>/restore")
def restore_credit_type(type_id: int) -> AnyResponse:
    kind = retire_type(type_id, False, me().person_id)
    return done(url_for("admin.credit_types"), _("“%(name)s” is offered again.", name=kind.name))


def _type_page(type_id: int, form: CreditTypeForm) -> Response:
    kind = type_with(type_id)
    pairs = [
        (LABELS[key], form.shown(key), theirs) for key, theirs in form.conflict.items() if form.shown(key) != theirs
    ]
    form.replaces(form.version, version_of(kind))
    lines = lines_about("credit_type", type_id)
    return page("admin/credit_type.html", form=form, kind=kind, pairs=pairs, lines=lines)
