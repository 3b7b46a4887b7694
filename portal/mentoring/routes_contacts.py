"""The doors of writing a talk down and putting it right. Each reader is shown only her own layers."""

from contextlib import suppress

from flask import Response, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.activities.meetings import MODES
from portal.mentoring import policy, queries
from portal.mentoring.draft_keeping import BESIDE, DRAFT, MANY, Place, draft_of, texts_in, worth_keeping
from portal.mentoring.forms_talks import TalkForm
from portal.mentoring.models import Pairing, PairTalk
from portal.mentoring.months import month_of
from portal.mentoring.operations_contacts import change_contact, log_contact
from portal.mentoring.operations_drafts import keep_draft
from portal.mentoring.operations_notes import join_talk
from portal.mentoring.queries_talks import month_of_pair
from portal.mentoring.routes import mentoring, the_pair
from portal.mentoring.stale import fact_of, mark_of
from portal.mentoring.talk_page import (
    Offer,
    day_of,
    filled_form,
    fresh_form,
    key,
    offer_for,
    posted_form,
    talk_page,
    today,
    typed_so_far,
)
from portal.mentoring.talks import Talk
from portal.mentoring.thanks import thanks_for
from portal.mentoring.twins import group_elsewhere, twins_of, written_already
from portal.mentoring.words import KINDS
from portal.networks.scope import here
from portal.web import clock, dates
from portal.web.access import me
from portal.web.errors import DomainError, NotHere, NotYours
from portal.web.hypermedia import done, page

__all__ = ["my_contact", "my_pair", "the_contact"]


@mentoring.get("/pairs/<int:pairing_id>/met")
def met(pairing_id: int) -> Response:
    pairing = my_pair(pairing_id)
    offer, draft = offer_for(pairing), draft_of(Place(DRAFT, pairing.id), me().person_id, key())
    return talk_page(fresh_form(pairing, offer, draft), pairing, offer, draft=draft)


@mentoring.post("/pairs/<int:pairing_id>/met")
def log(pairing_id: int) -> AnyResponse:
    pairing = my_pair(pairing_id)
    offer = offer_for(pairing)
    form = posted_form(pairing, offer)
    if not form.accepted():
        return _once_more(form, pairing, offer)
    talk = form.talk(today(), here().network.time_zone)
    twins = twins_of(pairing, me().person_id, talk, here().network.time_zone)
    twice = None if twins else written_already(pairing, me().person_id, talk, here().network.time_zone)
    answer = request.form.get("same", "")
    if (twins or twice) and answer not in ("yes", "no"):
        return _ask_whether_same(form, pairing, talk, twins, twice)
    if not (twins or twice or answer == "no") and (there := _with_others(pairing, talk)):
        return _ask_whether_there(form, pairing, talk, there)
    if answer == "yes" and (twice or (twins and not talk.also)):
        return _join(form, pairing, offer, twice or twins[0], talk)
    return _write(form, pairing, offer, talk, twins if answer == "yes" else [])


@mentoring.get("/talks/<int:talk_id>/edit")
def edit_contact(talk_id: int) -> Response:
    told = my_contact(talk_id)
    offer = offer_for(told.pairing, told)
    notes = queries.notes_for(me().person_id, told, key())
    ours, note = notes.ours_by(me().person_id), notes.mine.get("note", "")
    draft = draft_of(Place(BESIDE, told.id), me().person_id, key())
    texts = ours | {"only_me": note, "seen": mark_of(told, notes)} | texts_in(draft)
    form = filled_form(told.pairing, offer, told, texts)
    return talk_page(form, told.pairing, offer, told, closed=notes.key_is_missing, draft=draft)


@mentoring.post("/talks/<int:talk_id>/edit")
def update_contact(talk_id: int) -> AnyResponse:
    told = my_contact(talk_id)
    offer = offer_for(told.pairing, told)
    form = posted_form(told.pairing, offer, told)
    if form.accepted():
        typed, zone = form.talk(today(), here().network.time_zone), here().network.time_zone
        form.attempt(change_contact, told, me().person_id, typed, key(), zone, form.seen.data or "")
        if not form.errors:
            return done(url_for(".contact", talk_id=told.id), _("Put right."))
    return _once_more(form, told.pairing, offer, told)


def _write(form: TalkForm, pairing: Pairing, offer: Offer, talk: Talk, twins: list[PairTalk]) -> AnyResponse:
    zone = here().network.time_zone
    told = form.attempt(log_contact, pairing, me().person_id, talk, key(), zone, twins)
    if told is None and form.closed_month:
        return _wait_for_month(form, pairing, offer)
    if told is None:
        return _once_more(form, pairing, offer)
    month = month_of_pair(pairing.id, month_of(day_of(told)), zone)
    other = offer.names[policy.other_of(me().person_id, pairing)]
    return done(url_for(".pair", pairing_id=pairing.id), thanks_for(told, month, month_of(today()), other))


