"""The doors of what becomes of private texts: keep them after the end, delete one's own at once."""

from flask import Response, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from portal.mentoring import policy, queries
from portal.mentoring.models import Pairing
from portal.mentoring.routes import the_pair
from portal.note_keeping.blueprints import note_keeping
from portal.note_keeping.operations import delete_own_texts, wish_to_keep
from portal.note_keeping.queries import has_texts
from portal.web.access import me
from portal.web.errors import NotYours
from portal.web.forms import ActForm, pressed
from portal.web.hypermedia import done, done_unless_refused, page


@note_keeping.post("/pairs/<int:pairing_id>/notes/keep")
def keep(pairing_id: int) -> AnyResponse:
    return _answer(pairing_id, True, _("You would keep what you two wrote. It stays if both of you say so."))


@note_keeping.post("/pairs/<int:pairing_id>/notes/let-go")
def let_go(pairing_id: int) -> AnyResponse:
    return _answer(pairing_id, False, _("What you two wrote goes by itself. Dates and minutes stay counted."))


@note_keeping.get("/pairs/<int:pairing_id>/notes/delete")
def ask_to_delete(pairing_id: int) -> Response:
    pairing = _one_of_mine(pairing_id)
    return page(
        "note_keeping/delete.html",
        form=ActForm(),
        pairing=pairing,
        names=queries.names_of(pairing),
        are_any=has_texts(pairing.id, me().person_id),
    )


@note_keeping.post("/pairs/<int:pairing_id>/notes/delete")
def delete(pairing_id: int) -> AnyResponse:
    pairing, form = _one_of_mine(pairing_id), ActForm()
    count = form.attempt(delete_own_texts, pairing, me().person_id) if form.accepted() else None
    if count is None:
        return done(url_for(".ask_to_delete", pairing_id=pairing.id), form.refusal(), kind="wrong")
    notice = ngettext("One text of yours is deleted for good.", "%(num)s texts of yours are deleted for good.", count)
    return done(url_for("mentoring.pair", pairing_id=pairing.id), notice)


def _answer(pairing_id: int, wishes: bool, notice: str) -> AnyResponse:
    pairing = _one_of_mine(pairing_id)
    form = pressed(wish_to_keep, pairing, me().person_id, wishes)
    return done_unless_refused(form, url_for("mentoring.pair", pairing_id=pairing.id), notice)


def _one_of_mine(pairing_id: int) -> Pairing:
    pairing = the_pair(pairing_id)
    if not policy.is_of_pair(me().person_id, pairing):
        raise NotYours
    return pairing
