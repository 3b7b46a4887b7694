"""What somebody sends after an event: her answers, or that she was not there."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.attendance.hours import Part
from portal.attendance.operations_claims import say
from portal.attendance.queries_claims import is_sayable
from portal.db import operation
from portal.evaluation import hooks
from portal.evaluation.queries import evaluation_of, may_answer, sessions_marked, unmarked_sessions
from portal.events.models import Event
from portal.history import phrases, record
from portal.surveys.models import Survey
from portal.surveys.operations_answers import answer, excuse, invite
from portal.web.errors import DomainError

Doors = list[tuple[str | LazyString, str]]

phrases.declare({"evaluation.not_there": _l("%(person)s says that she was not there")})


@operation
def give_feedback(event: Event, wording: str, person_id: int, said: Mapping[int, int | str]) -> Doors:
    """Keep her answers, and let the other rooms know that she has answered; returns what they offer her now.

    Raises DomainError as ``surveys.answer`` does, for somebody who was not there, and for a form with other questions.
    """
    survey = _survey(event)
    if not may_answer(event.id, person_id):
        raise DomainError(_("You are not on the sheet of this event. Tell the coordinator, who can put it right."))
    # Whoever was noted only afterwards, or took back that she was not there, is asked in this moment.
    invite(survey, [person_id])
    excuse(survey, person_id, excused=False)
    answer(survey, wording, person_id, said)
    return hooks.answered(event.id, person_id)


@operation
def say_not_there(event: Event, person_id: int) -> bool:
    """She is asked no more; where nobody has marked her yet, the sheet says so too.

    Where the sheet says that she was there, it stays, and a line on it tells the coordinator what she says.
    Raises DomainError once she has answered.
    """
    survey = _survey(event)
    invite(survey, [person_id])
    excuse(survey, person_id)
    for session in unmarked_sessions(event.id, person_id):
        if is_sayable(session):
            say(session, person_id, Part(0, None, None))
    for session_id in sessions_marked(event.id, person_id):
        record(person_id, "evaluation.not_there", "activity", session_id, person_id=person_id)
    return True


@operation
def say_there_after_all(event: Event, person_id: int) -> bool:
    """She pressed the wrong button. What the sheet says is the coordinator's to put right."""
    excuse(_survey(event), person_id, excused=False)
    return True


def _survey(event: Event) -> Survey:
    survey = evaluation_of(event.id)
    if survey is None or event.evaluation == "none" or event.cancelled_at:
        raise DomainError(_("Nobody is asked about this event."))
    return survey
