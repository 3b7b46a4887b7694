"""The doors of a draft: preparing a talk, keeping what is typed, throwing it away."""

from collections.abc import Mapping

from flask import Response, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.mentoring.draft_keeping import DRAFT, Place, draft_of, prepared_over, worth_keeping
from portal.mentoring.models import Pairing
from portal.mentoring.operations_drafts import keep_draft, throw_draft
from portal.mentoring.queries import last_parked
from portal.mentoring.routes import mentoring
from portal.mentoring.routes_contacts import my_pair
from portal.mentoring.talk_page import fresh_form, key, offer_for, posted_form, talk_page, today, typed_so_far
from portal.web.access import keeps_its_place, me
from portal.web.errors import DomainError
from portal.web.forms import ActForm
from portal.web.forms_once import was_handled
from portal.web.hypermedia import done, page


@mentoring.get("/pairs/<int:pairing_id>/prepare")
def prepare(pairing_id: int) -> Response:
    pairing = my_pair(pairing_id)
    offer, draft = offer_for(pairing), draft_of(Place(DRAFT, pairing.id), me().person_id, key())
    parked = last_parked(me().person_id, pairing, key())
    form = fresh_form(pairing, offer, draft)
    return talk_page(form, pairing, offer, draft=draft, is_preparing=True, parked=parked)


@mentoring.post("/pairs/<int:pairing_id>/draft")
@keeps_its_place
def keep(pairing_id: int) -> AnyResponse:
    """Whatever is typed so far, right or not. Keeping twice is keeping once, so the form stays good for its own button."""
    pairing = my_pair(pairing_id)
    is_preparing = request.form.get("preparing") == "y"
    back = url_for(".prepare" if is_preparing else ".met", pairing_id=pairing.id)
    form = ActForm()
    if form.accepted() and not _is_a_talk_already(pairing):
        try:
            keep_draft(pairing, Place(DRAFT, pairing.id), me().person_id, _typed(pairing, is_preparing), key())
        except DomainError as refusal:
            form.refuse(refusal)
    if not form.errors:
        return redirect(f"{back}#draft", code=303)
    offer = offer_for(pairing)
    shown = posted_form(pairing, offer)
    shown.form_errors = [sentence for _id, sentence in form.lines()]
    return talk_page(shown, pairing, offer, status=422, is_preparing=is_preparing, refusal=form.refusal())


@mentoring.get("/pairs/<int:pairing_id>/draft/throw")
def ask_throw(pairing_id: int) -> Response:
    pairing = my_pair(pairing_id)
    stays = _("Talks that are saved stay.")
    return throw_page(url_for(".met", pairing_id=pairing.id), _("We met"), stays)


@mentoring.post("/pairs/<int:pairing_id>/draft/throw")
def throw(pairing_id: int) -> AnyResponse:
    pairing = my_pair(pairing_id)
    if ActForm().accepted():
        throw_draft(Place(DRAFT, pairing.id), me().person_id)
    return done(url_for(".pair", pairing_id=pairing.id), _("The draft is gone."))


def throw_page(back: str, name: str, stays: str) -> Response:
    """Asks once before a draft is gone. ``back`` is the form that it is of, called ``name``; ``stays``: what is not lost."""
    return page("mentoring/throw.html", form=ActForm(), back=back, name=name, stays=stays)


def _is_a_talk_already(pairing: Pairing) -> bool:
    """Kept by itself while "Save" was on its way: it would come back as a draft of what is written down."""
    return was_handled(request.form.get("form_key"), url_for(".log", pairing_id=pairing.id))


def _typed(pairing: Pairing, is_preparing: bool) -> Mapping[str, str]:
    fields = typed_so_far(None if is_preparing else posted_form(pairing, offer_for(pairing)).day(today()))
    before = draft_of(Place(DRAFT, pairing.id), me().person_id, key()) if is_preparing else None
    return worth_keeping(prepared_over(fields, before.fields) if before else fields)
