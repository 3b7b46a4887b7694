"""A letter goes once to each, is worked out again at its hour, and can be called back until then."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal.db import db
from portal.events.operations_booking import book
from portal.events.operations_calling_off import call_off
from portal.history.queries import lines_about
from portal.letters import operations_sending
from portal.letters.drafts import LetterDraft
from portal.letters.models import Letter, LetterRecipient
from portal.letters.operations import change_letter, delete_letter, take_out
from portal.letters.operations_sending import GRACE, call_back, send_letter, write_batch, write_due_letters
from portal.letters.operations_testing import send_test
from portal.mail.models import OutboxMail
from portal.mail.stopping import stop
from portal.networks.operations_membership import change_role, join, pause
from portal.people.models import Consent, EmailAddress
from portal.web import clock
from portal.web.errors import Conflict, DomainError
from tests import cast
from tests.events import planned
from tests.letters.writing import again, here, letter, out, person, who

EVERYBODY = {"ines", "mairead", "tobi", "leon", "dafydd", "petra"}


def addresses() -> list[str]:
    """To whom mails of a letter are in the outbox, the name before the @."""
    mails = select(OutboxMail.to_address).where(OutboxMail.kind == "letter").order_by(OutboxMail.to_address)
    return [one.partition("@")[0] for one in db.session.execute(mails).scalars()]


def scheduled(one: Letter, **more) -> Letter:
    return send_letter(here(), one.id, one.row_version, **more)


def rounds(after: timedelta = GRACE) -> None:
    """The worker's round some time later."""
    clock.freeze(clock.now() + after)
    write_due_letters()


def test_nothing_goes_before_its_hour_and_then_each_gets_one(in_app):
    with in_app():
        one = scheduled(letter(question={"role": ["member", "mentor"]}))
        rounds(timedelta(seconds=30))
        assert addresses() == []
        rounds()
        assert addresses() == ["dafydd", "leon", "tobi"] and again(one).state == "sent"
        rounds(timedelta(hours=1))
        assert len(addresses()) == 3


def test_the_mail_is_the_network_s_the_answer_the_coordinator_s(in_app):
    with in_app():
        scheduled(letter(question={"role": ["mentor"]}))
        rounds()
        mail = db.session.execute(select(OutboxMail).where(OutboxMail.kind == "letter")).scalar_one()
        assert mail.from_name == "Tarn and Tide STEM Network" and mail.reply_to == "ines@tarn-and-tide.example"
        assert mail.text.startswith("Hello Dafydd,") and '<p dir="auto">Hello Dafydd,</p>' in mail.html
        assert "List-Unsubscribe" in mail.headers and "You get this because" in mail.text


def test_who_gets_it_is_worked_out_again_at_the_moment_of_sending(in_app):
    with in_app():
        event = planned.event()
        scheduled(letter(question={"unbooked": [f"e{event.id}"]}), at=clock.now() + timedelta(days=1))
        book(event, [event.sessions[0].id], cast.person_id("tobi"))
        stop(cast.person_id("leon"), "letter", cast.network_id())
        join(cast.network_id(), cast.person_id("hana"), "member", "invited", None)
        rounds(timedelta(days=1))
        assert addresses() == ["dafydd", "hana", "ines", "mairead", "petra"]


def test_it_is_called_back_until_it_goes(in_app):
    with in_app():
        one = scheduled(letter())
        call_back(here("mairead").membership, one.id)
        rounds()
        assert addresses() == [] and again(one).state == "draft"
        scheduled(again(one))
        rounds()
        with pytest.raises(DomainError, match="gone already"):
            call_back(here().membership, one.id)


def test_a_letter_that_waits_is_changed_by_nobody(in_app):
    with in_app():
        one = scheduled(letter())
        for act in (
            lambda: change_letter(here().membership, one.id, one.row_version, LetterDraft("Other", "words")),
            lambda: take_out(here().membership, one.id, cast.person_id("tobi"), True),
            lambda: delete_letter(here().membership, one.id),
        ):
            with pytest.raises(DomainError, match="Call it back first"):
                act()


def test_a_crash_in_the_middle_writes_nobody_twice(in_app, monkeypatch):
    monkeypatch.setattr(operations_sending, "BATCH", 2)
    with in_app():
        one = scheduled(letter())
        clock.freeze(clock.now() + GRACE)
        write_batch(one.id)
        assert len(addresses()) == 2
        real, broken = operations_sending.Mailing.queue, iter([False, True])

        def falls_over(self, reader, test=False):
            if next(broken, False):
                raise OSError("the power went")
            return real(self, reader, test)

        monkeypatch.setattr(operations_sending.Mailing, "queue", falls_over)
        with pytest.raises(OSError):
            write_batch(one.id)
        assert len(addresses()) == 2
        for _round in range(5):
            write_batch(one.id)
        assert set(addresses()) == EVERYBODY and len(addresses()) == 6
        assert again(one).state == "sent"