def _keep_for_later(form: TalkForm, pairing: Pairing) -> None:
    """What she typed waits as her draft. One that can't be opened is not written over."""
    with suppress(DomainError):
        keep_draft(
            pairing, Place(DRAFT, pairing.id), me().person_id, worth_keeping(typed_so_far(form.day(today()))), key()
        )


def _wait_for_month(form: TalkForm, pairing: Pairing, offer: Offer) -> Response:
    """Until the month is open again."""
    _keep_for_later(form, pairing)
    return talk_page(form, pairing, offer, draft=draft_of(Place(DRAFT, pairing.id), me().person_id, key()))


def _with_others(pairing: Pairing, talk: Talk) -> PairTalk | None:
    """A group of that day and length that this mentor wrote down with others of hers, and without this mentee."""
    if talk.kind != "group" or me().person_id != pairing.mentor_id:
        return None
    zone = here().network.time_zone
    return group_elsewhere(pairing, clock.local(talk.at, zone).date(), talk.minutes, zone)


def _ask_whether_there(form: TalkForm, pairing: Pairing, talk: Talk, there: PairTalk) -> Response:
    _keep_for_later(form, pairing)
    return _ask_whether_same(form, pairing, talk, [], None, there)


def _ask_whether_same(
    form: TalkForm,
    pairing: Pairing,
    talk: Talk,
    twins: list[PairTalk],
    twice: PairTalk | None,
    there: PairTalk | None = None,
) -> Response:
    """What she typed goes along unseen, to be sent once more with her answer."""
    names = queries.names_of(pairing)
    for told in [*twins, *([there] if there else [])]:
        names |= queries.names_of(told.pairing)
    typed = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in ("csrf_token", "form_key", "fact")
    ]
    return page(
        "mentoring/same.html",
        status=422,
        form=form,
        pairing=pairing,
        talk=talk,
        twins=twins,
        twice=twice,
        there=there,
        names=names,
        typed=typed,
        modes=dict(MODES),
        fact_of=fact_of,
    )


def _join(form: TalkForm, pairing: Pairing, offer: Offer, told: PairTalk, talk: Talk) -> AnyResponse:
    form.attempt(join_talk, told, me().person_id, talk, key(), request.form.get("fact", ""))
    if form.errors:
        return _once_more(form, pairing, offer)
    said = (
        _("It counts once. What you typed stands beside it.")
        if told.contact.logged_by == me().person_id
        else _("One talk, confirmed. Your notes are beside it.")
    )
    return done(url_for(".contact", talk_id=told.id), said)


def _once_more(form: TalkForm, pairing: Pairing, offer: Offer, told: PairTalk | None = None) -> Response:
    """The form with what is to be put right; 409 with both versions where she saved in another window meanwhile."""
    pairs = [(form[name].label.text, _shown(form, name), _in_words(name, now)) for name, now in form.conflict.items()]
    if form.conflict and told:
        form.seen.data = mark_of(told, queries.notes_for(me().person_id, told, key()))
    return talk_page(form, pairing, offer, told, pairs=pairs)


def _shown(form: TalkForm, name: str) -> str:
    """What she typed, in words."""
    field = form[name]
    if name == "on":
        return dates.short_day(form.day(today()))
    if name == "minutes":
        return dates.minutes(form.typed_minutes)
    if name == "next_on":
        return dates.short_day(field.data) or "–"
    if name in MANY or name == "focus":
        chosen = field.data or () if name in MANY else [field.data or ""]
        return ", ".join(str(label) for value, label, *_rest in field.choices if value in chosen) or "–"
    return _in_words(name, field.data or "–")


def _in_words(name: str, value: str) -> str:
    known: dict[str, dict[str, object]] = {"mode": dict(MODES), "kind": dict(KINDS)}
    return str(known.get(name, {}).get(value, value))


def my_pair(pairing_id: int) -> Pairing:
    """A pair that this person is one of; 403 for others."""
    pairing = the_pair(pairing_id)
    if not policy.may_log(here().membership, pairing):
        raise NotYours
    return pairing


def the_contact(talk_id: int, deleted: bool = False) -> PairTalk:
    """A talk of a pair that this person may know of; 404 where there is none, 403 for others."""
    found = queries.talk_in(here().network.id, talk_id)
    if found is None or (found.contact.deleted_at and not deleted):
        raise NotHere
    if not policy.may_see_pair(here().membership, found.pairing):
        raise NotYours
    return found


def my_contact(talk_id: int, deleted: bool = False) -> PairTalk:
    """A talk that this person wrote down."""
    found = the_contact(talk_id, deleted)
    if not policy.may_change(here().membership, found):
        raise NotYours
    return found
