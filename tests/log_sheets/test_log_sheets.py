"""A paper sheet: printed for a pair and a month, and typed back in one go, whole or not at all."""

import io
from datetime import UTC, datetime

import pikepdf
import pytest

from portal.db import db
from portal.mentoring.models import MentoringContact
from portal.web import clock
from tests.mentoring_mail.by_mail import contacts, pair_up, talked

BASE = "/n/tarn-and-tide/mentoring/pairs"


@pytest.fixture
def pairing_id(in_app):
    with in_app():
        return pair_up()


def rows(*lines, month="2026-11", **more):
    """A sheet as it is sent: (day, minutes, mode, kind) a row, all twelve rows of the form."""
    typed = {"month": month}
    for number in range(1, 13):
        day, minutes, mode, kind = lines[number - 1] if number <= len(lines) else ("", "", "in_person", "one_to_one")
        typed |= {f"day-{number}": day, f"minutes-{number}": minutes, f"mode-{number}": mode, f"kind-{number}": kind}
    return typed | more


def one(day, minutes, mode="in_person", kind="one_to_one"):
    return (str(day), str(minutes), mode, kind)


def key(as_, pairing_id, typed, who="dafydd"):
    return as_(who).post(f"{BASE}/{pairing_id}/sheet", data=typed)


def test_twelve_rows_become_twelve_talks(app, as_, pairing_id):
    clock.freeze(datetime(2026, 11, 29, 12, tzinfo=UTC))
    lines = [one(day * 2, 20 + day, "phone") for day in range(1, 12)] + [one(28, 30, kind="support")]
    browser = as_("dafydd")
    answer = browser.post(f"{BASE}/{pairing_id}/sheet", data=rows(*lines, **{"start-1": "15.45"}))
    assert answer.status_code == 303 and len(contacts(app)) == 12
    assert contacts(app)[1] == (22, "phone", "one_to_one", "sheet", 4) and contacts(app)[11][2] == "support"
    with app.app_context():
        first = db.session.query(MentoringContact).order_by(MentoringContact.id).first()
        assert first.has_time and first.starts_at == datetime(2026, 11, 2, 15, 45, tzinfo=UTC)
    assert (
        "12 talks are written down. Tobi Larkhill is asked about them in one mail." in browser.get(answer.location).text
    )


def test_rows_with_something_to_put_right_are_marked_and_nothing_is_half_saved(app, as_, pairing_id):
    typed = rows(
        one(3, 45), one(31, 30), one(4, "long"), one(20, 30), one("x", ""), one(5, 700), **{"start-1": "25:00"}
    )
    answer = key(as_, pairing_id, typed)
    assert answer.status_code == 422 and contacts(app) == []
    page = answer.text
    assert "November 2026 has no day 31." in page and 'id="minutes-3-error"' in page and 'id="start-1-error"' in page
    assert 'value="long"' in page and 'href="#day-2"' in page
    # What only the operation knows stands beside its row as well.
    answer = key(as_, pairing_id, rows(one(3, 45), one(20, 30), one(5, 700)))
    assert answer.status_code == 422 and contacts(app) == []
    assert (
        'id="day-2-error"' in answer.text
        and 'id="minutes-3-error"' in answer.text
        and "has not come yet" in answer.text
    )


def test_a_talk_that_stands_there_already_is_shown_and_left_out_by_choice(app, as_, in_app, pairing_id):
    with in_app():
        talked(pairing_id, 3, by="tobi")
    typed = rows(one(3, 45), one(4, 30))
    asked = key(as_, pairing_id, typed)
    assert (
        asked.status_code == 422 and "Is it this one?" in asked.text and "written down by Tobi Larkhill" in asked.text
    )
    assert len(contacts(app)) == 1
    assert key(as_, pairing_id, typed | {"twin-1": "skip"}).status_code == 303
    assert [row[4] for row in contacts(app)] == [3, 4]
    assert key(as_, pairing_id, rows(one(3, 45), **{"twin-1": "also"})).status_code == 303
    assert [row[4] for row in contacts(app)] == [3, 4, 3]


