"""Who reads which hours, what the papers look like inside, and what a page costs."""

import io
from datetime import date

import pikepdf
import pytest

from portal.db import db
from portal.matching.models import MentorAsk
from portal.mentoring.models import Pairing
from portal.statements.queries_months import Closing, closings
from portal.statements.queries_pairs import pairs_of
from tests import cast
from tests.statements.test_they_agree import rows_of, words_of
from tests.statements.world import BASE, log, make_world, pair, programme


@pytest.fixture
def world(in_app):
    with in_app():
        return make_world()


def test_a_reader_reads_her_own_organisations_count_and_not_the_others(as_, world):
    petra, leon, tobi = as_("petra"), as_("leon"), as_("tobi")
    hers = petra.get(f"{BASE}/organisations/{world.college}").data.decode()
    assert "Fellside College" in hers and "3 h 15 min" in hers and "Tobi Larkhill" in hers
    # Not the other programme, none of its minutes, no day and no kind.
    assert "Induction" not in hers and "Leon" not in hers and "Group" not in hers and "Oct 2026" not in hers
    assert petra.get(f"{BASE}/organisations/{world.induction}").status_code == 403
    assert leon.get(f"{BASE}/organisations/{world.induction}").status_code == 200
    assert leon.get(f"{BASE}/organisations/{world.college}").status_code == 403
    assert tobi.get(f"{BASE}/organisations/{world.college}").status_code == 403
    assert as_("kofi").get(f"{BASE}/organisations/{world.college}").status_code == 404
    # Nor the hours of a pair that is not hers.
    assert petra.get(f"{BASE}/pairs/{world.tobi}").status_code == 403
    assert b"Totals that you read" in leon.get(f"{BASE}/").data


def test_an_organisation_asks_by_days_and_gets_whole_months(as_, world):
    petra = as_("petra")
    asked = f"{BASE}/organisations/{world.college}?from=2026-10-06&to=2026-10-06"
    assert b"1 October 2026 to 31 October 2026" in petra.get(asked).data
    found = rows_of(petra.get(f"{asked}&format=csv"))
    assert [(row["Month"], row["Talks"], row["Minutes"]) for row in found] == [("2026-10", "2", "105")]


def test_a_statement_is_an_accessible_paper_to_sign(as_, world):
    answer = as_("dafydd").get(f"{BASE}/pairs/{world.tobi}.pdf?programme={world.induction}")
    with pikepdf.open(io.BytesIO(answer.data)) as read:
        assert read.Root.MarkInfo.Marked and str(read.Root.Lang).startswith("en")
        assert "pdfuaid" in read.Root.Metadata.read_bytes().decode()
    text = words_of(answer)
    for said in (
        "1 September 2026 to 31 August 2027", "2¼ hours", "from 2 h 15 min",
        "These hours were worked as said.", "Mentor: Dafydd Okonjo-Reeve, date", "Mentee: Tobi Larkhill, date",
        "Principal, date", "6 Oct 2026", "not answered", "10 November 2026",
    ):  # fmt: skip
        assert said in text, said


def test_what_does_not_count_for_a_programme_is_said_on_page_and_paper(as_, world):
    dafydd = as_("dafydd")
    page = dafydd.get(f"{BASE}/pairs/{world.tobi}?programme={world.college}").data.decode()
    assert "1 clock hour" in page and "30 min support, which this programme does not count" in page
    assert "At most 1 clock hour a year for each mentee." in page
    text = words_of(dafydd.get(f"{BASE}/pairs/{world.tobi}.pdf?programme={world.college}"))
    assert "To claim" in text and "Written down, not counted here" in text


def test_below_five_pairs_a_funder_sees_no_figure_and_a_coordinator_opens_the_rows(as_, world):
    ines = as_("ines")
    found = {row["Figure"]: row["Value"] for row in rows_of(ines.get(f"{BASE}/report?format=csv"))}
    assert found["pairs active"] == "under 5" and set(found.values()) == {"under 5", "too few to show"}
    text = words_of(ines.get(f"{BASE}/report.pdf"))
    assert "265" not in text and "4 h 25" not in text
    assert not [name for name in ("Tobi", "Dafydd", "Ines", "Leon") if name in text]
    assert b"Tobi Larkhill" in ines.get(f"{BASE}/report/rows/pairs").data
    assert ines.get(f"{BASE}/report/rows/nothing").status_code == 404


