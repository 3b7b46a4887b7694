"""The doors of the directory of organisations. Names, places and codes are public facts: everybody signed in reads them."""

from typing import Any

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from portal.history.queries import lines_about
from portal.organisations.beside import beside
from portal.organisations.forms import OrganisationForm
from portal.organisations.models import Organisation
from portal.organisations.operations import (
    add_organisation,
    change_organisation,
    close_organisation,
    open_organisation,
)
from portal.organisations.policy import can_keep
from portal.organisations.queries import (
    Wanted,
    children_of,
    count_children,
    directory,
    name_of,
    networks_of,
    organisation_with,
    people_at,
    phases_used,
)
from portal.organisations.queries_happened import timeline
from portal.vocabulary.queries import labels
from portal.web import clock
from portal.web.access import me
from portal.web.dates import place_clock
from portal.web.errors import NotYours
from portal.web.forms import ActForm
from portal.web.hypermedia import done, page
from portal.web.listing import Listing, Sort, export, wanted_export
from portal.web.numbers import number_of
from portal.web.tables import Column

organisations = Blueprint("organisations", __name__, url_prefix="/organisations")


def keepers_only() -> None:
    if not can_keep(me()):
        raise NotYours


@organisations.get("")
def index() -> Response:
    wanted = _wanted()
    listing = Listing(directory(wanted), _sorts())
    kinds = labels("organisation_kind")
    if kind := wanted_export():
        return export("organisations", _columns(), listing.everything(), kind, lambda row: _cells(row, kinds))
    return page(
        "organisations/index.html", listing=listing, wanted=wanted, kinds=kinds, locales=labels("locale"),
        phases=phases_used(), can_keep=can_keep(me()),
    )  # fmt: skip


@organisations.get("/<int:organisation_id>")
def show(organisation_id: int) -> AnyResponse:
    found = organisation_with(organisation_id)
    if found.id != organisation_id:
        return done(url_for(".show", organisation_id=found.id))
    return page("organisations/show.html", organisation=found, **_around(found))


def _around(found: Organisation) -> dict[str, Any]:
    reader = me()
    return {
        "parent": name_of(found.parent_id),
        "children": children_of(found.id),
        "child_count": count_children(found.id),
        "networks": networks_of(found.id, reader.person_id),
        "people": people_at(found.id, reader.person_id, reader.is_administrator),
        "happened": timeline(found.id, reader.person_id),
        "kinds": labels("organisation_kind"),
        "roles": {},
        "lines": lines_about("organisation", found.id) if can_keep(reader) else [],
        "can_keep": can_keep(reader),
        "form": ActForm(),
        "beside": beside.parts(found, reader),
    }


@organisations.get("/new")
def new() -> Response:
    keepers_only()
    return page("organisations/edit.html", form=OrganisationForm(), organisation=None)


@organisations.post("/new")
def create() -> AnyResponse:
    keepers_only()
    form = OrganisationForm()
    if form.accepted():
        made = form.attempt(add_organisation, form.values(), form.parent.data or "", me().person_id)
        if made:
            return done(url_for(".show", organisation_id=made), _("%(name)s is in the directory.", name=form.name.data))
    return page("organisations/edit.html", form=form, organisation=None)


@organisations.get("/<int:organisation_id>/edit")
def edit(organisation_id: int) -> Response:
    keepers_only()
    found = organisation_with(organisation_id)
    return page("organisations/edit.html", form=OrganisationForm(found, name_of(found.parent_id)), organisation=found)


@organisations.post("/<int:organisation_id>/edit")
def change(organisation_id: int) -> AnyResponse:
    keepers_only()
    found = organisation_with(organisation_id)
    form = OrganisationForm(found)
    if form.accepted():
        version = number_of(form.row_version.data) or 0
        form.attempt(change_organisation, found.id, form.values(), form.parent.data or "", version, me().person_id)
        if not form.errors:
            return done(
                url_for(".show", organisation_id=found.id),
                _("What is known of %(name)s is up to date.", name=found.name),
            )
    form.replaces(form.row_version, found.row_version)
    return page("organisations/edit.html", form=form, organisation=found)


@organisations.post("/<int:organisation_id>/close")
def close(organisation_id: int) -> AnyResponse:
    keepers_only()
    close_organisation(organisation_id, clock.today(place_clock()), me().person_id)
    undo = url_for(".reopen", organisation_id=organisation_id)
    return done(
        url_for(".show", organisation_id=organisation_id), _("It is noted as closed. Nothing is deleted."), undo=undo
    )


@organisations.post("/<int:organisation_id>/open")
def reopen(organisation_id: int) -> AnyResponse:
    keepers_only()
    open_organisation(organisation_id, me().person_id)
    return done(url_for(".show", organisation_id=organisation_id), _("It is open again."))


def _wanted() -> Wanted:
    args = request.args
    texts = {
        key: args.get(name, "").replace("\x00", "")[:120]
        for key, name in (("words", "q"), ("kind", "kind"), ("phase", "phase"), ("locale", "locale"))
    }
    return Wanted(**texts, closed=args.get("closed") == "1")


def _sorts() -> list[Sort]:
    return [
        Sort("name", _l("By name"), (Organisation.sort_name, Organisation.id)),
        Sort("place", _l("By place"), (Organisation.place, Organisation.sort_name, Organisation.id)),
        Sort("size", _l("Largest first"), (Organisation.enrolment.desc().nulls_last(), Organisation.id)),
        Sort("new", _l("Newest here first"), (Organisation.id.desc(),)),
    ]


def _columns() -> list[Column]:
    names = (
        _("Name"),
        _("Kind"),
        _("Place"),
        _("Region"),
        _("Phase"),
        _("Locale"),
        _("Code scheme"),
        _("Code"),
        _("Learners"),
        _("Priority"),
        _("Closed"),
    )
    return [Column(str(name)) for name in names]


def _cells(row: Any, kinds: dict[str, str]) -> list[Any]:
    priority = _("yes") if row.is_priority else ""
    facts = [row.name, kinds.get(row.kind, row.kind), row.place, row.region, row.phase, row.locale or ""]
    return [*facts, row.code_scheme or "", row.code or "", row.enrolment, priority, row.closed_on]