def test_a_sheet_of_nothing_but_known_talks_saves_nothing_and_says_so(app, as_, in_app, pairing_id):
    with in_app():
        talked(pairing_id, 3)
    answer = key(as_, pairing_id, rows(one(3, 45), **{"twin-1": "skip"}))
    assert answer.status_code == 303 and len(contacts(app)) == 1


def test_the_same_row_twice_and_an_empty_sheet_are_refused(app, as_, pairing_id):
    assert "This is row 1 once more" in key(as_, pairing_id, rows(one(3, 45), one(3, 45))).text
    assert "Type at least one row" in key(as_, pairing_id, rows()).text and contacts(app) == []


def test_activities_are_typed_by_their_numbers(app, as_, pairing_id):
    page = as_("dafydd").get(f"{BASE}/{pairing_id}/sheet").text
    unknown = key(as_, pairing_id, rows(one(3, 45), **{"ticks-1": "1, 99"}))
    assert unknown.status_code == 422 and "is no number of the list below" in unknown.text and 'name="ticks-12"' in page


def test_a_group_on_two_sheets_counts_once(app, as_, in_app, pairing_id):
    with in_app():
        leon = pair_up("leon")
    assert key(as_, pairing_id, rows(one(3, 60, kind="group"))).status_code == 303
    again = key(as_, leon, rows(one(3, 60, kind="group")))
    assert (
        again.status_code == 422 and "written down with Tobi Larkhill already" in again.text and len(contacts(app)) == 1
    )


def test_whose_else_a_mentor_is_no_sheet_tells_a_mentee(as_, in_app, pairing_id):
    with in_app():
        talked(pair_up("leon"), 3, kind="group")
    asked = key(as_, pairing_id, rows(one(3, 45, kind="group")), who="tobi")
    assert asked.status_code == 422 and "Your mentor has written down a talk with a group" in asked.text
    assert "Leon" not in asked.text
    assert "Leon Farrowby" in key(as_, pairing_id, rows(one(3, 45, kind="group"))).text


def test_the_mentors_own_time_is_not_the_mentees_to_write_down(app, as_, pairing_id):
    assert 'value="support"' not in as_("tobi").get(f"{BASE}/{pairing_id}/sheet").text
    refused = key(as_, pairing_id, rows(one(3, 45, kind="support")), "tobi")
    assert refused.status_code == 422 and 'id="kind-1-error"' in refused.text and contacts(app) == []


@pytest.mark.parametrize(
    "odd", [{"month": "2020-01"}, {"month": "never"}, {"mode-1": "owl"}, {"kind-1": ""}, {"day-1": "²"}]
)
def test_nonsense_is_refused(app, as_, pairing_id, odd):
    assert key(as_, pairing_id, rows(one(3, 45)) | odd).status_code == 422 and contacts(app) == []


def test_the_sheet_to_print_is_tagged_and_holds_no_talk(as_, in_app, pairing_id):
    with in_app():
        talked(pairing_id, 3, 47, parked="kestrel")
    answer = as_("dafydd").get(f"{BASE}/{pairing_id}/sheet.pdf?month=2026-10")
    assert answer.mimetype == "application/pdf"
    with pikepdf.open(io.BytesIO(answer.data)) as paper:
        assert (
            paper.Root.MarkInfo.Marked
            and str(paper.docinfo.Title) == "Mentoring in October 2026"
            and len(paper.pages) == 1
        )


def test_only_the_two_see_the_way_to_it(as_, pairing_id):
    assert "then type it back" in as_("tobi").get(f"{BASE}/{pairing_id}").text
    assert "then type it back" not in as_("ines").get(f"{BASE}/{pairing_id}").text


def test_the_screen_asks_few_questions(as_, queries, in_app, pairing_id):
    with in_app():
        for day in range(1, 9):
            talked(pairing_id, day)
    browser = as_("dafydd")
    with queries() as seen:
        key_again = browser.post(f"{BASE}/{pairing_id}/sheet", data=rows(*[one(day, 45) for day in range(1, 9)]))
    assert key_again.status_code == 422 and len(seen) <= 12, "\n".join(seen)
