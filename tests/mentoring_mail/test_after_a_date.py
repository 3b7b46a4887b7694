"""On the day after a next date without a word of it both are asked how it went, and one press is the talk."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from portal.db import db
from portal.history.models import HistoryLine
from portal.mail.stopping import stop
from portal.mentoring.models import MentoringContact
from portal.mentoring_mail.letters_dates import KIND
from portal.mentoring_mail.operations_reminders import ask_after_dates
from portal.networks.operations_membership import leave
from portal.web import clock
from tests import cast
from tests.mentoring_mail.by_mail import answer, contacts, links, mails, pair_up, talked, told

# The pair's date: a Tuesday at a quarter to four.
DATE = datetime(2026, 11, 17, 15, 45, tzinfo=UTC)
SECRET = "She cried about the inspection."


@pytest.fixture
def pairing_id(mailing, in_app):
    with in_app():
        made = pair_up()
        talked(made, next_at=DATE, parked=SECRET)
        return made


def on(app, day, hour=9):
    """The worker's hourly round at an hour of a day in November."""
    clock.freeze(datetime(2026, 11, day, hour, tzinfo=UTC))
    with app.app_context():
        return ask_after_dates()


def asked(app, key="dafydd"):
    """The address of the page behind the mail."""
    return links(mails(app, KIND, key)[0].text, "talked")[0]


def test_both_are_asked_the_day_after_in_the_morning_and_once(app, pairing_id):
    assert [on(app, 17, 20), on(app, 18, 6), on(app, 18), on(app, 18, 12), on(app, 19), on(app, 20)] == [
        0,
        0,
        2,
        0,
        0,
        0,
    ]
    mail = mails(app, KIND, "dafydd")[0]
    assert mail.subject == "How did it go with Tobi?" and "Tue 17 Nov, 3:45 pm" in mail.text
    assert (
        "Words are not kept." in mail.text
        and "cried" not in mail.text + mail.html
        and mail.reply_to.startswith("answer+talk-")
    )


def test_nobody_is_asked_when_they_wrote_it_down_or_the_pair_ended(app, in_app, pairing_id):
    clock.freeze(datetime(2026, 11, 17, 18, tzinfo=UTC))
    with in_app():
        talked(pairing_id, 17)
    assert on(app, 18) == 0


def test_who_stopped_these_or_left_gets_none(app, in_app, pairing_id):
    with in_app():
        stop(cast.person_id("dafydd"), KIND, cast.network_id())
        leave(cast.network_id(), cast.person_id("tobi"))
    assert on(app, 18) == 0


def test_one_press_writes_it_down_on_the_day_of_the_date_and_twice_is_once(app, client, pairing_id):
    on(app, 18)
    link = asked(app)
    assert "want=20" in link and 'value="2026-11-17"' in client.get(link).text and len(contacts(app)) == 1
    for length in ("45", "60"):
        assert client.post(link, data={"choice": length, "on": "2026-11-17", "mode": "phone"}).status_code == 303
    assert contacts(app)[1:] == [(45, "phone", "one_to_one", "mail", 17)]
    page = client.get(link).text
    assert "It is written down" in page and 'name="choice"' not in page and "cried" not in page


def test_a_bare_press_is_enough(app, client, pairing_id):
    on(app, 18)
    client.post(asked(app), data={"choice": "30"})
    assert contacts(app)[1:] == [(30, "in_person", "one_to_one", "mail", 17)]


def test_the_press_of_the_second_one_says_yes_to_the_first(app, client, pairing_id):
    on(app, 18)
    client.post(asked(app), data={"choice": "30"})
    refused = client.post(asked(app, "tobi"), data={"choice": "45", "on": "2026-11-17"})
    assert refused.status_code == 422 and "wrote down 30 min for that day" in refused.text
    client.post(asked(app, "tobi"), data={"choice": "30", "on": "2026-11-17"})
    assert len(contacts(app)) == 2


def test_not_met_ends_the_question_for_both_and_leaves_a_line(app, client, pairing_id):
    on(app, 18)
    client.post(asked(app), data={"choice": "not"})
    with app.app_context():
        assert db.session.execute(select(MentoringContact.next_at)).scalar_one() is None
        assert "pairing.not_met" in db.session.execute(select(HistoryLine.action)).scalars().all()
    assert len(contacts(app)) == 1


def test_both_say_that_they_did_not_meet_and_the_date_before_stays_as_it_was(app, client, in_app, pairing_id):
    clock.freeze(datetime(2026, 11, 17, 18, tzinfo=UTC))
    with in_app():
        talked(pairing_id, 17, next_at=datetime(2026, 11, 24, 15, 45, tzinfo=UTC))
    on(app, 25)
    dafydd, tobi = asked(app), asked(app, "tobi")
    client.post(dafydd, data={"choice": "not"})
    assert 'value="not"' not in client.get(tobi).text
    client.post(tobi, data={"choice": "not"})
    with app.app_context():
        lines = db.session.execute(select(HistoryLine.details).where(HistoryLine.action == "pairing.not_met")).scalars()
        assert [line["day"] for line in lines] == ["2026-11-24"]
        assert db.session.execute(select(MentoringContact.next_at).order_by(MentoringContact.id)).scalars().all() == [
            DATE,
            None,
        ]


def test_of_a_date_with_a_group_one_line_tells_that_these_two_did_not_meet(app, client, in_app, pairing_id):
    with in_app():
        talked(pairing_id, 4, kind="group", also=[pair_up("leon")], next_at=datetime(2026, 11, 18, 9, tzinfo=UTC))
    on(app, 19)
    for who in ("dafydd", "tobi"):
        client.post(asked(app, who), data={"choice": "not"})
    with app.app_context():
        lines = db.session.execute(select(HistoryLine.id).where(HistoryLine.action == "pairing.not_met")).all()
        assert len(lines) == 1


