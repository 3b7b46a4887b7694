"""Each rule of a segment, for whom it is true and for whom not; what is asked about something gone reaches nobody."""

from datetime import timedelta

import pytest

from portal.activities.models import Participation, Use
from portal.activities.operations import Mark
from portal.attendance.operations import mark_sheet
from portal.db import db
from portal.events.models import Event
from portal.events.operations_booking import book, give_back
from portal.mentoring.models import Pairing
from portal.networks.operations_membership import change_role, join
from portal.networks.queries_members import current_membership
from portal.people.models import PersonWord
from portal.web import clock
from tests import cast
from tests.events import planned
from tests.letters.writing import here, letter, out, person, reading, who, why
from tests.resources.packs import make_pack, word_id

EVERYBODY = {"ines", "mairead", "tobi", "leon", "dafydd", "petra"}


def came(session, **minutes):
    """Marked on the sheet after the evening."""
    clock.freeze(session.ends_at)
    marks = [Mark(cast.person_id(key), value) for key, value in minutes.items()]
    mark_sheet(session, marks, "Europe/London", cast.person_id("ines"))
    clock.freeze(cast.NOW)


@pytest.fixture
def two_evenings(in_app):
    """Two sessions: Tobi came to both, Leon to the first, Dafydd booked and stayed away, Mairead was never marked."""
    with in_app():
        event = planned.event(starts_at=planned.LAST_THURSDAY - planned.WEEK, sessions=2)
        clock.freeze(planned.LAST_THURSDAY - 2 * planned.WEEK)
        planned.booked(event, "tobi", "leon", "dafydd", "mairead")
        first, second = event.sessions
        came(first, tobi=90, leon=90, dafydd=0)
        came(second, tobi=60, leon=0, dafydd=0)
        clock.freeze(cast.NOW)
        yield event


def test_without_a_question_it_is_everybody_in_the_network(in_app):
    with in_app():
        assert who() == EVERYBODY


def test_answers_of_one_kind_are_any_of_them_and_kinds_add_up(in_app):
    with in_app():
        assert who(role=["mentor", "observer"]) == {"dafydd", "petra"}
        assert who(role=["mentor", "coordinator"], place="Brackenhythe") == {"ines", "dafydd"}


def test_role_subject_and_phase(in_app):
    with in_app():
        physics, primary = word_id("subject", "physics"), word_id("phase", "primary")
        db.session.add_all(PersonWord(person_id=cast.person_id("tobi"), word_id=one) for one in (physics, primary))
        db.session.flush()
        assert who(role="member") == {"tobi", "leon"}
        assert who(subject=str(physics)) == {"tobi"} and who(phase=str(primary)) == {"tobi"}
        assert who(subject=str(word_id("subject", "biology"))) == set()


def test_place_of_work_by_box_and_by_typing(in_app):
    with in_app():
        rule_names = dict(reading(school="1").parts)
        school = next(value for names in rule_names.values() for value in names)
        assert who(school=school) == {"ines", "dafydd"}
        assert who(place="withen, Low Garrick") == {"mairead", "leon", "tobi"}
        assert who(place="Nowhere") == set()


def test_language_is_her_own_choice_else_the_network_s(in_app):
    with in_app():
        person("tobi").locale = "cy"
        db.session.flush()
        assert who(language="cy") == {"tobi"}
        assert who(language="en_GB") == EVERYBODY - {"tobi"}


def test_came_to_the_first_session_but_not_to_the_second(two_evenings):
    first, second = two_evenings.sessions
    assert who(came=f"s{first.id}") == {"tobi", "leon"}
    assert who(came=f"s{first.id}", missed=f"s{second.id}") == {"leon"}
    assert who(came=f"e{two_evenings.id}") == {"tobi", "leon"}
    assert "tobi" not in who(missed=f"e{two_evenings.id}") and "petra" in who(missed=f"e{two_evenings.id}")


def test_booked_and_did_not_come_needs_a_mark_and_guesses_nothing(two_evenings):
    first, second = two_evenings.sessions
    assert who(away=f"s{first.id}") == {"dafydd"}
    assert who(away=f"s{second.id}") == {"dafydd", "leon"}
    # Mairead booked and stands on no sheet: nobody knows.
    assert "mairead" not in who(away=f"e{two_evenings.id}")


