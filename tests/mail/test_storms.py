"""A storm in a conversation, a long list of people, a clock that jumps: nobody's mailbox gets more than its share.

Time is told twice: by the portal's clock, which is set back in the middle, and by the one on the wall, which is not.
"""

import re
from collections import defaultdict
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal.conversations.models import TopicFollow
from portal.db import db
from portal.mail.caps import PER_DAY, PER_HOUR
from portal.mail.models import OutboxMail
from portal.networks.models import Membership
from portal.people.models import EmailAddress, Person
from portal.web import clock, housekeeping
from tests import cast
from tests.conversations import talking

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FOLLOWERS = 30


class Wall:
    """The clock on the wall, and what arrived when by it. The portal's own clock may be somewhere else."""

    def __init__(self, letterbox, app, send):
        self.letterbox, self.app, self.send = letterbox, app, send
        self.now, self.seen, self.arrived = timedelta(), 0, defaultdict(list)

    def worker_round(self):
        with self.app.app_context():
            assert housekeeping.do_each_round() == []
            db.session.remove()
        self.sending()

    def sending(self):
        self.send()
        for line in self.letterbox.received[self.seen :]:
            self.arrived[re.search(rb"^To: .*?([\w.-]+@[\w.-]+)", line, re.M)[1]].append(self.now)
        self.seen = len(self.letterbox.received)

    def pass_by(self, time):
        self.now += time
        clock.freeze(clock.now() + time)

    def most_within(self, window):
        """The most mails that one mailbox got within any such span of time."""
        return max(
            (
                sum(1 for other in moments if at <= other < at + window)
                for moments in self.arrived.values()
                for at in moments
            ),
            default=0,
        )


@pytest.fixture
def wall(letterbox, app, send):
    return Wall(letterbox, app, send)


@pytest.fixture
def busy_topic(in_app):
    """A conversation that many follow."""
    with in_app():
        topic_id, network_id = talking.topic(), cast.network_id()
        for number in range(FOLLOWERS):
            add_follower(f"f{number}@school.example", topic_id, network_id)
        db.session.commit()
    return topic_id


def add_follower(address, topic_id, network_id):
    then = cast.LONG_AGO
    person = Person(name="F. Follower", sort_name="Follower", listing={}, created_at=then, admitted_at=then)
    db.session.add(person)
    db.session.flush()
    known = EmailAddress(person_id=person.id, address=address, folded=address, is_primary=True, verified_at=then)
    member = Membership(network_id=network_id, person_id=person.id, role="member", started_at=then)
    db.session.add_all([known, member, TopicFollow(topic_id=topic_id, person_id=person.id, since=then)])


@pytest.mark.parametrize("jump", [timedelta(), timedelta(days=-400)])
def test_five_hundred_posts_in_a_minute_do_not_flood_anybody(wall, in_app, busy_topic, jump):
    for number in range(500):
        with in_app():
            talking.answer(busy_topic, key="dafydd" if number % 2 else "ines")
        wall.pass_by(timedelta(seconds=0.12))
        if number % 40 == 0:
            wall.worker_round()
        if number == 250:
            clock.freeze(clock.now() + jump)
    for _half_hour in range(12):
        wall.worker_round()
        wall.pass_by(HOUR / 2)
    assert len(wall.arrived) >= FOLLOWERS
    assert wall.most_within(HOUR) <= PER_HOUR and wall.most_within(DAY) <= PER_DAY
    print(
        f"500 posts: at most {wall.most_within(HOUR)} mails to one mailbox in an hour, {wall.most_within(DAY)} in a day"
    )


@pytest.mark.parametrize("jump", [-3 * HOUR, timedelta(days=-400)])
def test_whatever_is_queued_nobody_gets_more_than_the_limit_and_nothing_is_lost(wall, written, jump):
    for number in range(3):
        written(count=100, address=f"p{number}@school.example")
    for hour in range(32):
        wall.sending()
        wall.pass_by(HOUR)
        if hour == 5:
            clock.freeze(clock.now() + jump)
    assert wall.most_within(HOUR) <= PER_HOUR and wall.most_within(DAY) <= PER_DAY
    assert sorted(map(len, wall.arrived.values())) == [100, 100, 100]


def test_five_thousand_people_brought_in_get_no_mail(wall, app, tmp_path):
    sheet = tmp_path / "people.csv"
    lines = (f"Person Number{n},n{n}@school.example\n" for n in range(5000))
    sheet.write_text("Name,Email\n" + "".join(lines), encoding="utf-8")
    done = app.test_cli_runner().invoke(args=["import", "people", str(sheet), "--network", "tarn-and-tide"])
    assert done.exit_code == 0, done.output
    for _hour in range(3):
        wall.worker_round()
        wall.pass_by(HOUR)
    with app.app_context():
        brought = select(func.count()).select_from(EmailAddress).where(EmailAddress.folded.endswith("@school.example"))
        assert db.session.execute(brought).scalar_one() == 5000
        mails = select(func.count()).select_from(OutboxMail).where(OutboxMail.recipient.endswith("@school.example"))
        assert db.session.execute(mails).scalar_one() == 0
    assert not wall.arrived
