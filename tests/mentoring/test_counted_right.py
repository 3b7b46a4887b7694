"""What the other one said yes to is what counts, and a correction counts for no more and no less than the talk did."""

import csv
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from portal.activities.models import Participation
from portal.db import db
from portal.mentoring.models import PairProgramme, PairTalkProgramme
from portal.mentoring.operations_contacts import change_contact, confirm_contact, log_contact
from portal.mentoring.stale import fact_of
from portal.mentoring.talks import Talk
from portal.programmes.models import Programme
from portal.web import clock
from portal.web.errors import DomainError
from tests import cast
from tests.mentoring.world import BASE, pair, pair_of, quick, talk_of, the_pair
from tests.mentoring_mail.by_mail import answer
from tests.mentoring_mail.conftest import mailing

__all__ = ["mailing", "pair"]
ZONE, KEY = "Europe/London", bytes(32)


def a_talk(**more):
    return Talk(**{"at": datetime(2026, 11, 3, 12, tzinfo=UTC), "minutes": 30} | more)


def written(pair_id, **more):
    return log_contact(the_pair(pair_id), cast.person_id("dafydd"), a_talk(**more), KEY, ZONE)


def corrected(found, **more):
    change_contact(found, cast.person_id("dafydd"), a_talk(**more), KEY, ZONE)


def test_a_talk_that_is_written_down_and_put_right_at_once_has_each_of_them_once(in_app, pair):
    """One session: what the talk held of its participations was from before there were any."""
    with in_app():
        found = written(pair)
        corrected(found, minutes=60)
        corrected(found, kind="support")
        parts = select(Participation.capacity, Participation.minutes)
        assert db.session.execute(parts).all() == [("mentor", 30)]


@pytest.fixture
def programme(in_app, pair):
    """One programme, which the pair joined after its first talk; that talk was not to count for it."""
    with in_app():
        made = Programme(network_id=cast.network_id(), name="Induction", created_at=cast.NOW)
        db.session.add(made)
        found = written(pair)
        db.session.flush()
        db.session.add(PairProgramme(pairing_id=pair, programme_id=made.id, since=date(2026, 9, 1)))
        db.session.commit()
        return found.id, made.id


def test_a_correction_lets_a_talk_count_for_nothing_that_it_did_not_count_for(as_, in_app, pair, programme):
    talk_id, _programme = programme
    typed = quick(when="earlier", on="2026-11-03", length="60")
    assert as_("dafydd").post(f"{BASE}/talks/{talk_id}/edit", data=typed).status_code == 303
    with in_app():
        assert talk_of(pair).contact.minutes == 60
        assert db.session.execute(select(PairTalkProgramme)).first() is None


def test_whether_it_was_a_talk_at_all_is_asked_anew(in_app, pair):
    with in_app():
        found = written(pair)
        confirm_contact(found, cast.person_id("tobi"))
        corrected(found, kind="support")
        assert found.confirmed_at is None
        corrected(found)
        assert found.confirmed_at is None and found.asked_at is None


def test_yes_is_said_to_what_stood_on_the_page(as_, in_app, pair):
    with in_app():
        found = written(pair)
        talk_id, seen = found.id, fact_of(found.contact.starts_at, found.contact.minutes)
    tobi = as_("tobi")
    assert f'name="seen" value="{seen}"' in tobi.get(f"{BASE}/talks/{talk_id}").text
    assert f'name="seen" value="{seen}"' in tobi.get("/n/tarn-and-tide/today/").text
    with in_app():
        corrected(talk_of(pair), minutes=300)
    late = tobi.post(f"{BASE}/talks/{talk_id}/confirm", data={"seen": seen}, follow_redirects=True)
    assert "It was put right while you looked" in late.text
    with in_app():
        assert talk_of(pair).confirmed_at is None
        with pytest.raises(DomainError):
            confirm_contact(talk_of(pair), cast.person_id("tobi"), seen)


def test_a_yes_by_mail_is_a_yes_to_the_figures_of_that_mail(mailing, in_app, pair):
    with in_app():
        found = written(pair)
        found.asked_at, talk_id = clock.now(), found.id
        found.contact.created_at = datetime(2026, 11, 3, 18, tzinfo=UTC)
        corrected(found, minutes=300)
    assert answer(mailing, "met", talk_id, "Yes", key="tobi") == "not-kept"
    with in_app():
        assert talk_of(pair).confirmed_at is None


@pytest.fixture
def one_of_six(in_app, pair):
    """Six pairs, one of which met, once."""
    with in_app():
        for mentor, mentee in (("dafydd", "leon"), ("ines", "tobi"), ("ines", "leon"), ("mairead", "tobi")):
            pair_of(mentor, mentee)
        pair_of("mairead", "leon")
        written(pair, minutes=37)
        db.session.commit()


def test_what_one_pair_of_six_wrote_down_is_told_in_no_report(as_, one_of_six):
    report = as_("ines").get(f"{BASE}/hours/report?format=csv").data.decode("utf-8-sig")
    assert "37" not in report and "too few to show" in report
    page = as_("ines").get(f"{BASE}/hours/report").text
    assert "37 min" not in page


@pytest.mark.parametrize("asked", ["", "?from=2026-11-03&to=2026-11-03"])
def test_members_read_no_hours_that_are_one_pairs_alone(as_, one_of_six, asked):
    """Nor by choosing days: one period less another would be the talk of a day."""
    address = f"/n/tarn-and-tide/numbers/{asked}"
    assert "not shown" in as_("petra").get(address).text
    told = {}
    for who in ("petra", "ines"):
        sheet = as_(who).get(f"{address}{'&' if asked else '?'}format=csv").data.decode("utf-8-sig")
        told[who] = {row[0]: row[1] for row in csv.reader(sheet.splitlines())}
    assert told["petra"]["mentoring hours"] == told["petra"]["mentoring talks"] == "small, not shown"
    assert told["ines"]["mentoring hours"] == "37" and told["ines"]["mentoring talks"] == "1"


def test_days_that_no_calendar_can_count_with_choose_no_period(as_):
    assert as_("petra").get("/n/tarn-and-tide/numbers/?from=0001-01-01&to=9999-12-31").status_code == 200
