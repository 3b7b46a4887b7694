"""Five people over three sessions. Whatever page, paper or figure is asked, the answer is the same to the minute.

Tobi leaves the second evening early. Leon comes to two of the three. Dafydd's first sign-in was missed and is corrected
before the sheet is closed. Petra watches. Nell walks in on the first evening and comes again.
"""

import io
from datetime import UTC, datetime, timedelta

import pikepdf
import pytest
from sqlalchemy import select

from portal.activities import counting
from portal.attendance.operations import add_walk_in
from portal.certificates.making import make_papers
from portal.certificates.queries_event import certificates_due
from portal.certificates.queries_transcript import Period, transcript_of
from portal.credit.models import Certificate
from portal.credit.papers import paper_of
from portal.db import db
from portal.events.models import Event, Session
from portal.people.models import Person
from portal.web import clock
from portal.web.tables import read_sheet
from tests import cast
from tests.certificates import earned
from tests.events import planned

# Minutes by evening; 90 is all of one. Credit in quarters of an hour, from three quarters of 270 minutes on.
THERE = {"Tobi": (90, 50, 90), "Leon": (90, 0, 90), "Dafydd": (85, 90, 90), "Nell": (90, 90, 80), "Petra": (90, 90, 0)}
TOOK_PART = ("Tobi", "Leon", "Dafydd", "Nell")
CREDIT = {"Tobi": 225, "Dafydd": 255, "Nell": 255}
YEAR = (datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))
ALL = sum(sum(THERE[name]) for name in TOOK_PART)


@pytest.fixture
def series(in_app, as_):
    """The series, from the first mark to the certificates, as people do it."""
    with in_app():
        one = earned.event(sessions=3, title="Leading science", completed_share=75)
        earned.credit(one, earned.kind())
        planned_before = one.sessions[0].starts_at - timedelta(days=1)
        clock.freeze(planned_before)
        planned.booked(one, "tobi", "leon", "dafydd")
        planned.booked(one, "petra", kind="observer")
        clock.freeze(earned.LATER)
        nell = add_walk_in(
            one.sessions[0], "Nell Thwaite", "nell@x.example", "Low Garrick School", "participant", earned.ZONE,
            cast.person_id("ines"),
        )  # fmt: skip
        for place in range(3):
            for key in ("tobi", "leon", "petra"):
                minutes = THERE[key.title()][place]
                earned.mark(one, key, minutes, place, "observer" if key == "petra" else "participant")
            if place:
                earned.mark(one, nell, THERE["Nell"][place], place)
                earned.mark(one, "dafydd", 90, place)
        # He was there and nobody saw him sign in: first "not here", then put right.
        earned.mark(one, "dafydd", 0)
        earned.mark(one, "dafydd", THERE["Dafydd"][0])
        left = one.sessions[1].starts_at + timedelta(minutes=50)
        earned.mark(one, "tobi", 50, 1, arrived_at=one.sessions[1].starts_at, left_at=left)
        earned.close(one)
        event_id = one.id
    made = as_("ines").post(f"{earned.HERE}/{event_id}/certificates", follow_redirects=True)
    # Five of attendance, three of credit.
    assert "8 certificates are issued" in made.text
    return event_id


def people():
    query = select(Person.name, Person.id).where(Person.name.in_(
        ["Tobi Larkhill", "Leon Farrowby", "Dafydd Okonjo-Reeve", "Petra Lindqvist", "Nell Thwaite"]
    ))  # fmt: skip
    return {name.split(" ")[0]: person_id for name, person_id in db.session.execute(query)}


def test_the_numbers_of_the_network_count_the_same_minutes(in_app, series):
    with in_app():
        figures = counting.figures(counting.RULES, counting.Span((cast.network_id(),), *YEAR))
        assert figures["person-hours"] == ALL
        assert (figures["people"], figures["attendances"], figures["observers"]) == (4, 11, 2)
        assert (figures["sessions"], figures["event-hours"]) == (3, 270)


