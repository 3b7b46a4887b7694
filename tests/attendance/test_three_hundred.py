"""A session with three hundred people: few statements, few bytes, and no row that is not shown gets lost."""

import gzip

import pytest

from portal.activities.models import Participation
from portal.db import db
from portal.events.models import Booking
from portal.people.models import Person
from portal.people.names import sort_name
from portal.web import clock
from tests.attendance.sheets import Evening

SURNAMES = ("Arkwright", "Brindle", "Cottam", "Dunnock", "Esk", "Fell", "Garth", "Hodder", "Irwell", "Keld")


@pytest.fixture
def evening(in_app):
    full = Evening(in_app, "tobi")
    with in_app():
        people = [_person(number) for number in range(299)]
        db.session.add_all(people)
        db.session.flush()
        bookings = [_booking(full.session_id, person.id) for person in people]
        db.session.add_all(bookings)
        db.session.commit()
    return full


def _person(number):
    name = f"Nell {SURNAMES[number % 10]}-{number}"
    return Person(name=name, sort_name=sort_name(name), listing={}, created_at=clock.now(), how_added="a test")


def _booking(session_id, person_id):
    now = clock.now()
    return Booking(session_id=session_id, person_id=person_id, booked_at=now, placed_at=now)


def test_the_page_opens_within_its_queries_and_bytes(as_, evening, queries):
    ines = as_("ines")
    with queries() as seen:
        html = ines.get(evening.url).data
    assert html.count(b'<li class="row"') == 300
    assert len(seen) <= 12
    assert len(gzip.compress(html, 6)) < 30_000


def test_a_tick_costs_the_same_as_in_a_small_session(as_, evening, queries):
    ines, fields = as_("ines"), evening.fields("tobi", "here")
    with queries() as seen:
        answer = evening.tick(ines, "tobi", "here", fields=fields)
    assert "1 of 300" in answer.text and len(answer.data) < 4000
    assert len(seen) <= 20


def test_a_surname_is_found_by_its_letters_and_the_others_keep_their_marks(as_, evening):
    ines = as_("ines")
    evening.tick(ines, "tobi", "here")
    html = ines.get(f"{evening.url}?begins=kel").text
    assert html.count('<li class="row"') == 29 and "Larkhill" not in html
    shown = {f"was-{number}": "" for number in _ids(html)}
    answers = {f"is-{number}": "here" for number in _ids(html)}
    assert ines.post(evening.url, data=shown | answers).status_code == 303
    with evening.in_app():
        assert db.session.query(Participation).filter(Participation.minutes == 90).count() == 30


def _ids(html):
    return [part.split('"')[0] for part in html.split('id="person-')[1:]]
