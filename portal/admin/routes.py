"""The administrator's doors: the region, administrators, mails, health. Members without the right get a 403."""

from flask import Blueprint, Response, current_app, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from portal.admin.forms import AdministratorForm, PlaceForm
from portal.admin.operations import (
    add_administrator,
    change_region,
    remove_administrator,
    restore_administrator,
    send_failed_again,
)
from portal.admin.queries import administrators, failed_mails, health, mail_counts, the_region
from portal.mail.models import OutboxMail
from portal.web.access import me
from portal.web.errors import DomainError, NotYours
from portal.web.hypermedia import done, page
from portal.web.listing import Listing, Sort

admin = Blueprint("admin", __name__, url_prefix="/admin")


@admin.before_request
def administrators_only() -> None:
    if not me().is_administrator:
        raise NotYours


@admin.get("")
def index() -> Response:
    look = current_app.config["SETTINGS"].database
    return page("admin/index.html", mails=mail_counts(), health=health(look, look_closely=False))


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


@admin.get("/mail")
def mail() -> Response:
    newest = Sort("newest", _("Newest first"), (OutboxMail.failed_at.desc(), OutboxMail.id.desc()))
    oldest = Sort("oldest", _("Oldest first"), (OutboxMail.queued_at, OutboxMail.id))
    listing = Listing(failed_mails(), (newest, oldest))
    return page("admin/mail.html", counts=mail_counts(), listing=listing)


@admin.post("/mail/again")
def all_mails_again() -> AnyResponse:
    return _again(None)


@admin.post("/mail/<int:mail_id>/again")
def mail_again(mail_id: int) -> AnyResponse:
    return _again(mail_id)


@admin.get("/health")
def machine() -> Response:
    found = health(current_app.config["SETTINGS"].database, look_closely=request.args.get("look") == "closely")
    return page("admin/health.html", health=found)


def _again(mail_id: int | None) -> AnyResponse:
    count = send_failed_again(mail_id, me().person_id)
    if not count:
        return done(url_for("admin.mail"), _("There was nothing left to send once more."))
    text = ngettext("One mail waits to be sent once more.", "%(num)s mails wait to be sent once more.", count)
    return done(url_for("admin.mail"), text)
