"""Pairs and their talks: half a minute to write down, one talk counted once, nonsense refused in words."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from portal.activities.models import Participation
from portal.db import db
from portal.mentoring.models import MentoringContact, Pairing, PairTalk
from portal.mentoring.operations import end_pairing, start_pairing
from portal.mentoring.operations_contacts import log_contact
from portal.mentoring.talks import Talk
from portal.people.operations_leaving import erase_person
from portal.web.errors import DomainError
from tests import cast

BASE = "/n/tarn-and-tide/mentoring"
KEY = bytes(32)


@pytest.fixture
def pair(in_app):
    with in_app():
        dafydd, tobi, ines = (cast.person_id(key) for key in ("dafydd", "tobi", "ines"))
        return start_pairing(cast.network_id(), dafydd, tobi, ines, date(2026, 9, 1)).id


def talk(day=3, minutes=45, **more):
    return Talk(at=datetime(2026, 11, day, 12, tzinfo=UTC), minutes=minutes, **more)


def quick(**more):
    return {"when": "today", "length": "45", "mode": "in_person", "kind": "one_to_one"} | more


def test_three_presses_write_a_talk_down(as_, app, pair):
    """We met, 45, save: the rest is chosen already."""
    answer = as_("dafydd").post(f"{BASE}/pairs/{pair}/met", data=quick())
    assert answer.status_code == 303
    with app.app_context():
        contact = db.session.execute(select(MentoringContact)).scalar_one()
        assert contact.minutes == 45 and contact.held_at is not None
        parts = db.session.execute(select(Participation.capacity, Participation.minutes)).all()
        assert sorted(parts) == [("mentee", 45), ("mentor", 45)]


def test_the_other_one_confirms_with_one_press(as_, app, pair):
    as_("dafydd").post(f"{BASE}/pairs/{pair}/met", data=quick())
    with app.app_context():
        contact_id = db.session.execute(select(PairTalk.id)).scalar_one()
    assert b"Yes, we met" in as_("tobi").get(f"{BASE}/talks/{contact_id}").data
    assert as_("tobi").post(f"{BASE}/talks/{contact_id}/confirm").status_code == 303
    assert as_("dafydd").post(f"{BASE}/talks/{contact_id}/confirm").status_code == 403
    with app.app_context():
        assert db.session.execute(select(PairTalk.confirmed_at)).scalar_one() is not None


def test_two_logs_of_one_talk_are_offered_as_one(as_, app, pair):
    as_("dafydd").post(f"{BASE}/pairs/{pair}/met", data=quick())
    asked = as_("tobi").post(f"{BASE}/pairs/{pair}/met", data=quick(only_me="my own thought"))
    assert asked.status_code == 422 and b"Is it the same talk?" in asked.data
    assert 'name="fact" value="202611101200-45"' in asked.text
    stale = quick(only_me="my own thought", same="yes", fact="202611101200-30")
    refused = as_("tobi").post(f"{BASE}/pairs/{pair}/met", data=stale)
    assert refused.status_code == 422 and "put right while you looked" in refused.text and "my own" in refused.text
    assert (
        as_("tobi").post(f"{BASE}/pairs/{pair}/met", data=quick(only_me="my own thought", same="yes")).status_code
        == 303
    )
    with app.app_context():
        assert db.session.execute(select(PairTalk.confirmed_at)).scalars().all() != [None]
        assert len(db.session.execute(select(MentoringContact.id)).all()) == 1
    assert as_("tobi").post(f"{BASE}/pairs/{pair}/met", data=quick(same="no", length="20")).status_code == 303


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"when": "earlier", "on": "2026-11-11"}, "This day has not come yet"),
        ({"when": "earlier", "on": "2026-08-31"}, "You two became a pair after that day"),
        ({"when": "earlier"}, "Say which day it was"),
        ({"length": "other", "minutes": "1800"}, "Type minutes from 1 to 600"),
        ({"length": "other", "minutes": "-5"}, "Type minutes from 1 to 600"),
        ({"length": "other"}, "Choose or type how many minutes"),
        ({"minutes": "60"}, "You chose 45 minutes and typed 60"),
        ({"minutes": "half"}, "minutes"),
        ({"kind": "party"}, "Choose one of these kinds"),
        ({"start": "15:30"}, "It is not that late yet"),
        ({"next_on": "2026-11-09"}, "The next date lies before this talk"),
        ({"next_on": "2046-11-12"}, "more than a year away"),
        ({"length": "", "minutes": ""}, "Choose or type how many minutes"),
        ({"next_on": "soon"}, "Next date"),
    ],
)
def test_nonsense_is_refused_and_what_was_typed_is_kept(as_, app, pair, typed, sentence):
    answer = as_("dafydd").post(f"{BASE}/pairs/{pair}/met", data=quick(parked="try the exit question") | typed)
    assert answer.status_code == 422
    assert sentence.encode() in answer.data
    assert b"try the exit question" in answer.data
    with app.app_context():
        assert not db.session.execute(select(MentoringContact.id)).all()


def test_a_pair_that_has_ended_takes_no_later_talks(in_app, pair):
    with in_app():
        pairing = db.session.get(Pairing, pair)
        pairing.ended_on = date(2026, 11, 1)
        with pytest.raises(DomainError, match="ended by that day"):
            log_contact(pairing, pairing.mentor_id, talk(), KEY, "Europe/London")


def test_nobody_is_paired_with_herself_or_twice(in_app, pair):
    with in_app():
        dafydd, tobi, ines = (cast.person_id(key) for key in ("dafydd", "tobi", "ines"))
        with pytest.raises(DomainError, match="own mentor"):
            start_pairing(cast.network_id(), dafydd, dafydd, ines, date(2026, 9, 1))
        with pytest.raises(DomainError, match="a pair already"):
            start_pairing(cast.network_id(), dafydd, tobi, ines, date(2026, 9, 1))


def test_corrected_minutes_are_asked_again_and_leave_both_figures(as_, app, pair):
    as_("dafydd").post(f"{BASE}/pairs/{pair}/met", data=quick())
    with app.app_context():
        contact_id = db.session.execute(select(PairTalk.id)).scalar_one()
    as_("tobi").post(f"{BASE}/talks/{contact_id}/confirm")
    assert as_("dafydd").post(f"{BASE}/talks/{contact_id}/edit", data=quick(length="60")).status_code == 303
    with app.app_context():
        contact = db.session.execute(select(MentoringContact)).scalar_one()
        assert contact.minutes == 60 and contact.talks[0].confirmed_at is None
    assert b"from 45 to 60 minutes" in as_("ines").get(f"{BASE}/talks/{contact_id}").data


def test_a_removed_talk_stops_counting_and_can_come_back(as_, app, pair):
    as_("dafydd").post(f"{BASE}/pairs/{pair}/met", data=quick())
    with app.app_context():
        contact_id = db.session.execute(select(PairTalk.id)).scalar_one()
    as_("dafydd").post(f"{BASE}/talks/{contact_id}/delete")
    assert as_("tobi").get(f"{BASE}/talks/{contact_id}").status_code == 404
    as_("dafydd").post(f"{BASE}/talks/{contact_id}/restore")
    assert as_("tobi").get(f"{BASE}/talks/{contact_id}").status_code == 200


def test_ending_asks_first_and_can_be_taken_back(as_, app, pair):
    assert b"End this pair?" in as_("tobi").get(f"{BASE}/pairs/{pair}/end").data
    as_("tobi").post(f"{BASE}/pairs/{pair}/end")
    with app.app_context():
        assert db.session.get(Pairing, pair).ended_on == date(2026, 11, 10)
    as_("tobi").post(f"{BASE}/pairs/{pair}/resume")
    with app.app_context():
        assert db.session.get(Pairing, pair).ended_on is None


def test_whom_somebody_left_makes_no_pair_of_them_again(as_, app, pair):
    as_("tobi").post(f"{BASE}/pairs/{pair}/end")
    refused = as_("dafydd").post(f"{BASE}/pairs/{pair}/resume", follow_redirects=True)
    assert "Whoever ended it can take that back" in refused.text
    with app.app_context():
        assert db.session.get(Pairing, pair).ended_on
    as_("ines").post(f"{BASE}/pairs/{pair}/resume")
    with app.app_context():
        assert db.session.get(Pairing, pair).ended_on is None


def test_a_pairs_page_asks_the_other_one_first_and_holds_five_talks(as_, in_app, pair):
    with in_app():
        pairing = db.session.get(Pairing, pair)
        for day in range(1, 7):
            log_contact(pairing, pairing.mentor_id, talk(day, parked="x", only_me="y"), KEY, "Europe/London")
    page = as_("tobi").get(f"{BASE}/pairs/{pair}").text
    assert page.index("Yes, we met") < page.index("Talks 1 to 5 of 6")
    assert "5 more wait among the talks below" in page
    assert "Yes, we met" not in as_("dafydd").get(f"{BASE}/pairs/{pair}").text
    assert "Yes, we met" not in as_("ines").get(f"{BASE}/pairs/{pair}").text


def test_the_next_date_stands_there_however_many_talks_came_after(as_, in_app, pair):
    with in_app():
        pairing = db.session.get(Pairing, pair)
        dated = talk(1, next_at=datetime(2026, 11, 17, 12, tzinfo=UTC))
        for one in (dated, *map(talk, range(2, 9))):
            log_contact(pairing, pairing.mentor_id, one, KEY, "Europe/London")
    tobi = as_("tobi")
    for page in ("", "?page=2"):
        found = tobi.get(f"{BASE}/pairs/{pair}{page}").text
        assert "Next date: Tue 17 Nov<" in found and "Yes, we met" in found
        # She says yes to the figures that stand on this page.
        assert 'name="seen" value="202611081200-45"' in found
    for path in (f"{BASE}/", "/n/tarn-and-tide/"):
        assert "12:00" not in tobi.get(path).text and "12:00" not in as_("dafydd").get(path).text


def test_when_one_of_the_two_deletes_herself_the_pair_ends_and_says_so(as_, in_app, pair):
    with in_app():
        erase_person(cast.person_id("tobi"))
    for who in ("dafydd", "ines"):
        page = as_(who).get(f"{BASE}/pairs/{pair}").text
        assert "This pair ended on Tuesday 10 November 2026" in page and "left the portal for good" in page
    ines = as_("ines")
    ines.post(f"{BASE}/pairs/{pair}/resume")
    assert "One of the two left the portal for good." in ines.get(f"{BASE}/pairs/{pair}").text


def test_an_ended_pair_takes_a_forgotten_talk_and_no_other_rhythm(as_, app, in_app, pair):
    with in_app():
        end_pairing(db.session.get(Pairing, pair), cast.person_id("ines"), date(2026, 11, 6))
    dafydd = as_("dafydd")
    assert "Write down a talk from before the end" in dafydd.get(f"{BASE}/pairs/{pair}").text
    assert 'value="2026-11-06"' in dafydd.get(f"{BASE}/pairs/{pair}/met").text
    answer = dafydd.post(f"{BASE}/pairs/{pair}/met", data=quick(when="earlier", on="2026-11-06"))
    assert answer.status_code == 303
    changed = dafydd.post(f"{BASE}/pairs/{pair}/edit", data={"rhythm": "Daily", "arranges": "both", "row_version": "2"})
    assert changed.status_code == 422 and "This pair has ended" in changed.text


@pytest.mark.parametrize("who", ["ines", "dafydd"])
def test_pages_ask_few_questions(as_, app, in_app, queries, pair, who):
    with in_app():
        pairing = db.session.get(Pairing, pair)
        for day in range(1, 10):
            log_contact(pairing, pairing.mentor_id, talk(day, parked="x", only_me="y"), KEY, "Europe/London")
    browser = as_(who)
    # On the page of a pair six rooms above say what they know of it.
    for path, most in (("/", 12), (f"/pairs/{pair}", 13)):
        with queries() as seen:
            assert browser.get(BASE + path).status_code == 200
        assert len(seen) <= most, "\n".join(seen)


def test_coordinators_take_the_list_of_pairs_as_a_spreadsheet(as_, pair):
    sheet = as_("ines").get(f"{BASE}/?format=csv").data.decode("utf-8-sig")
    assert "Tobi Larkhill" in sheet and "Dafydd Okonjo-Reeve" in sheet


def test_an_ending_that_was_refused_is_not_called_done(as_, in_app, pair):
    ines = as_("ines")
    assert "has ended" in ines.post(f"{BASE}/pairs/{pair}/end", follow_redirects=True).text
    page = ines.post(f"{BASE}/pairs/{pair}/end", follow_redirects=True).text
    assert "This pair has ended already." in page and "stay counted" not in page.partition('id="notices"')[2][:600]
