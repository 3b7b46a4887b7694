"""The sheet on paper: its numbers hold, everything is typed back in one go, and nothing typed is lost."""

import io
from datetime import timedelta

import pikepdf
import pytest
from sqlalchemy import select

from portal.attendance.forms_paper import numbers_typed
from portal.attendance.paper_list import code_of, moment_of
from portal.db import db
from portal.events.operations_booking import book, give_back
from portal.people.models import Person
from portal.web import clock
from portal.web.errors import DomainError
from tests import cast
from tests.attendance.sheets import AFTER, Evening


def typed(browser, evening, preview=False, **words):
    data = evening.paper(**words) | ({"preview": "1"} if preview else {})
    return browser.post(f"{evening.url}/paper/typed", data=data)


def test_the_printed_sheet_is_numbered_by_name_with_empty_lines_after(as_, in_app):
    evening = Evening(in_app, "tobi", "leon", "dafydd", observers=["petra"])
    html = as_("ines").get(f"{evening.url}/paper").text
    assert all(
        word in html for word in ("Signature", "Arrived", "Fewer hours", "Observer", "By signing I say", "List ")
    )
    numbers = evening.numbers()
    assert sorted(numbers.values()) == [1, 2, 3, 4]
    assert '<td class="num">16</td>' in html and '<td class="num">17</td>' not in html


def test_it_is_a_tagged_pdf_too(as_, in_app):
    evening = Evening(in_app, "tobi", "leon")
    answer = as_("ines").get(f"{evening.url}/paper.pdf")
    assert answer.mimetype == "application/pdf"
    with pikepdf.open(io.BytesIO(answer.data)) as read:
        assert read.Root.MarkInfo.Marked and str(read.Root.Lang) == "en"
        assert str(read.docinfo["/Title"]) == "Sign-in: Build a hand"


def test_a_number_means_the_same_person_whoever_books_or_cancels_afterwards(as_, in_app):
    evening = Evening(in_app, "tobi", "leon", "petra")
    clock.freeze(AFTER - timedelta(hours=5))
    printed, code = evening.numbers(), code_of(clock.now())
    clock.freeze(AFTER - timedelta(hours=4))
    with in_app():
        event = evening.session().event
        book(event, [evening.session_id], cast.person_id("dafydd"), "member")
        give_back(event, [evening.session_id], cast.person_id("leon"), cast.person_id("leon"))
    clock.freeze(AFTER)
    assert evening.numbers(code) == printed
    assert evening.numbers() != printed
    whole = str(printed["Petra"])
    typed(as_("ines"), evening, list=code, whole=whole)
    assert evening.rows() == {"Petra": (90, "sheet")}


def test_a_code_is_read_kindly_and_nonsense_is_said(as_, in_app):
    code = code_of(clock.now())
    assert moment_of(code.lower().replace("-", " ")) == clock.now().replace(microsecond=0)
    assert moment_of("nonsense!") is None and moment_of("ZZZ-ZZZZ") is None
    evening = Evening(in_app, "tobi")
    assert "is no list of ours" in as_("ines").get(f"{evening.url}/paper/typed?list=nonsense").text


def test_numbers_hours_and_walk_ins_are_saved_at_once_as_from_paper(as_, in_app):
    evening = Evening(in_app, "tobi", "leon", "dafydd", observers=["petra"])
    at = evening.numbers()
    line = {"name__w5": "Priya Wexcombe", "address__w5": "priya@school.example", "came__w5": "5:30"}
    words = {"leon": {"from": "5:10", "to": "6.15 pm"}, "petra": {"tick": "1"}, "rest_away": "y"}
    answer = typed(as_("ines"), evening, whole=str(at["Tobi"]), **line, **words)
    assert answer.status_code == 303
    assert evening.rows() == {
        "Tobi": (90, "sheet"),
        "Leon": (65, "sheet"),
        "Petra": (90, "sheet"),
        "Dafydd": (0, "sheet"),
        "Priya": (60, "sheet"),
    }
    with in_app():
        priya = db.session.execute(select(Person).where(Person.name == "Priya Wexcombe")).scalar_one()
        assert priya.admitted_at is None


def test_whoever_asks_for_fewer_hours_gets_no_more(as_, in_app):
    evening = Evening(in_app, "tobi", "leon")
    typed(as_("ines"), evening, tobi={"min": "1"}, leon={"from": "5:00", "to": "6:30", "min": "0.5"})
    assert evening.minutes() == {"Tobi": 60, "Leon": 30}


