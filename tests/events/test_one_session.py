"""One date of several: called off and put back on, moved, and the others stay as they are."""

from datetime import timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import select

from portal.db import db
from portal.events.models import Booking, Event, Session
from portal.history.models import HistoryLine
from portal.mail.models import OutboxMail
from portal.web import clock
from tests import cast
from tests.events import planned

ROOM = "/n/tarn-and-tide/events/"


@pytest.fixture
def series(in_app):
    """Three weekly dates that Tobi and Leon booked; the event, and its sessions in order."""

    def make(sessions=3, **more):
        with in_app():
            event = planned.event(sessions=sessions, **more)
            planned.booked(event, "tobi", "leon")
            return event.id, [one.id for one in event.sessions]

    return make


def page_of(event_id, session_id, what):
    return f"{ROOM}{event_id}/sessions/{session_id}/{what}"


def mails(in_app, kind):
    rows = select(OutboxMail.to_name, OutboxMail.text, OutboxMail.calendar).where(OutboxMail.kind == kind)
    with in_app():
        return db.session.execute(rows.order_by(OutboxMail.id)).all()


COLUMNS = (
    Session.id, Session.starts_at, Session.minutes, Session.position, Session.title, Session.cancelled_at,
    Session.capacity, Session.place,
)  # fmt: skip


def sessions(in_app, event_id):
    rows = select(*COLUMNS).where(Session.event_id == event_id).order_by(Session.starts_at, Session.id)
    with in_app():
        return db.session.execute(rows).all()


def moving(**changes):
    typed = {
        "session-day": "2026-11-26", "session-starts": "18:00", "session-ends": "19:30", "session-mode": "in_person",
        "session-place": "Kestrel Lane Primary", "reason": "The hall is let.",
    }  # fmt: skip
    return typed | changes


def typed(in_app, event_id, **changes):
    with in_app():
        return moving(version=str(db.session.get_one(Event, event_id).row_version), **changes)


def test_it_asks_first_and_says_how_many_are_told(as_, series):
    event_id, ids = series()
    page = as_("ines").get(page_of(event_id, ids[1], "calling-off")).text
    assert "The 2 people who booked it get a mail now" in page and "26 November" in page
    assert as_("ines").post(page_of(event_id, ids[1], "calling-off")).status_code == 422


def test_one_date_is_off_the_others_are_numbered_anew_and_calendars_follow(as_, in_app, series):
    event_id, ids = series()
    as_("ines").post(page_of(event_id, ids[1], "calling-off"), data={"reason": "Snow on the pass."})
    told = mails(in_app, "session-called-off")
    assert {name for name, _text, _file in told} == {"Tobi Larkhill", "Leon Farrowby"}
    assert "Snow on the pass." in told[0].text and "26 November" in told[0].text and "19 November" not in told[0].text
    [entry] = Calendar.from_ical(told[0].calendar).walk("VEVENT")
    assert (entry["status"], entry["sequence"]) == ("CANCELLED", 1)
    first, off, last = sessions(in_app, event_id)
    assert off.cancelled_at and (first.position, last.position) == (1, 2)
    assert last.title == "Build a hand, session 2 of 2"
    with in_app():
        assert db.session.get_one(Event, event_id).cancelled_at is None


def test_it_is_put_back_on_within_a_day_with_every_place(as_, in_app, series):
    event_id, ids = series()
    ines = as_("ines")
    ines.post(page_of(event_id, ids[1], "calling-off"), data={"reason": "Snow."})
    assert "Put this date back on" in ines.get(f"{ROOM}{event_id}").text
    ines.post(page_of(event_id, ids[1], "back-on"))
    assert [one.position for one in sessions(in_app, event_id)] == [1, 2, 3]
    told = mails(in_app, "event-back-on")
    assert len(told) == 2
    [entry] = Calendar.from_ical(told[0].calendar).walk("VEVENT")
    assert (entry["status"], entry["sequence"]) == ("CONFIRMED", 2)
    with in_app():
        assert len(db.session.execute(select(Booking).where(Booking.cancelled_at.is_(None))).all()) == 6


def test_after_a_day_it_stays_off(as_, in_app, series):
    event_id, ids = series()
    as_("ines").post(page_of(event_id, ids[1], "calling-off"), data={"reason": "Snow."})
    clock.freeze(cast.NOW + timedelta(days=1, minutes=1))
    assert "Put this date back on" not in as_("ines").get(f"{ROOM}{event_id}").text
    as_("ines").post(page_of(event_id, ids[1], "back-on"))
    assert sessions(in_app, event_id)[1].cancelled_at


def test_the_only_date_is_not_called_off_alone(as_, in_app, series):
    event_id, ids = series(sessions=1)
    answer = as_("ines").post(page_of(event_id, ids[0], "calling-off"), data={"reason": "Snow."})
    assert answer.status_code == 422 and "Call off the whole event instead." in answer.text
    assert sessions(in_app, event_id)[0].cancelled_at is None


def test_what_has_begun_is_neither_called_off_nor_moved(as_, in_app, series):
    event_id, ids = series()
    clock.freeze(planned.NEXT_THURSDAY + timedelta(minutes=1))
    ines = as_("ines")
    assert ines.post(page_of(event_id, ids[0], "calling-off"), data={"reason": "Late."}).status_code == 422
    assert ines.post(page_of(event_id, ids[0], "move"), data=typed(in_app, event_id)).status_code == 422


