"""Followers hear of what is new: at once, then once an hour until they have read; never the author, never who said no."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from portal.conversations.models import Topic, TopicFollow, TopicNews, TopicRead, TopicTold
from portal.conversations.operations_marks import choose_following
from portal.conversations.operations_news import tell_followers
from portal.conversations.operations_posts import remove_post
from portal.conversations.operations_topics import remove_topic
from portal.db import db
from portal.mail.models import MailStop, OutboxMail
from portal.networks.models import Membership
from portal.networks.operations_membership import leave, pause
from portal.people.models import EmailAddress, Person
from portal.people.operations_leaving import erase_person
from portal.web import clock
from tests import cast
from tests.conversations.talking import ROOM, answer, standing, topic


@pytest.fixture
def told(app):
    """``told()`` lets the worker go round once, and says to whom mails about conversations stand in the outbox."""

    def go():
        with app.app_context():
            tell_followers()
            rows = select(OutboxMail.to_address).where(OutboxMail.kind == "conversation").order_by(OutboxMail.id)
            return [address.partition("@")[0] for address in db.session.execute(rows).scalars()]

    return go


@pytest.fixture
def talk(in_app):
    """A conversation of Tobi's that Leon follows."""
    with in_app():
        number = topic()
        choose_following(standing("leon"), number, "follow")
    return number


def later(**after):
    clock.freeze(clock.now() + timedelta(**after))


def letters(app):
    with app.app_context():
        return list(db.session.execute(select(OutboxMail).order_by(OutboxMail.id)).scalars())


def read(app, in_app, number, key):
    with in_app():
        db.session.add(TopicRead(topic_id=number, person_id=cast.person_id(key), read_at=clock.now()))
        db.session.commit()


def say(in_app, number, key="dafydd", body="Yes, twice."):
    later(minutes=1)
    with in_app():
        return answer(number, key, body)


def test_an_answer_reaches_who_follows_and_not_its_author(told, talk, in_app):
    say(in_app, talk)
    assert told() == ["tobi", "leon"]
    assert told() == ["tobi", "leon"]


def test_the_letter_says_what_was_said_and_how_to_answer(app, told, talk, in_app):
    say(in_app, talk, body="Yes, **twice**, from the balcony.")
    told()
    mail = letters(app)[0]
    assert mail.subject == "Re: Egg drop indoors?" and mail.from_name == "Tarn and Tide STEM Network"
    assert "> Yes, twice, from the balcony." in mail.text and "Dafydd Okonjo-Reeve" in mail.text
    assert "/a/answer-" in mail.text and "/a/mutetopic-" in mail.headers["List-Unsubscribe"]
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "<p style" in mail.html and "from the balcony." in mail.html and "**" not in mail.html
    assert mail.reply_to == "ines@tarn-and-tide.example" and "just answer this mail" not in mail.text


def test_the_next_ones_wait_for_an_hour_and_come_together(app, told, talk, in_app):
    say(in_app, talk)
    told()
    for count in range(3):
        say(in_app, talk, body=f"Answer {count}")
        assert len(told()) == 2
    later(minutes=57)
    # The first letters have not left: the new ones stand in their place and tell everything.
    assert sorted(told()) == ["leon", "tobi"]
    text = letters(app)[-1].text
    assert all(words in text for words in ("Yes, twice.", "Answer 0", "Answer 2", "4 new answers"))


def test_what_has_left_is_not_told_again(app, told, talk, in_app):
    say(in_app, talk)
    told()
    with in_app():
        db.session.execute(update(OutboxMail).values(sent_at=clock.now()))
        db.session.commit()
    say(in_app, talk, body="And film it.")
    later(hours=2)
    assert len(told()) == 4
    assert "And film it." in letters(app)[-1].text and "Yes, twice." not in letters(app)[-1].text


def test_who_has_read_hears_of_the_next_one_at_once(told, talk, in_app, app):
    say(in_app, talk)
    told()
    with in_app():
        db.session.execute(update(OutboxMail).values(sent_at=clock.now()))
        db.session.commit()
    read(app, in_app, talk, "leon")
    say(in_app, talk, body="And film it.")
    assert told() == ["tobi", "leon", "leon"]


def test_who_has_read_everything_gets_nothing(told, talk, in_app, app):
    say(in_app, talk)
    read(app, in_app, talk, "leon")
    assert told() == ["tobi"]
    with app.app_context():
        assert not db.session.execute(select(TopicNews)).first()


def test_what_was_removed_meanwhile_is_told_to_nobody(told, talk, in_app):
    post_id = say(in_app, talk)
    with in_app():
        remove_post(standing("ines"), post_id)
    assert told() == []
    say(in_app, talk)
    with in_app():
        remove_topic(standing("ines"), talk, is_coordinator=True)
    assert told() == []


