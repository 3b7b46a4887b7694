"""One person with a row in every table that the events, their hours and their papers brought, for forgetting and merging."""

from dataclasses import dataclass
from datetime import date, timedelta

from portal.activities.models import Participation, Use
from portal.attendance.models import AttendanceClaim
from portal.calendars.models import CalendarFeed
from portal.credit.models import Certificate, OutsideHours
from portal.db import db
from portal.evaluation.models import FollowUp
from portal.events.models import Booking, SessionNotice
from portal.files.models import StoredFile
from portal.people.models import EmailAddress, Person
from portal.people.names import fold_address, sort_name
from portal.surveys.models import Survey, SurveyAnswer, SurveyInvitation, SurveyQuestion, SurveyResponse
from tests import cast

NAME, ADDRESS, NEEDS, OWN_WORDS = "Hazel Nutbourne", "hazel@nutbourne.example", "Nutbourne ramp", "Nutbourne words"


@dataclass
class Scene:
    """What both records of a merge stand in: an event with a past session, its evaluations, a kind of credit."""

    event_id: int
    session_id: int
    surveys: tuple[Survey, Survey]
    question_id: int
    credit_type_id: int


def scene_of(event, kind) -> Scene:
    surveys = tuple(
        _survey(event.id, purpose, anonymous) for purpose, anonymous in (("evaluation", False), ("b", True))
    )
    return Scene(event.id, event.sessions[0].id, surveys, surveys[0].questions[0].id, kind.id)


def _survey(event_id, purpose, anonymous):
    survey = Survey(
        network_id=cast.network_id(), purpose=purpose, subject_kind="event", subject_id=event_id, title="Build a hand",
        is_anonymous=anonymous, opens_at=cast.NOW - timedelta(days=5), closes_at=cast.NOW + timedelta(days=5),
        created_at=cast.NOW,
    )  # fmt: skip
    survey.questions = [SurveyQuestion(position=0, level="open", kind="words", text="What next?")]
    db.session.add(survey)
    db.session.flush()
    return survey


def a_person(name=NAME, address=ADDRESS) -> int:
    one = Person(name=name, sort_name=sort_name(name), listing={}, created_at=cast.LONG_AGO)
    db.session.add(one)
    db.session.flush()
    db.session.add(EmailAddress(person_id=one.id, address=address, folded=fold_address(address), is_primary=True))
    return one.id


def fill(scene: Scene, person_id: int, number: str, minutes: int = 90, name: str = NAME) -> None:
    """A row in each table, with her name, her address or her words wherever a column can hold them."""
    now, hers = cast.NOW, {"person_id": person_id}
    files = [_file(f"{name} {what} {number}.pdf", person_id) for what in ("proof", "certificate", "void")]
    use = Use(
        network_id=cast.network_id(), subject_kind="event", subject_id=scene.event_id, used_on=now.date(), classes=1,
        recorded_at=now, what_changed="They built more.", quote="It moved!", **hers,
    )  # fmt: skip
    db.session.add(use)
    db.session.flush()
    db.session.add_all(
        [
            Booking(session_id=scene.session_id, booked_at=now, placed_at=now, needs=NEEDS, organisation_typed=OWN_WORDS,
                    subject=OWN_WORDS, reach_by=ADDRESS, **hers),
            SessionNotice(session_id=scene.session_id, kind="after", starts_at=now, told_at=now, **hers),
            Participation(activity_id=scene.session_id, minutes=minutes, recorded_at=now, how_recorded="code", **hers),
            AttendanceClaim(session_id=scene.session_id, minutes=80, said_at=now, **hers),
            AttendanceClaim(session_id=scene.session_id, minutes=70, said_at=now, answered_at=now, is_accepted=False,
                            **hers),
            CalendarFeed(version=3, renewed_at=now, **hers),
            FollowUp(event_id=scene.event_id, asked_at=now, answer="later", ask_again_at=now, why_not=OWN_WORDS,
                     use_id=use.id, **hers),
            OutsideHours(title=OWN_WORDS, provider=OWN_WORDS, started_on=now.date(), ended_on=now.date(), minutes=60,
                         reference=OWN_WORDS, proof_id=files[0], noted_at=now, **hers),
        ]
    )  # fmt: skip
    for place, kind in enumerate(("credit", "attendance")):
        db.session.add(_certificate(scene, person_id, f"{number}{place}", kind, name, files[1 + place]))
    for survey in scene.surveys:
        db.session.add(SurveyInvitation(survey_id=survey.id, invited_at=now, answered_on=now.date(), **hers))
    said = SurveyResponse(survey_id=scene.surveys[0].id, answered_at=now, **hers)
    db.session.add(said)
    db.session.flush()
    db.session.add(SurveyAnswer(response_id=said.id, question_id=scene.question_id, words=OWN_WORDS))
    db.session.flush()


def _file(name, person_id):
    file = StoredFile(
        sha256="0" * 64, name=name, kind="pdf", media_type="application/pdf", size=1, uploaded_at=cast.NOW,
        uploaded_by=person_id,
    )  # fmt: skip
    db.session.add(file)
    db.session.flush()
    return file.id


def _certificate(scene, person_id, number, kind, name, file_id):
    day = date(2026, 11, 5)
    return Certificate(
        number=f"2026-{number}", check_code="ABCDEFGH", network_id=cast.network_id(), person_id=person_id, kind=kind,
        subject_kind="event", subject_id=scene.event_id, name=name, title="Build a hand", started_on=day, ended_on=day,
        credit_type_id=scene.credit_type_id if kind == "credit" else None,
        sessions=[{"on": "5 November", "minutes": 90, "most": 90, "arrived": "5:03 pm", "left": "6:28 pm"}],
        minutes=90, credited_minutes=90, most_minutes=90, issued_at=cast.NOW, made_at=cast.NOW, stored_file_id=file_id,
        printed={"network": "Tarn and Tide", "provider": "Tarn and Tide", "credit": "Clock hour", "unit": "clock hour",
                 "units": "clock hours", "minutes_a_unit": 60, "instructor": f"{name}, Low Garrick School",
                 "instructor_as": "Led by", "signed_by": name},
    )  # fmt: skip
