"""One digest for each person and period, whatever happens: runs twice, two workers, crashes, a clock that jumps."""

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal.db import db, operation
from portal.digest import duties
from portal.digest.duties import look_out, write_digests
from portal.digest.models import Digest
from portal.digest.operations import forget_told
from portal.digest.queries_due import due_readers
from portal.mail.models import OutboxMail
from portal.mail.stopping import stop
from portal.networks.models import Membership
from portal.networks.operations_membership import leave
from portal.people.models import EmailAddress, Person
from portal.people.names import fold_address
from portal.people.operations_leaving import erase_person
from portal.people.operations_mail import choose_rhythm
from portal.resources.models import PackTaken
from portal.web import clock
from tests import cast
from tests.digest.reading import MONDAY, content, mails, monday, titles
from tests.events.planned import event
from tests.resources.packs import make_pack


def count():
    return db.session.execute(select(func.count()).select_from(OutboxMail).where(OutboxMail.kind == "digest")).scalar()


@operation
def sent_all():
    for mail in mails():
        mail.sent_at = clock.now()


def test_a_run_twice_writes_once(in_app):
    with in_app():
        event()
        first = monday()
        assert first == count() > 3 and monday() == 0 and monday(hours=1) == 0


def test_two_workers_that_found_the_same_people_write_once(in_app):
    with in_app():
        event()
        clock.freeze(MONDAY)
        due = due_readers(list(duties.dues()), 100)
        first = write_digests(due)
        assert first > 3 and write_digests(due) == 0 and count() == first


def test_a_crash_between_two_batches_loses_and_doubles_nothing(in_app, monkeypatch):
    with in_app():
        event()
        clock.freeze(MONDAY)
        keep, calls = duties.keep_digests, []

        def break_down(few, facts):
            calls.append(1)
            if len(calls) == 2:
                raise OSError("the disk is full")
            return keep(few, facts)

        monkeypatch.setattr(duties, "AT_ONCE", 3)
        monkeypatch.setattr(duties, "keep_digests", break_down)
        with pytest.raises(OSError, match="full"):
            look_out()
        assert look_out() > 0 and count() == len({mail.person_id for mail in mails()}) == len(mails())


def test_a_clock_set_back_writes_no_second_one(in_app):
    with in_app():
        event()
        monday()
        before = count()
        event(title="Another one")
        for jump in (timedelta(days=-7), timedelta(minutes=-50), timedelta(hours=5)):
            clock.freeze(MONDAY + jump)
            look_out()
            clock.freeze(MONDAY)
            look_out()
        # A week earlier is another period: it may be written, and never twice.
        assert count() <= 2 * before and len(mails("tobi")) <= 2


def test_a_change_of_rhythm_makes_no_second_mail_that_morning(in_app):
    with in_app():
        event()
        monday()
        event(title="Another one")
        choose_rhythm(cast.person_id("tobi"), "daily")
        monday(hours=1)
        assert len(mails("tobi")) == 1
        clock.freeze(MONDAY + timedelta(days=1))
        look_out()
        assert len(mails("tobi")) == 2


def test_nothing_new_is_noted_and_asked_no_more_in_that_period(in_app):
    with in_app():
        assert monday() == 0
        event(starts_at=MONDAY + timedelta(days=20))
        assert monday(hours=1) == 0
        clock.freeze(MONDAY + timedelta(days=7))
        look_out()
        assert len(mails("tobi")) == 1


def test_each_has_her_own_minute(in_app):
    with in_app():
        event()
        clock.freeze(MONDAY.replace(hour=6))
        early = look_out()
        clock.freeze(MONDAY.replace(hour=6, minute=59))
        assert early < early + look_out() == count()


def test_who_comes_in_on_monday_noon_waits_a_week(in_app):
    with in_app():
        event()
        noon = MONDAY + timedelta(hours=5)
        newcomer = db.session.get(Person, cast.person_id("tobi"))
        newcomer.admitted_at = noon
        db.session.commit()
        clock.freeze(noon + timedelta(hours=2))
        look_out()
        assert mails("leon") and not mails("tobi")


def test_who_stopped_them_gets_none(in_app):
    with in_app():
        event()
        stop(cast.person_id("tobi"), "digest", None)
        monday()
        assert mails("leon") and not mails("tobi")


