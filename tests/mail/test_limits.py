"""Nobody gets more than the limit, nothing is dropped, and the switch stops all but codes."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal.db import db
from portal.history.models import HistoryLine
from portal.mail.caps import PER_DAY, PER_HOUR
from portal.mail.models import MailStop, OutboxMail
from portal.mail.queries import standing
from portal.web import clock
from tests import cast

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def later(pause):
    clock.freeze(clock.now() + pause)


@pytest.fixture
def waiting(app):
    """``waiting()`` is how many mails wait; ``waiting(held=True)`` those that a limit keeps."""

    def count(held=False):
        query = select(func.count()).where(OutboxMail.sent_at.is_(None), OutboxMail.failed_at.is_(None))
        with app.app_context():
            return db.session.execute(query.where(OutboxMail.held_at.is_not(None)) if held else query).scalar_one()

    return count


def test_one_mailbox_gets_so_many_an_hour_and_the_rest_wait(send, written, waiting):
    written(count=PER_HOUR + 5)
    written(address="TOBI@tarn-and-tide.example ")
    written(address="leon@tarn-and-tide.example")
    assert send() == (PER_HOUR + 1, 0)
    assert waiting(held=True) == waiting() == 6
    later(HOUR + timedelta(seconds=1))
    assert send() == (6, 0) and waiting() == 0


def test_and_so_many_a_day(send, written, waiting):
    written(count=PER_DAY + 10)
    sent = []
    for _hour in range(24):
        sent.append(send()[0])
        later(HOUR)
    assert sent[:4] == [20, 20, 20, 0] and sum(sent) == PER_DAY
    later(HOUR)
    assert send() == (10, 0) and waiting() == 0


def test_codes_and_invitations_are_counted_apart(send, written):
    written(count=PER_HOUR)
    assert send() == (PER_HOUR, 0)
    written(count=3)
    written(kind="sign-in-code")
    written(kind="invitation")
    assert send() == (2, 0)
    written(kind="sign-in-code", count=PER_HOUR)
    assert send() == (PER_HOUR - 2, 0)


def test_codes_overtake_a_long_queue(send, written, letterbox):
    written(count=5, address="a@x.example", subject="A digest")
    written(kind="sign-in-code", subject="A code")
    send()
    assert b"A code" in letterbox.received[0] and b"A digest" in letterbox.received[1]


def test_the_portal_sends_so_many_an_hour_and_keeps_some_for_codes(send, written, waiting, app):
    for number in range(50):
        written(address=f"p{number}@x.example")
    assert send(mail_per_hour=40) == (38, 0)
    with app.app_context():
        assert standing(40).held == 12
    written(kind="sign-in-code", count=3)
    assert send(mail_per_hour=40) == (2, 0) and waiting() == 13
    later(HOUR + timedelta(seconds=1))
    assert send(mail_per_hour=40) == (13, 0)


@pytest.mark.parametrize("back", [timedelta(minutes=30), timedelta(days=3), timedelta(days=4000)])
def test_a_clock_that_is_set_back_gives_nobody_more(send, written, waiting, back):
    written(count=PER_HOUR + 5)
    send()
    later(-back)
    written(count=5)
    assert send() == (0, 0)
    later(HOUR - timedelta(seconds=1))
    assert send() == (0, 0)


def test_and_nobody_waits_for_the_time_that_the_wrong_clock_had(send, written, waiting):
    later(timedelta(days=4000))
    written(count=PER_DAY)
    for _hour in range(3):
        send()
        later(HOUR)
    clock.freeze(cast.NOW)
    written()
    assert send() == (0, 0)
    later(DAY + timedelta(seconds=1))
    assert send() == (1, 0) and waiting() == 0


@pytest.mark.parametrize("back", [timedelta(minutes=30), timedelta(days=4000)])
def test_what_waited_when_the_clock_was_set_back_does_not_wait_for_that_time(send, written, state, letterbox, back):
    fresh = written()
    letterbox.answers["RCPT"] = b"450 later"
    tried = written(address="leon@tarn-and-tide.example")
    send()
    letterbox.answers.clear()
    wanted = written(send_after=clock.now() - back + 3 * DAY, address="petra@tarn-and-tide.example")
    later(-back)
    send()
    assert state(fresh).sent_at and state(tried).sent_at and not state(wanted).sent_at
    later(3 * DAY)
    assert send() == (1, 0)


def test_a_lease_from_a_wrong_clock_does_not_hold_a_mail_for_years(send, written, state, in_app):
    mail = written()
    with in_app():
        db.session.get(OutboxMail, mail).leased_until = cast.NOW + timedelta(days=4000)
        db.session.commit()
    assert send() == (1, 0)


def test_what_she_stopped_after_it_was_written_does_not_go(send, written, state, in_app):
    with in_app():
        tobi, network = cast.person_id("tobi"), cast.network_id()
        db.session.add(MailStop(person_id=tobi, kind="test", network_id=network, stopped_at=clock.now()))
        db.session.commit()
    here, elsewhere = written(person_id=tobi, network_id=network), written(person_id=tobi)
    assert send() == (1, 0)
    assert state(here).outcome == "stopped" and state(elsewhere).sent_at


def test_the_switch_stops_all_but_codes_and_loses_nothing(send, written, waiting, as_, in_app):
    ravi = as_("ravi")
    ravi.post("/admin/mail/pause")
    written(count=3)
    written(kind="invitation")
    written(kind="sign-in-code")
    assert send() == (1, 0) and waiting() == 4
    assert "Mail is stopped since" in ravi.get("/admin").text
    ravi.post("/admin/mail/resume")
    assert send() == (4, 0) and "Mail is stopped" not in ravi.get("/admin/mail").text
    with in_app():
        acts = list(db.session.execute(select(HistoryLine.action).order_by(HistoryLine.id)).scalars())
        assert acts[-2:] == ["mail.paused", "mail.resumed"]


def test_the_same_switch_stands_beside_the_machine(app, written, send):
    runner = app.test_cli_runner()
    assert "Nothing but sign-in codes" in runner.invoke(args=["mail", "pause"]).output
    assert "stopped already" in runner.invoke(args=["mail", "pause"]).output
    written()
    assert send() == (0, 0)
    assert "goes out again" in runner.invoke(args=["mail", "resume"]).output
    assert send() == (1, 0)


def test_the_mail_page_says_what_waits_because_of_a_limit(as_, send, written):
    ravi = as_("ravi")
    written(count=PER_HOUR + 2)
    send()
    assert "2 mails wait because of the limit" in ravi.get("/admin/mail").text
    assert "waits until" in ravi.get("/admin/mail?part=waiting").text
    assert "Your code" not in ravi.get("/admin/mail?part=sent").text


@pytest.mark.parametrize("part", ["failed", "waiting", "sent", "back", "nonsense"])
def test_each_part_lists_and_goes_out_as_a_sheet(as_, queries, send, written, letterbox, part):
    letterbox.answers["RCPT"] = lambda line: b"550 5.1.1 no" if b"tobi" in line else b"250 well"
    written()
    written(address="leon@tarn-and-tide.example")
    send()
    written(address="leon@tarn-and-tide.example")
    ravi = as_("ravi")
    with queries() as seen:
        assert "@tarn-and-tide.example" in ravi.get(f"/admin/mail?part={part}").text
    assert len(seen) <= 12
    sheet = ravi.get(f"/admin/mail?part={part}&format=csv")
    assert sheet.mimetype == "text/csv" and b"@tarn-and-tide.example" in sheet.data
