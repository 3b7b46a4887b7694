"""Evenings of the fixed cast that are over, and people who say how they were."""

import re
from datetime import timedelta

from sqlalchemy import select, update

from portal.activities.operations import Mark
from portal.attendance.operations import mark_sheet
from portal.db import db
from portal.evaluation.operations import make_usual
from portal.evaluation.operations_answers import give_feedback
from portal.evaluation.queries import evaluation_of
from portal.events.models import Event
from portal.mail.models import OutboxMail
from portal.people.models import EmailAddress, Person
from portal.people.names import sort_name
from portal.web import clock
from tests import cast
from tests.events import planned

STARTS = planned.NEXT_THURSDAY
ENDS = STARTS + timedelta(minutes=90)
EVENING = ENDS + timedelta(minutes=20)
DAY = timedelta(days=1)


def evening(came=("tobi", "leon"), held=(), away=(), way="anonymous", **more) -> Event:
    """An event of next Thursday: who came to it, who only held a place, who is marked as away. The clock stands at its end."""
    event = planned.event(**more)
    set_way(event, way)
    known = [one for one in (*held, *away) if isinstance(one, str)]
    if known:
        planned.booked(event, *known)
    clock.freeze(event.sessions[-1].ends_at)
    marks = [Mark(id_of(one), 90) for one in came] + [Mark(id_of(one), 0) for one in away]
    if marks:
        mark_sheet(event.sessions[0], marks, "Europe/London", cast.person_id("ines"))
    return event


def set_way(event: Event, way: str) -> None:
    db.session.execute(update(Event.__table__).where(Event.__table__.c.id == event.id).values(evaluation=way))
    db.session.refresh(event)


def id_of(one) -> int:
    return cast.person_id(one) if isinstance(one, str) else one


def crowd(count: int) -> list[int]:
    """So many people with an address."""
    made = []
    for number in range(count):
        name = f"Guest {chr(65 + number // 26)}{chr(97 + number % 26)}"
        person = Person(
            name=name, sort_name=sort_name(name), listing={}, created_at=cast.LONG_AGO, how_added="booked",
        )  # fmt: skip
        db.session.add(person)
        db.session.flush()
        address = f"guest{number}@guests.example"
        db.session.add(EmailAddress(person_id=person.id, address=address, folded=address, is_primary=True))
        made.append(person.id)
    db.session.flush()
    return made


def opened(event: Event):
    """Its evaluation, as the worker makes it."""
    return make_usual(event) or evaluation_of(event.id)


def say(event: Event, who, steps=4, words="") -> None:
    """One person answers all sentences with one step, and the first open question."""
    survey = evaluation_of(event.id)
    said = {one.id: steps for one in survey.questions if one.kind == "agree" and steps}
    if words:
        said[next(one.id for one in survey.questions if one.kind == "words")] = words
    give_feedback(event, survey.wording, id_of(who), said)


def mails(kind="event-feedback"):
    """(first name, subject, link) of what was written, in order."""
    rows = db.session.execute(select(OutboxMail).where(OutboxMail.kind == kind).order_by(OutboxMail.id)).scalars()
    return [(row.to_name.split()[0], row.subject, links(row.text)) for row in rows]


def links(text: str) -> list[str]:
    return re.findall(r"/a/(?:feedback|tried)-\S+", text)
