"""The administrator's doors: the region, administrators, health. Members without the right get a 403."""

from flask import Blueprint, Response, current_app, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.admin.forms import AdministratorForm, PlaceForm
from portal.admin.operations import (
    add_administrator,
    change_region,
    remove_administrator,
    restore_administrator,
)
from portal.admin.queries import administrators, health, the_region
from portal.mail.queries import mail_counts, standing
from portal.mail.queries_receiving import count_waiting
from portal.web.access import me
from portal.web.errors import DomainError, NotYours
from portal.web.hypermedia import done, page

admin = Blueprint("admin", __name__, url_prefix="/admin")


@admin.before_request
def administrators_only() -> None:
    if not me().is_administrator:
        raise NotYours


@admin.get("")
def index() -> Response:
    settings = current_app.config["SETTINGS"]
    stands = standing(settings.mail_per_hour)
    found = health(settings.database, look_closely=False)
    waits = count_waiting()
    return page("admin/index.html", mails=mail_counts(), mail_stands=stands, health=found, post_waiting=waits)


@admin.get("/region")
def region() -> Response:
    row = the_region()
    return page("admin/region.html", form=PlaceForm(obj=row, region=row.name))


@admin.post("/region")
def save_region() -> AnyResponse:
    form = PlaceForm()
    values = {**form.data, "name": form.region.data}
    if form.accepted() and form.attempt(change_region, values, me().person_id) is not None:
        return done(url_for("admin.region"), _("Changed. Other pages show it within half a minute."))
    return page("admin/region.html", form=form)


@admin.get("/administrators")
def people() -> Response:
    return page("admin/administrators.html", form=AdministratorForm(), people=administrators())


@admin.post("/administrators")
def add_person() -> AnyResponse:
    form = AdministratorForm()
    if form.accepted():
        name = form.attempt(add_administrator, form.address.data or "", me().person_id)
        if name:
            return done(url_for("admin.people"), _("%(name)s is an administrator now.", name=name))
    return page("admin/administrators.html", form=form, people=administrators())


@admin.post("/administrators/<int:admin_id>/remove")
def remove_person(admin_id: int) -> AnyResponse:
    try:
        name = remove_administrator(admin_id, me().person_id)
    except DomainError as refusal:
        return done(url_for("admin.people"), refusal.sentence, kind="wrong")
    text = _("%(name)s is no longer an administrator.", name=name)
    # Who takes herself off the list can't undo it.
    undo = None if admin_id == me().person_id else url_for("admin.restore_person", admin_id=admin_id)
    return done(url_for("admin.people") if undo else "/today", text, undo=undo)


@admin.post("/administrators/<int:admin_id>/restore")
def restore_person(admin_id: int) -> AnyResponse:
    name = restore_administrator(admin_id, me().person_id)
    return done(url_for("admin.people"), _("%(name)s is an administrator again.", name=name))


@admin.get("/health")
def machine() -> Response:
    found = health(current_app.config["SETTINGS"].database, look_closely=request.args.get("look") == "closely")
    return page("admin/health.html", health=found)
