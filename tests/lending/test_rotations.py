"""A rotation: planned in one screen, booked all at once or not at all, moved and cancelled as a whole."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import func, select

from portal.db import db
from portal.lending.models import Loan, LoanRotation
from portal.lending.operations_rotations import cancel_rest, restore_rest
from portal.lending.rotations_plan import Turn, jumped, laid_out, length_of, turns_from
from portal.mail.models import OutboxMail
from portal.networks.models import SchoolTerm
from portal.web.errors import DomainError
from tests import cast
from tests.lending.calendar_world import TODAY, lend, make_box
from tests.lending.test_calendar import AUTUMN

PAGE = "/n/tarn-and-tide/kit/rotations/"
SPRING = SchoolTerm(
    id=3, name="Spring term", starts_on=date(2027, 1, 4), ends_on=date(2027, 3, 26), break_on=date(2027, 2, 15)
)
TERMS = [AUTUMN, SPRING]


def test_a_turn_is_counted_in_school_days_and_holidays_are_jumped_over():
    first, second = turns_from(date(2026, 11, 16), 8, 7, 2, TERMS)
    # Five weeks before Christmas, three after it.
    assert first == Turn(date(2026, 11, 16), date(2027, 1, 22)) and jumped(first, TERMS) == 2
    # Seven days between; half-term is one of its weeks. It ends where no terms are known any more.
    assert second == Turn(date(2027, 2, 1), date(2027, 4, 2)) and jumped(second, TERMS) == 1
    assert length_of(first, TERMS) == length_of(second, TERMS) == 40


def test_without_jumping_eight_weeks_are_eight_weeks():
    assert turns_from(date(2026, 11, 16), 8, 0, 1, TERMS, jumps=False) == [Turn(date(2026, 11, 16), date(2027, 1, 8))]


def test_a_turn_begins_on_a_school_day_and_keeps_its_length():
    assert laid_out(date(2026, 12, 19), [5, 3], 2, TERMS) == [
        Turn(date(2027, 1, 4), date(2027, 1, 8)),
        Turn(date(2027, 1, 11), date(2027, 1, 13)),
    ]


@pytest.fixture
def box(in_app):
    with in_app():
        return make_box(turn_round_days=3)


def typed(box: int, **other) -> dict[str, object]:
    usual = {
        "kit_id": box,
        "title": "Structures for Year 5",
        "first_day": "2026-11-16",
        "weeks": "2",
        "between": "3",
        "jumps": "y",
        "who_1": "Tobi Larkhill, Low Garrick School",
        "who_2": "leon farrowby",
        "who_3": "dafydd@tarn-and-tide.example",
    }
    return usual | other


def windows(in_app) -> list[tuple[str, str, str]]:
    with in_app():
        loans = db.session.execute(select(Loan).where(Loan.ended_at.is_(None)).order_by(Loan.starts_on)).scalars()
        by_id = {cast.person_id(key): key for key in ("tobi", "leon", "dafydd")}
        return [(by_id[loan.person_id], loan.starts_on.isoformat(), loan.ends_on.isoformat()) for loan in loans]


PLANNED = [
    ("tobi", "2026-11-16", "2026-11-27"),
    ("leon", "2026-12-01", "2026-12-14"),
    ("dafydd", "2026-12-18", "2027-01-14"),
]


def test_one_looks_at_the_days_before_anything_is_booked(as_, in_app, box):
    text = as_("ines").post(PAGE, data=typed(box, preview="1")).text
    assert "Mon 16 Nov" in text and "2 weeks of holidays in it" in text and "Book all 3 turns" in text
    assert windows(in_app) == []


def test_all_are_booked_at_once_and_each_is_told(as_, in_app, box):
    answer = as_("ines").post(PAGE, data=typed(box))
    assert answer.status_code == 303
    assert windows(in_app) == PLANNED
    with in_app():
        loan = db.session.execute(select(Loan)).scalars().first()
        assert (loan.state, loan.purpose) == ("approved", "Structures for Year 5")
        assert {mail.to_name for mail in db.session.execute(select(OutboxMail)).scalars()} == {
            "Tobi Larkhill", "Leon Farrowby", "Dafydd Okonjo-Reeve",
        }  # fmt: skip
    text = as_("ines").get(answer.location).text
    assert "3 turns are still to come." in text and "Structures for Year 5" in as_("ines").get(PAGE).text


def test_a_clash_is_shown_before_and_books_nobody(as_, in_app, box):
    with in_app():
        lend(box, "leon", date(2026, 12, 9), date(2026, 12, 10), state="booked")
    ines = as_("ines")
    text = ines.post(PAGE, data=typed(box, preview="1")).text
    assert "Withen Cross First School has it until" in text and "Book all" not in text
    assert ines.post(PAGE, data=typed(box)).status_code == 422
    with in_app():
        assert db.session.execute(select(func.count(Loan.id))).scalar_one() == 1
        assert db.session.execute(select(func.count(LoanRotation.id))).scalar_one() == 0


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"who_2": "Nemo"}, "Nobody here is called “Nemo”."),
        ({"who_2": "", "who_3": ""}, "Name at least two."),
        ({"who_1": "Petra Lindqvist"}, "Nobody here is called"),
        ({"between": "1"}, "turned round in 3 days"),
        ({"first_day": "2026-11-01"}, "This day has gone by."),
        ({"first_day": "9999-12-31"}, "years away"),
        ({"weeks": "400"}, "From 1 to 40 weeks."),
        ({"kit_id": "99999"}, "Choose one from the list"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(as_, box, wrong, sentence):
    answer = as_("ines").post(PAGE, data=typed(box, **wrong))
    assert answer.status_code == 422 and sentence in answer.text


@pytest.fixture
def planned(as_, in_app, box):
    """The rotation's id, and the ids of its loans in their order."""
    as_("ines").post(PAGE, data=typed(box))
    with in_app():
        loans = db.session.execute(select(Loan).order_by(Loan.starts_on)).scalars().all()
        return loans[0].rotation_id, [loan.id for loan in loans]


