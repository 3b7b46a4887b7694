"""A wish for a re-match and what two people say at the end: for the coordinators alone, never for the other one of the two."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.db import db
from portal.history.merging import merge_records
from portal.mail.models import OutboxMail
from portal.matching.exporting import endings_of, proposals_of, wishes_of
from portal.matching.models import MatchProposal, MentorAsk, MentorOffer, PairEnding, RematchWish
from portal.matching.operations_endings import EndingSaid, answer_ending
from portal.matching.operations_wishes import answer_wish, wish_rematch
from portal.mentoring.models import Pairing, SealedText
from portal.mentoring.operations import start_pairing
from portal.networks.models import Membership
from portal.people.exporting import as_json
from portal.people.operations_leaving import erase_person
from portal.web.errors import DomainError
from portal.web.links import signed_token
from tests import cast
from tests.matching.people import BASE, asks, offers, proposes
from tests.test_access_matrix import COLUMNS, doors, url_of

HERE = f"{BASE}/matching"
WISH, END, MINE = "plumbobwish", "plumbobend", "plumbobmine"


@pytest.fixture
def pair(in_app):
    with in_app():
        dafydd, tobi, ines = (cast.person_id(key) for key in ("dafydd", "tobi", "ines"))
        return start_pairing(cast.network_id(), dafydd, tobi, ines, date(2026, 9, 1)).id


def wished(browser, pair, words=WISH):
    return browser.post(f"{HERE}/pairs/{pair}/word", data={"words": words})


def wish_id(app):
    with app.app_context():
        return db.session.execute(select(RematchWish.id).order_by(RematchWish.id.desc()).limit(1)).scalar_one()


def coordinates(key):
    here = (Membership.person_id == cast.person_id(key), Membership.ended_at.is_(None))
    db.session.execute(select(Membership).where(*here)).scalar_one().role = "coordinator"
    db.session.commit()


def everything(app, browser, pair):
    """Every page of the portal with these ids in it, as one text."""
    values = {"network": "tarn-and-tide", "pairing_id": pair, "wish_id": wish_id(app), "version_number": 1}
    said = []
    for key, rule in doors(app):
        if key.startswith("GET ") and rule.arguments <= set(values) and "mentoring" in rule.rule + rule.endpoint:
            answer = browser.get(url_of(app, rule, values))
            # Papers are searched by ``tests/mentoring/test_privacy.py``, in plain words.
            said.append("" if answer.mimetype == "application/pdf" else answer.text)
    for path in ("/n/tarn-and-tide/today/", "/me/export.json", f"{BASE}/?format=csv", f"{HERE}/?format=csv"):
        said.append(browser.get(path).text)
    return "\n".join(said)


@pytest.mark.parametrize("as_coordinator", [False, True])
def test_the_other_one_of_the_two_learns_nothing_whatever_she_is(as_, app, in_app, pair, as_coordinator):
    if as_coordinator:
        with in_app():
            coordinates("dafydd")
    assert wished(as_("tobi"), pair).status_code == 303
    assert WISH in everything(app, as_("ines"), pair)
    assert WISH in as_("tobi").get(f"{HERE}/pairs/{pair}/word").text
    seen = everything(app, as_("dafydd"), pair)
    assert WISH not in seen and "would like a re-match" not in seen and "rematch.wished" not in seen
    assert f"/wishes/{wish_id(app)}" not in seen
    assert as_("dafydd").get(f"{HERE}/wishes/{wish_id(app)}").status_code == 404
    with app.app_context():
        told = db.session.execute(select(OutboxMail).where(OutboxMail.kind == "rematch")).scalars().all()
        assert {mail.person_id for mail in told} == {cast.person_id("ines"), cast.person_id("mairead")}
        assert all("Tobi" not in mail.text and WISH not in mail.text for mail in told)
        assert all(WISH.encode() not in one.sealed for one in db.session.execute(select(SealedText)).scalars())


def test_nobody_else_reads_it(as_, app, pair):
    wished(as_("tobi"), pair)
    for who in COLUMNS:
        if who not in ("ines", "tobi", "nobody"):
            assert as_(who).get(f"{HERE}/wishes/{wish_id(app)}").status_code == 404
            assert WISH not in everything(app, as_(who), pair), who


def test_a_wish_that_would_reach_only_the_other_one_is_refused_in_words(as_, in_app, pair):
    with in_app():
        coordinates("dafydd")
        for key in ("ines", "mairead"):
            here = (Membership.person_id == cast.person_id(key), Membership.ended_at.is_(None))
            db.session.execute(select(Membership).where(*here)).scalar_one().role = "member"
        db.session.commit()
    answer = wished(as_("tobi"), pair)
    assert answer.status_code == 422 and "would reach nobody else" in answer.text and WISH in answer.text


def test_it_can_be_taken_back_with_its_words_until_it_is_answered(as_, app, pair):
    wished(as_("tobi"), pair)
    assert as_("ines").post(f"{HERE}/wishes/{wish_id(app)}/withdraw").status_code == 403
    assert as_("tobi").post(f"{HERE}/wishes/{wish_id(app)}/withdraw").status_code == 303
    with app.app_context():
        assert not db.session.execute(select(SealedText.id)).all()
    assert as_("ines").get(f"{HERE}/wishes/{wish_id(app)}").status_code == 404
    wished(as_("tobi"), pair)
    talked = as_("ines").post(f"{HERE}/wishes/{wish_id(app)}", data={"answer": "talk"})
    assert talked.status_code == 303 and "You are talking first" in as_("ines").get(f"{HERE}/").text
    assert "would like to talk to you first" in as_("tobi").get(f"{HERE}/pairs/{pair}/word").text
    as_("ines").post(f"{HERE}/wishes/{wish_id(app)}", data={"answer": "closed"})
    refused = as_("tobi").post(f"{HERE}/wishes/{wish_id(app)}/withdraw", follow_redirects=True)
    assert "answered already" in refused.text


@pytest.mark.parametrize(("who", "opens"), [("tobi", 1), ("dafydd", 0)])
def test_a_mentees_wish_opens_her_ask_anew_and_a_mentors_opens_nothing(as_, app, pair, who, opens):
    """What a mentor wishes must not show in something of her mentee's; nor to a coordinator who mentors."""
    wished(as_(who), pair)
    as_("ines").post(f"{HERE}/wishes/{wish_id(app)}", data={"answer": "match"})
    with app.app_context():
        assert len(db.session.execute(select(MentorAsk.id)).all()) == opens
        answered = db.session.execute(select(OutboxMail).where(OutboxMail.kind == "rematch-answered")).scalar_one()
        assert answered.person_id == cast.person_id(who) and "re-match" not in answered.text