def test_where_mails_wait_writing_waits_too(in_app, monkeypatch):
    with in_app():
        event()
        monkeypatch.setattr(duties, "MOST_WAITING", 2)
        assert monday() == 2 and monday() == 0
        sent_all()
        assert monday() == 2


def test_who_leaves_while_her_digest_waits_does_not_get_it(in_app):
    with in_app():
        event()
        monday()
        clock.freeze(clock.now() + timedelta(minutes=1))
        leave(cast.network_id(), cast.person_id("tobi"))
        look_out()
        assert mails("leon") and not mails("tobi")


def test_what_a_server_may_have_seen_is_not_taken_back(in_app):
    with in_app():
        event()
        monday()
        mails("tobi")[0].attempts = 1
        db.session.commit()
        choose_rhythm(cast.person_id("tobi"), "never")
        look_out()
        assert len(mails("tobi")) == 1


def test_whoever_is_asked_about_a_pack_in_it_is_not_asked_again(in_app):
    with in_app():
        pack_id = make_pack("leon")
        me = cast.person_id("tobi")
        db.session.add(PackTaken(pack_id=pack_id, person_id=me, taken_at=cast.NOW - timedelta(days=20)))
        db.session.commit()
        clock.freeze(MONDAY)
        assert titles("tobi", "resources")[0] == "Paper bridges"
        look_out()
        assert db.session.get(PackTaken, (pack_id, me)).asked_at == MONDAY and "/a/used-" in mails("tobi")[0].text


def test_the_mail_comes_from_the_network_and_answers_reach_a_coordinator(in_app):
    with in_app():
        event()
        monday()
        mail = mails("tobi")[0]
        assert mail.from_name == "Tarn and Tide STEM Network" and mail.reply_to == "ines@tarn-and-tide.example"
        assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert mail.subject == "1 date" and "/a/rhythm-" in mail.text and "/a/coming-" in mail.html


def test_a_name_that_no_header_can_hold_keeps_nobody_elses_back(in_app):
    with in_app():
        event()
        db.session.get(Person, cast.person_id("tobi")).name = "Tobi\r\nBcc: all@example.org"
        row = db.session.execute(
            select(EmailAddress).where(EmailAddress.person_id == cast.person_id("leon"))
        ).scalar_one()
        row.address = "leon@x.example\nBcc: all@example.org"
        db.session.commit()
        monday()
        assert mails("dafydd") and not mails("leon") and "\n" not in mails("tobi")[0].to_name


def test_what_was_told_is_forgotten_when_it_can_be_no_news_any_more(in_app):
    with in_app():
        event()
        monday()
        clock.freeze(MONDAY + timedelta(days=121))
        forget_told()
        assert not db.session.execute(select(Digest)).first()


def test_who_deletes_herself_leaves_no_trace_of_what_she_was_told(in_app):
    with in_app():
        event()
        monday()
        me = cast.person_id("tobi")
        erase_person(me)
        assert not db.session.execute(select(Digest).where(Digest.person_id == me)).first()


@operation
def crowd(size):
    """So many more members of Tarn and Tide."""
    for number in range(size):
        name, address = f"Member {number}", f"member{number}@tarn-and-tide.example"
        person = Person(name=name, sort_name=name, listing={}, created_at=cast.NOW, admitted_at=cast.LONG_AGO)
        db.session.add(person)
        db.session.flush()
        mail = {"address": address, "folded": fold_address(address), "is_primary": True}
        db.session.add(EmailAddress(person_id=person.id, **mail))
        db.session.add(
            Membership(network_id=cast.network_id(), person_id=person.id, role="member", started_at=cast.LONG_AGO)
        )


@pytest.mark.parametrize("size", [20, 90])
def test_the_number_of_queries_does_not_grow_with_the_readers(in_app, queries, size):
    with in_app():
        crowd(size)
        event(), make_pack("leon")
        clock.freeze(MONDAY)
        due = due_readers(list(duties.dues()), 100)
        with queries() as seen:
            assert write_digests(due) > size
        # Twenty at a time are written; all else is asked once for the whole batch.
        assert len(seen) <= 45 and len([one for one in seen if one.startswith("SELECT")]) <= 30, Counter(seen)


def test_the_preview_notes_nothing(in_app):
    with in_app():
        event()
        assert content("tobi") and content("tobi") and not mails()
