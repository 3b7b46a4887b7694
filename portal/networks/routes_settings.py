"""The doors of a network's settings: names and clock, own words, rooms, terms."""

from flask import Response, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.networks.forms import OWN_WORDS, RoomForm, SettingsForm, TermForm, WordsForm
from portal.networks.forms_joining import SureTickForm
from portal.networks.models import SchoolTerm
from portal.networks.operations_settings import (
    change_settings,
    change_words,
    remove_term,
    save_term,
    set_room,
)
from portal.networks.queries import terms_of
from portal.networks.queries_about import network_with, term_with
from portal.networks.queries_members import coordinators_of
from portal.networks.rooms import ROOMS
from portal.networks.routes import coordinators_only, edited_page, network, network_page
from portal.networks.scope import here
from portal.web.access import me
from portal.web.hypermedia import done


@network.get("/settings")
def settings() -> Response:
    coordinators_only()
    form = SettingsForm(obj=network_with(here().network.id))
    return network_page(
        "networks/settings.html", "settings", form=form, coordinators=coordinators_of(here().network.id)
    )


@network.post("/settings")
def save_settings() -> AnyResponse:
    coordinators_only()
    form, place = SettingsForm(), here().network
    version, by = form.row_version.data or 0, me().person_id
    if form.accepted() and form.attempt(change_settings, place.id, version, form.data, by) is not None:
        return done(url_for("network.settings"), _("The settings are changed for everyone in the network."))
    return edited_page("networks/settings.html", "settings", form, coordinators=coordinators_of(place.id))


@network.get("/settings/words")
def words() -> Response:
    coordinators_only()
    whole = network_with(here().network.id)
    form = WordsForm(data={**whole.words, "row_version": whole.row_version})
    return network_page("networks/words.html", "settings", form=form)


@network.post("/settings/words")
def save_words() -> AnyResponse:
    coordinators_only()
    form, place = WordsForm(), here().network
    own = {key: form[key].data or "" for key in OWN_WORDS}
    version, by = form.row_version.data or 0, me().person_id
    if form.accepted() and form.attempt(change_words, place.id, version, own, by) is not None:
        return done(url_for("network.words"), _("From now on the pages of this network use these words."))
    return edited_page("networks/words.html", "settings", form)


@network.get("/settings/rooms")
def rooms() -> Response:
    coordinators_only()
    return _rooms_page(RoomForm())


@network.post("/settings/rooms/<room>")
def change_room(room: str) -> AnyResponse:
    coordinators_only()
    form = RoomForm()
    if form.accepted():
        is_open = form.is_open.data == "yes"
        name = form.attempt(set_room, here().network.id, room, is_open, me().person_id)
        if name:
            opened = _("%(room)s is open to everyone in the network.", room=name)
            closed = _("%(room)s is closed. It has disappeared for everyone, and nothing is deleted.", room=name)
            return done(url_for("network.rooms"), opened if is_open else closed)
    return _rooms_page(form)


@network.get("/settings/terms")
def terms() -> Response:
    coordinators_only()
    return _terms_page(TermForm())


@network.post("/settings/terms")
def add_term() -> AnyResponse:
    coordinators_only()
    form = TermForm()
    if form.accepted() and _save_term(form, None):
        return done(url_for("network.terms"), _("The term is in the calendar."))
    return _terms_page(form)


@network.get("/settings/terms/<int:term_id>")
def edit_term(term_id: int) -> Response:
    coordinators_only()
    term = term_with(here().network.id, term_id)
    return network_page("networks/term.html", "settings", form=TermForm(obj=term), sure=SureTickForm(), term=term)


@network.post("/settings/terms/<int:term_id>")
def change_term(term_id: int) -> AnyResponse:
    coordinators_only()
    term = term_with(here().network.id, term_id)
    form = TermForm()
    if form.accepted() and _save_term(form, term_id):
        return done(url_for("network.terms"), _("The dates are changed."))
    return network_page("networks/term.html", "settings", form=form, sure=SureTickForm(), term=term)


@network.post("/settings/terms/<int:term_id>/remove")
def delete_term(term_id: int) -> AnyResponse:
    coordinators_only()
    term = term_with(here().network.id, term_id)
    sure = SureTickForm()
    if sure.accepted():
        sure.attempt(remove_term, here().network.id, term_id, me().person_id)
        return done(url_for("network.terms"), _("The term is removed. What happened in it stays."))
    return network_page("networks/term.html", "settings", form=TermForm(formdata=None, obj=term), sure=sure, term=term)


def _save_term(form: TermForm, term_id: int | None) -> SchoolTerm | None:
    starts_on, ends_on = form.starts_on.data, form.ends_on.data
    assert starts_on and ends_on
    days = (starts_on, ends_on, form.break_on.data)
    return form.attempt(save_term, here().network.id, term_id, form.name.data or "", days, me().person_id)


def _terms_page(form: TermForm) -> Response:
    return network_page("networks/terms.html", "settings", form=form, terms=terms_of(here().network.id))


def _rooms_page(form: RoomForm) -> Response:
    closable = [room for room in ROOMS if room.can_close]
    return network_page("networks/rooms.html", "settings", form=form, all_rooms=closable)
