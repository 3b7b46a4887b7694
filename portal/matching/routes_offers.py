"""The doors of one offer to mentor: made, looked at, changed, set aside while she has enough, taken back."""

from collections.abc import Callable

from flask import Response, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.history.queries import lines_about
from portal.matching import operations_offers as verbs
from portal.matching import policy, queries, reasons
from portal.matching.blueprints import matching
from portal.matching.forms import OfferForm
from portal.matching.models import MentorOffer
from portal.matching.prefilled import for_whom, known_already, may_change, refuse_others
from portal.matching.queries_people import known_of
from portal.matching.said import as_typed
from portal.matching.words import labels_of, to_choose
from portal.networks.scope import here
from portal.web.access import me
from portal.web.errors import NotHere, NotYours
from portal.web.forms import ActForm, pressed
from portal.web.hypermedia import done, done_unless_refused, page
from portal.web.numbers import number_of


@matching.get("/offers/new")
def new_offer() -> AnyResponse:
    words, people = to_choose(), for_whom()
    mine = queries.offer_of(here().network.id, me().person_id) if people is None else None
    if mine and mine.ended_at is None:
        return done(url_for(".offer", offer_id=mine.id))
    return page("matching/offer_form.html", form=OfferForm(words, people, data=known_already(people)), offer=None)


@matching.post("/offers/new")
def create_offer() -> AnyResponse:
    words, people = to_choose(), for_whom()
    form = OfferForm(words, people)
    if form.accepted():
        person_id = form.person_id.data if people is not None else me().person_id
        made = form.attempt(verbs.offer_to_mentor, here().network.id, person_id, me().person_id, form.said())
        if made:
            told = _("Thank you. The coordinators see it, and ask before anything begins.")
            return done(url_for(".offer", offer_id=made.id), told)
    return page("matching/offer_form.html", form=form, offer=None)


@matching.get("/offers/<int:offer_id>")
def offer(offer_id: int) -> Response:
    found = _offer_here(offer_id)
    person = known_of((found.person_id,), with_words=False)[found.person_id]
    return page(
        "matching/offer.html",
        offer=found,
        person=person,
        pairs=queries.pairs_now(here().network.id, found.person_id),
        may_change=may_change(found, person.has_account),
        is_mine=found.person_id == me().person_id,
        words=labels_of(),
        reasons=reasons,
        lines=lines_about("mentor_offer", found.id),
        act=ActForm(),
    )


@matching.get("/offers/<int:offer_id>/edit")
def edit_offer(offer_id: int) -> Response:
    found = _mine(offer_id)
    return page("matching/offer_form.html", form=OfferForm(to_choose(found), data=as_typed(found)), offer=found)


@matching.post("/offers/<int:offer_id>/edit")
def update_offer(offer_id: int) -> AnyResponse:
    found = _mine(offer_id)
    form = OfferForm(to_choose(found))
    if form.accepted():
        form.attempt(verbs.change_offer, found, me().person_id, form.said(), number_of(form.row_version.data) or 0)
        if not form.errors:
            return done(url_for(".offer", offer_id=found.id), _("Changed. Your pairs go on as they are."))
    form.replaces(form.row_version, found.row_version)
    return page("matching/offer_form.html", form=form, offer=found)


@matching.post("/offers/<int:offer_id>/pause")
def pause_offer(offer_id: int) -> AnyResponse:
    undo = url_for(".resume_offer", offer_id=offer_id)
    return _act(offer_id, verbs.pause_offer, _("Set aside. Nobody new is proposed; pairs go on."), undo)


@matching.post("/offers/<int:offer_id>/resume")
def resume_offer(offer_id: int) -> AnyResponse:
    return _act(offer_id, verbs.resume_offer, _("The offer stands again."))


@matching.post("/offers/<int:offer_id>/end")
def end_offer(offer_id: int) -> AnyResponse:
    undo = url_for(".restore_offer", offer_id=offer_id)
    return _act(offer_id, verbs.take_offer_back, _("Taken back. Pairs go on until one of them ends it."), undo)


@matching.post("/offers/<int:offer_id>/restore")
def restore_offer(offer_id: int) -> AnyResponse:
    return _act(offer_id, verbs.restore_offer, _("The offer stands again."))


def _act(offer_id: int, verb: Callable[[MentorOffer, int], None], told: str, undo: str | None = None) -> AnyResponse:
    form = pressed(verb, _mine(offer_id), me().person_id)
    return done_unless_refused(form, url_for(".offer", offer_id=offer_id), told, undo)


def _offer_here(offer_id: int) -> MentorOffer:
    """Hers, or for a coordinator any of the network."""
    found = queries.offer_in(here().network.id, offer_id)
    if found is None:
        raise NotHere
    if found.person_id != me().person_id and not policy.coordinates(here().membership):
        raise NotYours
    return found


def _mine(offer_id: int) -> MentorOffer:
    found = _offer_here(offer_id)
    refuse_others(found)
    return found
