"""The event's file: is it complete, does it say what the sheets and the certificates say, who may look."""

import pytest
from sqlalchemy import select, update

from portal.activities.models import Participation
from portal.credit.models import Certificate
from portal.db import db
from portal.event_file.contents import file_of
from portal.event_file.keeping import kept_until
from portal.events.models import Event
from portal.web import clock
from portal.web.tables import read_sheet
from tests import cast
from tests.event_file import told
from tests.events import planned

LONDON = "Europe/London"
ROOM = told.ROOM


def states(in_app, event_id):
    with in_app():
        file = file_of(db.session.get(Event, event_id), LONDON)
        return {check.key: (check.is_done, check.state) for check in file.complete.checks}


def held(in_app, **more):
    with in_app():
        return told.held(**more).id


def test_the_list_says_what_is_in_place_and_what_it_waits_for(in_app):
    assert states(in_app, held(in_app)) == {
        "approval": (
            False,
            "Clock hour: approved on Thursday 1 October 2026, in time; the letter itself is not with it.",
        ),
        "agenda": (True, "A running order of 2 steps."),
        "presenter": (True, "Dafydd Okonjo-Reeve."),
        "sign-in": (True, "All 2 sheets are closed."),
        "hours": (True, "4 people, together 8 h 5 min."),
        "evaluation": (False, "Nobody has been asked yet."),
        "certificates": (False, "0 made, 7 still to make."),
        "returns": (False, "Asked six weeks after it."),
        "costs": (False, "Nothing noted. If it cost nothing, add a line of 0."),
    }


def test_it_becomes_complete_as_things_are_put_in_place(in_app):
    event_id = held(in_app, evaluation="none")
    with in_app():
        event = db.session.get(Event, event_id)
        told.whole(event)
        told.certified(event)
        db.session.commit()
    found = states(in_app, event_id)
    assert [key for key, (is_done, _state) in found.items() if not is_done] == ["returns"]
    assert found["certificates"] == (True, "7 made.")


def test_without_credit_no_approval_is_needed(in_app):
    assert states(in_app, held(in_app, credit=False))["approval"] == (
        True,
        "No credit that has to be approved, so none is needed.",
    )


def test_an_open_sheet_and_people_without_a_mark_keep_it_waiting(in_app):
    event_id = held(in_app, close=False)
    with in_app():
        db.session.execute(update(Participation).where(Participation.minutes == 50).values(minutes=None))
        db.session.commit()
    found = states(in_app, event_id)
    assert found["sign-in"] == (False, "The sheet is open: Thu 29 Oct, Thu 5 Nov.")
    assert found["hours"] == (False, "1 person is not marked.")
    assert found["certificates"] == (False, "They follow once every sheet is closed.")


def test_a_sheet_keyed_in_from_paper_wants_its_photo(in_app):
    event_id = held(in_app)
    with in_app():
        db.session.execute(update(Participation).values(how_recorded="sheet"))
        db.session.commit()
    assert states(in_app, event_id)["sign-in"][0] is False
    with in_app():
        planned.paper(db.session.get(Event, event_id), kind="sheet", readers="coordinators")
    assert states(in_app, event_id)["sign-in"][0] is True


def test_credit_that_wants_hours_of_coming_and_going_says_who_lacks_them(in_app):
    event_id = held(in_app)
    with in_app():
        told.asks_for_times()
        db.session.execute(update(Participation).where(Participation.minutes == 75).values(left_at=None))
        db.session.commit()
    assert states(in_app, event_id)["hours"] == (
        False,
        "1 person has no hour of coming or going, and the credit wants both.",
    )


def test_an_event_of_which_nothing_took_place_is_told_plainly(as_, in_app):
    with in_app():
        event_id = told.without_sessions_held().id
    found = states(in_app, event_id)
    assert found["sign-in"] == (False, "No session took place.")
    assert found["hours"] == (False, "Nobody is marked as having come.")
    for page in ("", "/sign-in", "/hours", "/evaluation"):
        assert as_("ines").get(f"{ROOM}{event_id}/file{page}").status_code == 200
    for kind in ("pdf", "zip"):
        with as_("ines").post(f"{ROOM}{event_id}/file/{kind}") as answer:
            assert answer.status_code == 200


def test_it_is_kept_as_many_years_as_the_credit_asks_to_the_end_of_the_month(in_app):
    event_id = held(in_app)
    with in_app():
        event = db.session.get(Event, event_id)
        kinds = [kind for _block, kind in file_of(event, LONDON).due.credits]
        assert str(kept_until(event, kinds, LONDON)[0]) == "2033-11-30"
        kinds[0].years_kept = 3
        assert kept_until(event, kinds, LONDON)[1] == 3


def test_the_record_of_the_meeting_counts_people_once_and_places_each(in_app):
    event_id = held(in_app)
    with in_app():
        meeting = file_of(db.session.get(Event, event_id), LONDON).meeting
    assert (meeting.booked, meeting.attended, meeting.observers, meeting.walk_ins) == (3, 4, 1, 1)
    # Mairead missed two places, Leon one, of six.
    assert (meeting.missed, meeting.places, meeting.no_show) == (3, 6, 50)
    assert meeting.first_timers == 4
    assert meeting.person_minutes == 90 * 2 + 50 + 75 + 90 * 2
    assert meeting.schools == (
        "Brackenhythe Academy",
        "Kestrel Lane Primary",
        "Low Garrick School",
        "Withen Cross First School",
    )
    assert meeting.leaders == (("Dafydd Okonjo-Reeve", "Brackenhythe Academy"),)