def test_a_mentor_who_coordinates_does_not_see_the_wish_of_her_mentee_reopened(as_, app, in_app, pair):
    with in_app():
        coordinates("dafydd")
        wish = wish_rematch(db.session.get(Pairing, pair), cast.person_id("tobi"), WISH, bytes(32))
        answer_wish(wish, db.session.get(Pairing, pair), cast.person_id("ines"), "match")
        ask_id = db.session.execute(select(MentorAsk.id)).scalar_one()
        proposal_id = proposes("mairead", "tobi").id
    for path in ("/", "/proposals", f"/asks/{ask_id}", f"/proposals/{proposal_id}"):
        assert "Tobi Larkhill" in as_("ines").get(HERE + path).text, path
        assert "Tobi Larkhill" not in as_("dafydd").get(HERE + path).text, path
    assert as_("dafydd").get(f"{HERE}/asks/{ask_id}").status_code == 404
    assert as_("dafydd").get(f"{HERE}/proposals/{proposal_id}").status_code == 404


def test_the_end_asks_both_and_words_go_where_she_says(as_, app, client, pair):
    as_("tobi").post(f"{BASE}/pairs/{pair}/end")
    with app.app_context():
        tobi, dafydd = cast.person_id("tobi"), cast.person_id("dafydd")
        told = db.session.execute(select(OutboxMail).where(OutboxMail.kind == "pair-ended")).scalars().all()
        assert {mail.person_id for mail in told} == {tobi, dafydd}
        link = f"/a/{signed_token('pairending', tobi, pair, days=90)}"
    # From the mail, without signing in; what was typed is not shown there again.
    assert client.post(link, data={"choice": "answer"}).status_code == 422
    assert client.post(link, data={"choice": "answer", "worked": END}).status_code == 303
    assert END not in client.get(link).text and "You answered these" in client.get(link).text
    as_("dafydd").post(f"{HERE}/pairs/{pair}/ending", data={"did_not": MINE, "only_me": "y"})
    coordinators = as_("ines").get(f"{HERE}/endings").text
    assert END in coordinators and MINE not in coordinators and "Kept for herself" in coordinators
    assert END not in as_("ines").get(f"{HERE}/endings?format=csv").text
    assert MINE in as_("dafydd").get(f"{HERE}/pairs/{pair}/ending").text
    assert END not in as_("dafydd").get(f"{HERE}/pairs/{pair}/ending").text
    assert as_("tobi").get(f"{HERE}/endings").status_code == 403


