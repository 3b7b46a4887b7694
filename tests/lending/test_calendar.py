"""The term calendar: which box is where, as far as its reader may know."""

from datetime import date, timedelta

import pytest

from portal.lending.calendar_grid import Taken, cells_of, free_windows
from portal.lending.calendar_weeks import weeks_of, weeks_shown
from portal.networks.models import SchoolTerm
from tests.lending.calendar_world import TODAY, days, lend, make_box, mend

PAGE = "/n/tarn-and-tide/kit/calendar/"
AUTUMN = SchoolTerm(
    id=2, name="Autumn term", starts_on=date(2026, 9, 1), ends_on=date(2026, 12, 18), break_on=date(2026, 10, 26)
)
SPRING = SchoolTerm(id=3, name="Spring term", starts_on=date(2027, 1, 4), ends_on=date(2027, 3, 26), break_on=None)


def taken(first: date, last: date, kind: str = "booked", held: int = 2) -> Taken:
    return Taken(1, kind, kind, "A school", first, last, last + timedelta(days=held))


def drawn(*things: Taken, earliest: date = TODAY):
    weeks = weeks_shown([AUTUMN], TODAY).weeks
    return cells_of(weeks, things, earliest, 2)


def test_the_view_begins_last_week_and_counts_teaching_weeks():
    shown = weeks_shown([SPRING, AUTUMN], TODAY)
    assert [week.number for week in shown.weeks] == [9, 10, 11, 12, 13, 14, 15]
    assert [week.monday for week in shown.weeks if week.is_now] == [date(2026, 11, 9)]
    assert shown.before == (2, date(2026, 9, 14)) and shown.after == (3, date(2027, 1, 4))


def test_half_term_is_a_week_without_a_number():
    at_half_term = [week for week in weeks_of(AUTUMN, TODAY) if week.is_break]
    assert [(week.monday, week.number) for week in at_half_term] == [(date(2026, 10, 26), 0)]


def test_in_the_holidays_the_next_term_is_shown_and_after_the_last_one_that():
    assert weeks_shown([AUTUMN, SPRING], date(2026, 12, 24)).term is SPRING
    assert weeks_shown([AUTUMN, SPRING], date(2027, 8, 1)).term is SPRING


def test_without_terms_there_are_weeks_all_the_same():
    shown = weeks_shown([], TODAY)
    assert shown.term is None and len(shown.weeks) == 7 and shown.weeks[1].is_now


def test_a_loan_is_one_cell_over_its_weeks_and_the_rest_is_free():
    free, out, after = drawn(taken(*days(9, 27)))
    assert (free.colspan, out.colspan, after.colspan) == (1, 3, 3)
    assert free.free.is_past and not out.runs[0].says_days
    assert (after.free.starts_on, after.free.ends_on) == (date(2026, 11, 30), date(2026, 12, 18))


def test_what_begins_or_ends_in_mid_week_says_its_days():
    _free, cell, _after = drawn(taken(*days(11, 27)))
    assert cell.runs[0].says_days


def test_two_in_one_week_share_it_and_nobody_is_lost():
    """Ends on Tuesday, begins on Thursday: the week is the second one's; both are there."""
    first, second = taken(*days(9, 17), held=1), taken(*days(19, 27))
    cells = drawn(first, second)
    assert [[run.taken for run in cell.runs] for cell in cells] == [[], [first], [second], []]
    assert all(run.says_days for cell in cells for run in cell.runs)
    within = taken(*days(17, 17), held=0), taken(*days(18, 20))
    assert [len(cell.runs) for cell in drawn(*within)] == [0, 2, 0]


def test_what_is_asked_for_gives_way_to_what_is_booked():
    asked, booked = taken(*days(9, 20), kind="asked"), taken(*days(16, 27))
    cells = drawn(asked, booked)
    assert [[run.taken for run in cell.runs] for cell in cells] == [[], [asked], [booked], []]


def test_free_days_leave_room_for_turning_round():
    window = free_windows(*days(2, 30), [taken(*days(10, 13)), taken(*days(25, 26))], 2)
    assert window == [days(2, 7), days(16, 22), days(29, 30)]


def test_late_keeps_the_box_until_it_is_back():
    for_ever = Taken(1, "overdue", "Late", "", *days(2, 10), date(9999, 12, 31))
    assert free_windows(*days(2, 30), [for_ever], 2) == []


