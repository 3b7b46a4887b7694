"""A calendar comes in: looked at first, once and not twice, and those who booked are told of what moves."""

import io
import json

import pytest
from sqlalchemy import func, select

from portal.calendars.importing import plan_import
from portal.calendars.models import ImportedSession
from portal.calendars.operations_importing import bring_in
from portal.calendars.queries_importing import network_for
from portal.db import db
from portal.events.models import Event, Session
from portal.events.operations_booking import book
from portal.history.models import HistoryLine
from portal.mail.models import OutboxMail
from tests import cast
from tests.calendars.files import calendar, entry, utc

ROOM = "/n/tarn-and-tide/events/calendar/"
SERIES = ("DTSTART;TZID=Europe/London:20261203T170000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=3")
DAY = entry("DTSTART;VALUE=DATE:20261218", uid="day@old", summary="Last day of term")


def bring(content, **how):
    network = network_for(cast.network_id())
    plan = plan_import(content, network.id, network.time_zone)
    counts = bring_in(plan, network, cast.person_id("ines"), **how).counts()
    assert counts["read"] == sum(counts[key] for key in ("created", "updated", "unchanged", "skipped", "rejected"))
    return {key: count for key, count in counts.items() if count and key != "read"}


def events():
    return list(db.session.execute(select(Event).order_by(Event.id)).scalars())


def rows():
    return [
        db.session.execute(select(func.count()).select_from(table)).scalar() for table in (Event, Session, HistoryLine)
    ]


def mails():
    return list(db.session.execute(select(OutboxMail).order_by(OutboxMail.id)).scalars())


def test_one_entry_is_one_event_and_a_repeating_one_has_its_sessions(in_app):
    with in_app():
        one = entry(
            "LOCATION:Room 5", 'DESCRIPTION:<p>Bring <b>straws</b>.<br><a href="https://x.example/a">More</a></p>'
        )
        assert bring(calendar(one, entry(*SERIES, uid="2@old", summary="Circle"))) == {"created": 2}
        single, series = events()
        assert (single.state, single.is_public, single.owner_id) == ("draft", False, cast.person_id("ines"))
        assert single.about == "Bring straws.\nMore <https://x.example/a>" and 'rel="noopener' in single.about_html
        assert [(one.starts_at, one.minutes, one.mode, one.place) for one in single.sessions] == [
            (utc(2026, 12, 3, 17), 60, "in_person", "Room 5")
        ]
        assert [f"{one.starts_at:%d %H} {one.title}" for one in series.sessions] == [
            "03 17 Circle, session 1 of 3", "10 17 Circle, session 2 of 3", "17 17 Circle, session 3 of 3"
        ]  # fmt: skip
        assert not mails()


def test_the_same_file_twice_changes_nothing(in_app):
    content = calendar(entry(), entry(*SERIES, uid="2@old"), entry("STATUS:CANCELLED", uid="3@old"), DAY)
    with in_app():
        assert bring(content, publish=True) == {"created": 2, "skipped": 2}
        before = rows()
        assert bring(content, publish=True) == {"unchanged": 2, "skipped": 2}
        assert rows() == before


def test_a_changed_time_moves_the_session_and_those_who_booked_are_told(in_app):
    with in_app():
        bring(calendar(entry("DESCRIPTION:First words")), publish=True)
        [event] = events()
        book(event, [event.sessions[0].id], cast.person_id("tobi"))
        told = len(mails())
        moved = calendar(
            entry(
                "SEQUENCE:1", "LOCATION:Hall", "DESCRIPTION:Other words", dtstart="20261204T180000Z", summary="Renamed"
            )
        )
        assert bring(moved) == {"updated": 1}
        [event] = events()
        [session] = event.sessions
        assert (session.starts_at, session.place, session.sequence) == (utc(2026, 12, 4, 18), "Hall", 1)
        # The words belong to whoever edits them here.
        assert (event.title, event.about) == ("Soldering", "First words")
        [mail] = mails()[told:]
        assert mail.person_id == cast.person_id("tobi") and "SEQUENCE:1" in mail.calendar
        assert bring(moved) == {"unchanged": 1}
        # An older file says nothing new.
        assert bring(calendar(entry())) == {"unchanged": 1}
        assert events()[0].sessions[0].starts_at == utc(2026, 12, 4, 18)


