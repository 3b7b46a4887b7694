"""On the last working day a mentor reads what is written down of the month, and by when what is missing can be added."""

from datetime import UTC, date, datetime

import pytest

from portal.db import db
from portal.mail.stopping import stop
from portal.mentoring.models import Pairing, PairMonth, PairProgramme, PairTalk
from portal.mentoring.operations_contacts import confirm_contact
from portal.mentoring_mail.letters_month import KIND
from portal.mentoring_mail.operations_asking import ask_about_new_talks
from portal.mentoring_mail.operations_month_end import months_due, tell_of_month
from portal.mentoring_mail.queries_asking import KIND as ASKING
from portal.mentoring_mail.queries_month_end import last_working_day
from portal.programmes.models import Programme
from portal.web import clock
from tests import cast
from tests.mentoring_mail.by_mail import links, mails, pair_up, talked

SECRET = "She cried about the inspection."


@pytest.fixture
def pairing_id(mailing, in_app):
    with in_app():
        return pair_up()


def on(app, day, month=11, hour=14):
    clock.freeze(datetime(2026, month, day, hour, tzinfo=UTC))
    with app.app_context():
        return tell_of_month()


def joins(pairing_id, name, **rules):
    """Put the pair into a new programme. Belongs into a writing transaction."""
    programme = Programme(network_id=cast.network_id(), name=name, created_at=cast.NOW, **rules)
    db.session.add(programme)
    db.session.flush()
    db.session.add(PairProgramme(pairing_id=pairing_id, programme_id=programme.id, since=date(2026, 9, 1)))
    db.session.commit()


@pytest.mark.parametrize(
    ("month", "day"), [(date(2026, 10, 1), 30), (date(2026, 11, 1), 30), (date(2027, 1, 1), 29), (date(2027, 2, 1), 26)]
)
def test_the_last_working_day(month, day):
    assert last_working_day(month).day == day


@pytest.mark.parametrize(
    ("moment", "due"),
    [
        ((2026, 10, 30, 12, 30), []),
        ((2026, 10, 30, 13, 0), [10]),
        ((2026, 11, 2, 9, 0), [10]),
        ((2026, 11, 4, 14, 0), []),
        ((2026, 11, 30, 13, 0), [11]),
        ((2027, 1, 1, 9, 0), [12]),
    ],
)
def test_when_a_month_is_due(moment, due):
    assert [month.month for month in months_due(datetime(*moment, tzinfo=UTC), "Europe/London")] == due


def test_talks_hours_of_what_is_asked_for_and_the_day_it_closes(app, in_app, pairing_id):
    with in_app():
        joins(pairing_id, "Induction", minutes_a_year=5840, closes_on_day=15)
        for day in (3, 5, 10):
            talked(pairing_id, day, 45, parked=SECRET, only_me=SECRET)
        talked(pairing_id, 6, 30, kind="support")
    assert on(app, 27) == 0 and on(app, 30) == 2 and on(app, 30, hour=16) == 0
    [mail] = mails(app, KIND, "dafydd")
    assert mail.subject == "November 2026: 3 talks, 2 h 45 min"
    assert "Tobi Larkhill: 3 talks, 2 h 45 min of 8 h, 30 min of it support" in mail.text
    assert "Add it until Tuesday 15 December 2026" in mail.text and "cried" not in mail.text + mail.html


def test_a_pair_without_programme_has_its_own_target_and_an_open_month(app, in_app, pairing_id):
    with in_app():
        db.session.get_one(Pairing, pairing_id).monthly_minutes = 120
        db.session.commit()
        talked(pairing_id, 3)
        talked(pairing_id, 4, 30, kind="support")
    on(app, 30)
    text = mails(app, KIND)[0].text
    assert "1 talk, 45 min of 2 h, and 30 min of support" in text and "this month stays open" in text


