"""What reports say of loans: each figure is worked out from the rows that it opens. Not returned is not zero."""

from datetime import UTC, date, datetime

import pytest

from portal.activities import counting
from portal.activities.counting import Span
from portal.db import db
from portal.kit.models import KitOutOfService
from portal.lending.counting import losses, overdue
from portal.lending.counting_rules import GAPS, RULES
from portal.lending.fields import UseReturned
from portal.lending.operations_closing import lose_kit, tell_use
from portal.lending.operations_steps import take_back
from portal.web import clock
from tests import cast
from tests.kit.kits import make_kit
from tests.lending.loans import END, START, back, counted, noon_of, out


def autumn(slug: str = "tarn-and-tide") -> Span:
    return Span((cast.network_id(slug),), datetime(2026, 8, 31, 23, tzinfo=UTC), datetime(2026, 12, 19, tzinfo=UTC))


def figures(span: Span) -> dict[str, int]:
    return counting.figures((*RULES, *GAPS), span)


@pytest.fixture
def term(in_app):
    """Three loans: back with its use and two leads missing; back late and silent; lost on its way."""
    with in_app():
        ines = cast.person_id("ines")
        first = back(make_kit())
        counted(first, USB_leads=(2, 1, 0), AA_cells=(0, 0, 9))
        tell_use(ines, first, UseReturned(2, 54, "yes"), END)
        clock.freeze(cast.NOW)
        second = out(make_kit(title="Bridges"), "leon")
        noon_of(date(2026, 12, 7))
        take_back(ines, second, date(2026, 12, 7))
        clock.freeze(cast.NOW)
        third = out(make_kit(title="Rockets"), "dafydd")
        lose_kit(ines, third, START)
        noon_of(date(2026, 12, 10))
        yield


def test_each_rule_counts_its_rows(term):
    found = figures(autumn())
    assert (found["loans"], found["kit-classes"], found["kit-students"]) == (3, 2, 54)
    assert (found["kit-returns"], found["kit-returns--of"]) == (1, 2)
    assert (found["kit-overdue"], found["kit-losses"], found["kits-lost"]) == (1, 3, 1)
    assert (found["kit-returns-missing"], found["kit-uses-without-students"]) == (1, 0)
    assert not any(figures(autumn("fell-and-furrow")).values())


def test_rows_say_by_how_much_and_at_what_cost(term):
    late = db.session.execute(overdue(autumn())).one()
    assert (late.what, late.days) == ("Bridges", 3)
    lost = db.session.execute(losses(autumn())).one()
    assert (lost.part, lost.missing, lost.broken, lost.cost, lost.currency) == ("USB leads", 2, 1, 10.5, "GBP")


def test_days_out_are_days_of_those_on_which_it_could_be_lent(in_app):
    with in_app():
        back(make_kit(), day=date(2026, 12, 3))
        kit = make_kit(title="Mended")
        db.session.add(
            KitOutOfService(
                kit_id=kit, starts_on=date(2026, 12, 6), ends_on=None, why="a lead", noted_by=cast.person_id("ines"),
                noted_at=clock.now(),
            )
        )  # fmt: skip
        db.session.flush()
        noon_of(date(2026, 12, 10))
        found = figures(autumn())
        # Ten days out. One box was listed on 10 November, the other on 3 December and is mended from the sixth on.
        assert (found["kit-days"], found["kit-days--of"]) == (10, 30 + 7 - 5)


def test_back_in_the_evening_of_its_day_is_not_late_west_of_here(in_app):
    with in_app():
        back(make_kit())
        west = Span((cast.network_id(),), datetime(2026, 9, 1, 8, tzinfo=UTC), datetime(2026, 12, 19, 8, tzinfo=UTC))
        one = db.session.execute(overdue(west)).first()
        assert one is None


def test_every_rule_has_a_heading_for_what_it_shows(in_app):
    with in_app():
        for rule in (*RULES, *GAPS):
            shown = {column.key for column in rule.rows(autumn()).selected_columns if not column.key.endswith("_id")}
            assert shown == set(rule.headings), rule.key