def test_what_was_changed_here_stays_until_the_file_says_otherwise(in_app):
    with in_app():
        bring(calendar(entry()))
        [session] = events()[0].sessions
        session.starts_at, session.joining_link, session.mode = (
            utc(2026, 12, 5, 9),
            "https://meet.example/ours",
            "online",
        )
        db.session.commit()
        assert bring(calendar(entry())) == {"unchanged": 1}
        assert bring(calendar(entry(dtstart="20261206T170000Z"))) == {"updated": 1}
        [session] = events()[0].sessions
        assert (session.starts_at, session.joining_link, session.mode) == (
            utc(2026, 12, 6, 17),
            "https://meet.example/ours",
            "online",
        )


def test_one_date_of_a_series_goes_and_another_comes(in_app):
    with in_app():
        bring(calendar(entry(*SERIES)), publish=True)
        [event] = events()
        book(event, [one.id for one in event.sessions], cast.person_id("tobi"))
        again = entry(
            *SERIES[:2], "RRULE:FREQ=WEEKLY;COUNT=4", "EXDATE;TZID=Europe/London:20261210T170000", "SEQUENCE:1"
        )
        assert bring(calendar(again)) == {"updated": 1}
        sessions = sorted(events()[0].sessions, key=lambda one: one.starts_at)
        assert [(one.starts_at.day, bool(one.cancelled_at)) for one in sessions] == [
            (3, False),
            (10, True),
            (17, False),
            (24, False),
        ]
        assert bring(calendar(again)) == {"unchanged": 1}


def test_a_single_date_that_becomes_a_series_stays_the_same_session(in_app):
    with in_app():
        bring(calendar(entry()), publish=True)
        [event] = events()
        book(event, [event.sessions[0].id], cast.person_id("tobi"))
        kept, told = event.sessions[0].id, len(mails())
        series = calendar(entry("RRULE:FREQ=WEEKLY;COUNT=2", "SEQUENCE:1"))
        assert bring(series) == {"updated": 1}
        sessions = events()[0].sessions
        assert len(sessions) == 2 and kept in [one.id for one in sessions] and len(mails()) == told
        assert bring(series) == {"unchanged": 1}


def test_called_off_there_is_called_off_here(in_app):
    with in_app():
        bring(calendar(entry()), publish=True)
        bring(calendar(entry(uid="2@old")))
        published, draft = events()
        book(published, [published.sessions[0].id], cast.person_id("tobi"))
        told = len(mails())
        off = calendar(entry("SEQUENCE:1"), entry("SEQUENCE:1", uid="2@old"), head="METHOD:CANCEL\n")
        assert bring(off) == {"updated": 2}
        assert published.cancelled_at and "calendar that it came from" in published.cancel_reason and draft.deleted_at
        assert len(mails()) == told + 1
        assert bring(off) == {"unchanged": 2} and bring(calendar(entry("SEQUENCE:2"))) == {"unchanged": 1}


def test_a_session_taken_out_by_hand_takes_its_mark_along(in_app, as_):
    from tests.events.test_planning import as_it_stands

    with in_app():
        bring(calendar(entry(*SERIES)))
        event_id = events()[0].id
    sent = as_it_stands(in_app, event_id, **{"sessions-1-is_removed": "y"})
    assert as_("ines").post(f"/n/tarn-and-tide/events/{event_id}/edit", data=sent).status_code == 303
    with in_app():
        assert db.session.execute(select(func.count()).select_from(ImportedSession)).scalar() == 2


