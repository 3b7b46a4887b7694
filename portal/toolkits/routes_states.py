"""The doors of a toolkit's life: shared, retired, brought back, deleted, and its versions."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.networks.scope import here
from portal.toolkits import operations as make
from portal.toolkits import operations_states as act
from portal.toolkits.fields import fields_of, kept, pins_in
from portal.toolkits.forms import AudienceForm, VersionForm
from portal.toolkits.policy import can_edit_toolkit
from portal.toolkits.queries import deleted_toolkit_in, last_day_to_undo, toolkit_by_id
from portal.toolkits.queries_versions import pinned, pins_now, version_of, versions_of
from portal.toolkits.routes import the_toolkit, toolkits_room
from portal.toolkits.told_versions import told_versions
from portal.web.access import me
from portal.web.errors import NotHere, NotYours
from portal.web.forms import ActForm, SureForm, pressed
from portal.web.hypermedia import done, done_unless_refused, page
from portal.web.prose import render


@toolkits_room.get("/<int:toolkit_id>/publication")
def publication(toolkit_id: int) -> Response:
    toolkit = the_toolkit(toolkit_id, to_edit=True)
    form = AudienceForm(audience="everyone" if toolkit.is_public else "members")
    return page("toolkits/publication.html", form=form, toolkit=toolkit)


@toolkits_room.post("/<int:toolkit_id>/publication")
def publish(toolkit_id: int) -> Response:
    toolkit, form = the_toolkit(toolkit_id, to_edit=True), AudienceForm()
    for_all = form.audience.data == "everyone"
    if form.accepted() and form.attempt(act.share_toolkit, me().person_id, toolkit_id, for_all):
        readers = _("everyone") if for_all else _("the members of %(network)s", network=here().network.name)
        return done(url_for(".show", toolkit_id=toolkit_id), _("Shared: %(readers)s can see it.", readers=readers))
    return page("toolkits/publication.html", form=form, toolkit=toolkit)


@toolkits_room.post("/<int:toolkit_id>/retirement")
def retire(toolkit_id: int) -> Response:
    the_toolkit(toolkit_id, to_edit=True)
    form = SureForm()
    if form.accepted():
        form.attempt(act.retire_toolkit, me().person_id, toolkit_id)
    told, undo = (
        _("Retired. It has left the list and stays at its address."),
        url_for(".take_back", toolkit_id=toolkit_id),
    )
    return done_unless_refused(form, url_for(".show", toolkit_id=toolkit_id), told, undo)


@toolkits_room.post("/<int:toolkit_id>/retirement/undo")
def take_back(toolkit_id: int) -> Response:
    the_toolkit(toolkit_id, to_edit=True)
    pressed(act.return_toolkit, me().person_id, toolkit_id)
    return done(url_for(".show", toolkit_id=toolkit_id), _("It is in the list again."))


@toolkits_room.post("/<int:toolkit_id>/deletion")
def delete(toolkit_id: int) -> Response:
    toolkit, form = the_toolkit(toolkit_id, to_edit=True), SureForm()
    if not form.accepted() or not form.attempt(act.delete_toolkit, me().person_id, toolkit_id):
        return done(url_for(".show", toolkit_id=toolkit_id))
    undo = url_for(".undelete", toolkit_id=toolkit_id)
    said = _("“%(title)s” is deleted, its packs stay. For a week it can be brought back.", title=toolkit.title)
    return done(url_for(".index"), said, undo)


@toolkits_room.get("/<int:toolkit_id>/deletion")
def deletion(toolkit_id: int) -> Response:
    """Where a deleted toolkit can be brought back from, for a week."""
    toolkit = _deleted(toolkit_id)
    until = last_day_to_undo(toolkit.deleted_at)
    return page("toolkits/deletion.html", form=ActForm(), toolkit=toolkit, until=until)


@toolkits_room.post("/<int:toolkit_id>/deletion/undo")
def undelete(toolkit_id: int) -> Response:
    _deleted(toolkit_id)
    form = ActForm()
    if form.accepted() and form.attempt(act.undelete_toolkit, me().person_id, toolkit_id):
        return done(url_for(".show", toolkit_id=toolkit_id), _("It is back, as it was."))
    return done(url_for(".index"), _("It could not be brought back."), kind="wrong")


@toolkits_room.get("/<int:toolkit_id>/versions")
def versions(toolkit_id: int) -> Response:
    return _versions_page(the_toolkit(toolkit_id), VersionForm())


@toolkits_room.post("/<int:toolkit_id>/versions")
def start_version(toolkit_id: int) -> Response:
    toolkit, form = the_toolkit(toolkit_id, to_edit=True), VersionForm()
    if form.accepted():
        number = form.attempt(make.start_version, me().person_id, toolkit_id, form.note.data or "")
        if number:
            said = _("This is version %(number)s now. Change what is new.", number=number)
            return done(url_for(".packs", toolkit_id=toolkit_id), said)
    return _versions_page(toolkit, form)


@toolkits_room.get("/<int:toolkit_id>/versions/<int:edition>")
def version(toolkit_id: int, edition: int) -> Response:
    """A version as it was: its words, its packs in the version that they had then."""
    toolkit, old = the_toolkit(toolkit_id), version_of(toolkit_id, edition)
    if old is None:
        raise NotHere
    packs = pinned(pins_in(old.fields))
    about = render(old.fields["about"])
    return page("toolkits/version.html", toolkit=toolkit, old=old, said=old.fields, about=about, packs=packs)


def _versions_page(toolkit: Any, form: VersionForm) -> Response:
    now = kept(fields_of(toolkit_by_id(toolkit.id)), pins_now(toolkit.id))
    told = told_versions(versions_of(toolkit.id), now)
    can_edit = can_edit_toolkit(here().membership, toolkit)
    return page("toolkits/versions.html", form=form, toolkit=toolkit, told=told, can_edit=can_edit)


def _deleted(toolkit_id: int) -> Any:
    toolkit = deleted_toolkit_in(here().membership, toolkit_id)
    if toolkit is None:
        raise NotHere
    if not can_edit_toolkit(here().membership, toolkit):
        raise NotYours
    return toolkit