def test_a_cursor_that_was_lost_writes_nobody_twice_either(in_app):
    with in_app():
        one = scheduled(letter())
        rounds()
        sent = again(one)
        sent.finished_at, sent.reached = None, 0
        db.session.commit()
        write_due_letters()
        assert len(addresses()) == 6 and again(one).finished_at
        count = select(func.count()).select_from(LetterRecipient)
        assert db.session.execute(count).scalar_one() == 6


def test_two_networks_are_one_mail(in_app):
    with in_app():
        other, ines = cast.network_id("fell-and-furrow"), cast.person_id("ines")
        for key, role in (("ines", "coordinator"), ("tobi", "member")):
            join(other, cast.person_id(key), role, "invited", ines)
        scheduled(letter(question={"in": [str(cast.network_id()), str(other)], "role": ["member"]}))
        rounds()
        assert addresses() == ["kofi", "leon", "tobi"]


def test_whoever_must_not_be_written_to_is_left_out_with_the_reason(in_app):
    with in_app():
        network = cast.network_id()
        stop(cast.person_id("tobi"), "letter", network)
        pause(network, cast.person_id("leon"))
        address = select(EmailAddress).where(EmailAddress.person_id == cast.person_id("dafydd"))
        db.session.execute(address).scalar_one().bounced_at = clock.now()
        no = {"person_id": cast.person_id("petra"), "kind": "contact", "wording": "…", "given_at": cast.LONG_AGO}
        db.session.add(Consent(withdrawn_at=clock.now(), **no))
        person("mairead").admitted_at = None
        db.session.flush()
        assert who() == {"ines"}
        assert out() == {
            "tobi": "stopped",
            "leon": "paused",
            "dafydd": "bounced",
            "petra": "refused",
            "mairead": "waiting",
        }


def test_without_an_address_or_from_another_network_s_stop(in_app):
    with in_app():
        stop(cast.person_id("tobi"), "letter", cast.network_id("fell-and-furrow"))
        hers = select(EmailAddress).where(EmailAddress.person_id == cast.person_id("leon"))
        db.session.delete(db.session.execute(hers).scalar_one())
        db.session.flush()
        assert "tobi" in who() and out() == {"leon": "no_address"}


def test_a_second_yes_to_being_written_to_outlives_an_earlier_no(in_app):
    with in_app():
        said = {"person_id": cast.person_id("petra"), "kind": "contact", "wording": "…", "given_at": cast.LONG_AGO}
        db.session.add_all([Consent(withdrawn_at=clock.now(), **said), Consent(**said)])
        db.session.flush()
        assert "petra" in who()


def test_taken_out_by_hand_and_put_in_again(in_app):
    with in_app():
        one = letter()
        for key in ("tobi", "leon"):
            take_out(here().membership, one.id, cast.person_id(key), True)
        take_out(here().membership, one.id, cast.person_id("leon"), False)
        scheduled(again(one))
        rounds()
        assert set(addresses()) == EVERYBODY - {"tobi"}


def test_a_segment_of_nobody_is_never_sent(in_app):
    with in_app():
        with pytest.raises(DomainError, match="Nobody would get it"):
            scheduled(letter(question={"place": ["Nowhere"]}))
        one = scheduled(letter(question={"role": ["mentor"]}))
        stop(cast.person_id("dafydd"), "letter", None)
        rounds()
        assert again(one).state == "draft" and again(one).given_back == "nobody" and addresses() == []


def test_it_goes_in_no_name_of_somebody_who_stepped_down(in_app):
    with in_app():
        one = scheduled(letter())
        change_role(cast.network_id(), cast.person_id("ines"), "member", cast.person_id("ines"))
        rounds()
        assert again(one).given_back == "no_coordinator" and addresses() == []
        told = db.session.execute(select(OutboxMail).where(OutboxMail.kind == "letter-back")).scalar_one()
        assert told.to_address == "mairead@tarn-and-tide.example" and "stepped down" in told.text


def test_the_worker_does_it_each_round():
    from portal.web import housekeeping

    assert write_due_letters in housekeeping._each_round


def test_a_letter_about_an_event_that_was_called_off_does_not_go(in_app):
    with in_app():
        event = planned.event()
        one = scheduled(letter(about_kind="event", about_id=event.id))
        call_off(event, "Snow.", cast.person_id("ines"))
        rounds()
        assert again(one).given_back == "gone" and addresses() == []
        with pytest.raises(DomainError, match="no longer there"):
            scheduled(again(one))


