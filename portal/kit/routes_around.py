"""The doors to what stands round a kit: packs it goes with, days out of service, who is trained for it."""

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.kit import operations_packs as packs_act
from portal.kit import operations_service as act
from portal.kit.forms_acts import EndForm, ServiceForm, TrainedForm
from portal.kit.models import Kit, KitOutOfService
from portal.kit.queries import training_for
from portal.kit.queries_page import (
    event_to_train,
    events_to_add,
    packs_of,
    packs_to_add,
    people_here,
    spell_of,
    spells_of,
    trained_people,
)
from portal.kit.routes import kit, the_kit
from portal.networks.scope import here
from portal.resources.queries import pack_in
from portal.web import clock
from portal.web.access import me
from portal.web.errors import NotHere
from portal.web.forms import ActForm, SureForm, pressed
from portal.web.hypermedia import done, page


@kit.get("/<int:kit_id>/packs")
def packs(kit_id: int) -> Response:
    box, words, member = the_kit(kit_id, to_edit=True), request.args.get("q", "").strip()[:200], here().membership
    found = packs_to_add(kit_id, member, words)
    return page("kit/packs.html", form=ActForm(), kit=box, words=words, found=found, packs=packs_of(kit_id, member))


@kit.post("/<int:kit_id>/packs/<int:pack_id>")
def add_pack(kit_id: int, pack_id: int) -> Response:
    title = _pack(kit_id, pack_id)
    pressed(packs_act.add_pack, me().person_id, kit_id, pack_id, title)
    undo = url_for(".remove_pack", kit_id=kit_id, pack_id=pack_id)
    return done(url_for(".packs", kit_id=kit_id), _("“%(pack)s” goes with it.", pack=title), undo)


@kit.post("/<int:kit_id>/packs/<int:pack_id>/removal")
def remove_pack(kit_id: int, pack_id: int) -> Response:
    title = _pack(kit_id, pack_id)
    pressed(packs_act.remove_pack, me().person_id, kit_id, pack_id, title)
    undo = url_for(".add_pack", kit_id=kit_id, pack_id=pack_id)
    return done(url_for(".packs", kit_id=kit_id), _("“%(pack)s” no longer goes with it.", pack=title), undo)


@kit.get("/<int:kit_id>/service")
def service(kit_id: int) -> Response:
    box, today = the_kit(kit_id, to_mind=True), clock.today(here().network.time_zone)
    return _service_page(box, ServiceForm(starts_on=today))


@kit.post("/<int:kit_id>/service")
def take_out(kit_id: int) -> Response:
    box, form = the_kit(kit_id, to_mind=True), ServiceForm()
    is_right, starts_on = form.accepted(), form.starts_on.data
    said = (form.ends_on.data, form.why.data or "")
    if (
        is_right
        and starts_on
        and (spell_id := form.attempt(act.take_out_of_service, me().person_id, kit_id, starts_on, *said))
    ):
        undo = url_for(".cancel_service", kit_id=kit_id, spell_id=spell_id)
        return done(url_for(".show", kit_id=kit_id), _("It is not lent on these days."), undo)
    return _service_page(box, form)


@kit.post("/<int:kit_id>/service/<int:spell_id>/end")
def end_service(kit_id: int, spell_id: int) -> Response:
    box, _spell = _spell_here(kit_id, spell_id)
    form = EndForm()
    is_right, last = form.accepted(), form.ends_on.data
    if is_right and last and form.attempt(act.end_service, me().person_id, kit_id, spell_id, last):
        return done(url_for(".service", kit_id=kit_id), _("Saved. It can be lent again from the day after."))
    return _service_page(box, ServiceForm(formdata=None), wrong=form)


@kit.post("/<int:kit_id>/service/<int:spell_id>/cancellation")
def cancel_service(kit_id: int, spell_id: int) -> Response:
    _spell_here(kit_id, spell_id)
    pressed(act.cancel_service, me().person_id, kit_id, spell_id)
    undo = url_for(".restore_service", kit_id=kit_id, spell_id=spell_id)
    return done(url_for(".service", kit_id=kit_id), _("It can be lent on these days."), undo)


