"""Months close by the rule of a programme and open again on request; confirming never closes."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from portal.db import db
from portal.digest.queries_waiting import waiting_in
from portal.history.models import HistoryLine
from portal.mail.models import OutboxMail
from portal.mentoring.models import Pairing, PairMonth, PairTalk
from portal.mentoring.operations_contacts import log_contact
from portal.mentoring.pair_months import month_before, months_of
from portal.mentoring.talks import Talk
from portal.today.waiting import waiting_in as on_today
from portal.web import clock
from portal.web.errors import DomainError
from tests import cast
from tests.pair_programmes.world import KEY, TODAY, ZONE, join, met, pair, programme

BASE = "/n/tarn-and-tide/mentoring"
SEPTEMBER = f"{BASE}/pairs/1/months/2026-09"


@pytest.fixture
def closed(in_app):
    """A pair whose September closed on 15 October, with one talk in it that nobody confirmed."""
    with in_app():
        pairing = pair()
        met(pairing, date(2026, 9, 15))
        join(pairing, programme(closes_on_day=15))
        return pairing.id


def test_a_pair_sees_its_months_and_until_when_this_one_can_be_written_to(as_, closed):
    page = as_("tobi").get(f"{BASE}/pairs/{closed}").text
    assert "Closes on Tue 15 Dec. Nothing is lost if you are late" in page
    assert "Closed on Thu 15 Oct" in page and "Open until Sun 15 Nov" in page and "0 of 1" in page


def test_one_asks_a_coordinator_opens_and_the_missing_talk_can_be_written(as_, app, in_app, closed):
    tobi, ines = as_("tobi"), as_("ines")
    late = {"when": "earlier", "on": "2026-09-22", "length": "45", "mode": "in_person", "kind": "one_to_one"}
    assert tobi.post(f"{BASE}/pairs/{closed}/met", data=late).status_code == 422
    tobi.post(f"{SEPTEMBER}/ask")
    tobi.post(f"{SEPTEMBER}/ask")
    today = ines.get("/n/tarn-and-tide/today/").text
    assert "Tobi Larkhill asks to open September 2026 again" in today
    with in_app():
        rooms = ("mentoring",)
        waits = on_today(cast.network_id(), TODAY, rooms)
        assert waiting_in(*[[cast.network_id()]] * 4)[cast.network_id()] == len(waits) == 1
    assert ines.post(f"{SEPTEMBER}/reopen", data={"days": "90"}).status_code == 303
    assert ines.post(f"{SEPTEMBER}/reopen", data={"days": "14"}).status_code == 303
    assert "Open again until Tue 24 Nov" in tobi.get(f"{BASE}/pairs/{closed}").text
    assert tobi.post(f"{BASE}/pairs/{closed}/met", data=late).status_code == 303
    with app.app_context():
        mail = db.session.execute(select(OutboxMail).where(OutboxMail.kind == "pair-month")).scalar_one()
        assert mail.subject == "September 2026 is open again" and mail.to_address == "tobi@tarn-and-tide.example"
        actions = list(db.session.execute(select(HistoryLine.action).order_by(HistoryLine.id)).scalars())
        assert actions.count("pair-month.asked") == 1 and "pair-month.reopened" in actions
    assert "asks to open" not in ines.get("/n/tarn-and-tide/today/").text


def test_after_its_days_it_is_closed_again_and_can_be_asked_for_once_more(as_, in_app, closed):
    as_("dafydd").post(f"{SEPTEMBER}/ask")
    as_("ines").post(f"{SEPTEMBER}/reopen", data={"days": "7"})
    clock.freeze(datetime(2026, 11, 18, 9, tzinfo=UTC))
    with in_app():
        pairing = db.session.get_one(Pairing, closed)
        with pytest.raises(DomainError, match="closed on"):
            log_contact(pairing, pairing.mentor_id, Talk(datetime(2026, 9, 22, 12, tzinfo=UTC), 30), KEY, ZONE)
    as_("dafydd").post(f"{SEPTEMBER}/ask")
    assert "asks to open September" in as_("ines").get("/n/tarn-and-tide/today/").text


def test_a_coordinator_can_say_no_and_close_one_again(as_, app, closed):
    tobi, ines = as_("tobi"), as_("ines")
    tobi.post(f"{SEPTEMBER}/ask")
    ines.post(f"{SEPTEMBER}/keep")
    with app.app_context():
        mail = db.session.execute(select(OutboxMail).where(OutboxMail.kind == "pair-month")).scalar_one()
        assert "stays closed" in mail.text
    ines.post(f"{SEPTEMBER}/reopen", data={"days": "7"})
    page = ines.post(f"{SEPTEMBER}/keep", follow_redirects=True).text
    assert "September 2026 is closed." in page and "Open again until" not in page
    with app.app_context():
        assert db.session.execute(select(PairMonth.open_until)).scalar_one() < TODAY


def test_a_month_that_is_open_or_none_is_refused_in_words(as_, closed):
    tobi = as_("tobi")
    page = tobi.post(f"{BASE}/pairs/{closed}/months/2026-11/ask", follow_redirects=True).text
    assert "This month is open" in page
    assert "Nobody asks" in as_("ines").post(f"{SEPTEMBER}/keep", follow_redirects=True).text
    for nonsense in ("2026-13", "soon", "2026-1"):
        assert tobi.post(f"{BASE}/pairs/{closed}/months/{nonsense}/ask").status_code == 404


def test_who_may_ask_and_who_may_open(as_, closed):
    assert as_("ines").post(f"{SEPTEMBER}/ask").status_code == 403
    assert as_("dafydd").post(f"{SEPTEMBER}/reopen", data={"days": "7"}).status_code == 403
    assert as_("petra").post(f"{SEPTEMBER}/ask").status_code == 403
    assert as_("kofi").post(f"{SEPTEMBER}/ask").status_code == 404


def test_confirming_is_possible_in_a_closed_month(as_, app, closed):
    with app.app_context():
        talk_id = db.session.execute(select(PairTalk.id)).scalar_one()
    assert as_("tobi").post(f"{BASE}/talks/{talk_id}/confirm").status_code == 303
    assert as_("dafydd").post(f"{BASE}/talks/{talk_id}/delete", follow_redirects=True).text.count("closed on")
    with app.app_context():
        assert db.session.execute(select(PairTalk.confirmed_at)).scalar_one() is not None


def test_months_go_back_a_year_and_end_with_the_pair():
    assert month_before(date(2026, 1, 1)) == date(2025, 12, 1)
    found = months_of([], [], {}, date(2020, 1, 5), None, TODAY)
    assert len(found) == 12 and found[0].month == date(2026, 11, 1) and found[0].state == "open"
    ended = months_of([], [], {}, date(2026, 3, 5), date(2026, 5, 2), TODAY)
    assert [one.month.month for one in ended] == [5, 4, 3]
