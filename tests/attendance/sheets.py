"""An evening that people booked and that is just over, and the sheet of it as a browser sends it."""

from datetime import timedelta

from sqlalchemy import select

from portal.activities.models import Participation
from portal.attendance.queries import row_of, sheet_of
from portal.db import db
from portal.events.models import Session
from portal.people.models import Person
from portal.web import clock
from tests import cast
from tests.events import planned

ROOM = "/n/tarn-and-tide/events/"
START = planned.NEXT_THURSDAY
AFTER = START + timedelta(hours=3)


class Evening:
    """Ninety minutes from five o'clock."""

    def __init__(self, in_app, *people, observers=()):
        self.in_app = in_app
        with in_app():
            one = planned.event()
            planned.booked(one, *people)
            for key in observers:
                planned.booked(one, key, kind="observer")
            self.event_id, self.session_id = one.id, one.sessions[0].id
        clock.freeze(AFTER)
        self.url = f"{ROOM}{self.event_id}/sessions/{self.session_id}/attendance"

    def session(self):
        return db.session.get_one(Session, self.session_id)

    def signs_in(self, key, after=0, left=None):
        """By code, so many minutes after the start; ``left`` minutes after it she signed out."""
        with self.in_app():
            row = Participation(
                activity_id=self.session_id,
                person_id=cast.person_id(key),
                arrived_at=START + timedelta(minutes=after, seconds=20),
                how_recorded="code",
                recorded_by=cast.person_id(key),
                recorded_at=START,
            )
            if left is not None:
                row.left_at, row.minutes = START + timedelta(minutes=left), left - max(after, 0)
            db.session.add(row)
            db.session.commit()

    def typed(self, **answers):
        """The whole sheet as it stands, with these answers: ``tobi="here"`` or ``leon=("part", "17:30", "18:30")``."""
        fields = {}
        with self.in_app():
            for row in sheet_of(self.session_id).rows:
                fields[f"was-{row.person_id}"] = row.state
                fields[f"cap-{row.person_id}"] = row.capacity
                if row.is_marked:
                    kind = "away" if row.minutes == 0 else "here" if row.minutes == 90 else "part"
                    fields |= {f"is-{row.person_id}": kind, f"min-{row.person_id}": str(row.minutes)}
            for key, answer in answers.items():
                who = cast.person_id(key)
                kind, *rest = answer if isinstance(answer, tuple) else (answer,)
                names = ("from", "to") if len(rest) == 2 else ("min",)
                fields |= {f"is-{who}": kind} | {
                    f"{name}-{who}": value for name, value in zip(names, rest, strict=False)
                }
        return fields

    def fields(self, key, answer=None, start="", end="", **more):
        """One row as its page sends it."""
        with self.in_app():
            who = cast.person_id(key)
            sent = {f"was-{who}": row_of(self.session_id, who).state}
        sent |= {f"is-{who}": answer} if answer else {}
        sent |= {f"from-{who}": start, f"to-{who}": end}
        return sent | {f"{name}-{who}": value for name, value in more.items()}

    def tick(self, browser, key, answer, start="", end="", fields=None):
        """A press on a cell, as htmx sends it."""
        with self.in_app():
            who = cast.person_id(key)
        headers = {"HX-Request": "true", "HX-Target": f"li#person-{who}"}
        return browser.post(f"{self.url}/{who}", data=fields or self.fields(key, answer, start, end), headers=headers)

    def numbers(self, code=""):
        """The numbers of the printed list by first name."""
        from portal.attendance.paper_list import paper_list

        with self.in_app():
            return {row.name.split()[0]: number for number, row in paper_list(self.session_id, code).numbered}

    def paper(self, **typed):
        """The form of the paper as its page shows it, with these words typed: ``tobi={"from": "5:10"}``, ``whole="1-2"``."""
        sent = {}
        with self.in_app():
            for row in sheet_of(self.session_id).rows:
                sent[f"was-{row.person_id}"] = row.state
            for key, words in typed.items():
                if isinstance(words, dict):
                    sent |= {f"{name}-{cast.person_id(key)}": value for name, value in words.items()}
                else:
                    sent[key.replace("__", "-")] = words
        return sent

    def rows(self):
        """(minutes, how it was recorded) by first name."""
        with self.in_app():
            rows = db.session.execute(
                select(Person.name, Participation.minutes, Participation.how_recorded).join(
                    Person, Person.id == Participation.person_id
                )
            )
            return {name.split()[0]: (minutes, how) for name, minutes, how in rows}

    def minutes(self):
        return {name: minutes for name, (minutes, _how) in self.rows().items()}