def test_whoever_came_to_another_event_before_is_no_first_timer(in_app):
    with in_app():
        clock.freeze(told.FIRST - 8 * planned.WEEK)
        earlier = planned.event(starts_at=told.FIRST - 6 * planned.WEEK)
        planned.booked(earlier, "tobi")
        session = earlier.sessions[0]
        clock.freeze(session.ends_at)
        told.mark_sheet(session, [told._mark("tobi", 90, session.starts_at)], LONDON, cast.person_id("ines"))
    event_id = held(in_app)
    with in_app():
        assert file_of(db.session.get(Event, event_id), LONDON).meeting.first_timers == 3


def test_hours_granted_are_those_of_the_certificates_to_the_minute(in_app):
    event_id = held(in_app)
    with in_app():
        told.certified(db.session.get(Event, event_id))
        db.session.commit()
    with in_app():
        granted = file_of(db.session.get(Event, event_id), LONDON).granted
        made = {
            one.number: (one.person_id, one.minutes, one.credited_minutes, one.most_minutes)
            for one in db.session.execute(select(Certificate)).scalars()
        }
    numbered = [row for row in granted if row.number]
    assert len(numbered) == len(made) == 7
    for row in numbered:
        assert (row.person_id, row.minutes, row.credited, row.most) == made[row.number]
    refused = [row for row in granted if not row.number]
    assert [(row.name, row.in_words, row.credited) for row in refused] == [
        ("Leon Farrowby", "", 0),
    ]


def test_a_void_certificate_is_named_beside_the_one_that_stands(as_, in_app):
    event_id = held(in_app)
    with in_app():
        told.certified(db.session.get(Event, event_id))
        one = db.session.execute(select(Certificate).order_by(Certificate.id)).scalars().first()
        one.voided_at, one.void_reason = cast.NOW, "a wrong name"
        number = one.number
        db.session.commit()
    html = as_("ines").get(f"{ROOM}{event_id}/file/hours").get_data(as_text=True)
    assert f"<s>{number}</s> void" in html and "still to make" in html
    assert states(in_app, event_id)["certificates"] == (False, "6 made, 1 still to make.")


def test_the_file_is_for_coordinators_and_the_owner(as_, in_app):
    with in_app():
        event = told.held()
        event.owner_id = cast.person_id("dafydd")
        db.session.commit()
        event_id = event.id
    for who, status in (("ines", 200), ("mairead", 200), ("dafydd", 200), ("tobi", 403), ("petra", 403), ("kofi", 404)):
        browser = as_(who)
        for page in ("", "/sign-in", "/hours", "/evaluation"):
            assert browser.get(f"{ROOM}{event_id}/file{page}").status_code == status, (who, page)
        for kind in ("pdf", "zip"):
            with browser.post(f"{ROOM}{event_id}/file/{kind}") as answer:
                assert answer.status_code == status, (who, kind)


def test_each_line_has_a_door_to_where_it_is_put_right(as_, in_app):
    event_id = held(in_app)
    ines = as_("ines")
    html = ines.get(f"{ROOM}{event_id}/file").get_data(as_text=True)
    for door in ("credit", "papers", "costs", "certificates", "file/hours", "file/evaluation"):
        assert f'href="{ROOM}{event_id}/{door}"' in html
        assert ines.get(f"{ROOM}{event_id}/{door}").status_code == 200


def test_the_event_page_shows_how_complete_it_is(as_, in_app):
    event_id = held(in_app)
    ines = as_("ines")
    html = ines.get(f"{ROOM}{event_id}").get_data(as_text=True)
    assert f'href="{ROOM}{event_id}/file"' in html and 'id="complete"' in html
    headers = {"HX-Request": "true", "HX-Target": "span#complete"}
    fragment = ines.get(f"{ROOM}{event_id}/file", headers=headers).get_data(as_text=True)
    assert "4 of 9 complete" in fragment and "<html" not in fragment
    assert 'id="complete"' not in as_("tobi").get(f"{ROOM}{event_id}").get_data(as_text=True)


@pytest.mark.parametrize(("page", "rows"), [("sign-in", 11), ("hours", 8)])
def test_the_lists_come_as_spreadsheets_and_in_other_orders(as_, in_app, page, rows):
    event_id = held(in_app)
    ines, path = as_("ines"), f"{ROOM}{event_id}/file/{page}"
    sheet = read_sheet(ines.get(f"{path}?format=csv").data, "x.csv")
    assert len(list(sheet.numbered())) == rows
    for sort in ("session", "name", "most", "number"):
        assert ines.get(f"{path}?sort={sort}").status_code == 200


def test_a_sheet_says_who_was_there_from_when_to_when_and_how_we_know(as_, in_app):
    event_id = held(in_app)
    sheet = read_sheet(as_("ines").get(f"{ROOM}{event_id}/file/sign-in?format=csv").data, "x.csv")
    rows = [cells for _number, cells in sheet.numbered()]
    assert ["2026-10-29", "Leon Farrowby", "Withen Cross First School", "member", "Took part", "17:00", "17:50", "50",
            "ticked by a coordinator"] in rows  # fmt: skip
    assert ["2026-11-05", "Leon Farrowby", "Withen Cross First School", "member", "", "", "", "0",
            "ticked by a coordinator"] in rows  # fmt: skip


def test_the_pages_stay_within_their_queries(as_, in_app, queries):
    event_id = held(in_app)
    with in_app():
        event = db.session.get(Event, event_id)
        told.whole(event)
        told.certified(event)
        db.session.commit()
    ines = as_("ines")
    for page in ("", "/sign-in", "/hours", "/evaluation"):
        ines.get(f"{ROOM}{event_id}/file{page}")
        with queries() as seen:
            assert ines.get(f"{ROOM}{event_id}/file{page}").status_code == 200
        assert len(seen) <= 12, (page, len(seen), seen)