def test_a_date_to_come_is_the_one_that_another_takes_the_place_of(app, client, in_app, pairing_id):
    on(app, 18)
    with in_app():
        talked(pairing_id, 17, by="tobi", next_at=datetime(2026, 11, 24, 15, 45, tzinfo=UTC))
    client.post(asked(app), data={"choice": "other", "next_on": "2026-12-01"})
    with app.app_context():
        dates = db.session.execute(select(MentoringContact.next_at).order_by(MentoringContact.id)).scalars().all()
        assert [one.day for one in dates] == [17, 1]


def test_beside_a_date_with_a_group_the_two_set_one_of_their_own(app, client, in_app, pairing_id):
    clock.freeze(datetime(2026, 11, 17, 12, 30, tzinfo=UTC))
    with in_app():
        leon, ahead = pair_up("leon"), datetime(2026, 11, 30, 9, tzinfo=UTC)
        talked(pairing_id, 16, kind="group", also=[leon], next_at=ahead)
    on(app, 18)
    with in_app():
        talked(pairing_id, 17, by="tobi")
    assert client.post(asked(app), data={"choice": "other", "next_on": "2026-11-25"}).status_code == 303
    with app.app_context():
        dates = db.session.execute(select(MentoringContact.next_at).order_by(MentoringContact.id)).scalars().all()
        assert [one.day for one in dates] == [17, 30, 25]


def test_the_mentors_own_time_is_not_taken_for_the_talk(app, client, in_app, pairing_id):
    on(app, 18)
    with in_app():
        talked(pairing_id, 17, 20, kind="support")
    assert 'value="45"' in client.get(asked(app)).text
    client.post(asked(app), data={"choice": "45"})
    assert contacts(app)[1:] == [(20, "in_person", "support", "page", 17), (45, "in_person", "one_to_one", "mail", 17)]


def test_of_two_that_day_the_one_of_the_same_length_is_meant(app, client, in_app, pairing_id):
    on(app, 18)
    with in_app():
        talked(pairing_id, 17, 30, by="tobi")
        same = talked(pairing_id, 17, 45, by="tobi")
    assert client.post(asked(app), data={"choice": "45"}).status_code == 303
    assert told(app, same).confirmed_at and len(contacts(app)) == 3


def test_another_date_takes_the_place_of_the_old_one(app, client, pairing_id):
    on(app, 18)
    missing = client.post(asked(app), data={"choice": "other"})
    assert missing.status_code == 422 and "Type the new date." in missing.text
    over = client.post(asked(app), data={"choice": "other", "next_on": "2026-11-16"})
    assert over.status_code == 422 and "That day is over" in over.text
    client.post(asked(app), data={"choice": "other", "next_on": "2026-11-24", "next_time": "15:45"})
    with app.app_context():
        assert db.session.execute(select(MentoringContact.next_at)).scalar_one() == DATE + timedelta(days=7)
    assert on(app, 25) == 2


def test_a_line_back_is_the_talk_of_that_day(app, pairing_id):
    on(app, 18)
    assert answer(app, "talk", pairing_id, "yesterday, 45 min, next 1 Dec 15:45") == "read"
    assert contacts(app)[1:] == [(45, "in_person", "one_to_one", "mail", 17)]


def test_a_line_that_names_no_day_is_about_the_date(app, pairing_id):
    """The mail comes the day after; whoever answers it tells of the date. Sent twice it is still one talk."""
    on(app, 18)
    for number in (1, 2):
        assert answer(app, "talk", pairing_id, "45 min", number=number) == "read"
    assert contacts(app)[1:] == [(45, "in_person", "one_to_one", "mail", 17)]


def test_the_other_one_s_line_says_yes_to_it(app, client, pairing_id):
    on(app, 18)
    client.post(asked(app), data={"choice": "45"})
    assert answer(app, "talk", pairing_id, "45 min", "tobi") == "read"
    assert len(contacts(app)) == 2 and "both of you say so" in mails(app, "mentoring-answer", "tobi")[0].text


def test_an_old_mail_answered_once_more_tells_of_the_day_on_which_it_is_written(app, pairing_id):
    on(app, 18)
    answer(app, "talk", pairing_id, "45 min")
    clock.freeze(datetime(2026, 11, 25, 15, tzinfo=UTC))
    answer(app, "talk", pairing_id, "30 min, phone", number=2)
    assert contacts(app)[2:] == [(30, "phone", "one_to_one", "mail", 25)]


def test_somebody_else_s_link_or_one_of_a_pair_that_is_gone_opens_nothing(app, client, in_app, pairing_id):
    on(app, 18)
    link = asked(app, "tobi")
    with in_app():
        leave(cast.network_id(), cast.person_id("tobi"))
    assert client.get(link).status_code == 410 and client.post(link, data={"choice": "30"}).status_code == 410


@pytest.mark.parametrize(
    "data", [{}, {"choice": "typed"}, {"choice": "typed", "minutes": "-5"}, {"choice": "45", "on": "2026-12-24"}]
)
def test_nonsense_is_told_and_nothing_written(app, client, pairing_id, data):
    on(app, 18)
    assert client.post(asked(app), data=data).status_code == 422 and len(contacts(app)) == 1


def test_values_in_the_address_are_only_filled_in(app, client, pairing_id):
    on(app, 18)
    page = client.get(asked(app) + "&on=never&minutes=x&mode=%3Cplumb%3E&next_time=9").text
    assert "plumb" not in page.partition("<main")[2].partition("</form>")[0] and len(contacts(app)) == 1


def test_after_days_without_a_worker_old_dates_are_let_go(app, pairing_id):
    assert on(app, 22) == 0 and date(2026, 11, 22) > DATE.date()
