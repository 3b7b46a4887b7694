"""A wish for a re-match stands in the row of its pair: for coordinators who are not of the pair, on the page alone."""

from datetime import date

import pytest

from portal.db import db
from portal.matching.models import RematchWish
from portal.matching.operations_wishes import answer_wish
from portal.mentoring.models import Pairing
from portal.mentoring.operations import start_pairing
from tests import cast
from tests.matching.people import BASE
from tests.matching.test_wishes import coordinates, wish_id, wished

WORDS, NARROWED = "Wants a re-match", f"{BASE}/?show=rematch"


@pytest.fixture
def pairs(in_app):
    """Dafydd mentors tobi and leon."""
    with in_app():
        dafydd, tobi, leon, ines = (cast.person_id(key) for key in ("dafydd", "tobi", "leon", "ines"))
        started = [start_pairing(cast.network_id(), dafydd, one, ines, date(2026, 9, 1)).id for one in (tobi, leon)]
    return started


def rows(browser, path=f"{BASE}/"):
    """The rows of the list of pairs, by what stands in them."""
    _before, _head, table = browser.get(path).text.partition("<tbody>")
    return table.partition("</tbody>")[0].split("</tr>")


def test_it_stands_in_the_row_of_the_pair_and_in_no_other(as_, pairs):
    wished(as_("tobi"), pairs[0])
    marked = [row for row in rows(as_("ines")) if WORDS in row]
    assert len(marked) == 1 and "Tobi Larkhill" in marked[0]
    narrowed = as_("ines").get(NARROWED).text
    assert (
        "Wanting a re-match" in narrowed and len([row for row in rows(as_("mairead"), NARROWED) if "<th" in row]) == 1
    )
    # Nobody else has the list; what else stands there says nothing of it.
    for who in ("dafydd", "tobi", "leon", "petra"):
        assert WORDS not in as_(who).get(NARROWED).text, who


@pytest.mark.parametrize("who", ["dafydd", "tobi"])
def test_a_coordinator_who_is_one_of_the_pair_does_not_see_it_there(as_, in_app, pairs, who):
    """Neither the one whom it is about, nor the one who sent it, whose list somebody may look at with her."""
    with in_app():
        coordinates(who)
    wished(as_("tobi"), pairs[0])
    for path in (f"{BASE}/", NARROWED):
        assert not [row for row in rows(as_(who), path) if WORDS in row]
    assert not [row for row in rows(as_(who), NARROWED) if "<th" in row]
    assert [row for row in rows(as_("ines")) if WORDS in row]


def test_it_goes_into_no_spreadsheet(as_, pairs):
    wished(as_("tobi"), pairs[0])
    ines = as_("ines")
    assert "re-match" not in ines.get(f"{BASE}/?format=csv").text
    page = ines.get(f"{NARROWED}&format=csv")
    assert page.mimetype == "text/html" and "format=csv" not in page.text
    assert "format=csv" in ines.get(f"{BASE}/?show=open").text


def test_talking_first_leaves_it_there_and_an_answer_or_taking_it_back_takes_it_away(as_, app, in_app, pairs):
    wished(as_("tobi"), pairs[0])
    with in_app():
        wish, pairing = db.session.get_one(RematchWish, wish_id(app)), db.session.get_one(Pairing, pairs[0])
        answer_wish(wish, pairing, cast.person_id("ines"), "talk")
    assert [row for row in rows(as_("ines")) if WORDS in row]
    with in_app():
        wish, pairing = db.session.get_one(RematchWish, wish_id(app)), db.session.get_one(Pairing, pairs[0])
        answer_wish(wish, pairing, cast.person_id("ines"), "closed")
    assert not [row for row in rows(as_("ines")) if WORDS in row]
    wished(as_("leon"), pairs[1])
    assert [row for row in rows(as_("ines")) if WORDS in row]
    as_("leon").post(f"{BASE}/matching/wishes/{wish_id(app)}/withdraw")
    assert "No pair is like that just now." in as_("ines").get(NARROWED).text
