"""An evening on which people sign themselves in: booked, with a code, and the clock at its beginning."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

from sqlalchemy import select

from portal.activities.models import Participation
from portal.attendance.operations_codes import make_code, open_kiosk
from portal.attendance.queries_codes import session_to_sign
from portal.attendance.tokens_signing import code_pass, kiosk_token
from portal.db import db
from portal.people.models import Person
from portal.web import clock
from tests import cast
from tests.events import planned

START = planned.NEXT_THURSDAY
END = START + timedelta(minutes=90)
ROOM = "/n/tarn-and-tide/events/"
KEY = re.compile(r'name="form_key"[^>]*value="([^"]+)"')


def at(minutes):
    """So many minutes after the session's start."""
    clock.freeze(START + timedelta(minutes=minutes))


class SigningIn:
    """Ninety minutes from five o'clock; it is two minutes before."""

    def __init__(self, in_app, *people, observers=(), code=True, kiosk=False, **more):
        self.in_app = in_app
        with in_app():
            one = planned.event(**more)
            planned.booked(one, *people)
            for key in observers:
                planned.booked(one, key, kind="observer")
            self.event_id, self.id = one.id, one.sessions[0].id
            self.url = f"{ROOM}{self.event_id}/sessions/{self.id}"
            if code:
                self.code = make_code(one.sessions[0], cast.person_id("ines"))
                self.door = f"/in/{code_pass(one.sessions[0])}"
            if kiosk:
                open_kiosk(one.sessions[0], cast.person_id("ines"))
                self.kiosk = f"/kiosk/{kiosk_token(one.sessions[0])}"
        at(-2)

    def who(self, key):
        with self.in_app():
            return cast.person_id(key)

    def tap(self, browser, key, **data):
        """Tap a name of the list; the answer is the address of "You're in"."""
        answer = browser.post(f"{self.door}/here/{self.who(key)}", data=data)
        assert answer.status_code == 303, answer.text
        return urlsplit(answer.location).path

    def rows(self):
        """(arrived, left, minutes, capacity, how) by given name; hours in minutes after the start."""
        with self.in_app():
            found = db.session.execute(
                select(Person.name, Participation)
                .join(Person, Person.id == Participation.person_id)
                .where(Participation.activity_id == self.id)
            )
            return {
                name.split()[0]: (
                    after(row.arrived_at),
                    after(row.left_at),
                    row.minutes,
                    row.capacity,
                    row.how_recorded,
                )
                for name, row in found
            }

    def session(self):
        return session_to_sign(self.id)


def after(moment):
    return None if moment is None else int((moment - START).total_seconds() // 60)
