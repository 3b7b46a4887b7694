"""One press for one person: the answer is her row; a code's moment stays, and nobody overwrites another's mark."""

import re

import pytest

from portal.attendance.queries import sheet_of
from portal.attendance.queries_standing import standing_of
from tests import cast
from tests.attendance.sheets import Evening


def test_a_tick_answers_with_one_row_and_how_far_it_is(as_, in_app):
    evening = Evening(in_app, "tobi", "leon")
    answer = evening.tick(as_("ines"), "tobi", "here")
    assert answer.status_code == 200 and evening.minutes() == {"Tobi": 90}
    assert "<html" not in answer.text and answer.text.count("<li") == 1
    assert "1 of 2" in answer.text and answer.text.count("hx-swap-oob") == 2
    assert "Tobi Larkhill" in answer.text and "Leon Farrowby" not in answer.text


def test_a_second_press_is_no_second_mark(as_, in_app):
    evening = Evening(in_app, "tobi")
    ines, fields = as_("ines"), evening.fields("tobi", "here")
    for _press in range(2):
        assert evening.tick(ines, "tobi", "here", fields=fields).status_code == 200
    assert evening.minutes() == {"Tobi": 90}


def test_part_waits_for_its_hours(as_, in_app):
    """Its cell sends nothing: the page has no trigger on it, and without hours there is nothing to save."""
    evening = Evening(in_app, "tobi")
    ines = as_("ines")
    cells = re.findall(r'<input type="radio"[^>]*>', ines.get(evening.url).text)
    assert ["now" in cell for cell in cells] == [True, False, True]
    answer = evening.tick(ines, "tobi", "part")
    assert answer.status_code == 422 and "Say from when to when" in answer.text and evening.minutes() == {}


def test_the_hours_of_a_part_are_counted_and_said(as_, in_app):
    evening = Evening(in_app, "leon")
    answer = evening.tick(as_("ines"), "leon", "part", "17:30", "18:30")
    assert evening.minutes() == {"Leon": 60} and "1 hour of 1½ counts." in answer.text


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [("17:20", "", 70), ("", "18:00", 60), ("5:20", "6:05", 45), ("16:00", "23:00", 90), ("5:30 pm", "", 60)],
)
def test_late_and_early_are_exact_whole_minutes_within_the_session(as_, in_app, start, end, minutes):
    evening = Evening(in_app, "tobi")
    assert evening.tick(as_("ines"), "tobi", "part", start, end).status_code == 200
    assert evening.minutes() == {"Tobi": minutes}


@pytest.mark.parametrize(("start", "end"), [("18:00", "17:30"), ("x", "18:00"), ("20:00", "21:00")])
def test_nonsense_comes_back_in_the_row_as_it_was_typed(as_, in_app, start, end):
    evening = Evening(in_app, "tobi")
    answer = evening.tick(as_("ines"), "tobi", "part", start, end)
    assert answer.status_code == 422 and evening.minutes() == {}
    assert f'value="{start}"' in answer.text and f'value="{end}"' in answer.text and 'class="error"' in answer.text


def test_whoever_was_quicker_is_named_and_nothing_is_overwritten(as_, in_app):
    evening = Evening(in_app, "tobi")
    stale = evening.fields("tobi", "here")
    evening.tick(as_("mairead"), "tobi", "away")
    answer = evening.tick(as_("ines"), "tobi", "here", fields=stale)
    assert answer.status_code == 409 and evening.minutes() == {"Tobi": 0}
    assert "Somebody else marked this row" in answer.text and "not here" in answer.text
    assert evening.tick(as_("ines"), "tobi", "here").status_code == 200 and evening.minutes() == {"Tobi": 90}


def test_who_signed_in_stands_apart_with_the_hour_and_is_here(as_, in_app):
    evening = Evening(in_app, "tobi", "leon")
    evening.signs_in("tobi", after=-8)
    html = as_("ines").get(evening.url).text
    assert "Signed in by code" in html and ">4:52<" in html and "no code" in html
    checked = re.search(r'id="is-\d+-here"[^>]*checked', html)
    assert checked and "1 of 2" in html


def test_saving_the_sheet_leaves_her_in_the_room_until_it_is_closed(as_, in_app):
    """She may still sign out; only closing counts her to the end."""
    evening = Evening(in_app, "tobi", "leon")
    evening.signs_in("tobi", after=12)
    data = evening.fields("tobi", "here", "17:12") | evening.fields("leon", "here")
    assert as_("ines").post(evening.url, data=data).status_code == 303
    assert evening.minutes() == {"Tobi": None, "Leon": 90}


def test_part_of_who_came_late_by_code_starts_where_she_signed_in(as_, in_app):
    evening = Evening(in_app, "tobi")
    evening.signs_in("tobi", after=15)
    assert 'value="17:15"' in as_("ines").get(evening.url).text
    evening.tick(as_("ines"), "tobi", "part", "17:15", "18:00")
    assert evening.minutes() == {"Tobi": 44}


def test_not_here_by_mistake_loses_no_sign_in(as_, in_app):
    evening = Evening(in_app, "tobi")
    evening.signs_in("tobi", after=30)
    evening.tick(as_("ines"), "tobi", "away")
    assert evening.minutes() == {"Tobi": 0}
    evening.tick(as_("ines"), "tobi", "here")
    assert evening.minutes() == {"Tobi": 59}


def test_somebody_who_is_not_on_the_sheet_is_not_there(as_, in_app):
    evening = Evening(in_app, "tobi")
    with in_app():
        leon = cast.person_id("leon")
    assert as_("ines").post(f"{evening.url}/{leon}", data={"is-1": "here"}).status_code == 404


def test_a_page_of_one_person_says_the_rest_without_a_script(as_, in_app):
    evening = Evening(in_app, "tobi")
    ines = as_("ines")
    with in_app():
        tobi = cast.person_id("tobi")
    page = f"{evening.url}/{tobi}/more"
    assert "Was there as" in ines.get(page).text
    data = evening.fields("tobi", "part", min="45", cap="presenter")
    assert ines.post(page, data=data).location.endswith(f"#person-{tobi}")
    assert evening.minutes() == {"Tobi": 45} and "presented" in ines.get(evening.url).text


def test_the_count_of_a_tick_is_that_of_the_page(as_, in_app):
    evening = Evening(in_app, "tobi", "leon", "dafydd", observers=["petra"])
    evening.signs_in("leon")
    evening.tick(as_("ines"), "petra", "here")
    with in_app():
        sheet, standing = sheet_of(evening.session_id), standing_of(evening.session_id)
        assert (standing.marked, standing.total) == (sheet.marked, sheet.total) == (2, 4)
