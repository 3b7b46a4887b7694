"""R8: what is held, lent, used and lost in a period agrees with the loans, the refill list and the ledger."""

from datetime import UTC, date, datetime

import pytest

from portal.db import db, operation
from portal.kit.models import Kit
from portal.kit.queries import parts_of
from portal.lending.fields import Counted, UseReturned
from portal.lending.models import Loan
from portal.lending.operations_checking import Count, check_kit
from portal.lending.operations_closing import tell_use
from portal.reports import queries
from portal.reports.periods import between
from portal.reports.queries_holdings import costs, held, languages, most_used, some_never_used
from tests import cast
from tests.lending.calendar_world import TODAY, days, lend, make_box
from tests.resources.packs import make_pack

PAGE = "/n/tarn-and-tide/numbers/holdings"


@pytest.fixture
def term(in_app):
    """One box at three schools: two leads lost and 54 students told, one late, one to come; a box that nobody had."""
    with in_app():
        box = make_box("Structures", "Box 3")
        listed_since(box, datetime(2026, 9, 1, 8, 0, tzinfo=UTC))
        make_box("Bridges", "Box 7")
        make_pack(title="Paper bridges")
        first = lend(box, "tobi", date(2026, 10, 12), date(2026, 10, 23), state="out")
        leads = next(part for part in parts_of(box) if part.title == "USB leads")
        check_kit(cast.person_id("ines"), first, Count((Counted(leads.id, missing=2),)), date(2026, 10, 23))
        tell_use(cast.person_id("tobi"), first, UseReturned(2, 54, "yes", date(2026, 10, 14)), TODAY)
        lend(box, "leon", *days(2, 6), state="out")
        lend(box, "dafydd", date(2026, 11, 30), date(2026, 12, 4))
        return {"box": box, "first": first}


@operation
def listed_since(kit_id: int, moment: datetime) -> None:
    db.session.get_one(Kit, kit_id).listed_at = moment


def test_the_figures_agree_with_the_loans(in_app, term):
    with in_app():
        assert db.session.get_one(Loan, term["first"]).state == "closed"
        span = queries.span_of((cast.network_id(),), between(date(2026, 9, 1), date(2026, 12, 18)), "Europe/London")
        assert held(span).kits == 2 and held(span).packs == 1
        assert (held(span).unused_kits, held(span).unused_packs) == (1, 1)
        assert [(one.kind, one.title) for one in some_never_used(span)] == [
            ("kit", "Bridges"),
            ("pack", "Paper bridges"),
        ]
        assert [(one.title, one.times, one.classes, one.students) for one in most_used(span)] == [
            ("Structures", 1, 2, 54)
        ]
        assert [(one.currency, one.known, one.parts_unknown) for one in costs(span)] == [("GBP", 700, 0)]
        assert languages(span) == [("en", "English", 1)]


def test_the_page_tells_them_and_opens_their_rows(as_, term):
    ines = as_("ines")
    text = " ".join(ines.get(PAGE).text.split())
    assert "2 boxes and 1 pack" in text
    assert "£7.00" in text and "Bridges" in text and "English" in text
    for key in ("loans", "kit-days", "kit-returns", "kit-students", "kit-overdue", "kit-losses"):
        assert f"/numbers/rows/{key}" in text, key
        assert ines.get(f"/n/tarn-and-tide/numbers/rows/{key}").status_code == 200
    assert "/kit/loans/" in ines.get("/n/tarn-and-tide/numbers/rows/kit-overdue").text


def test_members_read_figures_and_no_rows(as_, term):
    text = as_("dafydd").get(PAGE).text
    assert "Structures" in text and "/numbers/rows/" not in text


def test_what_nobody_used_is_listed_and_taken_along(as_, term):
    tobi = as_("tobi")
    assert "Bridges" in tobi.get(f"{PAGE}/unused/kit").text
    assert "Paper bridges" in tobi.get(f"{PAGE}/unused/pack?format=csv").text
    assert tobi.get(f"{PAGE}/unused/people").status_code == 404


def test_it_is_a_spreadsheet_too_and_a_period_without_anything_is_no_mistake(as_, term):
    ines = as_("ines")
    assert ines.get(f"{PAGE}?format=csv").text.count("\n") > 8
    assert "Nobody has told of a class" in ines.get(f"{PAGE}?from=2025-01-01&to=2025-02-01").text


def test_it_costs_few_statements(as_, term, queries):
    ines = as_("ines")
    with queries() as seen:
        assert ines.get(PAGE).status_code == 200
    assert len(seen) <= 12, seen


def test_late_boxes_wait_on_today(as_, term):
    text = as_("ines").get("/n/tarn-and-tide/today/").text
    assert "Box 3, Structures” is late" in text and "Leon Farrowby has it." in text
