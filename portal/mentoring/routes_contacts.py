"""The doors of a talk: "We met", confirming, correcting, removing. Each reader is shown only her own layers."""

from datetime import date

from flask import Response, current_app, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.history.queries import lines_about
from portal.mentoring import policy, queries
from portal.mentoring.forms import TalkForm
from portal.mentoring.models import MentoringContact, Pairing
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
        return done(url_for(".contact", contact_id=twin.id), _("One talk, confirmed. Your notes are beside it."))
    if twin and answer != "no":
        return page(
            "mentoring/same.html", status=422, form=form, pairing=pairing, twin=twin, names=queries.names_of(pairing)
        )
    contact = form.attempt(log_contact, pairing, me().person_id, talk, _key(), here().network.time_zone)
    if contact is None:
        return _talk_page(form, pairing)
    other = queries.names_of(pairing)[policy.other_of(me().person_id, pairing)]
    return done(
        url_for(".pair", pairing_id=pairing.id),
        _("Written down. %(name)s is asked on the next visit: right?", name=other),
    )


@mentoring.get("/talks/<int:contact_id>")
def contact(contact_id: int) -> Response:
    talk = _the_contact(contact_id)
    is_mine = policy.is_of_pair(me().person_id, talk.pairing)
    return page(
        "mentoring/contact.html",
        talk=talk,
        names=queries.names_of(talk.pairing),
        is_mine=is_mine,
        notes=queries.notes_for(me().person_id, talk, _key()) if is_mine else None,
        focus=dict(choices("focus")).get(talk.focus or ""),
        may_change=policy.may_change(here().membership, talk),
        may_confirm=policy.may_confirm(here().membership, talk),
        lines=lines_about("contact", talk.id),
        act=ActForm(),
    )


@mentoring.get("/talks/<int:contact_id>/edit")
def edit_contact(contact_id: int) -> Response:
    talk = _my_contact(contact_id)
    notes = queries.notes_for(me().person_id, talk, _key())
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
        we_two=notes.ours_by(me().person_id),
        only_me=notes.mine,
    )
    return _talk_page(_with_focus(form), talk.pairing, talk)


@mentoring.post("/talks/<int:contact_id>/edit")
def update_contact(contact_id: int) -> AnyResponse:
    talk = _my_contact(contact_id)
    form = _with_focus(TalkForm())
    if form.accepted():
        typed = form.talk(_today(), here().network.time_zone)
        form.attempt(change_contact, talk, me().person_id, typed, _key(), here().network.time_zone)
        if not form.errors:
            return done(url_for(".contact", contact_id=talk.id), _("Put right."))
    return _talk_page(form, talk.pairing, talk)


@mentoring.post("/talks/<int:contact_id>/confirm")
def confirm(contact_id: int) -> AnyResponse:
    talk = _to_answer(contact_id)
    if ActForm().accepted():
        confirm_contact(talk, me().person_id)
    return done(url_for(".contact", contact_id=talk.id), _("Thank you. The talk is confirmed."))


@mentoring.post("/talks/<int:contact_id>/dispute")
def dispute(contact_id: int) -> AnyResponse:
    talk = _to_answer(contact_id)
    if ActForm().accepted():
        dispute_contact(talk, me().person_id)
    return done(url_for(".contact", contact_id=talk.id), _("Noted. Whoever wrote it down sees that it was otherwise."))


@mentoring.post("/talks/<int:contact_id>/delete")
def delete(contact_id: int) -> AnyResponse:
    talk = _my_contact(contact_id)
    if ActForm().accepted():
        delete_contact(talk, me().person_id)
    undo = url_for(".restore", contact_id=talk.id)
    return done(url_for(".pair", pairing_id=talk.pairing_id), _("Removed. It no longer counts."), undo)


@mentoring.post("/talks/<int:contact_id>/restore")
def restore(contact_id: int) -> AnyResponse:
    talk = _my_contact(contact_id, deleted=True)
    if ActForm().accepted():
        restore_contact(talk, me().person_id)
    return done(url_for(".contact", contact_id=talk.id), _("It is back, and counts again."))


def _talk_page(form: TalkForm, pairing: Pairing, talk: MentoringContact | None = None) -> Response:
    names = queries.names_of(pairing)
    return page(
        "mentoring/met.html",
        form=form,
        pairing=pairing,
        talk=talk,
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


def _the_contact(contact_id: int, deleted: bool = False) -> MentoringContact:
    found = queries.contact_in(here().network.id, contact_id)
    if found is None or (found.deleted_at and not deleted):
        raise NotHere
    if not policy.may_see_pair(here().membership, found.pairing):
        raise NotYours
    return found


def _my_contact(contact_id: int, deleted: bool = False) -> MentoringContact:
    found = _the_contact(contact_id, deleted)
    if not policy.may_change(here().membership, found):
        raise NotYours
    return found


def _to_answer(contact_id: int) -> MentoringContact:
    found = _the_contact(contact_id)
    if not policy.may_confirm(here().membership, found):
        raise NotYours
    return found


def _today() -> date:
    return clock.today(here().network.time_zone)


def _key() -> bytes:
    key: bytes = current_app.config["SETTINGS"].key("mentoring")
    return key
