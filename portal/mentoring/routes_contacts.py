"""The doors of a talk: "We met", confirming, correcting, removing. Each reader is shown only her own layers."""

from datetime import date

from flask import Response, current_app, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.history.queries import lines_about
from portal.mentoring import policy, queries
from portal.mentoring.forms import TalkForm
from portal.mentoring.models import Pairing, PairTalk
from portal.mentoring.operations_contacts import (
    add_notes,
    change_contact,
    confirm_contact,
    delete_contact,
    dispute_contact,
    log_contact,
    restore_contact,
)
from portal.mentoring.routes import mentoring, the_pair
from portal.mentoring.twins import twin_of
from portal.networks.scope import here
from portal.vocabulary.queries import choices
from portal.web import clock
from portal.web.access import me
from portal.web.choices import choices_of
from portal.web.errors import NotHere, NotYours
from portal.web.forms import ActForm
from portal.web.hypermedia import done, page


@mentoring.get("/pairs/<int:pairing_id>/met")
def met(pairing_id: int) -> Response:
    pairing = _my_pair(pairing_id)
    return _talk_page(_with_focus(TalkForm()), pairing)


@mentoring.post("/pairs/<int:pairing_id>/met")
def log(pairing_id: int) -> AnyResponse:
    pairing = _my_pair(pairing_id)
    form = _with_focus(TalkForm())
    if not form.accepted():
        return _talk_page(form, pairing)
    talk = form.talk(_today(), here().network.time_zone)
    twin = twin_of(pairing, me().person_id, talk.at, here().network.time_zone)
    answer = request.form.get("same", "")
    if twin and answer == "yes":
        confirm_contact(twin, me().person_id)
        add_notes(twin, me().person_id, talk, _key())
        return done(url_for(".contact", talk_id=twin.id), _("One talk, confirmed. Your notes are beside it."))
    if twin and answer != "no":
        return page(
            "mentoring/same.html", status=422, form=form, pairing=pairing, twin=twin, names=queries.names_of(pairing)
        )
    if not form.attempt(log_contact, pairing, me().person_id, talk, _key(), here().network.time_zone):
        return _talk_page(form, pairing)
    other = queries.names_of(pairing)[policy.other_of(me().person_id, pairing)]
    return done(
        url_for(".pair", pairing_id=pairing.id),
        _("Written down. %(name)s is asked on the next visit: right?", name=other),
    )


@mentoring.get("/talks/<int:talk_id>")
def contact(talk_id: int) -> Response:
    told = _the_contact(talk_id)
    is_mine = policy.is_of_pair(me().person_id, told.pairing)
    return page(
        "mentoring/contact.html",
        told=told,
        talk=told.contact,
        names=queries.names_of(told.pairing),
        is_mine=is_mine,
        notes=queries.notes_for(me().person_id, told, _key()) if is_mine else None,
        focus=dict(choices("focus")).get(told.contact.focus or ""),
        may_change=policy.may_change(here().membership, told),
        may_confirm=policy.may_confirm(here().membership, told),
        lines=lines_about("contact", told.contact_id),
        act=ActForm(),
    )


@mentoring.get("/talks/<int:talk_id>/edit")
def edit_contact(talk_id: int) -> Response:
    told = _my_contact(talk_id)
    notes = queries.notes_for(me().person_id, told, _key())
    talk = told.contact
    day = clock.local(talk.starts_at, here().network.time_zone).date()
    next_at = clock.local(talk.next_at, here().network.time_zone) if talk.next_at else None
    form = TalkForm(
        when="earlier",
        on=day,
        length=str(talk.minutes),
        minutes=talk.minutes,
        mode=talk.mode,
        kind=talk.contact_kind,
        focus=talk.focus,
        next_on=next_at.date() if next_at else None,
        next_time=next_at.time() if next_at else None,
        parked=notes.ours_by(me().person_id).get("parked"),
        only_me=notes.mine.get("note"),
    )
    return _talk_page(_with_focus(form), told.pairing, told)


@mentoring.post("/talks/<int:talk_id>/edit")
def update_contact(talk_id: int) -> AnyResponse:
    told = _my_contact(talk_id)
    form = _with_focus(TalkForm())
    if form.accepted():
        typed = form.talk(_today(), here().network.time_zone)
        form.attempt(change_contact, told, me().person_id, typed, _key(), here().network.time_zone)
        if not form.errors:
            return done(url_for(".contact", talk_id=told.id), _("Put right."))
    return _talk_page(form, told.pairing, told)


@mentoring.post("/talks/<int:talk_id>/confirm")
def confirm(talk_id: int) -> AnyResponse:
    told = _to_answer(talk_id)
    if ActForm().accepted():
        confirm_contact(told, me().person_id)
    return done(url_for(".contact", talk_id=told.id), _("Thank you. The talk is confirmed."))


@mentoring.post("/talks/<int:talk_id>/dispute")
def dispute(talk_id: int) -> AnyResponse:
    told = _to_answer(talk_id)
    if ActForm().accepted():
        dispute_contact(told, me().person_id)
    return done(url_for(".contact", talk_id=told.id), _("Noted. Whoever wrote it down sees that it was otherwise."))


@mentoring.post("/talks/<int:talk_id>/delete")
def delete(talk_id: int) -> AnyResponse:
    told, form = _my_contact(talk_id), ActForm()
    if form.accepted():
        form.attempt(delete_contact, told.contact, me().person_id, here().network.time_zone)
    if refusal := form.refusal():
        return done(url_for(".contact", talk_id=told.id), refusal, kind="wrong")
    undo = url_for(".restore", talk_id=told.id)
    return done(url_for(".pair", pairing_id=told.pairing_id), _("Removed. It no longer counts."), undo)


@mentoring.post("/talks/<int:talk_id>/restore")
def restore(talk_id: int) -> AnyResponse:
    told = _my_contact(talk_id, deleted=True)
    if ActForm().accepted():
        restore_contact(told.contact, me().person_id)
    return done(url_for(".contact", talk_id=told.id), _("It is back, and counts again."))


def _talk_page(form: TalkForm, pairing: Pairing, told: PairTalk | None = None) -> Response:
    names = queries.names_of(pairing)
    return page(
        "mentoring/met.html",
        form=form,
        pairing=pairing,
        told=told,
        other=names[policy.other_of(me().person_id, pairing)],
        today=_today(),
    )


def _with_focus(form: TalkForm) -> TalkForm:
    form.focus.choices = choices_of([("", _("No focus")), *choices("focus")])
    return form


def _my_pair(pairing_id: int) -> Pairing:
    pairing = the_pair(pairing_id)
    if not policy.may_log(here().membership, pairing):
        raise NotYours
    return pairing


def _the_contact(talk_id: int, deleted: bool = False) -> PairTalk:
    found = queries.talk_in(here().network.id, talk_id)
    if found is None or (found.contact.deleted_at and not deleted):
        raise NotHere
    if not policy.may_see_pair(here().membership, found.pairing):
        raise NotYours
    return found


def _my_contact(talk_id: int, deleted: bool = False) -> PairTalk:
    found = _the_contact(talk_id, deleted)
    if not policy.may_change(here().membership, found):
        raise NotYours
    return found


def _to_answer(talk_id: int) -> PairTalk:
    found = _the_contact(talk_id)
    if not policy.may_confirm(here().membership, found):
        raise NotYours
    return found


def _today() -> date:
    return clock.today(here().network.time_zone)


def _key() -> bytes:
    key: bytes = current_app.config["SETTINGS"].key("mentoring")
    return key
