"""Events of the fixed cast that are over, with a closed sheet, for the tests of this room."""

from datetime import date, datetime, timedelta

from portal.activities.operations import Mark, record_attendance
from portal.attendance.operations import close_sheet
from portal.credit.models import CreditType
from portal.db import db
from portal.events.models import Event
from portal.events.models_credit import EventCredit
from portal.surveys.models import Survey, SurveyInvitation
from portal.web import clock
from tests import cast
from tests.events import planned

HERE = "/n/tarn-and-tide/events"
ZONE = "Europe/London"
# After three weekly sessions that begin on the fifth of November.
LATER = planned.LAST_THURSDAY + timedelta(days=20)


def event(sessions: int = 1, title: str = "Build a hand", **columns: object) -> Event:
    """An event that took place from 5 November on, weekly if it has several sessions. Nobody is marked yet."""
    one = planned.event(title, starts_at=planned.LAST_THURSDAY, sessions=sessions)
    one.objectives = "Modelling tendons and joints."
    for name, value in columns.items():
        setattr(one, name, value)
    db.session.commit()
    return one


def mark(
    one: Event, key: str | int, minutes: int, place: int = 0, capacity: str = "participant", **times: datetime
) -> None:
    """Somebody was in one of the sessions for so many minutes."""
    who = cast.person_id(key) if isinstance(key, str) else key
    record_attendance(one.sessions[place].id, [Mark(who, minutes, capacity, **times)], cast.person_id("ines"))


def close(one: Event) -> None:
    """All sheets are closed, the evening after the last session."""
    over = max(session.ends_at for session in one.sessions) + timedelta(hours=3)
    clock.freeze(max(clock.now(), LATER, over))
    for session in one.sessions:
        close_sheet(session, 0, cast.person_id("ines"))


def kind(code: str = "tt-hour", **columns: object) -> CreditType:
    """A kind of credit: a clock hour in quarters, unless ``columns`` say otherwise."""
    usual: dict[str, object] = {
        "name": "Clock hour", "unit": "clock hour", "units": "clock hours", "round_to": 15, "categories": ["STEM"],
        "statement": "I affirm that she was there.", "blank_line": "Certificate no.",
    }  # fmt: skip
    made = CreditType(code=code, **(usual | columns))
    db.session.add(made)
    db.session.commit()
    return made


def credit(one: Event, of: CreditType, **columns: object) -> EventCredit:
    """Approved in October, STEM, for three quarters of the minutes."""
    usual: dict[str, object] = {
        "category": "STEM", "provider": "Lakes ESD", "provider_number": "2231", "in_service_number": "TT-26-0417",
        "approved_on": date(2026, 10, 28), "round_to": of.round_to,
    }  # fmt: skip
    made = EventCredit(event_id=one.id, credit_type_id=of.id, **(usual | columns))
    db.session.add(made)
    db.session.commit()
    return made


def evaluated(one: Event, *people: str | int) -> None:
    """They have sent their evaluation: that they did is known, what they said is not."""
    now = clock.now()
    survey = Survey(
        network_id=one.network_id, purpose="evaluation", subject_kind="event", subject_id=one.id, title=one.title,
        opens_at=now, closes_at=now + timedelta(days=30), created_at=now,
    )  # fmt: skip
    db.session.add(survey)
    db.session.flush()
    for key in people:
        who = cast.person_id(key) if isinstance(key, str) else key
        db.session.add(SurveyInvitation(survey_id=survey.id, person_id=who, invited_at=now, answered_on=now.date()))
    db.session.commit()