def test_what_can_not_be_moved_any_more_is_left_and_the_rest_is_done(in_app):
    from portal.activities.operations import Mark, record_attendance

    with in_app():
        bring(calendar(entry(dtstart="20261103T170000Z"), entry(uid="2@old")), publish=True)
        held = events()[0].sessions[0]
        record_attendance(held.id, [Mark(cast.person_id("tobi"), 60)], cast.person_id("ines"), "coordinator")
        changed = [
            entry("SEQUENCE:1", dtstart="20261103T173000Z", duration="PT30M"),
            entry("SEQUENCE:1", uid="2@old", duration="PT2H"),
        ]
        assert bring(calendar(*changed)) == {"updated": 1, "rejected": 1}
        minutes = [one.sessions[0].minutes for one in events()]
        assert minutes == [60, 120]


def test_whole_days_come_in_only_if_somebody_says_so(in_app):
    with in_app():
        assert bring(calendar(DAY)) == {"skipped": 1}
        assert bring(calendar(DAY), whole_days=True) == {"created": 1}
        [session] = events()[0].sessions
        assert (session.starts_at, session.minutes) == (utc(2026, 12, 18, 9), 390)
        assert bring(calendar(DAY)) == {"unchanged": 1}


def test_another_network_has_its_own_copy(in_app):
    with in_app():
        bring(calendar(entry()))
        other = network_for(cast.network_id("fell-and-furrow"))
        plan = plan_import(calendar(entry()), other.id, other.time_zone)
        assert bring_in(plan, other, None).created == 1
        assert events()[1].owner_id == cast.person_id("bryony")


# --- The pages


def given(browser, content, name="term.ics"):
    return browser.post(ROOM, data={"file": (io.BytesIO(content), name)}, content_type="multipart/form-data")


def test_the_way_through_the_pages(as_, in_app):
    ines = as_("ines")
    assert (
        "Bring in a calendar" in ines.get("/n/tarn-and-tide/events/").text
        and "Bring in a calendar" in ines.get(ROOM).text
    )
    task = entry(uid="4@old", summary="Buy straws").replace("VEVENT", "VTODO")
    answer = given(ines, calendar(entry(), entry(*SERIES, uid="2@old", summary="Circle"), DAY, task))
    assert answer.status_code == 303
    ahead = ines.get(answer.location).text
    for words in (
        "Nothing is kept yet",
        "Soldering",
        "3 dates until",
        "Last day of term",
        "It is a task, not an event.",
        "Nobody is mailed",
    ):
        assert words in ahead, words
    with in_app():
        assert rows()[:2] == [0, 0]
    done = ines.post(answer.location, data={"state": "published", "whole_days": "take"})
    assert done.status_code == 303 and done.location.endswith("/done")
    result = ines.get(done.location).text
    assert "The calendar is in" in result and "1 entry was left out" in result
    assert "Buy straws" in ines.get(answer.location + "/left-out.csv").text
    with in_app():
        assert [one.state for one in events()] == ["published"] * 3
        book(events()[0], [events()[0].sessions[0].id], cast.person_id("tobi"))
    again = given(ines, calendar(entry("SEQUENCE:1", dtstart="20261210T170000Z"))).location
    assert "the file says otherwise" in ines.get(again).text and "is told by mail" in ines.get(again).text
    told = ines.get(ines.post(again, data={"state": "draft", "whole_days": "leave"}).location).text
    assert "1 person who had booked was told" in told
    assert "brought in a calendar" in ines.get("/n/tarn-and-tide/history").text


def test_a_file_of_another_person_or_for_another_network_is_not_there(as_):
    ines = as_("ines")
    path = given(ines, calendar(entry())).location
    assert as_("mairead").get(path).status_code == 404
    assert as_("tobi").get(path).status_code == 403 and as_("kofi").get(path).status_code == 404
    assert as_("bryony").get(path.replace("tarn-and-tide", "fell-and-furrow")).status_code == 404
    assert ines.get(ROOM + "nonsense").status_code == 404


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Choose a file that ends in .ics."),
        (b"name\nx", "This is no calendar file."),
        (calendar(), "This calendar has no entries."),
    ],
)
def test_a_file_that_brings_nothing_says_why(as_, content, sentence):
    answer = given(as_("ines"), content)
    assert answer.status_code == 422 and sentence in answer.text


