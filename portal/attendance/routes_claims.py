"""Her own word: what a person says of herself on a page, and what a coordinator answers where it waits."""

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.attendance.acts import state_of, thanks
from portal.attendance.blueprints import attendance
from portal.attendance.forms_claim import OwnWordForm, said
from portal.attendance.operations_claims import accept_claim, decline_claim, open_claim_again, say
from portal.attendance.queries_claims import claim_of, is_sayable, last_day_to_say, own_row
from portal.attendance.scope import PATH, hours_of, ids, session_in, session_to_mark, sheet_url
from portal.events import policy, words
from portal.events.models import Session
from portal.networks.scope import here
from portal.web.errors import NotHere
from portal.web.forms import ActForm, pressed
from portal.web.hypermedia import done, done_unless_refused, page

CLAIM = f"{PATH}/claims/<int:claim_id>"


@attendance.get(f"{PATH}/mine")
def mine(event_id: int, session_id: int) -> AnyResponse:
    return _mine_page(_published(event_id, session_id), OwnWordForm())


@attendance.post(f"{PATH}/mine")
def say_mine(event_id: int, session_id: int) -> AnyResponse:
    session = _published(event_id, session_id)
    form = OwnWordForm()
    if form.accepted():
        answer = form.attempt(_say, session, form)
        if answer is not None:
            return done(url_for(".mine", **ids(session)), thanks(answer))
    return _mine_page(session, form)


@attendance.post(f"{CLAIM}/acceptance")
def accept(event_id: int, session_id: int, claim_id: int) -> AnyResponse:
    session = session_to_mark(event_id, session_id)
    claim = claim_of(session_id, claim_id)
    form = pressed(accept_claim, session, claim, here().membership.person_id)
    return _answered(session, form, _("It is on the sheet, as her own word."))


@attendance.post(f"{CLAIM}/refusal")
def decline(event_id: int, session_id: int, claim_id: int) -> AnyResponse:
    session = session_to_mark(event_id, session_id)
    claim = claim_of(session_id, claim_id)
    form = pressed(decline_claim, session, claim, here().membership.person_id)
    undo = url_for(".ask_again", claim_id=claim_id, **ids(session))
    return _answered(session, form, _("The sheet stays as it is; she sees that you looked at it."), undo)


@attendance.post(f"{CLAIM}/reopening")
def ask_again(event_id: int, session_id: int, claim_id: int) -> AnyResponse:
    session = session_to_mark(event_id, session_id)
    claim = claim_of(session_id, claim_id)
    form = pressed(open_claim_again, session, claim, here().membership.person_id)
    return _answered(session, form, _("The question is open again."))


def _published(event_id: int, session_id: int) -> Session:
    """The session, unless it is a draft that this member may not see."""
    session = session_in(event_id, session_id)
    event = session.event
    if event.published_at is None and not policy.can_see_draft(here().membership, event.owner_id):
        raise NotHere
    return session


def _say(session: Session, form: OwnWordForm) -> str:
    person_id = here().membership.person_id
    row = own_row(session.id, person_id)
    signed_in_at = row.arrived_at if row and row.signed_in else None
    return say(session, person_id, said(request.form.get("choice", ""), form, hours_of(session), signed_in_at))


def _mine_page(session: Session, form: OwnWordForm) -> AnyResponse:
    return page(
        "attendance/mine.html",
        session=session,
        form=form,
        state=state_of(session, here().membership.person_id),
        until=last_day_to_say(session) if is_sayable(session) else None,
        words=words,
    )


def _answered(session: Session, form: ActForm, sentence: str, undo: str | None = None) -> AnyResponse:
    return done_unless_refused(form, sheet_url(session), sentence, undo)