@kit.post("/<int:kit_id>/service/<int:spell_id>/cancellation/undo")
def restore_service(kit_id: int, spell_id: int) -> Response:
    _spell_here(kit_id, spell_id)
    pressed(act.restore_service, me().person_id, kit_id, spell_id)
    return done(url_for(".service", kit_id=kit_id), _("It is out of service on these days again."))


@kit.get("/<int:kit_id>/training")
def training(kit_id: int) -> Response:
    return _training_page(the_kit(kit_id, to_edit=True))


@kit.post("/<int:kit_id>/training/<int:event_id>")
def add_training(kit_id: int, event_id: int) -> Response:
    title = _event(kit_id, event_id)
    pressed(act.add_training, me().person_id, kit_id, event_id, title)
    undo = url_for(".remove_training", kit_id=kit_id, event_id=event_id)
    return done(url_for(".training", kit_id=kit_id), _("Whoever was at “%(event)s” may borrow it.", event=title), undo)


@kit.post("/<int:kit_id>/training/<int:event_id>/removal")
def remove_training(kit_id: int, event_id: int) -> Response:
    title = _event(kit_id, event_id)
    pressed(act.remove_training, me().person_id, kit_id, event_id, title)
    undo = url_for(".add_training", kit_id=kit_id, event_id=event_id)
    return done(url_for(".training", kit_id=kit_id), _("“%(event)s” no longer trains for it.", event=title), undo)


@kit.post("/<int:kit_id>/trained")
def note_trained(kit_id: int) -> Response:
    box = the_kit(kit_id, to_edit=True)
    form = TrainedForm(people_here(box.network_id))
    if form.accepted() and form.attempt(
        act.note_trained, me().person_id, kit_id, form.person.data, form.why.data or ""
    ):
        return done(url_for(".training", kit_id=kit_id), _("Noted: she may borrow it."))
    return _training_page(box, form)


@kit.post("/<int:kit_id>/trained/<int:person_id>/removal")
def forget_trained(kit_id: int, person_id: int) -> Response:
    the_kit(kit_id, to_edit=True)
    form = SureForm()
    if form.accepted():
        form.attempt(act.forget_trained, me().person_id, kit_id, person_id)
    return done(url_for(".training", kit_id=kit_id), _("Taken back."))


def _pack(kit_id: int, pack_id: int) -> str:
    the_kit(kit_id, to_edit=True)
    pack = pack_in(here().membership, pack_id)
    if pack is None:
        raise NotHere
    return str(pack.title)


def _event(kit_id: int, event_id: int) -> str:
    title = event_to_train(the_kit(kit_id, to_edit=True), event_id)
    if title is None:
        raise NotHere
    return title


def _spell_here(kit_id: int, spell_id: int) -> tuple[Kit, KitOutOfService]:
    box, spell = the_kit(kit_id, to_mind=True), spell_of(kit_id, spell_id)
    if spell is None:
        raise NotHere
    return box, spell


def _service_page(box: Kit, form: ServiceForm, wrong: EndForm | None = None) -> Response:
    today = clock.today(here().network.time_zone)
    return page(
        "kit/service.html", form=form, wrong=wrong, end=EndForm(formdata=None, ends_on=today), kit=box,
        spells=spells_of(box.id, today),
    )  # fmt: skip


def _training_page(box: Kit, form: TrainedForm | None = None) -> Response:
    words = request.args.get("q", "").strip()[:200]
    return page(
        "kit/training.html", form=form or TrainedForm(people_here(box.network_id), formdata=None), kit=box,
        events=training_for(box.id), words=words, found=events_to_add(box, words), people=trained_people(box.id),
        act=ActForm(formdata=None),
    )  # fmt: skip