def test_going_on_after_all_asks_nothing_more(as_, app, pair):
    as_("tobi").post(f"{BASE}/pairs/{pair}/end")
    as_("tobi").post(f"{BASE}/pairs/{pair}/resume")
    with app.app_context():
        assert not db.session.execute(select(PairEnding.id)).all()
        subjects = list(db.session.execute(select(OutboxMail.subject).where(OutboxMail.kind == "pair-ended")).scalars())
        assert len([one for one in subjects if one.startswith("A pair after all")]) == 2
    early = as_("tobi").post(f"{HERE}/pairs/{pair}/ending", data={"worked": "x"})
    assert early.status_code == 422 and "This pair goes on" in early.text


def test_one_self_takes_everything_of_hers_along_and_nothing_of_the_other_one(app, in_app, pair):
    with in_app():
        key = app.config["SETTINGS"].key("mentoring")
        pairing, tobi, dafydd = db.session.get(Pairing, pair), cast.person_id("tobi"), cast.person_id("dafydd")
        wish_rematch(pairing, tobi, WISH, key)
        pairing.ended_on = date(2026, 11, 9)
        answer_ending(pairing, tobi, EndingSaid(worked=END), False, key)
        asks("tobi", needs=["labs"])
        proposes("mairead", "tobi")
        assert wishes_of(tobi)[0]["words"] == WISH and endings_of(tobi)[0]["worked"] == END and not wishes_of(dafydd)
        assert proposals_of(tobi)[0]["i_said_yes_at"] is None
        hers, his = as_json(tobi).decode(), as_json(dafydd).decode()
        assert WISH in hers and "labs" in hers and WISH not in his and END not in his


def test_who_deletes_herself_is_looked_for_no_more(app, in_app, pair):
    with in_app():
        key = app.config["SETTINGS"].key("mentoring")
        tobi = cast.person_id("tobi")
        wish_rematch(db.session.get(Pairing, pair), tobi, WISH, key)
        asks("tobi", needs=["labs"], route="By a detour")
        offers("tobi", says="Labs.")
        proposes("mairead", "tobi")
        erase_person(tobi)
        ask, offer = (db.session.execute(select(kind)).scalar_one() for kind in (MentorAsk, MentorOffer))
        assert ask.ended_at and ask.needs == [] and not ask.route and offer.ended_at and not offer.says
        assert db.session.execute(select(MatchProposal)).scalar_one().state == "withdrawn"
        assert db.session.execute(select(RematchWish.withdrawn_at)).scalar_one()
        assert not db.session.execute(select(SealedText.id)).all()


def test_two_records_of_one_person_keep_the_offer_that_stands(in_app):
    with in_app():
        offers("leon", most_mentees=3)
        offers("tobi").ended_at = cast.NOW
        asks("tobi")
        asks("leon")
        tobi, leon = cast.person_id("tobi"), cast.person_id("leon")
        merge_records("person", tobi, leon, {}, cast.person_id("ines"))
        offer = db.session.execute(select(MentorOffer)).scalar_one()
        assert offer.person_id == tobi and offer.most_mentees == 3
        assert {one.person_id for one in db.session.execute(select(MentorAsk)).scalars()} == {tobi}


def test_a_wish_of_a_pair_that_has_ended_is_refused(in_app, pair):
    with in_app():
        pairing = db.session.get(Pairing, pair)
        pairing.ended_on = date(2026, 11, 1)
        with pytest.raises(DomainError, match="has ended"):
            wish_rematch(pairing, pairing.mentee_id, "", bytes(32))
