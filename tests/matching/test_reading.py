"""Who reads what of wishes and proposals, which words are offered, and what is asked before two people are told."""

from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from sqlalchemy import delete, select

from portal.db import db
from portal.history.models import HistoryLine
from portal.mail.models import OutboxMail
from portal.matching import reasons
from portal.matching.operations_asks import take_ask_back
from portal.matching.operations_offers import pause_offer
from portal.matching.operations_proposals import say_no, say_yes
from portal.matching.suggesting import suggest
from portal.mentoring.operations import start_pairing
from portal.networks.models import Network
from portal.people.models import EmailAddress, Person, PersonWord
from portal.vocabulary.models import Word
from portal.web import clock
from portal.web.links import act_link
from tests import cast
from tests.matching.people import BASE, START, asks, offers, proposes
from tests.matching.test_suggesting import one, side

HERE = f"{BASE}/matching"


def test_a_coordinator_who_is_asked_herself_reads_nothing_of_what_the_other_one_said(as_, in_app):
    with in_app():
        ask = asks("tobi")
        offers("mairead")
        proposal = proposes("mairead", "tobi")
        say_yes(proposal, cast.person_id("mairead"))
        say_no(proposal, cast.person_id("tobi"))
    others, hers = as_("ines"), as_("mairead")
    assert "Tobi Larkhill said no" in others.get(f"{HERE}/proposals/{proposal.id}").text
    assert "Tobi Larkhill said no" not in hers.get(f"{HERE}/proposals/{proposal.id}").text
    assert "One of them said no" in others.get(f"{HERE}/proposals").text
    for asked in ("", "?format=csv"):
        assert "Tobi Larkhill" not in hers.get(f"{HERE}/proposals{asked}").text
    # Nor where she stands among those who suit.
    assert "said no to this before" in others.get(f"{HERE}/asks/{ask.id}").text
    assert "said no to this before" not in hers.get(f"{HERE}/asks/{ask.id}").text


def test_sheets_say_the_days_that_pages_say(as_, in_app):
    """At ten in the evening in Portland it is the next day by the clock of the database."""
    clock.freeze(datetime(2026, 11, 11, 6, 0, tzinfo=UTC))
    with in_app():
        db.session.get(Network, cast.network_id()).time_zone = "America/Los_Angeles"
        asks("tobi")
        pause_offer(offers("leon"), cast.person_id("leon"))
        proposes()
    for sheet in ("", "offers", "proposals"):
        text = as_("ines").get(f"{HERE}/{sheet}?format=csv").text
        assert "2026-11-10" in text and "2026-11-11" not in text and "+00:00" not in text, sheet


def test_how_a_proposal_stands_is_said_in_words_in_the_sheet(as_, in_app):
    with in_app():
        say_no(proposes(), cast.person_id("dafydd"))
    sheet = as_("ines").get(f"{HERE}/proposals?format=csv").text
    assert "One of them said no" in sheet and "declined" not in sheet


@pytest.mark.parametrize("door", ["asks", "offers"])
def test_a_retired_word_is_offered_to_nobody_but_whoever_said_it(as_, in_app, door):
    with in_app():
        asks("leon", subjects=["physics"])
        offers("leon", subjects=["physics"])
        db.session.execute(select(Word).where(Word.code == "physics")).scalar_one().in_use = False
        db.session.commit()
    assert 'value="physics"' not in as_("tobi").get(f"{HERE}/{door}/new").text
    assert as_("tobi").post(f"{HERE}/{door}/new", data={"subjects": "physics", "most_mentees": "1"}).status_code == 422
    assert 'value="physics"' in as_("leon").get(f"{HERE}/{door}/1/edit").text


@pytest.mark.parametrize("how", ["taken back", "paired"])
def test_what_becomes_of_a_proposal_whose_wish_ends_stands_in_its_history(in_app, how):
    with in_app():
        ask, proposal = asks("tobi"), proposes("mairead", "tobi")
        tobi, ines = cast.person_id("tobi"), cast.person_id("ines")
        if how == "paired":
            start_pairing(cast.network_id(), cast.person_id("dafydd"), tobi, ines, START)
        else:
            take_ask_back(ask, tobi)
        lines = select(HistoryLine.actor_id).where(
            HistoryLine.action == "match.withdrawn", HistoryLine.subject_id == proposal.id
        )
        assert db.session.execute(lines).scalar_one() == (ines if how == "paired" else tobi)


def test_two_who_speak_no_language_in_common_are_told_so_where_both_said_which(in_app):
    with in_app():
        apart, unsaid = (suggest(side(), [one(2, languages=codes)])[0][0] for codes in (("cy",), ()))
        assert "no language in common" in reasons.lacking(apart)
        assert "no language in common" not in reasons.lacking(unsaid)


def test_who_is_still_training_can_ask_and_says_so(as_, in_app):
    """Student teachers are to reach mentors in service before their first post."""
    answer = as_("tobi").post(f"{HERE}/asks/new", data={"year_of_teaching": "0"}, follow_redirects=True)
    assert "still training" in answer.text


def test_two_people_are_told_that_it_is_off_only_after_a_second_look(as_, in_app):
    with in_app():
        proposal = proposes()
    page = as_("ines").get(f"{HERE}/proposals/{proposal.id}").text
    assert "Take the proposal back" in page and f'action="{HERE}/proposals/{proposal.id}/withdraw"' not in page
    asked = as_("ines").get(f"{HERE}/proposals/{proposal.id}/withdraw").text
    assert "Both get a mail" in asked and f'action="{HERE}/proposals/{proposal.id}/withdraw"' in asked
    assert as_("ines").post(f"{HERE}/proposals/{proposal.id}/withdraw").status_code == 303
    assert "It has ended already" in as_("ines").get(f"{HERE}/proposals/{proposal.id}/withdraw").text


def test_a_coordinator_is_told_who_cannot_be_asked_by_mail(as_, in_app):
    """Else both would be waited for until it lapses, and nobody would know why."""
    with in_app():
        proposal = proposes()
        said = "Tobi Larkhill has no address that works"
        db.session.execute(delete(EmailAddress).where(EmailAddress.person_id == cast.person_id("tobi")))
        db.session.commit()
    page = as_("ines").get(f"{HERE}/proposals/{proposal.id}").text
    assert said in page and "/pairs/new?mentor=" in page
    assert "has no address" not in as_("dafydd").get(f"{HERE}/proposals/{proposal.id}").text


@pytest.mark.parametrize("has_said", [False, True])
def test_whoever_neither_asked_nor_offered_is_told_of_as_the_directory_shows_her(as_, app, client, in_app, has_said):
    with in_app():
        tobi = db.session.get(Person, cast.person_id("tobi"))
        tobi.listing = tobi.listing | {"school": False, "subjects": False}
        word = db.session.execute(select(Word.id).where(Word.code == "biology")).scalar_one()
        db.session.add(PersonWord(person_id=tobi.id, word_id=word))
        db.session.commit()
        if has_said:
            asks("tobi")
        proposal = proposes()
        dafydd = cast.person_id("dafydd")
        mail = db.session.scalars(select(OutboxMail.text).where(OutboxMail.person_id == dafydd)).one()
        address = f"{HERE}/proposals/{proposal.id}"
        link = urlsplit(act_link("matchanswer", dafydd, proposal.id)).path
    page = as_("dafydd").get(address).text
    for text in (mail, client.get(link).text, page):
        assert ("Low Garrick School" in text) == has_said
    assert ("Biology" in mail) == has_said
    assert "Low Garrick School" in as_("ines").get(address).text
