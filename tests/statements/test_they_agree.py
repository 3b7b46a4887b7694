"""Hours of a pair, statement, payroll copy, R6, Numbers and the ledger say the same, to the minute."""

import csv
import io
import re
from datetime import date

import pypdfium2
import pytest
from sqlalchemy import func, select, update

from portal.activities.models import Activity, Participation
from portal.db import db
from portal.mentoring.models import MentoringContact
from portal.mentoring.operations_contacts import dispute_contact
from tests import cast
from tests.statements.world import BASE, SECRET, log, make_world, pair

YEAR = "period=year"
NUMBERS = "/n/tarn-and-tide/numbers/?from=2026-09-01&to=2027-08-31&format=csv"


@pytest.fixture
def world(in_app):
    with in_app():
        return make_world()


def rows_of(answer):
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


def words_of(answer):
    """The text of a PDF, its blanks made one."""
    assert answer.status_code == 200 and answer.mimetype == "application/pdf"
    with pypdfium2.PdfDocument(answer.data) as read:
        text = " ".join(page.get_textpage().get_text_bounded() for page in read)
    return re.sub(r"\s+", " ", text)


def minutes_in(answer):
    return sum(int(row["Minutes"]) for row in rows_of(answer))


def figure(answer, name):
    return next(row["Value"] for row in rows_of(answer) if row["Figure"].startswith(name))


def ledger(in_app, key, capacity):
    """Σ Participation of a person, the removed left out."""
    with in_app():
        return db.session.execute(
            select(func.sum(Participation.minutes))
            .join(Activity, Activity.id == Participation.activity_id)
            .where(
                Activity.kind == "mentoring_contact",
                Activity.cancelled_at.is_(None),
                Participation.person_id == cast.person_id(key),
                Participation.capacity == capacity,
            )
        ).scalar_one()


def test_every_paper_and_the_ledger_say_the_same(as_, in_app, world):
    ines, dafydd, tobi, leon = (as_(key) for key in ("ines", "dafydd", "tobi", "leon"))
    everything = f"programme=0&{YEAR}"
    # What a mentor worked: 45 + 60 + 30 + 40, the group once.
    assert minutes_in(dafydd.get(f"{BASE}/mine?{everything}&format=csv")) == 175
    assert "2 h 55 min" in words_of(dafydd.get(f"{BASE}/mine.pdf?{everything}"))
    assert b"2 h 55 min" in dafydd.get(f"{BASE}/?{everything}").data
    assert ledger(in_app, "dafydd", "mentor") == 175
    # What a mentee has: no support, and the group whole.
    assert minutes_in(tobi.get(f"{BASE}/mine?{everything}&format=csv")) == 105 == ledger(in_app, "tobi", "mentee")
    assert minutes_in(leon.get(f"{BASE}/mine?{everything}&format=csv")) == 100 == ledger(in_app, "leon", "mentee")
    # The book of a pair, for whoever opens it.
    pair = f"{BASE}/pairs/{world.tobi}?{everything}&format=csv"
    assert minutes_in(dafydd.get(pair)) == minutes_in(ines.get(pair)) == 135
    assert minutes_in(tobi.get(pair)) == 105
    # The whole network: each talk once.
    assert figure(ines.get(f"{BASE}/report?{everything}&format=csv"), "hours") == "too few to show"
    assert (
        sum(int(row["Minutes"]) for row in rows_of(ines.get(f"{BASE}/report/rows/talks?{everything}&format=csv")))
        == 265
    )
    numbers = ines.get(NUMBERS)
    assert figure(numbers, "mentoring hours") == "265" and figure(numbers, "mentoring talks") == "4"
    assert ledger(in_app, "dafydd", "mentor") + ledger(in_app, "mairead", "mentor") == 265


def test_a_shared_coach_counts_for_each_organisation_and_once_in_the_network(as_, world):
    """For induction 45 + 60 + 30 + 40; for the college 45 + 60 of tobi's and 90 of petra's: 195."""
    ines, dafydd = as_("ines"), as_("dafydd")
    own = {
        one: minutes_in(ines.get(f"{BASE}/organisations/{one}?format=csv")) for one in (world.induction, world.college)
    }
    # The sheet has a row for each pair and month, so the group stands there with tobi and with leon.
    assert own == {world.induction: 175 + 60, world.college: 195}
    assert b"2 h 55 min" in ines.get(f"{BASE}/organisations/{world.induction}").data
    assert b"3 h 15 min" in ines.get(f"{BASE}/organisations/{world.college}").data
    beside = dafydd.get(f"/n/tarn-and-tide/mentoring/pairs/{world.tobi}").data.decode()
    assert "2 h 15 min" in beside and "1 h 45 min" in beside and "once in the network" in beside
    assert figure(ines.get(NUMBERS), "mentoring hours") == "265"