QUIET = {
    "muted": lambda number, leon: choose_following(standing("leon"), number, "mute"),
    "left": lambda number, leon: leave(cast.network_id(), leon),
    "away": lambda number, leon: pause(cast.network_id(), leon),
    "wants no mail": lambda number, leon: db.session.execute(
        update(Person).where(Person.id == leon).values(rhythm="never")
    ),
    "comes back": lambda number, leon: db.session.execute(
        update(EmailAddress).where(EmailAddress.person_id == leon).values(bounced_at=clock.now())
    ),
    "stopped": lambda number, leon: db.session.add(
        MailStop(person_id=leon, kind="conversation", network_id=cast.network_id(), stopped_at=clock.now())
    ),
}


@pytest.mark.parametrize("why", QUIET)
def test_who_said_no_is_not_written_to(told, talk, in_app, why):
    with in_app():
        QUIET[why](talk, cast.person_id("leon"))
        db.session.commit()
    say(in_app, talk)
    assert told() == ["tobi"]


def test_an_observer_reads_but_is_not_asked_to_answer(told, talk, in_app, app):
    with in_app():
        choose_following(standing("petra"), talk, "follow")
    say(in_app, talk)
    told()
    mail = next(mail for mail in letters(app) if mail.to_address.startswith("petra"))
    assert "/a/answer-" not in mail.text and "Yes, twice." in mail.text


def crowd(in_app, number, size):
    """So many new members who follow the conversation."""
    with in_app():
        people = [
            Person(
                name=f"Member {count}", sort_name="M", listing={}, created_at=cast.LONG_AGO, admitted_at=cast.LONG_AGO
            )
            for count in range(size)
        ]
        db.session.add_all(people)
        db.session.flush()
        for person in people:
            address = f"m{person.id}@crowd.example"
            db.session.add_all(
                [
                    EmailAddress(person_id=person.id, address=address, folded=address, is_primary=True),
                    Membership(
                        network_id=cast.network_id(), person_id=person.id, role="member", started_at=cast.LONG_AGO
                    ),
                    TopicFollow(topic_id=number, person_id=person.id, since=clock.now()),
                ]
            )
        db.session.commit()


def test_a_post_writes_as_much_for_many_followers_as_for_none(talk, in_app, queries):
    say(in_app, talk)
    counts = []
    for size in (0, 60):
        crowd(in_app, talk, size)
        with queries() as seen:
            say(in_app, talk)
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_a_crowd_is_written_to_a_few_at_a_time_each_once(app, told, talk, in_app, queries):
    crowd(in_app, talk, 60)
    say(in_app, talk)
    with queries() as seen:
        addresses = told()
    assert len(addresses) == len(set(addresses)) == 62
    # Seven transactions; the followers of each are asked for together.
    assert len([one for one in seen if one.startswith("SELECT")]) <= 7 * 8
    with app.app_context():
        assert db.session.execute(select(func.count()).select_from(TopicTold)).scalar_one() == 62
        assert not db.session.execute(select(TopicNews)).first()


def test_a_storm_of_posts_is_two_letters_an_hour_at_most(told, talk, in_app):
    for count in range(40):
        with in_app():
            answer(talk, body=f"Post {count}")
        later(seconds=1)
        told()
    assert sorted(told()) == ["leon", "tobi"]


def test_one_press_in_the_mail_program_ends_one_conversation(app, client, told, talk, in_app):
    say(in_app, talk)
    told()
    mail = next(mail for mail in letters(app) if mail.to_address.startswith("leon"))
    path = "/a/" + mail.headers["List-Unsubscribe"].strip("<>").partition("/a/")[2]
    assert client.get(path).status_code == 200
    assert client.post(path, data={"List-Unsubscribe": "One-Click"}).status_code in (200, 303)
    with app.app_context():
        assert db.session.get(TopicFollow, (talk, cast.person_id("leon"))).is_muted
    assert client.post(path, data={"choice": "follow"}).status_code == 303
    with app.app_context():
        assert not db.session.get(TopicFollow, (talk, cast.person_id("leon"))).is_muted


def test_after_days_without_a_worker_nobody_gets_a_heap(app, told, talk, in_app):
    say(in_app, talk)
    later(days=3)
    assert told() == []
    with app.app_context():
        assert not db.session.execute(select(TopicNews)).first()


def test_a_new_conversation_is_told_to_nobody_yet(told, in_app, as_):
    as_("tobi").post(f"{ROOM}new", data={"title": "Egg drop?", "body": "Anyone?"})
    assert told() == []


def test_who_deletes_herself_leaves_no_mail_behind(app, told, talk, in_app):
    say(in_app, talk)
    told()
    with in_app():
        erase_person(cast.person_id("leon"))
    assert [mail.to_address for mail in letters(app)] == ["tobi@tarn-and-tide.example"]


def test_a_title_with_odd_blanks_makes_one_line(app, told, in_app):
    with in_app():
        number = topic(title="Egg\u2028drop\tindoors")
        db.session.get_one(Topic, number).title = "Egg\ndrop"
        db.session.commit()
    say(in_app, number)
    told()
    assert letters(app)[0].subject == "Re: Egg drop"