def test_what_is_asked_and_what_counts_is_as_it_stands_on_the_pairs_page(app, in_app, pairing_id):
    """In the programme for half of the month; one talk lies before that, and one is not confirmed."""
    with in_app():
        joins(pairing_id, "Induction", minutes_a_year=5840, only_confirmed=True)
        db.session.query(PairProgramme).one().since = date(2026, 11, 16)
        db.session.commit()
    clock.freeze(datetime(2026, 11, 24, 14, tzinfo=UTC))
    with in_app():
        yes = talked(pairing_id, 17, 50)
        confirm_contact(db.session.get_one(PairTalk, yes), cast.person_id("tobi"))
        talked(pairing_id, 18, 20)
        talked(pairing_id, 10, 30)
    on(app, 30)
    assert "Tobi Larkhill: 3 talks, 50 min of 4 h" in mails(app, KIND)[0].text


def test_all_pairs_of_a_mentor_are_one_mail_each_with_its_own_day(app, in_app, pairing_id):
    with in_app():
        joins(pairing_id, "Induction", closes_on_day=15, counts_support=False)
        talked(pairing_id, 4, 30, kind="support")
        pair_up("leon")
    assert on(app, 30) == 1
    text = mails(app, KIND)[0].text
    assert "Tobi Larkhill: 0 talks, 0 min, and 30 min of support, until Tue 15 Dec" in text
    assert "Leon Farrowby: 0 talks, 0 min, stays open" in text


def test_a_pair_of_the_same_evening_is_no_second_mail(app, in_app, pairing_id):
    assert on(app, 30) == 1
    clock.freeze(datetime(2026, 11, 30, 17, tzinfo=UTC))
    with in_app():
        pair_up("leon")
    assert on(app, 30, hour=18) == 0 and on(app, 1, 12) == 0


def test_a_mentee_is_written_to_only_where_a_talk_waits_for_her_yes(app, client, in_app, pairing_id):
    with in_app():
        talked(pairing_id, 3), talked(pair_up("leon"), 5, by="leon")
    assert on(app, 30) == 2
    [mail] = mails(app, ASKING, "tobi")
    assert mail.subject == "November 2026: 1 talk waits for your yes"
    assert (
        mails(app, ASKING, "leon") == [] and "1 talk that your mentee wrote down" in mails(app, KIND, "dafydd")[0].text
    )
    assert "Dafydd" in client.get(links(mail.text, "metall")[0]).text
    clock.freeze(datetime(2026, 11, 30, 15, tzinfo=UTC))
    with app.app_context():
        assert ask_about_new_talks() == 0


def test_whoever_was_asked_today_is_not_asked_again_by_the_month(app, in_app, pairing_id):
    clock.freeze(datetime(2026, 11, 30, 9, tzinfo=UTC))
    with in_app():
        talked(pairing_id, 3)
    clock.freeze(datetime(2026, 11, 30, 10, tzinfo=UTC))
    with app.app_context():
        assert ask_about_new_talks() == 1
    assert on(app, 30) == 1 and len(mails(app, ASKING, "tobi")) == 1


def test_each_month_is_told_once_even_where_the_mail_is_not_wanted(app, in_app, pairing_id):
    with in_app():
        stop(cast.person_id("dafydd"), KIND, cast.network_id())
        db.session.add(PairMonth(pairing_id=pairing_id, month=date(2026, 11, 1), asked_at=cast.NOW))
        db.session.commit()
    assert on(app, 30) == 0
    with app.app_context():
        [marked] = db.session.query(PairMonth)
        assert marked.told_at and marked.asked_at
    assert on(app, 31, 12) == 0 and mails(app, KIND) == []


def test_few_questions_however_many_pairs(app, in_app, queries, pairing_id):
    with in_app():
        joins(pairing_id, "Induction", minutes_a_year=5400, closes_on_day=15)
        for key in ("leon", "ines", "mairead", "petra"):
            talked(pair_up(key), 3)
    clock.freeze(datetime(2026, 11, 12, 14, tzinfo=UTC))
    with app.app_context(), queries() as seen:
        tell_of_month()
    assert len(seen) == 1
    clock.freeze(datetime(2026, 11, 30, 14, tzinfo=UTC))
    with app.app_context(), queries() as seen:
        tell_of_month()
    assert sum(one.startswith("SELECT") for one in seen) <= 16, "\n".join(seen)