def test_the_payroll_copy_says_worked_and_what_the_caps_leave_and_its_months_add_up(as_, world):
    ines = as_("ines")
    year = rows_of(ines.get(f"{BASE}/payroll?programme={world.college}&{YEAR}&format=csv"))
    found = {row["Mentor"]: (row["Minutes worked"], row["Minutes to claim"]) for row in year}
    # One clock hour for each mentee at most: tobi's 105 and petra's 90 are an hour each.
    assert found == {"Dafydd Okonjo-Reeve": ("105", "60"), "Mairead Osei-Vance": ("90", "60")}
    months = [
        rows_of(ines.get(f"{BASE}/payroll?programme={world.college}&period=2026-{month}&format=csv"))
        for month in ("10", "11")
    ]
    assert sum(int(row["Minutes to claim"]) for rows in months for row in rows) == 120
    paper = words_of(ines.get(f"{BASE}/payroll.pdf?programme={world.induction}&period=2026-10"))
    assert "Dafydd Okonjo-Reeve" in paper and "2 h 55 min" in paper and "Tobi" not in paper and "Oct 2026" not in paper


def test_altering_one_row_alters_exactly_its_papers(as_, app, world):
    """The minutes of leon's corrected talk, behind everybody's back."""
    before = papers(as_, world)
    with app.app_context():
        talk = db.session.execute(select(MentoringContact.id).where(MentoringContact.minutes == 40)).scalar_one()
        db.session.execute(update(Activity.__table__).where(Activity.__table__.c.id == talk).values(minutes=41))
        db.session.commit()
    after = papers(as_, world)
    assert {name for name in before if before[name] != after[name]} == {
        "dafydd", "leon", "leon's pair", "leon's pair on paper", "payroll of induction", "count of induction", "numbers", "report",
    }  # fmt: skip


def papers(as_, world):
    ines = as_("ines")
    return {
        "dafydd": as_("dafydd").get(f"{BASE}/mine?format=csv").data,
        "leon": as_("leon").get(f"{BASE}/mine?format=csv").data,
        "tobi": as_("tobi").get(f"{BASE}/mine?format=csv").data,
        "leon's pair": ines.get(f"{BASE}/pairs/{world.leon}?format=csv").data,
        "leon's pair on paper": words_of(ines.get(f"{BASE}/pairs/{world.leon}.pdf")),
        "tobi's pair on paper": words_of(ines.get(f"{BASE}/pairs/{world.tobi}.pdf")),
        "petra's pair": ines.get(f"{BASE}/pairs/{world.petra}?format=csv").data,
        "payroll of induction": ines.get(f"{BASE}/payroll?programme={world.induction}&{YEAR}&format=csv").data,
        "payroll of the college": ines.get(f"{BASE}/payroll?programme={world.college}&{YEAR}&format=csv").data,
        "count of induction": ines.get(f"{BASE}/organisations/{world.induction}?format=csv").data,
        "count of the college": ines.get(f"{BASE}/organisations/{world.college}?format=csv").data,
        "numbers": ines.get(NUMBERS).data,
        "report": ines.get(f"{BASE}/report/rows/talks?format=csv").data,
    }


def test_no_private_word_stands_on_any_of_them(as_, world):
    ines, dafydd = as_("ines"), as_("dafydd")
    doors = [
        *(f"{BASE}/{door}" for door in ("", "payroll", "report", "report/rows/talks", f"pairs/{world.tobi}")),
        f"{BASE}/organisations/{world.college}",
    ]
    for door in doors:
        assert SECRET.encode() not in ines.get(door).data, door
    assert SECRET not in words_of(dafydd.get(f"{BASE}/mine.pdf"))
    assert SECRET.encode() not in dafydd.get(f"{BASE}/mine?format=csv").data


@pytest.mark.parametrize(("day", "is_one_word"), [(date(2026, 10, 27), False), (date(2026, 10, 26), True)])
def test_the_page_of_a_talk_the_caseload_and_the_statement_say_alike_when_two_weeks_are_over(
    as_, in_app, day, is_one_word
):
    with in_app():
        two = pair("dafydd", "tobi")
        told = log(two, day, 45)
    page = as_("tobi").get(f"/n/tarn-and-tide/mentoring/talks/{told.id}").text
    assert ("Not answered within two weeks" in page) == is_one_word
    assert ("1 not answered" in as_("ines").get("/n/tarn-and-tide/mentoring/").text) == is_one_word
    (row,) = rows_of(as_("tobi").get(f"{BASE}/pairs/{two.id}?format=csv"))
    assert row["Confirmed"] == ("not answered" if is_one_word else "to be confirmed")


def test_what_was_otherwise_is_not_told_as_the_word_of_one_besides(as_, in_app):
    with in_app():
        told = log(pair("dafydd", "tobi"), date(2026, 10, 6), 45)
        dispute_contact(told, cast.person_id("tobi"))
    page = as_("ines").get("/n/tarn-and-tide/mentoring/").text
    assert "1 said to be otherwise" in page and "not answered" not in page
