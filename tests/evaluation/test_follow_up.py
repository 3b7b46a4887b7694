"""Six weeks later: asked once, "not yet" once more, and a yes is a use in the ledger that she can take back."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.activities.models import Use
from portal.db import db
from portal.evaluation.models import FollowUp
from portal.evaluation.operations_answers import say_not_there
from portal.evaluation.operations_follow_up import ask_whether_tried
from portal.evaluation.queries_follow_up import tried_after
from portal.mail.stopping import stop
from portal.web import clock
from portal.web.links import act_link
from tests import cast
from tests.evaluation.evenings import DAY, ENDS, evening, mails, opened

NOON = (ENDS + 43 * DAY).replace(hour=12)
YES = {"choice": "yes", "used_on": "2026-12-01", "classes": "2", "students": "47", "what_changed": "They built on."}


@pytest.fixture
def asked(in_app):
    seen = []

    def at(moment):
        clock.freeze(moment)
        with in_app():
            ask_whether_tried()
            names = [name for name, _subject, _links in mails("event-tried")]
        new = names[len(seen) :]
        seen.extend(new)
        return sorted(new)

    return at


@pytest.fixture
def link(in_app):
    with in_app():
        event = evening(came=("tobi", "leon"))
        url = act_link("tried", cast.person_id("tobi"), event.id, days=180)
    clock.freeze(NOON)
    return url[url.index("/a/") :]


def rows(in_app, model=Use):
    with in_app():
        return [dict(row) for row in db.session.execute(select(*model.__table__.columns)).mappings()]


def test_asked_once_after_six_weeks(asked, in_app):
    with in_app():
        evening(came=("tobi",), held=("leon",), away=("dafydd",))
    assert asked((ENDS + 40 * DAY).replace(hour=12)) == []
    assert asked(NOON) == ["Tobi"]
    assert asked(NOON) == [] and asked(NOON + 5 * DAY) == []


def test_not_at_night_not_after_a_stop_and_not_when_she_was_not_there(asked, in_app):
    with in_app():
        event = evening(came=("tobi", "leon", "dafydd"))
        opened(event)
        stop(cast.person_id("leon"), "event-tried", None)
        clock.freeze(ENDS + timedelta(hours=1))
        say_not_there(event, cast.person_id("dafydd"))
    assert asked(NOON.replace(hour=3)) == []
    assert asked(NOON) == ["Tobi"]


def test_an_event_of_long_ago_and_one_that_asks_nobody(asked, in_app):
    with in_app():
        evening(came=("tobi",), way="none")
    assert asked(NOON) == []
    with in_app():
        evening(came=("tobi",), title="Long ago")
    assert asked(ENDS + 60 * DAY) == []


def test_opening_it_does_nothing(client, link, in_app):
    page = client.get(link)
    assert page.status_code == 200 and "Did you try it?" in page.text and "A number, never names" in page.text
    assert rows(in_app, FollowUp) == [] and rows(in_app) == []


def test_a_yes_is_a_use_of_the_event_with_her_school(client, link, in_app):
    assert client.post(link, data=YES).status_code == 303
    [use] = rows(in_app)
    assert (use["subject_kind"], use["subject_id"], use["classes"], use["students"]) == ("event", 1, 2, 47)
    assert use["students_how"] == "teacher" and use["organisation_id"] is not None
    assert "2 classes on Tuesday 1 December 2026" in client.get(link).text


def test_the_school_is_the_one_at_which_she_worked_on_that_day(client, link, in_app):
    from datetime import date

    from portal.people.models import Affiliation

    with in_app():
        old = db.session.execute(
            select(Affiliation).where(Affiliation.person_id == cast.person_id("tobi"))
        ).scalar_one()
        was = old.organisation_id
        old.ended_on = date(2026, 12, 10)
        other = was % 4 + 1
        db.session.add(Affiliation(person_id=old.person_id, organisation_id=other, started_on=date(2026, 12, 11)))
        db.session.commit()
    client.post(link, data=YES)
    assert rows(in_app)[0]["organisation_id"] == was


def test_not_counted_is_not_zero(client, link, in_app):
    client.post(link, data=YES | {"students": ""})
    assert rows(in_app)[0]["students"] is None
    with in_app():
        tried = tried_after(1)
    assert (tried.tried, tried.classes, tried.students, tried.counted) == (1, 2, 0, 0)


def test_pressing_twice_is_once(client, link, in_app):
    data = YES | {"form_key": "b" * 32}
    assert [client.post(link, data=data).status_code for _time in range(2)] == [303, 303]
    assert client.post(link, data=YES).status_code == 422
    assert len(rows(in_app)) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"used_on": ""},
        {"used_on": "2027-05-01"},
        {"used_on": "2026-11-01"},
        {"used_on": "yesterday"},
        {"classes": "0"},
        {"classes": "many"},
        {"students": "-1"},
        {"students": "10001"},
        {"quote": "It works."},
    ],
)
def test_nonsense_is_refused_and_what_was_typed_stays(client, link, in_app, wrong):
    answer = client.post(link, data=YES | wrong)
    assert answer.status_code == 422 and "They built on." in answer.text
    assert rows(in_app) == []


def test_taken_back_it_counts_no_more_and_can_be_told_anew(client, link, in_app):
    client.post(link, data=YES)
    assert client.post(link, data={"choice": "undo"}).status_code == 303
    with in_app():
        assert tried_after(1).tried == 0
    client.post(link, data=YES | {"classes": "1"})
    assert [use["withdrawn_at"] is None for use in rows(in_app)] == [False, True]


def test_after_two_weeks_the_coordinator_takes_it_back(client, link, in_app):
    client.post(link, data=YES)
    clock.freeze(NOON + 15 * DAY)
    assert "Take it back" not in client.get(link).text
    assert client.post(link, data={"choice": "undo"}).status_code == 422
    with in_app():
        assert tried_after(1).tried == 1


def test_not_yet_is_asked_once_more_and_never_again(client, asked, link, in_app):
    asked(NOON)
    client.post(link, data={"choice": "later"})
    assert "once more in a month" in client.get(link).text
    assert asked(NOON + 20 * DAY) == []
    assert asked(NOON + 31 * DAY) == ["Tobi"]
    page = client.get(link).text
    assert "Ask me again in a month" not in page and "Yes, a class tried it" in page
    assert client.post(link, data={"choice": "later"}).status_code == 422
    assert asked(NOON + 90 * DAY) == []
    with in_app():
        assert "We do not ask a third time" in _texts()[-1]


def _texts():
    from portal.mail.models import OutboxMail

    return list(
        db.session.execute(
            select(OutboxMail.text).where(OutboxMail.kind == "event-tried").order_by(OutboxMail.id)
        ).scalars()
    )


def test_not_yet_and_then_a_yes_before_the_month_is_over(client, asked, link):
    client.post(link, data={"choice": "later"})
    client.post(link, data=YES)
    assert asked(NOON + 31 * DAY) == []


def test_no_and_why_is_read_without_a_name(client, as_, link, in_app):
    with in_app():
        from portal.events.models import Event

        opened(db.session.get(Event, 1))
    client.post(link, data={"choice": "no", "why": "No sink in <b>my</b> room."})
    page = as_("ines").get("/n/tarn-and-tide/events/1/evaluation/results").text
    assert "No sink in &lt;b&gt;my&lt;/b&gt; room." in page and "Tobi Larkhill" not in page
    assert "1 of 1 told us; 0 tried it" in page


def test_whoever_told_before_is_not_asked(client, asked, link):
    clock.freeze(ENDS + 20 * DAY)
    client.post(link, data=YES)
    assert asked(NOON) == ["Leon"]


def test_whoever_was_not_there_has_nothing_to_tell(client, in_app, link):
    with in_app():
        url = act_link("tried", cast.person_id("dafydd"), 1)
    url = url[url.index("/a/") :]
    assert client.get(url).status_code == 410
    assert client.post(url, data=YES).status_code == 410


def test_a_member_tells_of_it_from_the_page_of_the_event(as_, link):
    tobi = as_("tobi")
    assert "A class tried something of it" in tobi.get("/n/tarn-and-tide/events/1").text
    assert "/a/tried-" in tobi.get("/n/tarn-and-tide/events/1/tried").location
    assert as_("dafydd").get("/n/tarn-and-tide/events/1/tried").status_code == 404


def test_the_page_of_the_event_says_how_it_stands(client, as_, asked, link, in_app):
    asked(NOON)
    client.post(link, data=YES)
    page = as_("ines").get("/n/tarn-and-tide/events/1").text
    assert "1 of 2 told us" in page and "one tried it" in page and "2 classes" in page and "47 students" in page


def test_her_export_holds_what_she_told(client, link, in_app):
    from portal.people.exporting import everything_about

    client.post(link, data=YES)
    with in_app():
        [told] = everything_about(cast.person_id("tobi"))["event_uses"]
    assert (told["event"], told["classes"], told["what_changed"]) == ("Build a hand", 2, "They built on.")
