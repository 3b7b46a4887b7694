"""The doors of a wish for a re-match: written by one of the two, read and answered by coordinators, seen by nobody else."""

from flask import Response, current_app, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.matching import policy
from portal.matching.blueprints import matching
from portal.matching.forms import WishAnswerForm, WishForm
from portal.matching.models import RematchWish
from portal.matching.operations_wishes import answer_wish, wish_rematch, withdraw_wish
from portal.matching.queries_people import known_of
from portal.matching.queries_wishes import asked_words, last_wish_by, wish_in
from portal.mentoring.models import Pairing
from portal.mentoring.queries import names_of, pairing_in
from portal.networks.scope import here
from portal.web.access import me
from portal.web.errors import NotHere, NotYours
from portal.web.forms import ActForm, pressed
from portal.web.hypermedia import done, done_unless_refused, page


@matching.get("/pairs/<int:pairing_id>/word")
def wish(pairing_id: int) -> Response:
    """Her own wish and what came of it; a coordinator has no business here, and the other one sees only her own."""
    pairing = _own_pair(pairing_id)
    mine = last_wish_by(pairing.id, me().person_id)
    return _wish_page(pairing, mine, WishForm(data=_own_words(mine)))


@matching.post("/pairs/<int:pairing_id>/word")
def save_wish(pairing_id: int) -> AnyResponse:
    pairing, form = _own_pair(pairing_id), WishForm()
    if form.accepted():
        made = form.attempt(wish_rematch, pairing, me().person_id, form.words.data or "", _key())
        if made:
            told = _("The coordinators know. The other one of you does not, and learns nothing of it here.")
            return done(url_for(".wish", pairing_id=pairing.id), told)
    return _wish_page(pairing, last_wish_by(pairing.id, me().person_id), form)


def _wish_page(pairing: Pairing, mine: RematchWish | None, form: WishForm) -> Response:
    others = names_of(pairing)
    other = others[pairing.mentee_id if me().person_id == pairing.mentor_id else pairing.mentor_id]
    return page("matching/wish.html", pairing=pairing, wish=mine, form=form, other=other, act=ActForm())


@matching.post("/wishes/<int:wish_id>/withdraw")
def withdraw(wish_id: int) -> AnyResponse:
    found, pairing = _wish_here(wish_id)
    if found.asked_by != me().person_id:
        raise NotYours
    form = pressed(withdraw_wish, found, me().person_id)
    told = _("Taken back, and what you wrote is deleted.")
    return done_unless_refused(form, url_for(".wish", pairing_id=pairing.id), told)


@matching.get("/wishes/<int:wish_id>")
def read_wish(wish_id: int) -> Response:
    found, pairing = _to_decide(wish_id)
    return _read_page(found, pairing, WishAnswerForm(answer=found.answer or None))


@matching.post("/wishes/<int:wish_id>")
def decide_wish(wish_id: int) -> AnyResponse:
    found, pairing = _to_decide(wish_id)
    form = WishAnswerForm()
    if form.accepted():
        form.attempt(answer_wish, found, pairing, me().person_id, form.answer.data)
        if not form.errors:
            return done(
                url_for(".read_wish", wish_id=found.id), _("Noted. Whoever wrote it is told that you answered.")
            )
    return _read_page(found, pairing, form)


def _read_page(found: RematchWish, pairing: Pairing, form: WishAnswerForm) -> Response:
    words = asked_words("rematch", found.id, me().person_id, True, _key())
    return page(
        "matching/wish_read.html",
        wish=found,
        pairing=pairing,
        people=known_of((pairing.mentor_id, pairing.mentee_id), with_words=False),
        said=words.get(found.asked_by),
        is_mentees=found.asked_by == pairing.mentee_id,
        form=form,
    )


def _own_words(mine: RematchWish | None) -> dict[str, str]:
    if mine is None:
        return {}
    return asked_words("rematch", mine.id, me().person_id, False, _key()).get(me().person_id, {})


def _own_pair(pairing_id: int) -> Pairing:
    pairing = pairing_in(here().network.id, pairing_id)
    if pairing is None:
        raise NotHere
    if not policy.may_wish(me().person_id, pairing):
        raise NotYours
    return pairing


def _wish_here(wish_id: int) -> tuple[RematchWish, Pairing]:
    """404 for whoever must not even learn that there is one: the other one of the two, coordinator or not."""
    found = wish_in(here().network.id, wish_id)
    if found is None or not policy.may_see_wish(here().membership, *found):
        raise NotHere
    return found


def _to_decide(wish_id: int) -> tuple[RematchWish, Pairing]:
    found, pairing = _wish_here(wish_id)
    if not policy.may_decide_wish(here().membership, pairing):
        raise NotHere
    return found, pairing


def _key() -> bytes:
    key: bytes = current_app.config["SETTINGS"].key("mentoring")
    return key
