"""The doors of a draft beside a talk that is written down: what is typed there is kept by itself, read by its writer alone."""

from flask import Response, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.mentoring import policy
from portal.mentoring.draft_keeping import BESIDE, TEXTS, Place
from portal.mentoring.forms_talks import NotesForm
from portal.mentoring.models import PairTalk
from portal.mentoring.operations_drafts import keep_draft, throw_draft
from portal.mentoring.routes import mentoring
from portal.mentoring.routes_drafts import throw_page
from portal.mentoring.routes_notes import notes_page, talk_of_mine
from portal.mentoring.stale import texts_differ
from portal.mentoring.talk_page import key
from portal.networks.scope import here
from portal.web.access import keeps_its_place, me
from portal.web.errors import DomainError
from portal.web.forms import ActForm
from portal.web.forms_once import was_handled
from portal.web.hypermedia import done


@mentoring.post("/talks/<int:talk_id>/draft")
@keeps_its_place
def keep_notes(talk_id: int) -> AnyResponse:
    """Her texts so far, from whichever of the two forms. Keeping twice is keeping once."""
    told, form, typed = talk_of_mine(talk_id), ActForm(), NotesForm()
    # Without a single field of notes there is nothing that she could have emptied.
    has_notes = any(name in request.form for name in TEXTS)
    if form.accepted() and has_notes and not _is_saved_already(told):
        try:
            keep_draft(told.pairing, Place(BESIDE, told.id), me().person_id, _unsaved(told, typed), key())
        except DomainError as refusal:
            form.refuse(refusal)
    if not form.errors:
        door = ".edit_contact" if request.args.get("back") == "edit" and _may_change(told) else ".beside"
        return redirect(url_for(door, talk_id=told.id) + "#draft", code=303)
    typed.form_errors = [sentence for _id, sentence in form.lines()]
    return notes_page(typed, told, status=422, refusal=form.refusal())


@mentoring.get("/talks/<int:talk_id>/draft/throw")
def ask_throw_notes(talk_id: int) -> Response:
    told = talk_of_mine(talk_id)
    stays = _("What was saved beside the talk stays.")
    return throw_page(url_for(".beside", talk_id=told.id), _("Write beside it"), stays)


@mentoring.post("/talks/<int:talk_id>/draft/throw")
def throw_notes(talk_id: int) -> AnyResponse:
    told = talk_of_mine(talk_id)
    if ActForm().accepted():
        throw_draft(Place(BESIDE, told.id), me().person_id)
    return done(url_for(".contact", talk_id=told.id), _("The draft is gone. What was saved stands as it was."))


def _unsaved(told: PairTalk, typed: NotesForm) -> dict[str, str]:
    """Her texts with the mark of what she had before her; none where they are as she saved them."""
    texts = typed.texts()
    differ = texts_differ(told, me().person_id, texts, key())
    return {**texts, "seen": typed.seen.data or "-"} if differ else {}


def _may_change(told: PairTalk) -> bool:
    return told.contact.deleted_at is None and policy.may_change(here().membership, told)


def _is_saved_already(told: PairTalk) -> bool:
    """Kept by itself while "Save" was on its way."""
    doors = (url_for(door, talk_id=told.id) for door in (".write_beside", ".update_contact"))
    return any(was_handled(request.form.get("form_key"), door) for door in doors)
