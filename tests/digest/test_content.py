"""What stands in a digest: what is new to her and still open, each thing once, in its newest state."""

from datetime import timedelta

import pytest

from portal.conversations.models import TopicTold
from portal.conversations.operations_marks import choose_following
from portal.conversations.operations_topics import close_topic
from portal.db import db, operation
from portal.digest.composing import MOST
from portal.digest.queries_waiting import waiting_in
from portal.events.models import SessionNotice
from portal.events.operations_booking import give_back
from portal.events.operations_calling_off import call_off
from portal.letters.models import Letter, LetterRecipient
from portal.mail.models import OutboxMail
from portal.mentoring.operations import start_pairing
from portal.mentoring.operations_contacts import log_contact
from portal.mentoring.talks import Talk
from portal.networks.models import JoinRequest
from portal.networks.operations_membership import change_role, join
from portal.people.models import EmailAddress, Person
from portal.resources.models import Pack
from portal.resources.operations_reports import report_pack
from portal.resources.operations_states import retire_pack
from portal.today.waiting import waiting_in as on_today
from portal.web import clock
from tests import cast
from tests.conversations.talking import answer, standing, topic
from tests.digest.reading import content, everything, mails, monday, titles
from tests.events.planned import NEXT_THURSDAY, booked, event
from tests.resources.packs import make_pack


@operation
def change(model, id, **values):
    for name, value in values.items():
        setattr(db.session.get_one(model, id), name, value)


@operation
def add(row):
    db.session.add(row)


def test_nothing_new_is_no_digest(in_app):
    with in_app():
        assert content("tobi") is None and monday() == 0 and not mails()


def test_a_date_that_she_has_not_answered(in_app):
    with in_app():
        event(capacity=2)
        assert titles("tobi", "dates") == ["Build a hand"]
        assert "Thu 19 Nov, 5:00 to 6:30 pm" in everything("tobi") and "2 places left" in everything("tobi")


def test_sessions_of_one_event_are_one_thing(in_app):
    with in_app():
        event(sessions=3)
        assert titles("tobi", "dates") == ["Build a hand"] and "and 2 more dates" in everything("tobi")


@pytest.mark.parametrize("state", [{"publish": False}, {"starts_at": cast.NOW - timedelta(days=1)}])
def test_drafts_and_what_is_over_are_no_dates(in_app, state):
    with in_app():
        event(**state)
        assert content("tobi") is None


def test_what_is_full_says_so(in_app):
    with in_app():
        booked(event(capacity=1), "leon")
        assert "Full: you would wait" in everything("tobi")


def test_her_own_event_is_no_news_to_her(in_app):
    with in_app():
        event()
        assert not titles("ines", "dates") and titles("mairead", "dates")


def test_what_she_holds_in_this_period_stands_as_it_stands(in_app):
    with in_app():
        one = event(capacity=1)
        booked(one, "leon")
        booked(one, "tobi")
        clock.freeze(NEXT_THURSDAY - timedelta(days=3))
        assert titles("leon", "yours") == titles("tobi", "yours") == ["Build a hand"]
        assert "You are coming" in everything("leon") and "You are on the waiting list" in everything("tobi")


def test_what_she_holds_later_waits_for_its_period(in_app):
    with in_app():
        booked(event(), "tobi")
        assert content("tobi") is None


def test_what_its_own_mail_reminded_her_of_is_not_told_again(in_app):
    with in_app():
        one = event()
        booked(one, "tobi")
        clock.freeze(NEXT_THURSDAY - timedelta(days=3))
        said = {"kind": "week", "starts_at": NEXT_THURSDAY, "told_at": clock.now()}
        add(SessionNotice(session_id=one.sessions[0].id, person_id=cast.person_id("tobi"), **said))
        assert content("tobi") is None


def test_who_gave_a_place_back_is_not_asked_again(in_app):
    with in_app():
        one = event()
        booked(one, "tobi")
        give_back(one, [one.sessions[0].id], cast.person_id("tobi"), cast.person_id("tobi"))
        assert content("tobi") is None


def test_called_off_is_told_only_where_its_own_mail_did_not_go(in_app):
    with in_app():
        one = event()
        booked(one, "tobi", "leon")
        call_off(one, "Snow.", cast.person_id("ines"))
        assert content("tobi") is None
        lost = db.session.query(OutboxMail).filter_by(kind="event-called-off", person_id=cast.person_id("tobi")).one()
        change(OutboxMail, lost.id, failed_at=clock.now())
        assert titles("tobi", "yours") == ["Build a hand"] and "Called off. Snow." in everything("tobi")


