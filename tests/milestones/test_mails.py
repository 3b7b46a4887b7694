"""Before the day and once after it, in one mail to each who sees to it; and one press that says it is done."""

from datetime import UTC, datetime

import pytest

from portal.db import db
from portal.mail.stopping import stop
from portal.milestones.letters import KIND
from portal.milestones.models import ONCE
from portal.milestones.operations_reminding import remind_of_milestones
from portal.programmes.models import Programme
from portal.web import clock
from tests import cast
from tests.mentoring_mail.by_mail import links, mails
from tests.mentoring_mail.conftest import mailing
from tests.milestones.world import LIST, ask, marks, pair_asked, pair_in

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


def test_the_link_opens_nothing_once_it_is_asked_no_more(app, as_, client, asked):
    on(app, 4)
    (link,) = links(mails(app, KIND, "tobi")[0].text, "milestone")
    as_("ines").post(f"/n/tarn-and-tide/mentoring/milestones/{asked[1]}/retire")
    assert client.get(link).status_code == 410 and client.post(link, data={"choice": "done"}).status_code == 410


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
    assert len(links(mail.text, "milestone")) == 2 and mail.text.count("/milestones\n") == 2
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
