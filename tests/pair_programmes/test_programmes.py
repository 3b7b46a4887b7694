"""A pair joins a programme and leaves it by a day; what counted stays counted."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.db import db
from portal.mentoring.models import PairTalkProgramme
from portal.mentoring.queries_pair import around
from portal.pair_programmes.operations import leave_programme, stay_in_programme
from portal.programmes.models import Programme
from portal.web.errors import DomainError
from tests import cast
from tests.pair_programmes.world import BASE, SPANS, join, met, minutes_by_programme, pair, programme, year

__all__ = ["year"]


def test_earlier_talks_count_on_request_and_what_was_taken_out_stays_out(in_app):
    with in_app():
        pairing, into = pair(), programme()
        met(pairing, date(2026, 9, 8))
        assert join(pairing, into, date(2026, 10, 1), earlier=True) == 0
        met(pairing, date(2026, 10, 6), not_for=(into.id,))
        met(pairing, date(2026, 10, 13))
        with pytest.raises(DomainError, match="since then already"):
            join(pairing, into, date(2026, 10, 1))
        assert join(pairing, into, date(2026, 9, 1)) == 1
        assert minutes_by_programme(pairing.id) == {"Induction": 90}


def test_what_counted_stays_when_a_pair_leaves_and_comes_back(in_app):
    with in_app():
        pairing, into, ines = pair(), programme(), cast.person_id("ines")
        met(pairing, date(2026, 9, 8))
        join(pairing, into)
        leave_programme(pairing, into, ines, date(2026, 9, 30), SPANS)
        told = met(pairing, date(2026, 10, 6))
        assert not db.session.execute(select(PairTalkProgramme).where(PairTalkProgramme.pair_talk_id == told.id)).all()
        assert minutes_by_programme(pairing.id) == {"Induction": 45}
        with pytest.raises(DomainError, match="before it began"):
            leave_programme(pairing, into, ines, date(2026, 8, 1), SPANS)
        stay_in_programme(pairing, into, ines)
        assert len(around(pairing).stays) == 1 and around(pairing).stays[0].until is None


def test_an_ending_in_the_past_takes_later_talks_out_and_its_undo_puts_the_same_back(in_app):
    with in_app():
        pairing, into, ines = pair(), programme(), cast.person_id("ines")
        join(pairing, into)
        for day in (6, 13):
            met(pairing, date(2026, 10, day))
        met(pairing, date(2026, 10, 20), not_for=(into.id,))
        assert leave_programme(pairing, into, ines, date(2026, 10, 6), SPANS) == 1
        assert minutes_by_programme(pairing.id) == {"Induction": 45}
        stay_in_programme(pairing, into, ines)
        assert minutes_by_programme(pairing.id) == {"Induction": 90}


def test_the_page_of_a_pairs_programmes_puts_in_and_ends(as_, in_app, year):
    ines, leon = as_("ines"), year["leon"]
    page = f"{BASE}/pairs/{leon}/programmes"
    with in_app():
        into = db.session.execute(select(Programme.id).where(Programme.name == "Induction")).scalar_one()
    assert ines.post(page, data={"programme_id": 0, "since": "2026-09-01"}).status_code == 404
    refused = ines.post(page, data={"programme_id": into, "since": "2026-08-01"})
    assert refused.status_code == 422 and "became a pair after that day" in refused.text
    put = ines.post(
        page, data={"programme_id": into, "since": "2026-09-01", "also_earlier": "y"}, follow_redirects=True
    )
    assert "One talk that was written down already counts too." in put.text
    refused = ines.post(f"{page}/{into}/leave", data={"until": "2025-01-01"})
    assert (
        refused.status_code == 422 and f'href="#until-{into}"' in refused.text and f'id="until-{into}"' in refused.text
    )
    assert "<details open><summary>End its part in it" in refused.text
    assert "Undo" in ines.post(f"{page}/{into}/leave", data={"until": "2026-10-31"}, follow_redirects=True).text
    ines.post(f"{page}/{into}/stay")
    assert as_("dafydd").get(page).status_code == 403