def test_a_page_takes_so_many_and_not_more(as_):
    answer = given(as_("ines"), calendar(*(entry(uid=f"{number}@old") for number in range(2001))))
    assert answer.status_code == 422 and "This file holds 2001 entries; a page takes up to 2000." in answer.text


def test_a_page_makes_so_many_dates_and_not_more(as_, in_app):
    many = [entry("RRULE:FREQ=WEEKLY", uid=f"{number}@old") for number in range(51)]
    answer = given(as_("ines"), calendar(*many))
    assert answer.status_code == 422 and "This makes 3060 dates; a page takes up to 3000." in answer.text
    days = [
        one.replace("DTSTART:20261203T170000Z", "DTSTART;VALUE=DATE:20261203").replace("PT1H", "P1D") for one in many
    ]
    path = given(as_("ines"), calendar(*days)).location
    answer = as_("ines").post(path, data={"state": "draft", "whole_days": "take"})
    assert answer.status_code == 422 and "This makes 3060 dates" in answer.text
    with in_app():
        assert events() == []


def test_a_preview_asks_a_bounded_number_of_questions(as_, in_app, queries):
    content = calendar(*(entry(*SERIES, uid=f"{number}@old") for number in range(80)))
    with in_app():
        bring(content)
    ines = as_("ines")
    path = given(ines, content).location
    with queries() as seen:
        assert ines.get(path).status_code == 200
    assert len(seen) <= 12, seen


def test_markup_of_the_file_is_only_words(as_):
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    path = given(
        as_("ines"), calendar(entry(f"LOCATION:{evil}", f"DESCRIPTION:{evil}", summary=evil)), f"{evil}.ics"
    ).location
    ines = as_("ines")
    assert "<script>alert" not in ines.get(path).text and "<img src=x" not in ines.get(path).text
    ines.post(path, data={"state": "published", "whole_days": "leave"})
    page = ines.get("/n/tarn-and-tide/events/1").text
    assert "<script>alert" not in page and "<img src=x" not in page


# --- The command


def run(app, *arguments):
    return app.test_cli_runner().invoke(args=["import", "calendar", *map(str, arguments)])


def test_the_command_says_what_it_did_and_how_it_went(app, in_app, tmp_path):
    file, rejects = tmp_path / "term.ics", tmp_path / "left.csv"
    file.write_bytes(calendar(entry(), entry(uid="2@old", dtstart=""), DAY))
    said = run(app, file, "--network", "tarn-and-tide", "--json", "--rejects", rejects)
    assert said.exit_code == 3 and "Entry 2: It has no start." in said.stderr
    expected = {"read": 3, "created": 1, "updated": 0, "unchanged": 0, "skipped": 1, "rejected": 1}
    assert json.loads(said.stdout) == expected
    assert "It has no start." in rejects.read_text("utf-8-sig") and "whole days were left out" in rejects.read_text(
        "utf-8-sig"
    )
    file.write_bytes(calendar(entry()))
    again = run(app, file, "--network", "tarn-and-tide", "--state", "published")
    assert again.exit_code == 0 and "unchanged 1" in again.stdout
    with in_app():
        assert events()[0].state == "draft"


@pytest.mark.parametrize(
    ("content", "network", "sentence"),
    [
        (b"x", "tarn-and-tide", "This is no calendar file."),
        (calendar(entry()), "nowhere", "There is no network 'nowhere'."),
        (None, "tarn-and-tide", "No such file"),
    ],
)
def test_the_command_when_nothing_can_be_done(app, tmp_path, content, network, sentence):
    file = tmp_path / "term.ics"
    if content is not None:
        file.write_bytes(content)
    said = run(app, file, "--network", network)
    assert said.exit_code == 1 and sentence in said.stderr


@pytest.mark.shared
def test_the_largest_real_calendar_comes_in_and_comes_in_again(in_app, shared_data):
    content = (shared_data / "calendars" / "ics" / "galaxy__basic.ics").read_bytes()
    with in_app():
        first = bring(content)
        assert first["created"] > 200
        before = rows()
        again = bring(content)
        assert again.get("created", 0) == again.get("updated", 0) == 0 and rows() == before
