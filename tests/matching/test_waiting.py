"""Today and the digest tell coordinators alike that somebody waits for a mentor, or for another one."""

from datetime import date

from sqlalchemy import select

from portal.db import db
from portal.digest.queries_waiting import waiting_in
from portal.matching.models import MatchProposal
from portal.matching.operations_proposals import say_yes
from portal.matching.operations_wishes import wish_rematch
from portal.mentoring.models import Pairing
from portal.mentoring.operations import start_pairing
from portal.networks.models import Membership
from portal.today.asked import asked_of
from portal.today.waiting import waiting_in as on_today
from tests import cast
from tests.matching.people import asks, offers, proposes

CAST = ("dafydd", "tobi", "leon")


def seen():
    """The kinds that Today lists, where the digest counts as many."""
    network = cast.network_id()
    listed = on_today(network, date(2026, 11, 10), ("mentoring",))
    assert waiting_in([network], [], [], [network])[network] == len(listed)
    return {one.kind: one.count for one in listed}


def test_what_waits_is_one_line_a_kind_and_gone_once_somebody_is_asked(in_app, as_):
    with in_app():
        dafydd, leon, ines = map(cast.person_id, ("dafydd", "leon", "ines"))
        pair = start_pairing(cast.network_id(), dafydd, leon, ines, date(2026, 9, 1))
        assert seen() == {}
        asks("tobi")
        asks("mairead")
        wish_rematch(pair, leon, "", bytes(32))
        assert seen() == {"mentor": 2, "rematch": 1}
        offers("dafydd", most_mentees=2)
        proposes("dafydd", "tobi")
        assert seen() == {"mentor": 1, "rematch": 1}
    page = as_("ines").get("/n/tarn-and-tide/today/").text
    assert "Somebody asks for a mentor" in page and "One of a pair would like a re-match" in page


def test_a_coordinator_who_mentors_is_told_nothing_of_her_mentees_wishes(in_app):
    """Both lists are read by all coordinators alike, so it stands on neither."""
    with in_app():
        dafydd, tobi, ines = map(cast.person_id, ("dafydd", "tobi", "ines"))
        here = (Membership.person_id == dafydd, Membership.ended_at.is_(None))
        db.session.execute(select(Membership).where(*here)).scalar_one().role = "coordinator"
        pair = start_pairing(cast.network_id(), dafydd, tobi, ines, date(2026, 9, 1))
        wish_rematch(pair, tobi, "", bytes(32))
        asks("tobi")
        assert seen() == {}
        db.session.get(Pairing, pair.id).ended_on = date(2026, 11, 9)
        assert seen() == {"mentor": 1}


def test_what_somebody_is_asked_herself_stands_on_her_own_first_page_until_she_answers(in_app, as_):
    with in_app():
        asks("tobi")
        offers("dafydd")
        proposal_id = proposes("dafydd", "tobi").id
        asked = {who: [one.title for one in asked_of(cast.network_id(), cast.person_id(who))] for who in CAST}
        assert asked == {"dafydd": ["Tobi Larkhill"], "tobi": ["Dafydd Okonjo-Reeve"], "leon": []}
    first_page = "/n/tarn-and-tide/today/"
    assert "One small question" in as_("dafydd").get(first_page).text
    assert "Would you be the mentor of Tobi Larkhill?" in as_("dafydd").get(first_page).text
    assert "Would you be" not in as_("leon").get(first_page).text
    with in_app():
        say_yes(db.session.get(MatchProposal, proposal_id), cast.person_id("dafydd"))
        assert asked_of(cast.network_id(), cast.person_id("dafydd")) == []
        assert asked_of(cast.network_id(), cast.person_id("tobi"))


def test_a_coordinator_who_is_asked_to_mentor_reads_it_among_what_waits_and_the_others_do_not(in_app, as_):
    with in_app():
        asks("tobi")
        proposes("ines", "tobi")
        assert seen() == {}
    assert "Would you be the mentor of Tobi Larkhill?" in as_("ines").get("/n/tarn-and-tide/today/").text
    assert "Would you be" not in as_("mairead").get("/n/tarn-and-tide/today/").text