def test_every_transcript_has_her_minutes_and_her_credit(in_app, series):
    with in_app():
        for name, person_id in people().items():
            found = transcript_of(person_id, Period())
            observed = sum(THERE[name]) if name == "Petra" else 0
            assert (found.there, found.observed) == (sum(THERE[name]) - observed, observed), name
            assert sum(total.minutes for total in found.totals) == CREDIT.get(name, 0), name
        assert sum(transcript_of(who, Period()).there for who in people().values()) == ALL


def test_every_certificate_states_them_session_by_session(in_app, series):
    with in_app():
        by_id = {person_id: name for name, person_id in people().items()}
        rows = list(db.session.execute(select(Certificate)).scalars())
        for one in rows:
            name = by_id[one.person_id]
            assert one.minutes == sum(THERE[name]) == sum(session["minutes"] for session in one.sessions)
            assert [session["minutes"] for session in one.sessions] == [m for m in THERE[name] if m]
            assert one.credited_minutes == (CREDIT[name] if one.kind == "credit" else one.minutes)
        completed = {by_id[one.person_id]: one.printed["completed"] for one in rows if one.kind == "attendance"}
        assert completed == {"Tobi": True, "Dafydd": True, "Nell": True, "Leon": False, "Petra": None}
        due = certificates_due(db.session.get_one(Event, series), earned.ZONE)
        assert (due.disagreeing, due.missing) == (0, [])


def test_the_paper_says_when_she_left(in_app, series):
    with in_app():
        one = db.session.execute(
            select(Certificate).where(Certificate.person_id == people()["Tobi"], Certificate.kind == "credit")
        ).scalar_one()
        assert (one.sessions[1]["arrived"], one.sessions[1]["left"]) == ("5:00 pm", "5:50 pm")
        with pikepdf.open(io.BytesIO(paper_of(one))) as read:
            assert read.Root.MarkInfo.Marked
        assert make_papers() == 8


def test_the_spreadsheets_add_up_to_them(in_app, as_, series):
    sheet = read_sheet(as_("ines").get(f"{earned.HERE}/{series}/certificates?format=csv").data, "c.csv")
    rows = [dict(zip(sheet.headings, cells, strict=False)) for _number, cells in sheet.numbered()]
    there = {row["Name"].split(" ")[0]: int(row["Minutes there"]) for row in rows if row["Minutes there"]}
    assert there == {name: sum(minutes) for name, minutes in THERE.items()}
    credit = {row["Name"].split(" ")[0]: int(row["Minutes of credit"]) for row in rows if row["Credit"]}
    assert credit == CREDIT | {"Leon": 0}
    hers = read_sheet(as_("tobi").get("/me/transcript?format=csv").data, "t.csv")
    lines = [dict(zip(hers.headings, cells, strict=False)) for _number, cells in hers.numbered()]
    assert [(line["Minutes there"], line["Minutes of credit"], line["Amount"]) for line in lines] == [
        ("230", "225", "3.75")
    ]
    with in_app():
        session_ids = list(db.session.execute(select(Session.id).where(Session.event_id == series)).scalars())
    marked = 0
    for session_id in session_ids:
        page = as_("ines").get(f"{earned.HERE}/{series}/sessions/{session_id}/attendance?format=csv").data
        marks = read_sheet(page, "a.csv")
        cells = [dict(zip(marks.headings, row, strict=False)) for _number, row in marks.numbered()]
        marked += sum(int(row["Minutes"] or 0) for row in cells if row["Was there as"] == "Took part")
    assert marked == ALL


def test_the_numbers_page_and_its_rows_say_it_too(as_, series):
    ines = as_("ines")
    answer = ines.get("/n/tarn-and-tide/numbers/rows/person-hours?format=csv&from=2026-01-01&to=2026-12-31")
    rows = read_sheet(answer.data, "n.csv")
    place = rows.headings.index("Minutes")
    assert sum(int(cells[place]) for _number, cells in rows.numbered()) == ALL


def test_anybody_who_checks_is_told_the_same(client, in_app, series):
    with in_app():
        one = db.session.execute(
            select(Certificate).where(Certificate.person_id == people()["Nell"], Certificate.kind == "credit")
        ).scalar_one()
        address = f"/c/{one.number}?code={one.check_code}"
    assert "4¼ STEM clock hours of 4½" in client.get(address).text
