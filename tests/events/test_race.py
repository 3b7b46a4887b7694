"""Fifty clients race for three seats, with cancellations, against the whole application: three people, every round."""

import threading
import time
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal.db import db, writing
from portal.events.models import Booking, Event
from portal.events.queries_bookings import placed, takes_a_place
from portal.events.signed import booking_token
from portal.networks.models import Membership
from portal.people.models import EmailAddress, Person
from portal.people.operations_sessions import start_session
from portal.web import clock
from tests import cast
from tests.events import planned

SEATS, MEMBERS, GUESTS, ROUNDS = 3, 25, 25, 3
NETWORK = "tarn-and-tide"


@pytest.fixture
def members(app):
    """Browsers in which a member each is signed in."""
    browsers = []
    with app.test_request_context(), writing():
        people = [
            Person(name=f"Racer {n}", sort_name=f"{n}", listing={}, created_at=clock.now(), admitted_at=clock.now())
            for n in range(MEMBERS)
        ]
        db.session.add_all(people)
        db.session.flush()
        for person in people:
            address = f"racer{person.id}@school.example"
            db.session.add(EmailAddress(person_id=person.id, address=address, folded=address, is_primary=True))
            db.session.add(
                Membership(network_id=cast.network_id(), person_id=person.id, role="member", started_at=clock.now())
            )
        db.session.flush()
        tokens = [start_session(person.id, timedelta(hours=8), False, "a race") for person in people]
    for token in tokens:
        browser = app.test_client()
        with browser.session_transaction() as session:
            session["_user_id"], session["_fresh"] = token, True
        browsers.append(browser)
    return browsers


def all_at_once(app, jobs):
    """Each job in a thread of its own, all starting together; returns what went wrong."""
    start, failed = threading.Barrier(len(jobs)), []

    def run(job):
        start.wait()
        try:
            job()
        except Exception as error:
            failed.append(repr(error))
        finally:
            with app.app_context():
                db.session.remove()

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failed


def as_member(browser, event_id, leaves):
    """Books on the network's page, and every third changes her mind at once."""

    def job():
        answer = browser.post(f"/n/{NETWORK}/events/{event_id}/booking")
        assert answer.status_code == 303, answer.status_code
        if leaves:
            assert browser.post(f"/n/{NETWORK}/events/{event_id}/booking/back").status_code == 303

    return job


def as_guest(app, event_id, number):
    """Books on the public page, each from a home of her own."""

    def job():
        home = {"REMOTE_ADDR": f"192.0.2.{number + 1}"}
        data = {"name": f"Guest Number{number}", "address": f"guest{number}-{event_id}@home.example"}
        answer = app.test_client().post(f"/p/{NETWORK}/events/{event_id}", data=data, environ_base=home)
        assert answer.status_code == 303, answer.status_code

    return job


def standing(app, event_id):
    """How many hold a place, and how many bookings are open."""
    with app.app_context():
        [session] = db.session.get_one(Event, event_id).sessions
        here = Booking.session_id == session.id
        holding = db.session.execute(select(func.count()).where(here, placed)).scalar_one()
        taken = db.session.execute(select(func.count()).where(here, takes_a_place)).scalar_one()
        waiting = db.session.execute(select(func.count()).where(here, Booking.cancelled_at.is_(None))).scalar_one()
        db.session.remove()
    return holding, taken, waiting


def links_of_holders(app, event_id):
    with app.app_context():
        [session] = db.session.get_one(Event, event_id).sessions
        rows = select(Booking.person_id).where(Booking.session_id == session.id, placed)
        found = [booking_token(event_id, person_id) for person_id in db.session.execute(rows).scalars()]
        db.session.remove()
    return found


@pytest.mark.parametrize("round_number", range(ROUNDS))
def test_fifty_clients_race_for_three_seats(app, in_app, members, round_number):
    began = time.monotonic()
    with in_app():
        event_id = planned.event(f"Round {round_number}", capacity=SEATS).id
    racing = [as_member(browser, event_id, number % 3 == 0) for number, browser in enumerate(members)]
    racing += [as_guest(app, event_id, number) for number in range(GUESTS)]
    assert all_at_once(app, racing) == []
    leavers = len(range(0, MEMBERS, 3))
    assert standing(app, event_id) == (SEATS, SEATS, MEMBERS + GUESTS - leavers)
    # The three who hold a seat give it back at the same moment as nine others ask once more.
    leaving = [lambda link=link: app.test_client().post(f"/e/{link}") for link in links_of_holders(app, event_id)]
    coming_back = [as_member(members[number], event_id, False) for number in range(0, MEMBERS, 3)]
    assert all_at_once(app, leaving + coming_back) == []
    assert standing(app, event_id) == (SEATS, SEATS, MEMBERS + GUESTS - len(leaving))
    assert time.monotonic() - began < 20
