"""What makes a nation's events hold up: credit with its letters, evaluations with their answers, certificates."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from portal.credit.models import Certificate, CertificateCount
from portal.credit.numbering import ALPHABET, CODE_LENGTH
from portal.db import db
from portal.demo.national_pour import Nation, Row
from portal.demo.told_credit import credit_type
from portal.surveys.models import (
    Survey,
    SurveyAnswer,
    SurveyInvitation,
    SurveyItem,
    SurveyQuestion,
    SurveyResponse,
)

# Of a hundred events so many give credit, so many that are over were evaluated, and so many of those certified.
WITH_CREDIT, EVALUATED, CERTIFIED = 30, 35, 60
Rows = Iterator[tuple[type, Row]]


@dataclass(frozen=True, slots=True)
class Evening:
    """An event that is over, with the minutes of each who came to its first session."""

    event: Row
    activity: Row
    credit: Row | None
    came: Sequence[tuple[int, int]]

    @property
    def ends_at(self) -> datetime:
        return self.activity["starts_at"] + timedelta(minutes=self.activity["minutes"])


class Standing:
    """Knows the kinds of credit and the questions, and counts the certificates of each year."""

    def __init__(self, nation: Nation) -> None:
        self.nation, self.random = nation, nation.random
        self.clock_hour = credit_type("wa-clock-hour").id
        self.items = db.session.execute(select(SurveyItem).where(SurveyItem.is_usual).order_by(SurveyItem.id))
        self.questions = [(one.code, one.level, one.kind, one.text) for one in self.items.scalars()]
        self.given: dict[int, int] = {}

    def credit(self, event: Row, first: datetime) -> Row | None:
        """A clock hour approved four weeks before it begins, or nothing."""
        if self.random.random() >= WITH_CREDIT / 100:
            return None
        letters = {
            "applied_on": (first - timedelta(days=50)).date(),
            "approved_on": (first - timedelta(days=28)).date(),
        }
        about = {"category": "STEM", "provider": "The hub", "in_service_number": f"N-{event['id']}", "least_share": 75}
        return {
            "id": self.nation.next_id("event_credit"),
            "event_id": event["id"],
            "credit_type_id": self.clock_hour,
            "round_to": 15,
            **about,
            **letters,
        }

    def after(self, evening: Evening) -> Rows:
        """The answers and the certificates of an evening whose sheet is closed."""
        if self.random.random() < EVALUATED / 100:
            yield from self._evaluation(evening)
            if self.random.random() < CERTIFIED / 100:
                yield from self._certificates(evening)

    def _evaluation(self, evening: Evening) -> Rows:
        survey, ended = self.nation.next_id("survey"), evening.ends_at
        about = {"network_id": evening.event["network_id"], "purpose": "evaluation", "title": evening.event["title"]}
        window = {"opens_at": ended, "closes_at": ended + timedelta(days=21), "created_at": ended}
        yield Survey, {"id": survey, "subject_kind": "event", "subject_id": evening.event["id"], **about, **window}
        asked: list[tuple[int, str]] = []
        for place, (code, level, kind, text) in enumerate(self.questions):
            question = self.nation.next_id("survey_question")
            asked.append((question, kind))
            words = {"item_code": code, "level": level, "kind": kind, "text": text}
            yield SurveyQuestion, {"id": question, "survey_id": survey, "position": place, **words}
        for person, _minutes in evening.came:
            answers = self.random.random() < 0.7
            on = (ended + timedelta(days=1)).date() if answers else None
            yield SurveyInvitation, {"survey_id": survey, "person_id": person, "invited_at": ended, "answered_on": on}
            if answers:
                yield from self._answers(survey, asked)

    def _answers(self, survey: int, asked: Sequence[tuple[int, str]]) -> Rows:
        response = f"{self.random.getrandbits(128):032x}"
        yield SurveyResponse, {"id": response, "survey_id": survey, "is_shown": True}
        for question, kind in asked:
            step = self.random.choice((2, 3, 4, 4, 5, 5)) if kind == "agree" else None
            words = self.nation.words.sentence() if kind == "words" else ""
            if step or self.random.random() < 0.3:
                yield SurveyAnswer, {"response_id": response, "question_id": question, "step": step, "words": words}

    def _certificates(self, evening: Evening) -> Rows:
        for person, minutes in evening.came:
            yield Certificate, self._certificate(evening, person, minutes, None)
            if evening.credit and minutes * 100 >= 75 * evening.activity["minutes"]:
                yield Certificate, self._certificate(evening, person, minutes, evening.credit)

    def _certificate(self, evening: Evening, person: int, minutes: int, credit: Row | None) -> Row:
        issued, activity = evening.ends_at + timedelta(days=2), evening.activity
        day, most = activity["starts_at"].date(), activity["minutes"]
        self.given[issued.year] = self.given.get(issued.year, 0) + 1
        counts = {
            "minutes": minutes,
            "credited_minutes": minutes // 15 * 15 if credit else minutes,
            "most_minutes": most,
        }
        when = {"on": day.strftime("%d %B %Y"), "starts": "4:30", "ends": "", "arrived": "", "left": ""}
        return {
            "number": f"{issued.year}-{self.given[issued.year]:06d}",
            "check_code": "".join(self.random.choices(ALPHABET, k=CODE_LENGTH)),
            "network_id": evening.event["network_id"],
            "person_id": person,
            "kind": "credit" if credit else "attendance",
            "subject_kind": "event",
            "subject_id": evening.event["id"],
            "credit_type_id": self.clock_hour if credit else None,
            "category": credit["category"] if credit else "",
            "name": self.nation.names[person],
            "title": evening.event["title"],
            "sessions": [{**when, "place": activity["place"], "minutes": minutes, "most": most}],
            "started_on": day,
            "ended_on": day,
            **counts,
            "printed": {"unit": "clock hour", "units": "clock hours", "minutes_a_unit": 60} if credit else {},
            # Told of, and not left to the worker: thousands of papers would take it an hour.
            "issued_at": issued,
            "made_at": issued,
            "told_at": issued,
        }

    def counts(self) -> None:
        """Where the numbers of each year go on."""
        self.nation.pour(CertificateCount, ({"year": year, "last": last} for year, last in self.given.items()))