@pytest.fixture
def term(in_app):
    """Four boxes: late, out, asked for, mended."""
    with in_app():
        boxes = [make_box(f"Things {n}", f"Box {n}") for n in (3, 4, 9, 10)]
        ids = {
            "late": lend(boxes[0], "tobi", *days(2, 6), state="out"),
            "next": lend(boxes[0], "leon", *days(16, 27)),
            "out": lend(boxes[1], "leon", *days(9, 27), state="out"),
            "asked": lend(boxes[2], "tobi", date(2026, 11, 23), date(2026, 12, 4), state="asked", purpose="Year 5"),
            "boxes": boxes,
        }
        mend(boxes[3], date(2026, 11, 2))
    return ids


def test_the_coordinator_sees_who_has_what(as_, term):
    text = as_("ines").get(PAGE).text
    assert "4 boxes. 2 are out, 1 is late, 1 waits for your yes." in " ".join(text.split())
    assert "due back Fri 6 Nov" in text
    assert "Low Garrick School, Tobi Larkhill" in text
    assert "<b>Mending</b> 2 leads" in text and "from Mon 2 Nov" in text
    assert text.index("Box 9</a>") < text.index("Box 10</a>")
    assert "Withen Cross First School needs it on Mon 16 Nov." in text
    assert 'class="now" aria-current="date"' in text


def test_a_member_reads_schools_and_no_names(as_, term):
    text = as_("dafydd").get(PAGE).text
    assert "Low Garrick School" in text and "Tobi" not in text and "Year 5" not in text
    assert "Everything that is due is back." not in text
    assert "wait" not in text.split("<h1")[1].split("</p>")[0]


def test_a_borrower_reads_what_she_has_late(as_, term):
    text = as_("tobi").get(PAGE).text
    assert "It came back" in text and "Ring or write" not in text


def test_another_network_reads_of_a_box_for_the_region_that_it_is_booked(as_, in_app):
    with in_app():
        box = make_box(lends_to="region")
        lend(box, "tobi", *days(9, 20), state="out")
        lend(box, "tobi", *days(23, 27), state="asked")
        make_box("Ours alone", "Box 4")
    text = as_("kofi").get("/n/fell-and-furrow/kit/calendar/").text
    assert "<b>Booked</b>" in text and "Low Garrick" not in text and "<b>Asked for</b>" not in text
    assert "Ours alone" not in text


def test_the_spreadsheet_says_no_more_than_the_page(as_, term):
    rows = as_("dafydd").get(f"{PAGE}?format=csv").text.splitlines()
    assert len(rows) == 6 and any("Box 3,Things 3,Late,Low Garrick School,2026-11-02" in row for row in rows)
    assert "Tobi" not in "".join(rows)


def test_sixty_boxes_are_one_page_and_cost_no_more_statements(as_, in_app, queries):
    with in_app():
        for n in range(62):
            box = make_box(f"Things {n}", f"Box {n}", parts=())
            lend(box, "leon", *days(9, 27), state="out")
    with queries() as seen:
        text = as_("ines").get(PAGE).text
    assert text.count('role="rowheader"') == 60 and "Boxes 1 to 60 of 62." in text
    assert len(seen) <= 15, seen  # two of them sign in


def test_weeks_that_nobody_can_read_are_the_usual_ones(as_, term):
    for query in ("?term=x&from=monday", "?term=999999&from=0001-01-01", "?from=9999-12-31"):
        assert as_("ines").get(PAGE + query).status_code == 200


def test_a_kit_shows_this_term_and_the_next_with_what_is_free(as_, in_app):
    with in_app():
        box = make_box()
        lend(box, "leon", date(2026, 11, 16), date(2026, 11, 27))
        lend(box, "tobi", date(2026, 12, 7), date(2026, 12, 11), state="asked")
    text = as_("dafydd").get(f"/n/tarn-and-tide/kit/{box}").text
    rows = [" ".join(part.split("</tr>")[0].split()) for part in text.split("<tr>")]
    free = [row.split("</th>")[0].split(">")[-1] for row in rows if "Ask for these days" in row]
    assert free == ["12 to 13 Nov", "30 Nov to 18 Dec", "4 Jan to 26 Mar 2027"]
    assert "Withen Cross First School" in text and "Low Garrick School" in text and "Tobi" not in text
    assert "starts_on=2026-11-30&amp;ends_on=2026-12-18" in text
