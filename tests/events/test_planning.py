"""Planning an event: one form, a draft, publishing, changing, copying, calling off, and taking back."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.db import db
from portal.events.models import Booking, Event, Session
from portal.history.models import HistoryLine
from portal.mail.models import OutboxMail
from portal.web import clock
from tests import cast
from tests.events import planned

ROOM = "/n/tarn-and-tide/events/"
TYPED = {
    "title": "Bridges and beams",
    "sessions-0-day": "19 November 2026",
    "sessions-0-starts": "5pm",
    "sessions-0-ends": "6.30 pm",
    "sessions-0-mode": "in_person",
    "sessions-0-place": "Kestrel Lane Primary",
    "sessions-0-capacity": "24",
    "is_public": "y",
}


def typed(in_app, **changes):
    with in_app():
        return TYPED | {"owner": str(cast.person_id("ines"))} | changes


def the_event():
    return db.session.execute(select(Event).order_by(Event.id.desc())).scalars().first()


def made(in_app, *people, **more):
    with in_app():
        one = planned.event(**more)
        if people:
            planned.booked(one, *people)
        return one.id


def as_it_stands(in_app, event_id, **changes):
    """What the edit form would send back unchanged, but for these fields."""
    with in_app():
        one = db.session.get(Event, event_id)
        fields = {
            "title": one.title,
            "about": one.about,
            "version": one.row_version,
            "owner": one.owner_id,
            "is_public": "y",
        }
        for number, session in enumerate(one.sessions):
            local = clock.local(session.starts_at, "Europe/London")
            end = local + timedelta(minutes=session.minutes)
            values = {
                "id": session.id,
                "day": local.date().isoformat(),
                "starts": f"{local:%H:%M}",
                "ends": f"{end:%H:%M}",
                "mode": session.mode,
                "place": session.place,
                "joining_link": session.joining_link,
                "capacity": session.capacity or "",
            }
            fields |= {f"sessions-{number}-{key}": value for key, value in values.items()}
    return fields | changes


def mails(in_app, kind):
    with in_app():
        return list(db.session.execute(select(OutboxMail.to_name, OutboxMail.text).where(OutboxMail.kind == kind)))


def test_a_coordinator_plans_in_one_form_and_nobody_is_mailed(as_, in_app):
    answer = as_("ines").post(f"{ROOM}new", data=typed(in_app))
    assert answer.status_code == 303
    with in_app():
        one = the_event()
        [session] = one.sessions
        assert one.state == "published"
        assert (session.starts_at, session.minutes, session.capacity) == (planned.NEXT_THURSDAY, 90, 24)
        assert db.session.execute(select(OutboxMail)).first() is None


def test_a_draft_is_published_later(as_, in_app):
    ines = as_("ines")
    ines.post(f"{ROOM}new", data=typed(in_app, draft="1"))
    with in_app():
        event_id = the_event().id
        assert the_event().state == "draft"
    assert "pencil" in ines.get(f"{ROOM}{event_id}").get_data(as_text=True)
    ines.post(f"{ROOM}{event_id}/publication")
    with in_app():
        assert the_event().state == "published"


def test_members_and_observers_plan_nothing(as_, in_app):
    event_id = made(in_app)
    for who in ("tobi", "dafydd", "petra"):
        assert as_(who).get(f"{ROOM}new").status_code == 403
        assert as_(who).post(f"{ROOM}new", data=typed(in_app)).status_code == 403
        assert as_(who).post(f"{ROOM}{event_id}/edit").status_code == 403


def test_whoever_an_event_belongs_to_may_change_it(as_, in_app):
    with in_app():
        event_id = planned.event(owner_id=cast.person_id("tobi")).id
    assert as_("tobi").get(f"{ROOM}{event_id}/edit").status_code == 200


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("sessions-0-ends", "4:30 pm", "The end, 4:30, is before the start, 5:00. Did you mean 6:30?"),
        ("sessions-0-capacity", "2 doz", "Places must be a number, like 24."),
        ("sessions-0-day", "some day", "is not a date"),
        ("sessions-0-starts", "", "Type a time"),
        ("sessions-0-joining_link", "javascript:alert(1)", "A link begins with https://"),
        ("title", "", "Type a title."),
    ],
)
def test_nonsense_is_refused_beside_its_field_and_kept(as_, in_app, field, value, sentence):
    answer = as_("ines").post(f"{ROOM}new", data=typed(in_app, **{field: value}))
    html = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert sentence in html and f'href="#{field}"' in html
    assert "Kestrel Lane Primary" in html and (not value or value in html)
    with in_app():
        assert the_event() is None


def test_another_date_is_added_without_saving_and_without_script(as_, in_app):
    ines = as_("ines")
    html = ines.post(f"{ROOM}new", data=typed(in_app, add_session="1")).get_data(as_text=True)
    assert 'name="sessions-1-day"' in html and 'value="Bridges and beams"' in html
    more = {
        "sessions-1-day": "2026-11-26",
        "sessions-1-starts": "17:00",
        "sessions-1-ends": "18:00",
        "sessions-1-mode": "online",
    }
    ines.post(f"{ROOM}new", data=typed(in_app, **more))
    with in_app():
        assert [session.title for session in the_event().sessions] == [
            "Bridges and beams, session 1 of 2",
            "Bridges and beams, session 2 of 2",
        ]


def test_an_hour_that_comes_twice_is_asked_for_in_the_form(as_, in_app):
    night = {"sessions-0-day": "2027-10-31", "sessions-0-starts": "01:30", "sessions-0-ends": "03:00"}
    ines = as_("ines")
    answer = ines.post(f"{ROOM}new", data=typed(in_app, **night))
    assert answer.status_code == 422 and 'value="1"' in answer.get_data(as_text=True)
    assert ines.post(f"{ROOM}new", data=typed(in_app, **night, **{"sessions-0-fold": "1"})).status_code == 303


def test_a_double_press_plans_one_event(as_, in_app):
    ines, data = as_("ines"), typed(in_app, form_key="a" * 32)
    first, second = ines.post(f"{ROOM}new", data=data), ines.post(f"{ROOM}new", data=data)
    assert first.location == second.location
    with in_app():
        assert len(db.session.execute(select(Event)).all()) == 1


def test_a_new_place_is_told_to_those_who_booked_and_raises_the_sequence(as_, in_app):
    event_id = made(in_app, "tobi", "leon", capacity=1)
    data = as_it_stands(in_app, event_id, **{"sessions-0-place": "Kestrel Lane Primary"})
    assert as_("ines").post(f"{ROOM}{event_id}/edit", data=data).status_code == 303
    told = mails(in_app, "event-changed")
    assert {mail.to_name for mail in told} == {"Tobi Larkhill", "Leon Farrowby"}
    assert "Kestrel Lane Primary" in told[0].text and "design workshop" in told[0].text
    with in_app():
        assert db.session.get(Event, event_id).sessions[0].sequence == 1


def test_a_change_to_what_is_over_is_told_to_nobody(as_, in_app):
    event_id = made(in_app, "tobi")
    clock.freeze(planned.NEXT_THURSDAY + timedelta(days=1))
    data = as_it_stands(in_app, event_id, **{"sessions-0-place": "Kestrel Lane Primary"})
    assert as_("ines").post(f"{ROOM}{event_id}/edit", data=data).status_code == 303
    assert mails(in_app, "event-changed") == []


def test_new_words_alone_are_told_to_nobody(as_, in_app):
    event_id = made(in_app, "tobi")
    as_("ines").post(f"{ROOM}{event_id}/edit", data=as_it_stands(in_app, event_id, title="Build a whole hand"))
    assert mails(in_app, "event-changed") == []


def test_a_changed_page_is_not_overwritten(as_, in_app):
    event_id = made(in_app)
    stale = as_it_stands(in_app, event_id, title="Mairead’s title")
    as_("ines").post(f"{ROOM}{event_id}/edit", data=as_it_stands(in_app, event_id, title="Ines’s title"))
    answer = as_("mairead").post(f"{ROOM}{event_id}/edit", data=stale)
    html = answer.get_data(as_text=True)
    assert answer.status_code == 409 and "Mairead’s title" in html and "Ines’s title" in html
    with in_app():
        version = db.session.get(Event, event_id).row_version
        assert db.session.get(Event, event_id).title == "Ines’s title"
    assert f'value="{version}"' in html
    assert as_("mairead").post(f"{ROOM}{event_id}/edit", data=stale | {"version": version}).status_code == 303


def test_a_date_that_was_booked_is_called_off_when_taken_out_and_an_unbooked_one_goes(as_, in_app):
    event_id = made(in_app, sessions=3)
    with in_app():
        one = db.session.get(Event, event_id)
        from portal.events.operations_booking import book

        book(one, [one.sessions[0].id], cast.person_id("tobi"))
    out = {"sessions-0-is_removed": "y", "sessions-1-is_removed": "y"}
    assert as_("ines").post(f"{ROOM}{event_id}/edit", data=as_it_stands(in_app, event_id, **out)).status_code == 303
    with in_app():
        sessions = db.session.execute(select(Session).order_by(Session.starts_at)).scalars().all()
        assert [bool(session.cancelled_at) for session in sessions] == [True, False]
    assert len(mails(in_app, "event-changed")) == 1


def test_last_terms_event_is_copied_without_its_people(as_, in_app):
    event_id = made(in_app, starts_at=planned.LAST_THURSDAY - timedelta(weeks=20))
    answer = as_("ines").post(f"{ROOM}{event_id}/copy")
    assert answer.location.endswith("/edit")
    with in_app():
        copy = the_event()
        local = clock.local(copy.sessions[0].starts_at, "Europe/London")
        assert copy.state == "draft" and copy.copied_from_id == event_id
        assert (local.weekday(), local.hour, copy.sessions[0].joining_link) == (3, 18, "")
        assert db.session.execute(select(Booking)).first() is None


def test_calling_off_mails_everybody_in_the_same_act_and_can_be_taken_back(as_, in_app):
    event_id = made(in_app, "tobi", "leon", capacity=1)
    ines = as_("ines")
    assert "2 people who booked" in ines.get(f"{ROOM}{event_id}/calling-off").get_data(as_text=True)
    assert ines.post(f"{ROOM}{event_id}/calling-off").status_code == 422
    ines.post(f"{ROOM}{event_id}/calling-off", data={"reason": "The room is being rewired."})
    told = mails(in_app, "event-called-off")
    assert len(told) == 2 and "rewired" in told[0].text
    assert "Called off" in ines.get(ROOM).get_data(as_text=True)
    ines.post(f"{ROOM}{event_id}/back-on")
    assert len(mails(in_app, "event-back-on")) == 2
    with in_app():
        assert db.session.get(Event, event_id).state == "published"


def test_after_a_day_calling_off_is_final(as_, in_app):
    event_id = made(in_app)
    as_("ines").post(f"{ROOM}{event_id}/calling-off", data={"reason": "Snow."})
    clock.freeze(cast.NOW + timedelta(days=1, minutes=1))
    as_("ines").post(f"{ROOM}{event_id}/back-on")
    with in_app():
        assert db.session.get(Event, event_id).state == "cancelled"


def test_a_draft_is_deleted_and_brought_back_and_a_published_event_is_not_deleted(as_, in_app):
    draft, published = made(in_app, publish=False), made(in_app)
    ines = as_("ines")
    ines.post(f"{ROOM}{draft}/deletion")
    assert ines.get(f"{ROOM}{draft}").status_code == 404
    ines.post(f"{ROOM}{draft}/restoring")
    assert ines.get(f"{ROOM}{draft}").status_code == 200
    ines.post(f"{ROOM}{published}/deletion")
    assert ines.get(f"{ROOM}{published}").status_code == 200


def test_every_act_leaves_a_line(as_, in_app):
    event_id = made(in_app)
    as_("ines").post(f"{ROOM}{event_id}/calling-off", data={"reason": "Snow."})
    with in_app():
        rows = db.session.execute(select(HistoryLine.action).where(HistoryLine.subject_kind == "event"))
        assert set(rows.scalars()) == {"event-planned", "event-published", "event-called-off"}


MORE = {
    "objectives": "Build a finger from card.", "books_whole": "y", "completed_share": "80", "seats_per_school": "2",
    "confirm_hours": "24", "evaluation": "named",
}  # fmt: skip


def rules_of(one):
    names = ("objectives", "books_whole", "completed_share", "seats_per_school", "confirm_hours", "evaluation")
    return tuple(getattr(one, name) for name in names)


def test_the_folded_part_is_kept_and_shown_again(as_, in_app):
    ines = as_("ines")
    assert ines.post(f"{ROOM}new", data=typed(in_app, **MORE)).status_code == 303
    with in_app():
        event_id = the_event().id
        assert rules_of(the_event()) == ("Build a finger from card.", True, 80, 2, 24, "named")
    page = ines.get(f"{ROOM}{event_id}/edit").text
    assert 'value="Build a finger from card."' in page and 'value="80"' in page and 'value="24"' in page
    ines.post(f"{ROOM}{event_id}/edit", data=as_it_stands(in_app, event_id, seats_per_school="", confirm_hours=""))
    with in_app():
        assert rules_of(the_event()) == ("Build a finger from card.", False, 80, None, None, "named")


def test_an_event_needs_none_of_it(as_, in_app):
    as_("ines").post(f"{ROOM}new", data=typed(in_app))
    with in_app():
        assert rules_of(the_event()) == ("", False, 75, None, None, "anonymous")


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("completed_share", "all of it", "A share of the minutes is a number from 1 to 100."),
        ("completed_share", "101", "A share of the minutes is a number from 1 to 100."),
        ("seats_per_school", "0", "Places for one school must be a number, like 2."),
        ("confirm_hours", "a day", "Hours must be a number from 1 to 336"),
        ("evaluation", "sometimes", "Choose one of these."),
    ],
)
def test_nonsense_in_the_folded_part_unfolds_it(as_, in_app, field, value, sentence):
    answer = as_("ines").post(f"{ROOM}new", data=typed(in_app, **MORE | {field: value}))
    assert answer.status_code == 422 and sentence in answer.text and f'href="#{field}"' in answer.text
    assert '<details class="field" open>' in answer.text and "Build a finger from card." in answer.text


def test_the_other_version_shows_the_folded_part_too(as_, in_app):
    event_id = made(in_app)
    stale = as_it_stands(in_app, event_id, objectives="Mairead’s line", books_whole="y")
    as_("ines").post(f"{ROOM}{event_id}/edit", data=as_it_stands(in_app, event_id, objectives="Ines’s line"))
    page = as_("mairead").post(f"{ROOM}{event_id}/edit", data=stale)
    assert page.status_code == 409
    assert all(words in page.text for words in ("Mairead’s line", "Ines’s line", "as a whole", "date by date"))


@pytest.mark.parametrize(
    ("others", "places", "sentence"),
    [((), "0", "Places must be a number"), (("leon",), "1", "2 people hold a place already. Type 2 or more.")],
)
def test_fewer_places_than_are_held_is_refused_beside_the_field(as_, in_app, others, places, sentence):
    event_id = made(in_app, "tobi", *others)
    data = as_it_stands(in_app, event_id, **{"sessions-0-capacity": places, "title": "Build a whole hand"})
    answer = as_("ines").post(f"{ROOM}{event_id}/edit", data=data)
    assert answer.status_code == 422 and sentence in answer.text and "Build a whole hand" in answer.text
    assert 'href="#sessions-0-capacity"' in answer.text and f'value="{places}"' in answer.text
    with in_app():
        assert db.session.get_one(Event, event_id).sessions[0].capacity == 24


def dates(number, start=19, **changes):
    found = {}
    for place in range(number):
        found |= {
            f"sessions-{place}-day": f"2027-{1 + place // 28:02}-{1 + place % 28:02}",
            f"sessions-{place}-starts": "17:00",
            f"sessions-{place}-ends": "18:00",
            f"sessions-{place}-mode": "online",
        }
    return found | changes


def test_thirty_dates_are_planned_and_the_thirty_first_is_said_not_dropped(as_, in_app):
    ines = as_("ines")
    answer = ines.post(f"{ROOM}new", data=typed(in_app, **dates(31)))
    assert answer.status_code == 422 and "at most 30 dates" in answer.text
    assert 'name="sessions-30-day"' in answer.text and 'value="2027-02-03"' in answer.text
    full = ines.post(f"{ROOM}new", data=typed(in_app, add_session="1", **dates(30)))
    assert "at most 30 dates" in full.text and 'name="sessions-30-day"' not in full.text
    assert ines.post(f"{ROOM}new", data=typed(in_app, **dates(30))).status_code == 303


def test_two_dates_at_one_hour_in_one_place_are_asked_about(as_, in_app):
    ines = as_("ines")
    answer = ines.post(f"{ROOM}new", data=typed(in_app, **dates(2, **{"sessions-1-day": "2027-01-01"})))
    assert answer.status_code == 422 and "Another date of this event is at the same time" in answer.text
    assert 'href="#sessions-1-day"' in answer.text
    beside = {"sessions-1-day": "2027-01-01", "sessions-1-mode": "in_person", "sessions-1-place": "The other lab"}
    whole = ines.post(f"{ROOM}new", data=typed(in_app, books_whole="y", **dates(2, **beside)))
    assert whole.status_code == 422
    assert ines.post(f"{ROOM}new", data=typed(in_app, **dates(2, **beside))).status_code == 303


def test_nobody_books_two_rooms_at_one_hour(as_, in_app):
    beside = {"sessions-1-day": "2027-01-01", "sessions-1-mode": "in_person", "sessions-1-place": "The other lab"}
    as_("ines").post(f"{ROOM}new", data=typed(in_app, **dates(2, **beside)))
    with in_app():
        event_id, ids = the_event().id, [one.id for one in the_event().sessions]
    tobi = as_("tobi")
    answer = tobi.post(f"{ROOM}{event_id}/booking", data={"sessions": ids})
    assert answer.status_code == 422 and "Two of these dates are at the same hour." in answer.text
    assert tobi.post(f"{ROOM}{event_id}/booking", data={"sessions": ids[0]}).status_code == 303
    assert tobi.post(f"{ROOM}{event_id}/booking", data={"sessions": ids[1]}).status_code == 422
    with in_app():
        assert len(db.session.execute(select(Booking)).all()) == 1


def test_a_copy_carries_rules_credit_and_presenters_but_no_approval(as_, in_app):
    from portal.activities.models import Participation
    from portal.credit.models import CreditType
    from portal.events.models_credit import EventCredit
    from portal.events.operations_leading import set_leader

    with in_app():
        one = planned.event(
            starts_at=planned.LAST_THURSDAY - timedelta(weeks=20), sessions=2, seats_per_school=2, objectives="Fingers."
        )
        hour = CreditType(code="x", name="Clock hour", unit="hour", units="hours", minutes_a_unit=60)
        db.session.add(hour)
        db.session.flush()
        day = clock.today()
        db.session.add(
            EventCredit(
                event_id=one.id, credit_type_id=hour.id, fee="20 dollars", provider="Region 4", committee="The five",
                applied_on=day, approved_on=day, stem_elements=["science", "careers"], least_share=80,
            )
        )  # fmt: skip
        set_leader(one.sessions[1], cast.person_id("dafydd"), "presenter", cast.person_id("ines"))
        event_id = one.id
    assert as_("ines").post(f"{ROOM}{event_id}/copy").status_code == 303
    with in_app():
        copy = the_event()
        [block] = db.session.execute(select(EventCredit).where(EventCredit.event_id == copy.id)).scalars()
        assert (block.fee, block.provider, block.stem_elements) == ("20 dollars", "Region 4", ["science", "careers"])
        assert (block.applied_on, block.approved_on, block.least_share, block.state) == (None, None, 80, "none")
        led = select(Participation.person_id, Participation.minutes)
        rows = db.session.execute(led.where(Participation.activity_id == copy.sessions[1].id)).all()
        assert rows == [(cast.person_id("dafydd"), None)] and (copy.seats_per_school, copy.objectives) == (
            2,
            "Fingers.",
        )