def test_a_date_is_told_once_and_again_when_it_moves(in_app):
    with in_app():
        one = event()
        assert monday() and content("tobi") is None
        change(type(one.sessions[0]), one.sessions[0].id, starts_at=NEXT_THURSDAY + timedelta(days=1))
        assert titles("tobi", "dates") == ["Build a hand"] and "Fri 20 Nov" in everything("tobi")


def test_packs_shared_by_others(in_app):
    with in_app():
        make_pack("leon", title="Turbine blades")
        make_pack("leon", shared=False, title="A draft of his")
        gone = make_pack("leon", title="Out of use")
        retire_pack(cast.person_id("leon"), gone, None)
        assert titles("tobi", "resources") == ["Turbine blades"] and not titles("leon", "resources")


def test_a_pack_of_long_ago_is_no_news(in_app):
    with in_app():
        make_pack("leon")
        clock.freeze(cast.NOW + timedelta(days=15))
        assert not titles("tobi", "resources")


def test_a_question_without_an_answer(in_app):
    with in_app():
        asked = topic("dafydd")
        assert titles("tobi", "questions") == ["Egg drop indoors?"] and "/a/answer-" in everything("tobi")
        assert not titles("dafydd", "questions")
        answer(asked, "leon")
        assert not titles("tobi", "questions")


def test_an_observer_is_not_asked_to_answer(in_app):
    with in_app():
        topic("dafydd")
        assert titles("petra", "questions") and "/a/answer-" not in everything("petra")


def test_what_is_closed_or_muted_is_no_question(in_app):
    with in_app():
        closed, muted = topic("dafydd", "Closed"), topic("dafydd", "Muted")
        close_topic(standing("dafydd"), closed, True)
        choose_following(standing("tobi"), muted, "mute")
        assert not titles("tobi", "questions") and titles("leon", "questions") == ["Muted"]


def test_answers_where_she_follows_are_counted_and_told_once(in_app):
    with in_app():
        asked = topic("tobi")
        clock.freeze(cast.NOW + timedelta(minutes=1))
        answer(asked, "dafydd")
        answer(asked, "leon")
        assert "2 new answers, the last by Leon Farrowby" in everything("tobi")
        monday()
        assert content("tobi") is None
        answer(asked, "dafydd")
        assert titles("tobi", "questions") == ["Egg drop indoors?"]


def test_who_is_new_stands_in_one_line(in_app):
    with in_app():
        join(cast.network_id(), cast.person_id("hana"), "member", "invited", None)
        join(cast.network_id(), cast.person_id("kofi"), "member", "invited", None)
        assert titles("tobi", "people") == ["New in Tarn and Tide"]
        assert "Hana Brindlecote" in everything("tobi") and "Kofi Marrable" in everything("tobi")
        assert not titles("hana", "people") or "Hana" not in everything("hana")


def test_a_new_role_is_not_a_new_person(in_app):
    with in_app():
        change_role(cast.network_id(), cast.person_id("leon"), "mentor", cast.person_id("ines"))
        assert not titles("tobi", "people")


def test_the_next_talk_is_a_date_and_nothing_more(app, in_app):
    with in_app():
        key = app.config["SETTINGS"].key("mentoring")
        two = (cast.person_id("dafydd"), cast.person_id("tobi"))
        pair = start_pairing(
            cast.network_id(), *two, cast.person_id("ines"), cast.NOW.date(), "Canary purpose", "", None
        )
        said = Talk(cast.NOW - timedelta(hours=1), 45, "phone", next_at=NEXT_THURSDAY, parked="Canary shared")
        log_contact(pair, two[0], said, key, "Europe/London")
        clock.freeze(NEXT_THURSDAY - timedelta(days=3))
        assert titles("tobi", "yours") == ["Your next talk with Dafydd Okonjo-Reeve"]
        assert "Thu 19 Nov, 5:00 pm" in everything("tobi") and "Canary" not in everything("tobi")
        assert not titles("ines", "yours")


def test_a_coordinator_hears_how_much_waits_with_a_door(in_app):
    with in_app():
        add(JoinRequest(network_id=cast.network_id(), person_id=cast.person_id("hana"), asked_at=cast.NOW))
        assert titles("ines", "waiting") == ["One thing waits in Tarn and Tide"]
        assert content("ines").subject == "1 thing waits for you" and not titles("tobi", "waiting")


