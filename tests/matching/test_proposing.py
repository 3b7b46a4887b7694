"""A proposal: both are asked, both say yes, then they are a pair. Opening a mail answers nothing; twice is once."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.db import db
from portal.history.models import HistoryLine
from portal.mail.models import OutboxMail
from portal.matching.models import MatchProposal, MentorAsk
from portal.matching.operations_proposals import Outcome, say_no, say_yes, withdraw
from portal.matching.reminding import look_after_proposals
from portal.mentoring.models import Pairing, PairProgramme
from portal.mentoring.operations import start_pairing
from portal.networks.models import Membership
from portal.programmes.models import Programme
from portal.web import clock
from portal.web.errors import DomainError
from portal.web.links import signed_token
from tests import cast
from tests.matching.people import BASE, START, asks, offers, proposes

HERE = f"{BASE}/matching"


def mails(kind):
    return list(db.session.execute(select(OutboxMail).where(OutboxMail.kind == kind)).scalars())


def test_a_coordinator_asks_both_and_two_yeses_make_a_pair(as_, app, in_app):
    with in_app():
        asks("tobi", needs=["wellbeing"])
        programme = Programme(network_id=cast.network_id(), name="Induction", created_at=cast.NOW)
        db.session.add(programme)
        db.session.commit()
        dafydd, tobi, programme_id = cast.person_id("dafydd"), cast.person_id("tobi"), programme.id
    typed = {"mentor_id": str(dafydd), "mentee_id": str(tobi), "started_on": "2026-11-16", "how": "ask",
             "rhythm": "Weekly", "every_days": "7", "arranges": "mentee", "programme_ids": [str(programme_id)]}  # fmt: skip
    assert as_("ines").post(f"{BASE}/pairs/new", data=typed).status_code == 303
    with app.app_context():
        one = db.session.execute(select(MatchProposal)).scalar_one()
        assert not db.session.execute(select(Pairing)).all()
        asked = mails("match")
        assert {mail.person_id for mail in asked} == {dafydd, tobi}
        for mail in asked:
            # Who, school and rhythm; never what somebody needs help with.
            assert "Weekly" in mail.text and "Yes, gladly" in mail.text and "ellbeing" not in mail.text + mail.html
        assert "Low Garrick School" in next(mail.text for mail in asked if mail.person_id == dafydd)
    assert "Neither has answered yet" in as_("ines").get(f"{HERE}/proposals").text
    page = as_("dafydd").get(f"{HERE}/proposals/{one.id}").text
    assert "wellbeing" in page.lower(), "the mentor who is asked sees the wish"
    assert "Would you like Dafydd" in as_("tobi").get(f"{BASE}/").text
    first = as_("tobi").post(f"{HERE}/proposals/{one.id}/answer", data={"choice": "yes"}, follow_redirects=True)
    assert "once the other one has said yes" in first.text
    assert "Dafydd Okonjo-Reeve has still to answer" in as_("ines").get(f"{HERE}/proposals").text
    second = as_("dafydd").post(f"{HERE}/proposals/{one.id}/answer", data={"choice": "yes"}, follow_redirects=True)
    assert "You are a pair now" in second.text
    with app.app_context():
        pair = db.session.execute(select(Pairing)).scalar_one()
        assert (pair.rhythm, pair.every_days, pair.arranges) == ("Weekly", 7, "mentee") and pair.started_on == START
        assert db.session.execute(select(PairProgramme.programme_id)).scalar_one() == programme_id
        ask = db.session.execute(select(MentorAsk)).scalar_one()
        assert ask.pairing_id == pair.id and ask.ended_at and pair.created_at >= ask.asked_at
        assert {mail.person_id for mail in mails("pair-begun")} == {dafydd, tobi}
        assert "They are a pair" in mails("match-told")[0].subject


def test_who_has_agreed_already_becomes_a_pair_at_once(as_, app, in_app):
    with in_app():
        asks("tobi")
        dafydd, tobi = cast.person_id("dafydd"), cast.person_id("tobi")
    typed = {"mentor_id": str(dafydd), "mentee_id": str(tobi), "started_on": "2026-11-02", "how": "agreed"}
    assert as_("ines").post(f"{BASE}/pairs/new", data=typed).status_code == 303
    with app.app_context():
        assert db.session.execute(select(MentorAsk.pairing_id)).scalar_one() is not None
        assert len(mails("pair-begun")) == 2 and not mails("match")


def test_opening_the_link_answers_nothing_and_pressing_twice_is_once(client, app, in_app):
    with in_app():
        tobi, one_id = cast.person_id("tobi"), proposes().id
        link = f"/a/{signed_token('matchanswer', tobi, one_id, days=40)}"
    page = client.get(link).text
    assert "Would you like Dafydd Okonjo-Reeve as your mentor?" in page and "You have not answered yet" in page
    with app.app_context():
        assert db.session.get(MatchProposal, one_id).mentee_accepted_at is None
    for _time in range(2):
        assert client.post(link, data={"choice": "yes"}).status_code == 303
    with app.app_context():
        said = select(HistoryLine.id).where(HistoryLine.action == "match.accepted")
        assert len(db.session.execute(said).all()) == 1
    assert "You said yes" in client.get(link).text
    assert client.post(link, data={"choice": "perhaps"}).status_code == 422


def test_a_no_needs_no_reason_and_can_become_a_yes(in_app):
    with in_app():
        one = proposes()
        dafydd, tobi = cast.person_id("dafydd"), cast.person_id("tobi")
        say_yes(one, tobi)
        assert say_no(one, dafydd) == say_no(one, dafydd) == Outcome.DECLINED
        off = [mail for mail in mails("match") if "Not this time" in mail.subject]
        assert [mail.person_id for mail in off] == [tobi] and "no reason" not in off[0].text
        with pytest.raises(DomainError, match="ended before you answered"):
            say_yes(one, tobi)
        assert say_yes(one, dafydd) == Outcome.PAIRED and one.state == "paired"
        with pytest.raises(DomainError, match="a pair already"):
            say_no(one, tobi)


def test_the_second_of_two_for_the_last_place_is_told(client, app, in_app):
    with in_app():
        offers("dafydd", most_mentees=1)
        ask = asks("leon")
        first, second = proposes(mentee="tobi"), proposes(mentee="leon")
        dafydd, tobi, leon = cast.person_id("dafydd"), cast.person_id("tobi"), cast.person_id("leon")
        say_yes(second, dafydd)
        say_yes(first, tobi)
        assert say_yes(first, dafydd) == Outcome.PAIRED
        link = f"/a/{signed_token('matchanswer', leon, second.id, days=40)}"
    answer = client.post(link, data={"choice": "yes"}, follow_redirects=True)
    assert "the last place went to somebody else meanwhile" in answer.text
    with app.app_context():
        one = db.session.get(MatchProposal, second.id)
        assert one.state == "full" and db.session.get(MentorAsk, ask.id).ended_at is None
        assert len(db.session.execute(select(Pairing)).all()) == 1
        assert [mail.person_id for mail in mails("match") if "Not this time" in mail.subject] == [dafydd]
        assert any("No place left" in mail.subject for mail in mails("match-told"))
    with in_app(), pytest.raises(DomainError, match="as many mentees as she takes"):
        proposes(mentee="leon")


def test_a_pair_made_by_hand_ends_what_others_are_asked(in_app):
    with in_app():
        asks("tobi")
        by_hand, other = proposes(mentor="dafydd"), proposes(mentor="mairead")
        network, dafydd, tobi, ines = cast.network_id(), *map(cast.person_id, ("dafydd", "tobi", "ines"))
        start_pairing(network, dafydd, tobi, ines, START)
        assert by_hand.state == "paired" and other.state == "withdrawn"
        off = [mail for mail in mails("match") if "Not this time" in mail.subject]
        assert [mail.person_id for mail in off] == [cast.person_id("mairead")]


@pytest.mark.parametrize(
    ("mentor", "mentee", "sentence"),
    [("tobi", "tobi", "own mentor"), ("dafydd", "tobi", "being asked just now"), ("dafydd", "leon", "set aside")],
)
def test_what_cannot_be_proposed_is_refused(in_app, mentor, mentee, sentence):
    with in_app():
        proposes("dafydd", "tobi")
        asks("leon").paused_at = cast.NOW
        with pytest.raises(DomainError, match=sentence):
            proposes(mentor, mentee)


def test_one_reminder_after_a_week_and_an_end_after_thirty_days(in_app):
    with in_app():
        asks("tobi")
        one = proposes()
        say_yes(one, cast.person_id("tobi"))
        for days, reminders, state in (
            (6, 0, "open"),
            (8, 1, "open"),
            (20, 1, "open"),
            (31, 1, "lapsed"),
            (32, 1, "lapsed"),
        ):
            clock.freeze(cast.NOW + timedelta(days=days))
            look_after_proposals()
            found = [mail for mail in mails("match") if "Still open" in mail.subject]
            assert len(found) == reminders and one.state == state, days
        assert found[0].person_id == cast.person_id("dafydd")
        assert len([mail for mail in mails("match-told") if "No answer" in mail.subject]) == 1


def test_taking_a_proposal_back_tells_both_once(in_app):
    with in_app():
        one = proposes()
        withdraw(one, cast.person_id("ines"))
        withdraw(one, cast.person_id("ines"))
        assert len([mail for mail in mails("match") if "Not this time" in mail.subject]) == 2


def test_what_was_between_two_is_said_when_they_are_suggested_again(as_, in_app):
    with in_app():
        ask = asks("tobi")
        offers("dafydd")
        say_no(proposes(), cast.person_id("dafydd"))
    page = as_("ines").get(f"{HERE}/asks/{ask.id}").text
    assert "One of them said no to this before." in page and "Both teach Physics." in page


def test_a_mentor_reads_a_wish_only_while_she_is_asked(as_, in_app):
    with in_app():
        asks("tobi", needs=["wellbeing"])
        one = proposes()
    assert "wellbeing" in as_("dafydd").get(f"{HERE}/proposals/{one.id}").text.lower()
    as_("dafydd").post(f"{HERE}/proposals/{one.id}/answer", data={"choice": "no"})
    assert "wellbeing" not in as_("dafydd").get(f"{HERE}/proposals/{one.id}").text.lower()


def test_who_left_the_network_is_waited_for_no_longer(in_app):
    with in_app():
        one = proposes()
        here = (Membership.person_id == cast.person_id("dafydd"), Membership.ended_at.is_(None))
        db.session.execute(select(Membership).where(*here)).scalar_one().ended_at = cast.NOW
        look_after_proposals()
        assert one.state == "lapsed"
