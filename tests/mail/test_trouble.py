"""When the server can't be used, no mail is blamed: they wait, and the reason is said in plain words."""

import threading
from datetime import timedelta

import pytest

from portal.db import db
from portal.mail.operations import take_mails
from portal.mail.operations_switch import the_switch
from portal.mail.worker import LONGEST_PAUSE, Patience
from portal.web import clock


@pytest.fixture
def trouble(app):
    def look():
        with app.app_context():
            return the_switch().trouble

    return look


def untouched(state, mails):
    return all(
        state(mail).attempts == 0 and not state(mail).leased_until and not state(mail).failed_at for mail in mails
    )


def test_a_server_that_is_away_costs_no_mail_a_try(send, written, state, trouble, as_):
    mails = written(count=30)
    for _try in range(10):
        assert send(smtp_port=1) == (0, 1)
    assert untouched(state, mails) and trouble() == "refused"
    assert "nothing listens at that port" in as_("ravi").get("/admin").text
    assert send()[0] == 20 and trouble() == ""


@pytest.mark.parametrize(
    ("word", "said", "key"),
    [
        ("CONNECT", b"554 5.7.1 you are on our list", "turned-away"),
        ("CONNECT", b"421 too many of you", "busy"),
        ("CONNECT", b"hello I am a web server", "not-smtp"),
        ("CONNECT", b"", "not-smtp"),
        ("MAIL", b"553 5.7.1 not your address", "sender"),
        ("MAIL", b"451 4.7.1 slow down", "busy"),
        ("RCPT", b"421 4.7.0 too many, bye", "busy"),
    ],
)
def test_what_is_not_about_the_mail_is_not_held_against_it(send, written, state, letterbox, trouble, word, said, key):
    mails = written(count=3)
    letterbox.answers[word] = said
    assert send() == (0, 1) and trouble() == key and untouched(state, mails)
    letterbox.answers.clear()
    assert send() == (3, 0)


def test_a_connection_that_ended_meanwhile_is_opened_again(send, written, letterbox):
    written(count=3)
    seen = []

    def bye_at_the_second(line):
        seen.append(line)
        return b"" if len(seen) == 2 else b"250 well"

    letterbox.answers["MAIL"] = bye_at_the_second
    assert send() == (3, 0) and len(letterbox.received) == 3 and letterbox.calls == 2


def test_a_connection_carries_no_more_than_servers_like(send, written, letterbox):
    for number in range(120):
        written(address=f"p{number}@x.example")
    assert send() == (120, 0) and letterbox.calls == 3


def test_a_server_that_drops_every_mail_is_left_alone_for_a_while(send, written, state, letterbox, trouble):
    mails = written(count=10)
    letterbox.answers["."] = b""
    assert send() == (0, 3) and trouble() == "cuts"
    assert untouched(state, mails[3:])


def test_a_server_that_hangs_after_the_mail_holds_us_for_one_timeout(send, written, state, letterbox):
    mail, over = written(), threading.Event()

    def hang(content):
        over.wait()
        return b"250 taken"

    letterbox.answers["."] = hang
    assert send(smtp_timeout=0.2) == (0, 1)
    assert state(mail).attempts == 1 and "timed out" in state(mail).last_error
    # It may have arrived, so it counts.
    assert state(mail).counted_at
    over.set()


def test_an_answer_of_the_last_word_counts_even_where_the_server_hangs_up(send, written, state, letterbox):
    bad, good = written(address="a@x.example"), written(address="b@x.example")
    letterbox.answers["RCPT"] = lambda line: b"550 5.1.1 no" if b"a@x" in line else b"250 well"
    letterbox.answers["RSET"] = b""
    assert send() == (1, 1) and state(bad).outcome == "refused" and state(good).sent_at


def test_patience_grows_and_ends():
    patience = Patience()
    pauses = []
    for _time in range(9):
        patience.wait_longer()
        pauses.append(patience.pause)
    assert pauses[:4] == [5, 10, 20, 40] and pauses[-1] == LONGEST_PAUSE and not patience.is_over
    patience.forget()
    assert patience.is_over


def test_a_mail_whose_worker_died_goes_alone(written, in_app):
    written(count=5)
    with in_app():
        assert len(take_mails(100, timedelta(minutes=1)).mails) == 5
        clock.freeze(clock.now() + timedelta(minutes=2))
        assert len(take_mails(100, timedelta(minutes=1)).mails) == 1
        db.session.rollback()
