"""You met, is that right? One mail a day and person at most, with all that waits; once more after a week; never a word."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from portal.db import db
from portal.mentoring.models import PairTalk
from portal.mentoring.operations_contacts import change_contact, dispute_contact
from portal.mentoring.operations_removing import delete_contact
from portal.mentoring.talks import Talk
from portal.mentoring_mail.letters_asking import KIND
from portal.mentoring_mail.operations_asking import ask_about_new_talks, ask_once_more
from portal.networks.operations_membership import leave
from portal.web import clock
from tests import cast
from tests.mentoring_mail.by_mail import ZONE, links, mails, pair_up, talked, told

SECRET = "She cried about the inspection."


@pytest.fixture
def pairing_id(mailing, in_app):
    with in_app():
        return pair_up()


def later(app, **more):
    """So much later than the talk was written down, the worker has done its round."""
    clock.freeze(cast.NOW + timedelta(**more))
    with app.app_context():
        return ask_about_new_talks() + ask_once_more()


def test_a_talk_rests_ten_minutes_before_its_mail(app, in_app, pairing_id):
    with in_app():
        talked(pairing_id)
    assert later(app, minutes=5) == 0 and later(app, minutes=11) == 1 and later(app, minutes=12) == 0


def test_many_talks_of_one_evening_are_one_mail_and_one_press(app, client, in_app, pairing_id):
    with in_app():
        ids = [talked(pairing_id, day, 20 + day, parked=SECRET, only_me=SECRET) for day in range(1, 7)]
    assert later(app, minutes=11) == 1
    [mail] = mails(app, KIND)
    assert mail.subject == "6 talks: are they right?" and len(links(mail.text, "met")) == 6
    assert "cried" not in mail.text + mail.html + mail.subject and "26 min" in mail.text
    [link] = links(mail.text, "metall")
    assert "23 min" in client.get(link).text and told(app, ids[0]).confirmed_at is None
    for _time in range(2):
        assert client.post(link, data={"choice": "yes"}).status_code == 303
    assert all(told(app, one).confirmed_at for one in ids) and "All of them are answered" in client.get(link).text


def test_a_page_of_many_talks_asks_no_more_than_one_of_two(app, client, in_app, queries, pairing_id):
    counts = []
    for days in (range(1, 3), range(3, 10)):
        with in_app():
            for day in days:
                talked(pairing_id, day)
        later(app, days=2 * len(counts), minutes=11)
        [link] = links(mails(app, KIND)[-1].text, "metall")
        with queries() as seen:
            assert client.get(link).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_yes_to_all_is_no_yes_to_what_came_later_or_was_otherwise(app, client, in_app, pairing_id):
    with in_app():
        first, second = talked(pairing_id, 3), talked(pairing_id, 4)
    later(app, minutes=11)
    [link] = links(mails(app, KIND)[0].text, "metall")
    with in_app():
        third = talked(pairing_id, 5)
        dispute_contact(db.session.get_one(PairTalk, second), cast.person_id("tobi"))
    client.post(link, data={"choice": "yes"})
    assert told(app, first).confirmed_at and not told(app, second).confirmed_at and not told(app, third).confirmed_at


def test_what_is_written_down_later_that_day_waits_for_tomorrow(app, in_app, pairing_id):
    with in_app():
        talked(pairing_id, 3)
    later(app, minutes=11)
    with in_app():
        talked(pairing_id, 4)
    assert later(app, hours=23) == 0 and later(app, hours=25) == 1
    assert "Wednesday 4 November" in mails(app, KIND)[1].subject


def test_a_mentor_is_asked_once_about_all_her_mentees(app, in_app, pairing_id):
    with in_app():
        talked(pairing_id, by="tobi")
        talked(pair_up("leon"), by="leon")
    assert later(app, minutes=11) == 1
    [mail] = mails(app, KIND, "dafydd")
    assert "Tobi Larkhill" in mail.text and "Leon Farrowby" in mail.text


def test_of_a_group_each_mentee_is_asked_by_herself(app, in_app, pairing_id):
    with in_app():
        leon = pair_up("leon")
        talked(pairing_id, kind="group", also=[leon])
    assert later(app, minutes=11) == 2
    assert "Leon" not in mails(app, KIND, "tobi")[0].text and "Tobi" not in mails(app, KIND, "leon")[0].text


def test_nobody_is_asked_about_support_or_what_was_answered_or_removed_meanwhile(app, in_app, pairing_id):
    with in_app():
        talked(pairing_id, 2, kind="support")
        gone = talked(pairing_id, 3)
        delete_contact(db.session.get_one(PairTalk, gone).contact, cast.person_id("dafydd"), ZONE)
        dispute_contact(db.session.get_one(PairTalk, talked(pairing_id, 4)), cast.person_id("tobi"))
    assert later(app, minutes=11) == 0


def test_a_changed_talk_is_asked_about_anew(app, in_app, pairing_id):
    with in_app():
        talk = talked(pairing_id)
    later(app, minutes=11)
    with in_app():
        at = db.session.get_one(PairTalk, talk)
        change_contact(at, cast.person_id("dafydd"), Talk(at=at.contact.starts_at, minutes=60), bytes(32), ZONE)
    assert later(app, hours=25) == 1 and "1 h" in mails(app, KIND)[1].text


def test_after_a_week_without_an_answer_once_more_and_never_again(app, in_app, pairing_id):
    with in_app():
        talked(pairing_id, 3), talked(pairing_id, 4)
    later(app, minutes=11)
    assert later(app, days=6) == 0 and later(app, days=8) == 1 and later(app, days=12) == 0
    again = mails(app, KIND)[1]
    assert again.text.count("Asked a week ago.") == 2


def test_old_talks_from_before_are_not_asked_about(app, in_app, pairing_id):
    with in_app():
        talked(pairing_id)
        db.session.execute(update(PairTalk).values(asked_at=cast.NOW - timedelta(days=60)))
        db.session.commit()
    assert later(app, minutes=11) == 0


def test_whom_no_mail_reaches_is_not_asked_again_and_again(app, in_app, pairing_id):
    with in_app():
        talk = talked(pairing_id)
        leave(cast.network_id(), cast.person_id("tobi"))
    assert later(app, minutes=11) == 0 and told(app, talk).asked_at is not None


def test_an_idle_round_of_the_worker_is_one_question(app, in_app, queries, pairing_id):
    with app.app_context(), queries() as seen:
        ask_about_new_talks()
    assert len(seen) == 1
