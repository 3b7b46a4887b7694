"""The doors of a network's organisations: who was seen when, adding and taking off, hosts."""

from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _
from sqlalchemy import ColumnElement, column
from werkzeug.wrappers import Response as AnyResponse

from portal.networks.forms import OrganisationForm
from portal.networks.operations import add_organisation, remove_organisation, set_host
from portal.networks.queries import terms_of
from portal.networks.queries_members import coordinators_of
from portal.networks.queries_schools import (
    STANDINGS,
    count_by_standing,
    hosts_of,
    organisations_in,
    organisations_to_add,
    organisations_to_host,
    schools_of,
)
from portal.networks.routes import coordinators_only, network, network_page
from portal.networks.school_year import SchoolYear, school_year
from portal.networks.scope import here
from portal.organisations.models import Organisation
from portal.web import clock
from portal.web.access import me
from portal.web.hypermedia import done
from portal.web.listing import Listing, Sort, export, wanted_export
from portal.web.tables import Column


@network.get("/schools")
def schools() -> Response:
    place = here().network
    words, standing = request.args.get("q", "").strip()[:200], request.args.get("standing", "")
    rows = schools_of(place.id, _year(), place.time_zone, words, standing)
    listing = Listing(rows, _sorts())
    kind = wanted_export()
    if kind:
        return export(f"{place.slug}-schools", _columns(), listing.everything(), kind, _cells)
    return network_page(
        "networks/schools.html",
        "schools",
        listing=listing,
        words=words,
        standing=standing,
        standings=_standings(),
        by_standing=count_by_standing(place.id, _year(), place.time_zone),
        coordinators=coordinators_of(place.id),
    )


@network.get("/schools/add")
def adding_school() -> Response:
    coordinators_only()
    return _add_page(OrganisationForm())


@network.post("/schools/add")
def add_school() -> AnyResponse:
    coordinators_only()
    form = OrganisationForm()
    if form.accepted():
        name = form.attempt(add_organisation, here().network.id, form.organisation_id.data or 0, me().person_id)
        if name:
            return done(url_for("network.schools"), _("%(name)s is on the list.", name=name))
    return _add_page(form)


@network.post("/schools/<int:school_id>/remove")
def remove_school(school_id: int) -> AnyResponse:
    coordinators_only()
    name = remove_organisation(here().network.id, school_id, me().person_id)
    text = _("%(name)s is off the list. What happened with it stays.", name=name)
    return done(url_for("network.schools"), text, undo=url_for("network.restore_school", school_id=school_id))


@network.post("/schools/<int:school_id>/restore")
def restore_school(school_id: int) -> AnyResponse:
    coordinators_only()
    name = add_organisation(here().network.id, school_id, me().person_id)
    return done(url_for("network.schools"), _("%(name)s is on the list.", name=name))


@network.get("/settings/hosts")
def hosts() -> Response:
    coordinators_only()
    return _hosts_page(OrganisationForm())


@network.post("/settings/hosts")
def add_host() -> AnyResponse:
    coordinators_only()
    form = OrganisationForm()
    if form.accepted():
        name = form.attempt(set_host, here().network.id, form.organisation_id.data or 0, True, me().person_id)
        if name:
            return done(url_for("network.hosts"), _("%(name)s hosts the network.", name=name))
    return _hosts_page(form)


@network.post("/settings/hosts/<int:school_id>/remove")
def remove_host(school_id: int) -> AnyResponse:
    coordinators_only()
    name = set_host(here().network.id, school_id, False, me().person_id)
    return done(url_for("network.hosts"), _("%(name)s is no longer named as a host. It stays on the list.", name=name))


def _year() -> SchoolYear:
    place = here().network
    return school_year(clock.today(place.time_zone), terms_of(place.id))


def _add_page(form: OrganisationForm) -> Response:
    words = request.args.get("q", "").strip()[:200]
    place = here().network
    return network_page(
        "networks/add_school.html",
        "schools",
        form=form,
        words=words,
        found=organisations_to_add(place.id, words),
        there=organisations_in(place.id, words),
    )


def _hosts_page(form: OrganisationForm) -> Response:
    words = request.args.get("q", "").strip()[:200]
    place = here().network
    found = organisations_to_host(place.id, words)
    return network_page(
        "networks/hosts.html", "settings", form=form, words=words, hosts=hosts_of(place.id), found=found
    )


def _standings() -> dict[str, str]:
    named = (_("Silent two terms"), _("Seen last term"), _("Seen this term"), _("New this year"))
    return dict(zip(STANDINGS, named, strict=True))


def _sorts() -> tuple[Sort, ...]:
    last: ColumnElement[Any] = column("last_seen")
    by_name = (Organisation.sort_name, Organisation.id)
    return (
        Sort("unseen", _("Longest unseen first"), (last.is_not(None), last, *by_name)),
        Sort("seen", _("Last seen first"), (last.is_(None), last.desc(), *by_name)),
        Sort("name", _("By name"), by_name),
        Sort("members", _("Most members first"), (column("members").desc(), *by_name)),
    )


def _columns() -> list[Column]:
    heads = (_("Name"), _("Place"), _("Phase"), _("Members"), _("Times seen this year"), _("Last seen"), _("Standing"))
    return [Column(head) for head in heads]


def _cells(row: Any) -> list[object]:
    last_seen = row.last_seen.date() if row.last_seen else None
    standing = _standings()[row.standing]
    return [row.name, row.place, row.phase, row.members, row.this_year, last_seen, standing]