def test_six_pairs_make_a_report_that_agrees_with_their_rows(as_, in_app, world):
    with in_app():
        make_more(world)
    ines = as_("ines")
    asked = f"programme={world.induction}"
    found = {row["Figure"]: row for row in rows_of(ines.get(f"{BASE}/report?{asked}&format=csv"))}
    talks = rows_of(ines.get(f"{BASE}/report/rows/talks?{asked}&format=csv"))
    assert found["pairs active"]["Value"] == "6"
    assert int(found["hours"]["Value"]) == sum(int(row["Minutes"]) for row in talks) == 175 + 4 * 30
    assert (found["talks"]["Value"], found["of them met: 100 % of 6"]["Of"]) == ("7", "6")
    # Books of 135 and 100 and four of 30.
    assert found["median hours of a pair"]["Value"] == "30"
    assert found["hours of support"]["Value"] == "too few to show" == found["hours in groups"]["Value"]
    assert found["matched within 30 days: 100 % of 5"]["Value"] == "5"
    assert found["re-matches"]["Value"] == "0"
    text = words_of(ines.get(f"{BASE}/report.pdf?{asked}"))
    assert "4 h 55 min" in text and "the coordinator of Tarn and Tide STEM Network" in text


def make_more(world):
    """Four pairs more for induction with a talk of half an hour each, and five wishes that became a pair the same day."""
    names = [("dafydd", "mairead"), ("mairead", "tobi"), ("leon", "tobi"), ("mairead", "leon")]
    made = [pair(*two, world.induction) for two in names]
    for one in made:
        log(one, date(2026, 11, 4), 30)
    for one in [*made, db.session.get(Pairing, world.tobi)]:
        db.session.add(
            MentorAsk(
                network_id=one.network_id, person_id=one.mentee_id, asked_at=one.created_at, pairing_id=one.id,
                ended_at=one.created_at,
            )
        )  # fmt: skip
    db.session.commit()


@pytest.mark.parametrize("door", ["", "mine", "payroll", "report", "report/rows/pairs", "organisations"])
def test_a_page_of_hours_takes_few_questions(as_, queries, world, door):
    who = as_("dafydd") if door == "mine" else as_("ines")
    who.get(f"{BASE}/{door}")
    with queries() as seen:
        assert who.get(f"{BASE}/{door}").status_code == 200
    assert len(seen) <= 12, len(seen)


def test_a_count_and_a_statement_of_a_pair_take_few_too(as_, queries, world):
    petra, tobi = as_("petra"), as_("tobi")
    for who, door in ((petra, f"organisations/{world.college}"), (tobi, f"pairs/{world.tobi}")):
        who.get(f"{BASE}/{door}")
        with queries() as seen:
            assert who.get(f"{BASE}/{door}").status_code == 200
        assert len(seen) <= 12, (door, len(seen))


def test_somebody_of_no_pair_is_told_how_hours_come(as_):
    assert b"You have no pair here yet" in as_("leon").get(f"{BASE}/").data
    assert as_("leon").get(f"{BASE}/mine.pdf").status_code == 404
    assert as_("leon").get(f"{BASE}/organisations").status_code == 403
    assert b"No programme yet" in as_("ines").get(f"{BASE}/payroll").data


def test_nonsense_in_an_address_is_the_running_year(as_, world):
    dafydd = as_("dafydd")
    for asked in ("programme=²", "programme=99999999999999999999", "period=2026-13", "from=x&to=y", "as=queen"):
        assert b"2 h 55 min" in dafydd.get(f"{BASE}/mine?{asked}").data, asked
    assert dafydd.get(f"{BASE}/pairs/999999").status_code == 404


def test_a_month_is_closed_however_many_pairs_begin_after_it(in_app):
    """Whoever was no pair then has nothing to write down in it; a pair that was, and never closes, leaves it open."""
    with in_app():
        closing = programme("Closes on the fifteenth", closes_on_day=15)
        pair("dafydd", "tobi", closing.id)
        pair("dafydd", "leon", since=date(2026, 10, 5))
        pairs = pairs_of(cast.network_id(), cast.person_id("dafydd"))
        state = closings(pairs, [date(2026, 9, 1), date(2026, 10, 1)], date(2026, 11, 20))
    assert state[date(2026, 9, 1)] == Closing(False, date(2026, 10, 15))
    assert state[date(2026, 10, 1)] == Closing(True, None)


def test_a_statement_for_a_programme_names_nobody_who_is_not_in_it(as_, world):
    all_of_them = as_("dafydd").get(f"{BASE}/mine?programme=0&period=year").text
    college = as_("dafydd").get(f"{BASE}/mine?programme={world.college}&period=year").text
    assert "Leon Farrowby" in all_of_them and "Tobi Larkhill" in college
    assert "Leon Farrowby" not in college