def test_who_came_and_has_not_said_how_it_was(two_evenings, in_app):
    from portal.evaluation.operations import make_usual
    from portal.surveys.operations_answers import excuse, invite

    asked = f"e{two_evenings.id}"
    assert who(unevaluated=asked) == set()
    survey = make_usual(two_evenings)
    assert who(unevaluated=asked) == {"tobi", "leon"}
    assert who(unevaluated=f"s{two_evenings.sessions[1].id}") == {"tobi"}
    invite(survey, [cast.person_id("tobi"), cast.person_id("leon")])
    excuse(survey, cast.person_id("tobi"))
    assert who(unevaluated=asked) == {"leon"}


def test_the_booked_the_rest_and_those_who_answered(in_app):
    with in_app():
        event = planned.event()
        planned.booked(event, "tobi", "leon")
        give_back(event, [event.sessions[0].id], cast.person_id("leon"), cast.person_id("leon"))
        asked = f"e{event.id}"
        assert who(booked=asked) == {"tobi"}
        assert who(unbooked=asked) == EVERYBODY - {"tobi"}
        assert who(silent=asked) == EVERYBODY - {"tobi", "leon"}


def test_whoever_waits_for_a_place_counts_as_booked(in_app):
    with in_app():
        event = planned.event(capacity=1)
        planned.booked(event, "tobi", "leon")
        assert who(booked=f"e{event.id}") == {"tobi", "leon"}


def test_not_seen_for_some_terms(two_evenings):
    # They came this term; the others were members all the time and came to nothing.
    assert who(unseen="1") == {"ines", "mairead", "dafydd", "petra"}
    assert who(unseen="2") == {"ines", "mairead", "dafydd", "petra"}


def test_whoever_told_of_a_pack_was_seen_and_whoever_is_new_was_not_missed(in_app):
    with in_app():
        pack = make_pack()
        network, today = cast.network_id(), clock.today()
        hers = {"network_id": network, "subject_kind": "pack", "subject_id": pack, "used_on": today}
        db.session.add(Use(person_id=cast.person_id("leon"), recorded_at=clock.now(), **hers))
        current_membership(network, cast.person_id("petra")).started_at = cast.NOW - timedelta(days=20)
        db.session.flush()
        assert who(unseen="1") == EVERYBODY - {"leon", "petra"}
        assert who(used=str(pack)) == {"leon"}


def test_a_use_that_was_taken_back_is_none(in_app):
    with in_app():
        pack = make_pack()
        hers = {"subject_kind": "pack", "subject_id": pack, "used_on": clock.today(), "network_id": cast.network_id()}
        person_id = cast.person_id("leon")
        db.session.add(Use(person_id=person_id, recorded_at=clock.now(), withdrawn_at=clock.now(), **hers))
        db.session.flush()
        assert who(used=str(pack)) == set()


def test_never_came_is_about_meetings_that_took_place(two_evenings):
    assert who(never="yes") == {"ines", "mairead", "dafydd", "petra"}
    hers = db.session.query(Participation).filter_by(person_id=cast.person_id("tobi"))
    assert hers.count() == 2


def test_new_since_counts_people_and_not_their_new_parts(in_app):
    with in_app():
        network = cast.network_id()
        current_membership(network, cast.person_id("leon")).started_at = cast.NOW - timedelta(days=10)
        change_role(network, cast.person_id("tobi"), "mentor", cast.person_id("ines"))
        db.session.flush()
        for asked in ({"new": "month"}, {"new": "term"}, {"new": "year"}, {"since": "2026-10-30"}):
            assert who(**asked) == {"leon"}, asked
        assert who(since="2026-11-09") == set()


def test_whoever_has_not_come_in_is_found_and_not_written_to(in_app):
    with in_app():
        person("leon").admitted_at = None
        db.session.flush()
        assert who(waiting="yes") == set()
        assert out(waiting="yes") == {"leon": "waiting"}


