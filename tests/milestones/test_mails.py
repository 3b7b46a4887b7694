"""Before the day and once after it, in one mail to each who sees to it; and one press that says it is done."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from portal.db import db
from portal.mail.stopping import stop
from portal.mentoring.models import Pairing
from portal.mentoring.operations import start_pairing
from portal.milestones.letters import KIND
from portal.milestones.models import ONCE, Milestone
from portal.milestones.operations import retire_milestone
from portal.milestones.operations_reminding import remind_of_milestones
from portal.networks.models import Membership, Network
from portal.people.models import Person
from portal.programmes.models import Programme
from portal.programmes.operations import add_programme
from portal.programmes.starting import rules
from portal.web import clock
from tests import cast
from tests.mentoring_mail.by_mail import links, mails
from tests.mentoring_mail.conftest import mailing
from tests.milestones.world import LIST, address, ask, marks, pair_asked, pair_in
from tests.pair_programmes.world import join

__all__ = ["mailing"]


def on(app, day, month=11, hour=9):
    clock.freeze(datetime(2026, month, day, hour, tzinfo=UTC))
    with app.app_context():
        return remind_of_milestones()


@pytest.fixture
def asked(mailing, in_app):
    """Tobi and Dafydd are asked for an observation by 11 November."""
    with in_app():
        return pair_asked(within_days=71)


def test_a_week_before_and_once_after_never_twice_and_never_at_night(app, asked):
    assert on(app, 3) == 0
    assert on(app, 4, hour=5) == 0
    assert on(app, 4) == 2
    assert on(app, 4, hour=10) == on(app, 11) == on(app, 13) == 0
    assert on(app, 14) == 2
    assert on(app, 15) == 0
    assert mails(app, KIND, "tobi")[0].subject == "First observation: by Wed 11 Nov"
    assert mails(app, KIND, "dafydd")[1].subject == "First observation: due 3 days ago"


def test_one_press_says_it_is_done_and_another_takes_it_back(app, client, asked):
    on(app, 4)
    (link,) = links(mails(app, KIND, "tobi")[0].text, "milestone")
    assert "Yes, it is done" in client.get(link).text
    with app.app_context():
        assert marks() == [(asked[1], ONCE, None)]
    assert client.post(link, data={"choice": "done"}).status_code == 303
    assert client.post(link, data={"choice": "done"}).status_code == 303
    with app.app_context():
        assert [done_on.isoformat() for _milestone, _period, done_on in marks()] == ["2026-11-04"]
    assert "It is not done yet" in client.get(link).text
    assert client.post(link, data={"choice": "open"}).status_code == 303
    assert on(app, 14) == 2


def test_what_is_done_is_not_asked_for(app, client, asked):
    on(app, 4)
    (link,) = links(mails(app, KIND, "dafydd")[0].text, "milestone")
    client.post(link, data={"choice": "done"})
    assert on(app, 14) == 0


def test_whoever_presses_second_leaves_the_day_as_it_was_said(app, client, asked):
    on(app, 4)
    (hers,) = links(mails(app, KIND, "tobi")[0].text, "milestone")
    (his,) = links(mails(app, KIND, "dafydd")[0].text, "milestone")
    client.post(hers, data={"choice": "done"})
    clock.freeze(datetime(2026, 11, 6, 9, tzinfo=UTC))
    assert client.post(his, data={"choice": "done"}).status_code == 303
    assert "Done on Wed 4 Nov" in client.get(his).text
    with app.app_context():
        assert [done_on.day for _milestone, _period, done_on in marks()] == [4]


def test_the_link_says_kindly_that_it_is_asked_no_more(app, as_, client, asked):
    on(app, 4)
    (link,) = links(mails(app, KIND, "tobi")[0].text, "milestone")
    as_("ines").post(f"/n/tarn-and-tide/mentoring/milestones/{asked[1]}/retire")
    page = client.get(link)
    assert page.status_code == 200 and "is not asked for any more" in page.text and "Yes, it is done" not in page.text
    pressed = client.post(link, data={"choice": "done"})
    assert pressed.status_code == 422 and "is not asked for any more" in pressed.text
    with app.app_context():
        assert marks() == [(asked[1], ONCE, None)]


def test_the_link_of_a_month_that_is_long_over_says_so(app, client, mailing, in_app):
    with in_app():
        pair_asked(name="The list", due="each_month", within_days=None)
    on(app, 3)
    assert "The list, October 2026" in mails(app, KIND, "tobi")[0].subject
    (link,) = links(mails(app, KIND, "tobi")[0].text, "milestone")
    clock.freeze(datetime(2026, 12, 2, 9, tzinfo=UTC))
    page = client.get(link).text
    assert "The list, October 2026" in page and "is not asked for any more" in page


def test_the_page_that_a_mail_named_says_kindly_that_its_month_is_over(app, as_, mailing, in_app):
    with in_app():
        pair_id, milestone_id = pair_asked(name="The list", due="each_month", within_days=None, checklist=LIST)
    on(app, 3)
    page = address(pair_id, milestone_id, period=date(2026, 10, 1))
    assert f"{page}\n" in mails(app, KIND, "tobi")[0].text
    clock.freeze(datetime(2026, 12, 2, 9, tzinfo=UTC))
    told = as_("tobi").get(page, follow_redirects=True)
    assert told.status_code == 200 and "“The list, October 2026” is not asked for any more" in told.text
    assert as_("petra").get(page).status_code == 403


def test_what_is_asked_anew_is_told_of_anew(app, in_app, asked):
    assert on(app, 4) == 2
    for day, retired in ((5, True), (20, False)):
        clock.freeze(datetime(2026, 11, day, 9, tzinfo=UTC))
        with in_app():
            one = db.session.get_one(Milestone, asked[1])
            retire_milestone(one, db.session.get_one(Programme, one.programme_id), retired, cast.person_id("ines"))
    assert on(app, 21) == 0
    clock.freeze(datetime(2027, 1, 23, 9, tzinfo=UTC))
    with app.app_context():
        assert remind_of_milestones() == 2


def test_two_programmes_that_call_it_the_same_are_told_apart(app, as_, mailing, in_app):
    with in_app():
        pair_id = pair_in(ask(within_days=71))
        placement = add_programme(cast.network_id(), rules("Placement"), cast.person_id("ines"))
        ask(placement, within_days=71)
        join(db.session.get_one(Pairing, pair_id), placement)
    on(app, 4)
    here = f"/n/tarn-and-tide/mentoring/pairs/{pair_id}"
    mail = mails(app, KIND, "tobi")[0].text
    clock.freeze(cast.NOW)
    for text in (mail, as_("tobi").get(here).text):
        assert "First observation (Induction)" in text and "First observation (Placement)" in text
    assert "· Placement" in as_("tobi").get(f"{here}/milestones").text


def test_whoever_left_the_pair_s_network_opens_nothing(app, client, asked, in_app):
    on(app, 4)
    (link,) = links(mails(app, KIND, "tobi")[0].text, "milestone")
    with in_app():
        hers = select(Membership).where(Membership.person_id == cast.person_id("tobi"))
        db.session.execute(hers).scalars().one().ended_at = cast.NOW
        db.session.commit()
    assert client.get(link).status_code == 410 and client.post(link, data={"choice": "done"}).status_code == 410


def test_where_mentoring_is_closed_nobody_is_told_and_all_of_it_waits(app, in_app, asked):
    with in_app():
        network = db.session.get_one(Network, cast.network_id())
        network.rooms = [one for one in network.rooms if one != "mentoring"]
        db.session.commit()
    assert on(app, 4) == 0
    with app.app_context():
        assert marks() == []
    with in_app():
        network = db.session.get_one(Network, cast.network_id())
        network.rooms = [*network.rooms, "mentoring"]
        db.session.commit()
    assert on(app, 5) == 2


def test_forty_pairs_are_one_mail_and_asked_for_in_few_queries(app, mailing, in_app, queries):
    with in_app():
        made = ask(within_days=71, who="mentor")
        for number in range(40):
            name = f"Mentee {number}"
            mentee = Person(name=name, sort_name=name, listing={}, created_at=cast.LONG_AGO)
            db.session.add(mentee)
            db.session.flush()
            people = (cast.person_id("dafydd"), mentee.id, cast.person_id("ines"))
            join(
                start_pairing(cast.network_id(), *people, date(2026, 9, 1)),
                db.session.get_one(Programme, made.programme_id),
            )
    with queries() as said:
        assert on(app, 4) == 1
    assert len([one for one in said if one.startswith("SELECT")]) <= 12, said
    (mail,) = mails(app, KIND)
    assert "40 things are due" in mail.subject and "28 more stand on the pages of your pairs." in mail.text


def test_all_that_is_due_is_one_mail_and_only_to_who_sees_to_it(app, mailing, in_app):
    with in_app():
        made = ask(within_days=71, who="mentor")
        programme = db.session.get_one(Programme, made.programme_id)
        ask(programme, "First meeting", within_days=71, checklist=LIST, who="mentor")
        for mentee in ("tobi", "leon"):
            pair_in(made, mentee)
    assert on(app, 4) == 1
    (mail,) = mails(app, KIND)
    assert mail.person_id and "4 things are due in your mentoring" in mail.subject
    assert len(links(mail.text, "milestone")) == 2 and mail.text.count("/1970-01-01\n") == 2
    assert "Who is who" not in mail.text


def test_whoever_stopped_such_mails_gets_none(app, in_app, asked):
    with in_app():
        stop(cast.person_id("tobi"), KIND, cast.network_id())
    assert on(app, 4) == 1 and not mails(app, KIND, "tobi")


def test_what_she_was_told_of_stands_on_her_today_until_it_is_done(app, as_, client, asked):
    tobi, today = as_("tobi"), "/n/tarn-and-tide/today/"
    assert "asked for" not in tobi.get(today).text
    on(app, 4)
    assert "1 thing is asked for" in tobi.get(today).text
    (link,) = links(mails(app, KIND, "dafydd")[0].text, "milestone")
    client.post(link, data={"choice": "done"})
    assert "asked for" not in tobi.get(today).text
