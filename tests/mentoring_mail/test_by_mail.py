"""A mentor answers a mail with a line, and it is a talk; what is not certain is asked back."""

from datetime import timedelta

import pytest

from portal.db import db
from portal.mentoring.models import Pairing
from portal.mentoring.operations import end_pairing
from portal.networks.operations_membership import leave
from portal.web import clock
from tests import cast
from tests.mentoring_mail.by_mail import answer, contacts, links, mails, pair_up, talked, told

LINE = "45 min, phone, planned the circuits lesson, next Tue 24 Nov 15:45"


@pytest.fixture
def pairing_id(mailing, in_app):
    with in_app():
        return pair_up()


def test_one_line_is_a_talk_with_its_next_date(app, pairing_id):
    assert answer(app, "talk", pairing_id, LINE) == "read"
    assert contacts(app) == [(45, "phone", "one_to_one", "mail", 10)]
    [said] = mails(app, "mentoring-answer", "dafydd")
    assert "45 min" in said.text and "Tuesday 24 November 2026, 3:45 pm" in said.text and "circuits" not in said.text


def test_the_mentee_can_do_the_same(app, pairing_id):
    assert answer(app, "talk", pairing_id, "yesterday, half an hour", "tobi") == "read"
    assert contacts(app) == [(30, "in_person", "one_to_one", "mail", 9)]


def test_the_day_is_the_day_of_the_mail_not_the_day_on_which_it_was_read(app, pairing_id):
    answer(app, "talk", pairing_id, "45 min", Date="Mon, 9 Nov 2026 23:50:00 +0000")
    answer(app, "talk", pairing_id, "20 min", number=2, Date="Mon, 9 Nov 2099 23:50:00 +0000")
    answer(app, "talk", pairing_id, "10 min", number=3, Date="yesterday")
    assert [one[4] for one in contacts(app)] == [9, 10, 10]


def test_without_minutes_nothing_is_written_and_a_filled_in_page_comes_back(app, client, pairing_id):
    assert answer(app, "talk", pairing_id, "It went well by the 30 min mark, phone. 6 Nov") == "read"
    assert contacts(app) == []
    [asked] = mails(app, "mentoring-answer", "dafydd")
    assert "can’t be read from your mail for certain" in asked.text
    [link] = links(asked.text, "talked")
    page = client.get(link).text
    assert 'value="2026-11-06"' in page and 'value="30"' in page and contacts(app) == []
    assert (
        client.post(link, data={"choice": "typed", "on": "2026-11-06", "minutes": "30", "mode": "phone"}).status_code
        == 303
    )
    assert contacts(app) == [(30, "phone", "one_to_one", "mail", 6)]


def test_both_sides_telling_of_one_talk_make_it_one(app, in_app, pairing_id):
    with in_app():
        talk = talked(pairing_id, day=10)
    answer(app, "talk", pairing_id, "45 min", "tobi")
    assert len(contacts(app)) == 1 and told(app, talk).confirmed_at
    [said] = mails(app, "mentoring-answer", "tobi")
    assert "both of you say so" in said.text


def test_another_length_of_the_other_one_is_asked_about(app, in_app, pairing_id):
    with in_app():
        talk = talked(pairing_id, day=10)
    answer(app, "talk", pairing_id, "30 min", "tobi")
    assert len(contacts(app)) == 1 and told(app, talk).confirmed_at is None
    [asked] = mails(app, "mentoring-answer", "tobi")
    assert "Is it the same talk?" in asked.text


def test_the_same_line_twice_is_one_talk(app, pairing_id):
    answer(app, "talk", pairing_id, LINE)
    assert answer(app, "talk", pairing_id, LINE) == "not-kept"
    answer(app, "talk", pairing_id, LINE, number=2)
    assert len(contacts(app)) == 1
    assert "stands there already" in mails(app, "mentoring-answer", "dafydd")[-1].text


def test_a_group_is_one_talk_in_two_books(app, in_app, pairing_id):
    with in_app():
        pair_up("leon")
    answer(app, "talk", pairing_id, "60 min, group with Leon and Tobi")
    assert contacts(app) == [(60, "in_person", "group", "mail", 10)]
    with app.app_context():
        assert [len(pair.talks) for pair in db.session.query(Pairing)] == [1, 1]


def test_whose_else_a_mentor_is_no_mail_tells_a_mentee(app, in_app, pairing_id):
    with in_app():
        talked(pair_up("leon"), 10, kind="group")
    assert answer(app, "talk", pairing_id, "45 min, group", "tobi") == "not-kept"
    [mail] = mails(app, "answer-sent-back", "tobi")
    assert "Your mentor has written down a talk with a group" in mail.text and "Leon" not in mail.text + mail.html
    answer(app, "talk", pairing_id, "45 min, group", "dafydd", number=2)
    assert "Leon Farrowby" in mails(app, "answer-sent-back", "dafydd")[0].text


def test_of_her_own_time_nobody_is_said_to_be_asked(app, pairing_id):
    answer(app, "talk", pairing_id, "45 min, support")
    [mail] = mails(app, "mentoring-answer", "dafydd")
    assert "is asked" not in mail.text and "nobody has to confirm it" in mail.text and "you met" not in mail.subject


def test_somebody_elses_name_is_asked_about(app, in_app, pairing_id):
    with in_app():
        pair_up("leon")
    answer(app, "talk", pairing_id, "60 min with Leon")
    assert contacts(app) == []
    assert "names somebody else you mentor" in mails(app, "mentoring-answer", "dafydd")[0].text


@pytest.mark.parametrize("text", ["20 Dec, 45 min", "1 Aug, 45 min", "Sunday, 45 min, support"])
def test_what_the_page_refuses_is_refused_with_its_sentence(app, pairing_id, text):
    assert answer(app, "talk", pairing_id, text, "tobi") == "not-kept"
    [back] = mails(app, "answer-sent-back", "tobi")
    assert contacts(app) == [] and links(back.text, "talked") and "could not be taken" in back.text


def test_who_left_the_network_or_is_none_of_the_two_writes_nothing_down(app, in_app, pairing_id):
    assert answer(app, "talk", pairing_id, "45 min", "leon") == "not-kept"
    with in_app():
        leave(cast.network_id(), cast.person_id("tobi"))
    assert answer(app, "talk", pairing_id, "45 min", "tobi", number=2) == "not-kept"
    assert contacts(app) == []


def test_after_the_end_of_a_pair_its_earlier_days_can_be_told(app, in_app, pairing_id):
    with in_app():
        end_pairing(
            db.session.get_one(Pairing, pairing_id), cast.person_id("tobi"), clock.now().date() - timedelta(days=2)
        )
    assert answer(app, "talk", pairing_id, "45 min") == "not-kept"
    assert answer(app, "talk", pairing_id, "6 Nov, 45 min", number=2) == "read"


def test_a_yes_or_no_by_mail(app, in_app, pairing_id):
    with in_app():
        first, second = talked(pairing_id, 3), talked(pairing_id, 4)
    assert answer(app, "met", first, "Yes, thank you", "tobi") == "read" and told(app, first).confirmed_at
    assert (
        answer(app, "met", second, "No, it was the 5th", "tobi", number=2) == "read" and told(app, second).disputed_at
    )
    assert answer(app, "met", second, "Hm, perhaps", "tobi", number=3) == "not-kept"
    assert links(mails(app, "answer-sent-back", "tobi")[0].text, "met")
    assert answer(app, "met", first, "yes", "dafydd", number=4) == "not-kept"
