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