def test_a_preview_says_what_changes_and_saves_nothing(as_, in_app):
    evening = Evening(in_app, "tobi", "leon")
    ines = as_("ines")
    evening.tick(ines, "leon", "here")
    answer = typed(ines, evening, preview=True, whole="1-2", leon={"from": "5:10", "to": "6:00"})
    assert answer.status_code == 200 and "Save 2 rows" in answer.text
    assert "here from start to end" in answer.text and "50 min" in answer.text
    assert evening.minutes() == {"Leon": 90}


def test_what_says_the_same_as_the_sheet_changes_nothing(as_, in_app):
    evening = Evening(in_app, "tobi")
    ines = as_("ines")
    evening.tick(ines, "tobi", "here")
    assert "Nothing: all of this stands on the sheet" in typed(ines, evening, preview=True, whole="1").text
    typed(ines, evening, whole="1")
    assert evening.rows() == {"Tobi": (90, "coordinator")}


def test_an_error_stands_beside_its_row_and_nothing_typed_is_lost(as_, in_app):
    evening = Evening(in_app, "tobi", "leon")
    answer = typed(
        as_("ines"), evening, whole="1-40", tobi={"from": "6:00", "to": "5:00"}, leon={"from": "5:07"},
        name__w3="Priya Wexcombe", address__w3="priya@",
    )  # fmt: skip
    assert answer.status_code == 422 and evening.minutes() == {}
    assert "3 things to put right" in answer.text
    for kept in ("1-40", "5:07", "Priya Wexcombe", "priya@"):
        assert f'value="{kept}"' in answer.text


def test_two_lines_with_one_address_are_told_apart(as_, in_app):
    evening = Evening(in_app)
    lines = {"name__w1": "Priya Wexcombe", "address__w1": "office@school.example"}
    lines |= {"name__w2": "Nell Arkwright", "address__w2": "OFFICE@school.example"}
    answer = typed(as_("ines"), evening, **lines)
    assert answer.status_code == 422 and "Line 2: line 1 has the same address" in answer.text
    assert evening.minutes() == {}


def test_somebody_on_the_list_does_not_walk_in_a_second_time(as_, in_app):
    evening = Evening(in_app, "tobi", "leon")
    ines = as_("ines")
    by_address = typed(ines, evening, name__w3="T. Larkhill", address__w3="tobi@tarn-and-tide.example")
    assert by_address.status_code == 422 and "the address of Tobi Larkhill" in by_address.text
    by_name = {"name__w3": "Leon Farrowby", "school__w3": "Withen Cross First School"}
    assert "Leon Farrowby of Withen Cross First School is on the list already" in typed(ines, evening, **by_name).text
    assert evening.minutes() == {}
    assert typed(ines, evening, **by_name, another__w3="1").status_code == 303
    with in_app():
        assert len(db.session.execute(select(Person).where(Person.name == "Leon Farrowby")).all()) == 2


def test_a_row_that_somebody_else_marked_meanwhile_stays(as_, in_app):
    evening = Evening(in_app, "tobi", "leon")
    stale = evening.paper(whole="1-2")
    evening.tick(as_("mairead"), "tobi", "away")
    answer = as_("ines").post(f"{evening.url}/paper/typed", data=stale)
    assert answer.status_code == 422 and "somebody else marked this row" in answer.text.lower()
    assert evening.minutes() == {"Tobi": 0}


def test_pressing_twice_makes_one_walk_in(as_, in_app):
    evening = Evening(in_app)
    data = evening.paper(name__w1="Priya Wexcombe", form_key="c" * 32)
    ines = as_("ines")
    assert {ines.post(f"{evening.url}/paper/typed", data=data).status_code for _press in range(2)} == {303}
    assert evening.minutes() == {"Priya": 90}


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("", set()), ("1-3, 5", {1, 2, 3, 5}), ("1 – 3;7", {1, 2, 3, 7}), ("4 6\t8.", {4, 6, 8}), ("2,2-2", {2})],
)
def test_numbers_are_read_as_people_write_them(in_app, text, numbers):
    with in_app():
        assert numbers_typed(text, 9) == numbers


@pytest.mark.parametrize("text", ["0", "10", "3-1", "a", "1-", "-4", "1-99999", "²"])
def test_numbers_that_are_none_are_refused(in_app, text):
    with in_app(), pytest.raises(DomainError):
        numbers_typed(text, 9)


def test_the_typed_page_stays_within_its_queries(as_, in_app, queries):
    evening = Evening(in_app, "tobi", "leon", "dafydd")
    ines = as_("ines")
    with queries() as seen:
        ines.get(f"{evening.url}/paper/typed")
    assert len(seen) <= 12
