"""What people say of themselves: at once where nobody has said otherwise, else as a question; always with a trail."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from portal.attendance.models import AttendanceClaim
from portal.db import db
from portal.history.queries import lines_about
from portal.web import clock
from portal.web.links import act_link
from tests import cast
from tests.attendance.sheets import AFTER, START, Evening


def link(evening, key):
    with evening.in_app():
        return urlsplit(act_link("wasthere", cast.person_id(key), evening.session_id, days=60)).path


def says(client, evening, key, choice="yes", **hours):
    return client.post(link(evening, key), data={"choice": choice, **hours})


def history(evening):
    with evening.in_app():
        return [line.sentence for line in lines_about("activity", evening.session_id, limit=20)]


def open_claims(evening):
    with evening.in_app():
        rows = db.session.execute(select(AttendanceClaim).where(AttendanceClaim.answered_at.is_(None))).scalars()
        return [(row.id, row.minutes) for row in rows]


def test_she_says_that_she_was_there_and_it_counts_once(client, in_app):
    evening = Evening(in_app, "tobi")
    assert "I was there" in client.get(link(evening, "tobi")).text and evening.minutes() == {}
    for _press in range(2):
        assert says(client, evening, "tobi").status_code == 303
    assert evening.rows() == {"Tobi": (90, "self")}
    assert history(evening).count("Tobi Larkhill says that she was there") == 1


def test_part_of_it_from_when_to_when(client, in_app):
    evening = Evening(in_app, "tobi")
    says(client, evening, "tobi", "part", start="17:20", end="18:00")
    assert evening.rows() == {"Tobi": (40, "self")}
    assert "Noted: you were there for 40 min." in client.get(link(evening, "tobi")).text


def test_she_may_put_her_own_word_right_and_old_and_new_stay_in_the_history(client, in_app):
    evening = Evening(in_app, "tobi")
    says(client, evening, "tobi")
    says(client, evening, "tobi", "part", end="18:00")
    assert evening.minutes() == {"Tobi": 60}
    assert "Tobi Larkhill changed Tobi Larkhill from 90 to 60 minutes" in history(evening)


def test_who_signed_in_and_left_early_says_when(client, in_app):
    evening = Evening(in_app, "tobi")
    evening.signs_in("tobi", after=10)
    says(client, evening, "tobi", "part", end="18:00")
    assert evening.minutes() == {"Tobi": 49}


def test_an_observer_stays_one(client, in_app):
    evening = Evening(in_app, observers=["petra"])
    says(client, evening, "petra")
    with in_app():
        from portal.attendance.queries import sheet_of

        assert sheet_of(evening.session_id).observers == 1


def test_the_coordinator_sees_whose_word_it_is_and_when(client, as_, in_app):
    evening = Evening(in_app, "tobi")
    says(client, evening, "tobi")
    assert "By own word, Thu 19 Nov." in as_("ines").get(evening.url).text


@pytest.mark.parametrize(
    ("choice", "hours", "word"),
    [
        ("part", {}, "Type when you came"),
        ("part", {"start": "18:00", "end": "17:30"}, "The end, 17:30, is before the start"),
        ("yes", {"start": "quarter past"}, "quarter past"),
        ("", {}, "Choose one of the answers"),
    ],
)
def test_nonsense_is_refused_beside_its_field(client, in_app, choice, hours, word):
    evening = Evening(in_app, "tobi")
    answer = says(client, evening, "tobi", choice, **hours)
    assert answer.status_code == 422 and word in answer.text and evening.minutes() == {}


@pytest.mark.parametrize("moment", [START - timedelta(minutes=1), START + timedelta(days=14, hours=2)])
def test_only_from_the_start_until_a_fortnight_after(client, in_app, moment):
    evening = Evening(in_app, "tobi")
    clock.freeze(moment)
    assert says(client, evening, "tobi").status_code == 422 and evening.minutes() == {}


def test_after_closing_it_is_a_question_that_one_press_accepts(client, as_, in_app):
    evening = Evening(in_app, "tobi")
    ines = as_("ines")
    ines.post(f"{evening.url}/closing", data={"rest": "away"})
    says(client, evening, "tobi", "part", start="17:30")
    assert evening.minutes() == {"Tobi": 0} and "a coordinator looks at it" in client.get(link(evening, "tobi")).text
    [(claim, minutes)] = open_claims(evening)
    html = ines.get(evening.url).text
    assert (
        minutes == 60
        and "Their own word" in html
        and "Says: there for 1 h." in html
        and "The sheet says: not here." in html
    )
    ines.post(f"{evening.url}/claims/{claim}/acceptance")
    assert evening.rows() == {"Tobi": (60, "self")} and open_claims(evening) == []
    assert "Ines Quarrie accepted the word of Tobi Larkhill: 60 minutes instead of 0" in history(evening)
    ines.post(f"{evening.url}/opening")
    assert evening.minutes() == {"Tobi": 60}


def test_against_another_s_mark_it_is_a_question_and_no_can_be_taken_back(client, as_, in_app):
    evening = Evening(in_app, "tobi")
    ines = as_("ines")
    evening.tick(ines, "tobi", "away")
    for _time in range(2):
        says(client, evening, "tobi")
    [(claim, _minutes)] = open_claims(evening)
    page = ines.post(f"{evening.url}/claims/{claim}/refusal", follow_redirects=True).text
    assert evening.minutes() == {"Tobi": 0} and open_claims(evening) == []
    assert "it stays as it is" in client.get(link(evening, "tobi")).text
    assert f"/claims/{claim}/reopening" in page
    ines.post(f"{evening.url}/claims/{claim}/reopening")
    assert [one for one, _minutes in open_claims(evening)] == [claim]


def test_an_answer_is_given_once(client, as_, in_app):
    evening = Evening(in_app, "tobi")
    ines = as_("ines")
    evening.tick(ines, "tobi", "away")
    says(client, evening, "tobi")
    [(claim, _minutes)] = open_claims(evening)
    ines.post(f"{evening.url}/claims/{claim}/refusal")
    page = as_("mairead").post(f"{evening.url}/claims/{claim}/acceptance", follow_redirects=True).text
    assert "This was answered already" in page and evening.minutes() == {"Tobi": 0}


def test_without_a_place_it_is_a_question(client, as_, in_app):
    evening = Evening(in_app, "tobi")
    says(client, evening, "leon")
    assert evening.minutes() == {}
    [(claim, minutes)] = open_claims(evening)
    as_("ines").post(f"{evening.url}/claims/{claim}/acceptance")
    assert minutes == 90 and evening.rows() == {"Leon": (90, "self")}


def test_the_event_s_page_leads_there_and_it_works_signed_in(as_, in_app):
    evening = Evening(in_app, "tobi")
    tobi, url = as_("tobi"), f"{evening.url}/mine"
    assert url in tobi.get(evening.url.split("/sessions")[0]).text
    assert "Were you there?" in tobi.get(url).text
    assert tobi.post(url, data={"choice": "part", "end": "18:00"}).status_code == 303
    assert evening.rows() == {"Tobi": (60, "self")} and "Noted: you were there for 1 h." in tobi.get(url).text


def test_a_question_waits_on_today(client, as_, in_app):
    evening = Evening(in_app, "tobi")
    as_("ines").post(f"{evening.url}/closing", data={"rest": "leave"})
    says(client, evening, "tobi")
    clock.freeze(AFTER + timedelta(days=1))
    assert "Tobi Larkhill says when she was there" in as_("ines").get("/today", follow_redirects=True).text