def test_the_second_coordinator_is_told_that_it_changed(in_app):
    with in_app():
        one = letter()
        seen = one.row_version
        change_letter(here("mairead").membership, one.id, seen, LetterDraft("Cake on Friday", "Come."))
        for act in (
            lambda: send_letter(here(), one.id, seen),
            lambda: change_letter(here().membership, one.id, seen, LetterDraft("Tea", "Come.")),
        ):
            with pytest.raises(Conflict) as told:
                act()
            assert told.value.theirs["subject"] == "Cake on Friday"


@pytest.mark.parametrize("at", [timedelta(minutes=-1), timedelta(days=400)])
def test_an_hour_that_is_over_or_too_far_is_refused(in_app, at):
    with in_app(), pytest.raises(DomainError, match="hour is over"):
        scheduled(letter(), at=clock.now() + at)


def test_a_test_goes_to_the_coordinator_alone_and_counts_nowhere(in_app):
    with in_app():
        one = letter("For {first name}")
        assert send_test(here(), one.id) == "ines@tarn-and-tide.example"
        mail = db.session.execute(select(OutboxMail).where(OutboxMail.kind == "letter")).scalar_one()
        assert mail.subject == "Test: For Ines" and addresses() == ["ines"]
        assert not db.session.execute(select(LetterRecipient)).first()


def test_a_test_cannot_be_pressed_all_day(in_app):
    with in_app():
        one = letter()
        for _time in range(20):
            send_test(here(), one.id)
        with pytest.raises(DomainError, match="enough tests"):
            send_test(here(), one.id)


def test_an_address_that_no_mail_can_have_keeps_nobody_else_from_theirs(in_app):
    with in_app():
        hers = select(EmailAddress).where(EmailAddress.person_id == cast.person_id("leon"))
        db.session.execute(hers).scalar_one().address = "leon@x.example\r\nBcc: all@x.example"
        db.session.flush()
        one = scheduled(letter())
        rounds()
        assert "leon" not in addresses() and len(addresses()) == 5 and again(one).state == "sent"


def test_each_step_leaves_its_line(in_app):
    with in_app():
        one = letter(question={"role": ["mentor"]})
        take_out(here().membership, one.id, cast.person_id("tobi"), True)
        scheduled(again(one))
        rounds()
        assert [line.sentence for line in lines_about("letter", one.id)] == [
            "This letter went out (people: 1)",
            "Ines Quarrie sent this letter on its way (people: 1)",
            "Ines Quarrie took Tobi Larkhill out of this letter",
            "Ines Quarrie wrote a draft of this letter",
        ]


def test_whoever_is_forgotten_stays_counted_without_her_mail(in_app):
    from portal.letters.queries import figures_of
    from portal.people.operations_leaving import erase_person

    with in_app():
        one = scheduled(letter())
        rounds()
        erase_person(cast.person_id("tobi"))
        assert "tobi" not in addresses() and "Former" not in str(who())
        assert figures_of(again(one)) == {
            "written": 6,
            "did": 0,
            "waits": 5,
            "sent": 0,
            "back": 0,
            "stopped": 0,
            "gone": 1,
        }


def test_two_records_made_one_between_batches_are_one_recipient(in_app, monkeypatch):
    from portal.history.merging import merge_records

    monkeypatch.setattr(operations_sending, "BATCH", 4)
    with in_app():
        one = scheduled(letter())
        clock.freeze(clock.now() + GRACE)
        write_batch(one.id)
        merge_records("person", cast.person_id("leon"), cast.person_id("tobi"), {}, cast.person_id("ines"))
        db.session.commit()
        while not write_batch(one.id):
            pass
        people = list(db.session.execute(select(LetterRecipient.person_id)).scalars())
        assert len(people) == len(set(people)) == 5
        assert addresses().count("leon") == 1


def test_a_mail_that_comes_back_later_is_told(in_app):
    from portal.letters.queries import figures_of
    from portal.mail.operations_bounces import note_bounce

    with in_app():
        one = scheduled(letter(question={"role": ["mentor"]}))
        rounds()
        mail = db.session.execute(select(OutboxMail).where(OutboxMail.kind == "letter")).scalar_one()
        mail.sent_at, mail.outcome = clock.now(), "sent"
        note_bounce(mail.message_id, mail.to_address, "5.1.1", "no such mailbox")
        assert figures_of(again(one))["back"] == 1
        assert out(role="mentor") == {"dafydd": "bounced"}