def test_mentoring_pairs_from_both_sides(in_app):
    with in_app():
        dafydd, tobi = cast.person_id("dafydd"), cast.person_id("tobi")
        pair = Pairing(
            network_id=cast.network_id(),
            mentor_id=dafydd,
            mentee_id=tobi,
            started_on=clock.today(),
            created_at=clock.now(),
        )
        db.session.add(pair)
        db.session.flush()
        assert who(pair="mentor") == {"dafydd"} and who(pair="mentee") == {"tobi"}
        assert who(pair=["mentor", "mentee"]) == {"dafydd", "tobi"}
        assert who(pair="none") == EVERYBODY - {"dafydd", "tobi"}
        pair.ended_on = clock.today()
        db.session.flush()
        assert who(pair="mentor") == set()


def test_two_networks_and_nobody_twice(in_app):
    with in_app():
        other, ines = cast.network_id("fell-and-furrow"), cast.person_id("ines")
        for key, role in (("ines", "coordinator"), ("tobi", "member")):
            join(other, cast.person_id(key), role, "invited", ines)
        both = reading(**{"in": [str(cast.network_id()), str(other)]})
        from portal.letters.queries_audience import getting_it
        from tests.letters.writing import handles

        people = [row.id for row in db.session.execute(getting_it(both))]
        assert len(people) == len(set(people)) and handles(getting_it(both)) == EVERYBODY | {"bryony", "kofi"}


def test_another_network_reaches_nobody_without_coordinating_it(in_app):
    with in_app():
        asked = {"in": [str(cast.network_id()), str(cast.network_id("fell-and-furrow"))]}
        assert reading(**asked).gone and who(**asked) == set()


@pytest.mark.parametrize(
    "asked", [{"came": "e999"}, {"missed": "s999"}, {"role": "queen"}, {"subject": "x"}, {"used": "²"}]
)
def test_what_is_gone_reaches_nobody_instead_of_more_people(in_app, asked):
    with in_app():
        assert reading(**asked).gone and who(**asked) == set()


def test_an_event_of_another_network_is_none_of_ours(in_app):
    with in_app():
        theirs = planned.event()
        theirs.network_id = cast.network_id("fell-and-furrow")
        db.session.flush()
        assert who(booked=f"e{theirs.id}") == set() and reading(unbooked=f"e{theirs.id}").gone


def test_a_rule_whose_room_is_closed_reaches_nobody(in_app):
    from portal.networks.operations_settings import set_room

    with in_app():
        event: Event = planned.event()
        set_room(cast.network_id(), "events", False, cast.person_id("ines"))
        assert reading(unbooked=f"e{event.id}").gone == ["Not booked for"]


def test_more_answers_than_anybody_ticks_reach_nobody(in_app):
    with in_app():
        assert who(role=[f"role{number}" for number in range(200)]) == set()


def test_each_is_told_why_she_is_in_it(two_evenings):
    second = two_evenings.sessions[1]
    assert why("leon", role=["member", "mentor"], missed=f"s{second.id}") == [
        "is a member",
        "did not come to “Build a hand”, session 2, Thu 5 Nov",
    ]
    assert why("dafydd", role=["member", "mentor"]) == ["is a mentor"]


def test_the_question_is_a_sentence(two_evenings):
    first, second = two_evenings.sessions
    asked = reading(came=f"s{first.id}", missed=f"s{second.id}", role=["member", "mentor"])
    assert asked.title == (
        "Whoever in Tarn and Tide is a member or a mentor, came to “Build a hand”, session 1, Thu 29 Oct and "
        "did not come to “Build a hand”, session 2, Thu 5 Nov"
    )


def test_a_letter_of_a_stranger_to_the_network_is_none(in_app):
    with in_app():
        assert here("kofi") is None and letter().network_id == cast.network_id()


def test_booking_through_the_operations_is_what_the_rules_read(in_app):
    with in_app():
        event = planned.event(sessions=2)
        book(event, [event.sessions[1].id], cast.person_id("petra"), "observer")
        assert who(booked=f"s{event.sessions[1].id}") == {"petra"}
        assert who(booked=f"s{event.sessions[0].id}") == set()