def test_what_did_not_fit_stands_behind_a_door_and_comes_next_time(in_app):
    with in_app():
        for number in range(MOST["resources"] + 2):
            make_pack("leon", title=f"Pack {number}")
        first = next(one for one in content("tobi").sections if one.key == "resources")
        assert (len(first.items), first.more) == (MOST["resources"], 2) and "/resources/" in first.door
        assert content("tobi").subject == "5 resources"
        monday()
        assert len(titles("tobi", "resources")) == 2


def test_the_subject_counts(in_app):
    with in_app():
        event(), event(title="Second"), make_pack("leon"), topic("dafydd")
        assert content("tobi").subject == "2 dates, 1 resource, 1 question"


def test_times_follow_the_readers_clock_but_a_room_keeps_its_own(in_app):
    with in_app():
        online = event(title="Online")
        change(type(online.sessions[0]), online.sessions[0].id, mode="online")
        change(Person, cast.person_id("tobi"), time_zone="Asia/Tokyo")
        event(title="In a room")
        said = everything("tobi")
        assert "Fri 20 Nov, 2:00 to 3:30 am" in said and "5:00 to 6:30 pm, local time" in said


def test_as_much_waits_as_on_a_coordinators_today(in_app):
    def seen():
        return on_today(cast.network_id(), clock.today(), ("resources", "kit", "mentoring"))

    with in_app():
        add(JoinRequest(network_id=cast.network_id(), person_id=cast.person_id("hana"), asked_at=cast.NOW))
        booked(event(starts_at=cast.NOW + timedelta(days=1)), "tobi")
        topic("tobi")
        clock.freeze(cast.NOW + timedelta(days=3))
        address = db.session.query(EmailAddress).filter_by(person_id=cast.person_id("leon")).one()
        change(EmailAddress, address.id, bounced_at=cast.NOW)
        assert waiting_in(*[[cast.network_id()]] * 4)[cast.network_id()] == len(seen()) == 4
        pack_id = make_pack("leon")
        make_pack("leon", title="Another")
        report_pack(None, pack_id, None, "The film is gone.", "somewhere")
        # Packs to look at are one thing, however many; a report is one each.
        assert waiting_in(*[[cast.network_id()]] * 4)[cast.network_id()] == len(seen()) == 6


def test_what_a_coordinators_letter_was_about_is_not_told_again(in_app):
    with in_app():
        one, pack_id = event(), make_pack("leon")
        written_to(cast.person_id("tobi"), "event", one.id)
        written_to(cast.person_id("tobi"), "pack", pack_id)
        assert content("tobi") is None and titles("leon", "dates") == ["Build a hand"]


@operation
def written_to(person_id, kind, thing_id):
    """A letter about something went to her."""
    by, here = cast.person_id("ines"), cast.network_id()
    said = {"subject": "Come", "body": "Do.", "question": {}, "created_at": cast.NOW, "changed_at": cast.NOW}
    letter = Letter(network_id=here, written_by=by, about_kind=kind, about_id=thing_id, **said)
    db.session.add(letter)
    db.session.flush()
    db.session.add(LetterRecipient(letter_id=letter.id, person_id=person_id, network_id=here, written_at=cast.NOW))


def test_what_a_conversations_own_mail_told_her_is_not_told_again(in_app):
    with in_app():
        asked, me = topic("tobi"), cast.person_id("tobi")
        clock.freeze(cast.NOW + timedelta(minutes=1))
        answer(asked, "dafydd")
        now = clock.now()
        add(TopicTold(topic_id=asked, person_id=me, told_at=now, told_from=cast.NOW, told_until=now))
        assert content("tobi") is None
        clock.freeze(cast.NOW + timedelta(minutes=2))
        answer(asked, "leon")
        assert "One new answer, by Leon Farrowby" in everything("tobi")


def test_a_pack_that_is_recommended_is_told_of_once_more(in_app):
    with in_app():
        pack_id = make_pack("leon", title="Old but good")
        long_ago = cast.NOW - timedelta(days=200)
        change(Pack, pack_id, shared_at=long_ago, reviewed_at=long_ago, reviewed_version=1)
        assert titles("tobi", "resources") == []
        change(Pack, pack_id, recommended_at=cast.NOW - timedelta(hours=1))
        assert titles("tobi", "resources") == ["Old but good"]
        assert "Recommended by the coordinators" in everything("tobi")