def test_a_date_is_moved_told_with_the_reason_and_keeps_its_places(as_, in_app, series):
    event_id, ids = series(capacity=7)
    ines = as_("ines")
    assert "2 people booked it" in ines.get(page_of(event_id, ids[0], "move")).text
    assert ines.post(page_of(event_id, ids[0], "move"), data=typed(in_app, event_id)).status_code == 303
    told = mails(in_app, "event-changed")
    assert len(told) == 2 and "The hall is let." in told[0].text
    assert "19 November 2026, 5:00 to 6:30 pm" in told[0].text and "26 November 2026, 6:00 to 7:30 pm" in told[0].text
    [entry] = Calendar.from_ical(told[0].calendar).walk("VEVENT")
    assert entry["sequence"] == 1 and entry.start == planned.NEXT_THURSDAY + timedelta(days=7, hours=1)
    moved = next(one for one in sessions(in_app, event_id) if one.id == ids[0])
    assert (moved.position, moved.capacity, moved.place) == (2, 7, "Kestrel Lane Primary")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"session-ends": "17:00"}, "is before the start"),
        ({"session-day": "2027-03-28", "session-starts": "01:30", "session-ends": "03:00"}, "the clocks go forward"),
        ({"session-day": "2027-10-31", "session-starts": "01:30", "session-ends": "03:00"}, "comes twice"),
        ({"session-day": "soon"}, "is not a date"),
        ({"reason": ""}, "Say in one sentence why."),
    ],
)
def test_nonsense_is_asked_about_beside_its_field_and_kept(as_, in_app, series, changes, sentence):
    event_id, ids = series()
    answer = as_("ines").post(page_of(event_id, ids[0], "move"), data=typed(in_app, event_id, **changes))
    assert answer.status_code == 422 and sentence in answer.text and "Kestrel Lane Primary" in answer.text
    assert mails(in_app, "event-changed") == []


def test_an_hour_that_comes_twice_is_chosen(as_, in_app, series):
    event_id, ids = series()
    night = {"session-day": "2027-10-31", "session-starts": "01:30", "session-ends": "03:00", "session-fold": "1"}
    assert as_("ines").post(page_of(event_id, ids[0], "move"), data=typed(in_app, event_id, **night)).status_code == 303
    moved = next(one for one in sessions(in_app, event_id) if one.id == ids[0])
    assert (moved.starts_at.hour, moved.starts_at.minute, moved.minutes) == (1, 30, 90)


def test_nothing_different_is_told_to_nobody(as_, in_app, series):
    event_id, ids = series()
    same = {
        "session-day": "2026-11-19", "session-starts": "17:00", "session-ends": "18:30", "session-mode": "hybrid",
        "session-place": planned.PLACE, "session-joining_link": planned.LINK,
    }  # fmt: skip
    answer = as_("ines").post(page_of(event_id, ids[0], "move"), data=typed(in_app, event_id, **same))
    assert answer.status_code == 422 and "Nothing is different yet" in answer.text


def test_whoever_has_the_page_open_meanwhile_is_warned(as_, in_app, series):
    event_id, ids = series()
    stale = typed(in_app, event_id)
    as_("mairead").post(page_of(event_id, ids[0], "move"), data=stale | {"session-place": "Mairead’s room"})
    answer = as_("ines").post(page_of(event_id, ids[0], "move"), data=stale)
    assert answer.status_code == 409 and "Mairead’s room" in answer.text and "Kestrel Lane Primary" in answer.text
    again = typed(in_app, event_id)
    assert as_("ines").post(page_of(event_id, ids[0], "move"), data=again).status_code == 303


def test_members_change_no_date_and_strangers_see_none(as_, series):
    event_id, ids = series()
    for what in ("calling-off", "move", "leaders"):
        assert as_("tobi").get(page_of(event_id, ids[0], what)).status_code == 403
        assert as_("kofi").get(page_of(event_id, ids[0], what)).status_code == 404
        assert as_("ines").get(page_of(event_id, 9999, what)).status_code == 404


def test_each_act_leaves_a_line(as_, in_app, series):
    event_id, ids = series()
    ines = as_("ines")
    ines.post(page_of(event_id, ids[0], "move"), data=typed(in_app, event_id))
    ines.post(page_of(event_id, ids[2], "calling-off"), data={"reason": "Snow."})
    ines.post(page_of(event_id, ids[2], "back-on"))
    with in_app():
        actions = set(db.session.execute(select(HistoryLine.action)).scalars())
    assert {"session-moved", "session-called-off", "session-back-on"} <= actions


def test_an_hour_that_comes_twice_is_asked_about_when_an_event_is_changed_too(as_, in_app, series):
    from tests.events.test_planning import as_it_stands

    event_id, _ids = series(sessions=1)
    night = {"sessions-0-day": "2027-10-31", "sessions-0-starts": "01:30", "sessions-0-ends": "03:00"}
    page = as_("ines").get(f"{ROOM}{event_id}/edit").text
    assert 'name="sessions-0-fold"' not in page
    answer = as_("ines").post(f"{ROOM}{event_id}/edit", data=as_it_stands(in_app, event_id, **night))
    assert answer.status_code == 422 and "comes twice" in answer.text
