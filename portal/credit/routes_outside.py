"""My hours from elsewhere: add, change, take away, bring back, look at the proof. For nobody but herself."""

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.credit.blueprints import outside
from portal.credit.forms import OutsideForm
from portal.credit.models import OutsideHours
from portal.credit.operations_outside import (
    OutsideDraft,
    add_outside,
    bring_back_outside,
    change_outside,
    remove_outside,
)
from portal.credit.queries_categories import categories_in_use
from portal.credit.queries_outside import Elsewhere, elsewhere_one, outside_hours
from portal.files.queries import file_by_id
from portal.files.receiving import receive
from portal.files.serving import send
from portal.web.access import me
from portal.web.errors import NotHere
from portal.web.forms import ActForm
from portal.web.hypermedia import done, page


@outside.get("/new")
def new() -> AnyResponse:
    return _page(OutsideForm())


@outside.post("/new")
def add() -> AnyResponse:
    form = OutsideForm()
    files = receive(form.proof, me().person_id)
    if form.accepted():
        added = form.attempt(add_outside, me().person_id, _draft(form, files))
        if added:
            return done(_transcript(), _("It stands in your transcript, marked as from elsewhere."))
    return _page(form)


@outside.get("/<int:outside_id>")
def edit(outside_id: int) -> AnyResponse:
    known = elsewhere_one(me().person_id, outside_id)
    return _page(OutsideForm(known), known)


@outside.post("/<int:outside_id>")
def change(outside_id: int) -> AnyResponse:
    known = elsewhere_one(me().person_id, outside_id)
    form = OutsideForm(known)
    files = receive(form.proof, me().person_id)
    if form.accepted():
        form.attempt(change_outside, _record(outside_id), form.row_version.data, _draft(form, files))
        if not form.errors and not form.conflict:
            return done(_transcript(), _("Changed in your transcript."))
    form.replaces(form.row_version, known.row_version)
    return _page(form, known)


@outside.post("/<int:outside_id>/removal")
def remove(outside_id: int) -> AnyResponse:
    entry = _record(outside_id)
    if ActForm().accepted():
        remove_outside(entry)
    undo = url_for(".bring_back", outside_id=outside_id)
    return done(
        _transcript(), _("“%(title)s” is taken away. It can be brought back for seven days.", title=entry.title), undo
    )


@outside.post("/<int:outside_id>/return")
def bring_back(outside_id: int) -> AnyResponse:
    entry = outside_hours(me().person_id, outside_id, removed=True)
    if ActForm().accepted():
        bring_back_outside(entry)
    return done(_transcript(), _("“%(title)s” is back.", title=entry.title))


@outside.get("/<int:outside_id>/proof")
def proof(outside_id: int) -> AnyResponse:
    known = elsewhere_one(me().person_id, outside_id)
    file = file_by_id(known.proof_id) if known.proof_id else None
    if file is None:
        raise NotHere
    return send(file, inline="show" in request.args)


def _record(outside_id: int) -> OutsideHours:
    return outside_hours(me().person_id, outside_id)


def _draft(form: OutsideForm, files: list[int]) -> OutsideDraft:
    """The last file is the proof: one entry, one paper."""
    words = (form.title.data or "", form.provider.data or "", form.first, form.last, form.minutes, form.kind_id)
    proof_id = files[-1] if files else None
    more = (form.category.data or "", form.reference.data or "", proof_id, bool(form.drop_proof.data))
    return OutsideDraft(*words, *more)


def _page(form: OutsideForm, known: Elsewhere | None = None) -> AnyResponse:
    categories = categories_in_use()
    return page("certificates/elsewhere.html", form=form, known=known, categories=categories, sign=ActForm())


def _transcript() -> str:
    return url_for("my_record.transcript")