def test_two_turns_change_places(as_, in_app, planned):
    rotation, loans = planned
    as_("ines").post(f"{PAGE}{rotation}/earlier/{loans[1]}")
    assert [who for who, _start, _end in windows(in_app)] == ["leon", "tobi", "dafydd"]
    assert as_("ines").post(f"{PAGE}{rotation}/earlier/{loans[1]}").status_code == 404


def test_the_rest_is_shifted_and_keeps_its_lengths(as_, in_app, planned):
    rotation, loans = planned
    answer = as_("ines").post(f"{PAGE}{rotation}/shift", data={"loan_id": loans[1], "first_day": "2026-12-07"})
    assert answer.status_code == 303
    assert windows(in_app) == [
        PLANNED[0],
        ("leon", "2026-12-07", "2026-12-18"),
        ("dafydd", "2027-01-04", "2027-01-15"),
    ]


def test_what_is_shifted_into_somebody_elses_days_does_not_move(as_, in_app, planned):
    rotation, loans = planned
    answer = as_("ines").post(f"{PAGE}{rotation}/shift", data={"loan_id": loans[1], "first_day": "2026-11-20"})
    assert answer.status_code == 422 and "Low Garrick School has it until" in answer.text
    assert windows(in_app) == PLANNED


def test_what_is_left_is_cancelled_and_comes_back(as_, in_app, planned):
    rotation, loans = planned
    with in_app():
        loan = db.session.get_one(Loan, loans[0])
        from tests.lending.test_kit_reminders import at, set_loan

        set_loan(loan.id, out_at=at(TODAY))
    ines = as_("ines")
    ines.post(f"{PAGE}{rotation}/cancel")
    assert [who for who, _start, _end in windows(in_app)] == ["tobi"]
    ines.post(f"{PAGE}{rotation}/restore")
    assert windows(in_app) == PLANNED


def test_it_does_not_come_back_where_somebody_else_has_the_box(in_app, planned, box):
    rotation, _loans = planned
    with in_app():
        assert cancel_rest(cast.person_id("ines"), rotation) == 3
        lend(box, "tobi", date(2026, 12, 1), date(2026, 12, 2))
        with pytest.raises(DomainError):
            restore_rest(cast.person_id("ines"), rotation, TODAY)
        assert cancel_rest(cast.person_id("ines"), rotation) == 0


def test_a_member_plans_none_and_a_keeper_those_that_she_keeps(as_, in_app, box):
    assert as_("tobi").get(PAGE).status_code == 403
    with in_app():
        kept = make_box("Kept", "Box 8", keeper_id=cast.person_id("dafydd"))
    text = as_("dafydd").get(f"{PAGE}new").text
    assert "Box 8, Kept" in text and "Box 3" not in text
    assert as_("dafydd").post(PAGE, data=typed(box)).status_code == 422
    assert as_("dafydd").post(PAGE, data=typed(kept)).status_code == 303


def test_the_list_and_a_rotation_cost_few_statements(as_, planned, queries):
    ines = as_("ines")
    for path in (PAGE, f"{PAGE}{planned[0]}", f"{PAGE}new"):
        with queries() as seen:
            assert ines.get(path).status_code == 200
        assert len(seen) <= 12, (path, len(seen))


def test_days_between_are_never_fewer_than_turning_round(in_app, planned):
    with in_app():
        loans = db.session.execute(select(Loan).order_by(Loan.starts_on)).scalars().all()
        assert all(b.starts_on - a.ends_on > timedelta(days=3) for a, b in pairwise(loans))
