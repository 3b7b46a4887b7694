"""What an event cost: money by its currency, hours that people gave apart from it, for coordinators alone."""

import pytest
from sqlalchemy import select, update

from portal.db import db
from portal.event_file.models import EventCost
from portal.networks.models import Network
from portal.web import money
from portal.web.tables import read_sheet
from portal.web.tables_dates import Unreadable
from tests import cast
from tests.events import planned

ROOM = "/n/tarn-and-tide/events/"


@pytest.fixture
def path(in_app):
    with in_app():
        return f"{ROOM}{planned.event().id}/costs"


def added(browser, path, **typed):
    return browser.post(path, data={"kind": "refreshments", "amount": "12.50", "currency": "GBP"} | typed)


def lines(in_app):
    with in_app():
        rows = db.session.execute(select(EventCost).where(EventCost.removed_at.is_(None))).scalars()
        return [(one.kind, one.what, one.amount, one.currency, one.minutes) for one in rows]


@pytest.mark.parametrize(
    ("typed", "currency", "amount"),
    [
        ("12.50", "GBP", 1250),
        ("12,50", "GBP", 1250),
        ("£12.50", "GBP", 1250),
        ("12.50 £", "GBP", 1250),
        ("GBP 12.50", "GBP", 1250),
        ("1,250", "GBP", 125_000),
        ("1.250,50", "EUR", 125_050),
        ("€ 7", "EUR", 700),
        ("$3.5", "CAD", 350),
        ("0", "GBP", 0),
        ("½", "GBP", 50),
        ("1200", "JPY", 1200),
    ],
)
def test_amounts_are_read_as_people_type_them(in_app, typed, currency, amount):
    with in_app():
        assert money.amount_typed(typed, currency) == amount


@pytest.mark.parametrize(
    ("typed", "currency"),
    [
        *(
            (typed, "GBP")
            for typed in ("-3", "1e9", "€12.50", "USD 5", "12.505", "1.250", "twelve", "", "99999999999", "£")
        ),
        ("12.5", "JPY"),
    ],
)
def test_what_is_no_amount_of_that_money_is_asked_about_and_not_guessed(in_app, typed, currency):
    with in_app(), pytest.raises(Unreadable):
        money.amount_typed(typed, currency)


@pytest.mark.parametrize(
    ("locale", "currency"), [("en_GB", "GBP"), ("en_US", "USD"), ("fr_FR", "EUR"), ("en", "EUR"), ("no such", "EUR")]
)
def test_the_money_is_that_of_the_networks_country_until_somebody_chooses(locale, currency):
    assert money.usual_currency(locale) == currency


def test_the_form_offers_the_networks_money_first(app, as_, in_app, path):
    with in_app():
        db.session.execute(update(Network).values(locale="en_US"))
        db.session.commit()
    assert '<option selected value="USD">' in as_("ines").get(path).get_data(as_text=True)


def test_lines_are_added_up_by_currency_and_hours_stand_apart(as_, path):
    ines = as_("ines")
    for typed in ({}, {"amount": "30"}, {"amount": "8", "currency": "EUR", "kind": "materials"}):
        assert added(ines, path, **typed).status_code == 303
    assert ines.post(f"{path}/time", data={"gave": "Technician", "length": "1:30"}).status_code == 303
    html = ines.get(path).get_data(as_text=True)
    assert "€8.00 and £42.50, and 1 h 30 min that people gave." in html
    assert "Ines Quarrie added to the costs: Technician, 1 h 30 min" in html


@pytest.mark.parametrize("amount", ["-3", "1e9", "", "€3", "1.250"])
def test_a_wrong_amount_comes_back_with_what_was_typed(as_, in_app, path, amount):
    answer = added(as_("ines"), path, amount=amount, what="Tea for all")
    assert answer.status_code == 422 and lines(in_app) == []
    html = answer.get_data(as_text=True)
    assert "Tea for all" in html and f'value="{amount}"' in html


@pytest.mark.parametrize(
    "typed", [{"currency": "XXX"}, {"kind": "bribes"}, {"paid_on": "31 June"}, {"what": "a" * 201}]
)
def test_other_nonsense_is_refused_too(as_, in_app, path, typed):
    assert added(as_("ines"), path, **typed).status_code == 422 and lines(in_app) == []


@pytest.mark.parametrize("length", ["", "soon", "0", "-1", "99999 h"])
def test_time_that_is_none_is_refused(as_, in_app, path, length):
    answer = as_("ines").post(f"{path}/time", data={"gave": "Technician", "length": length})
    assert answer.status_code == 422 and lines(in_app) == []


def first(in_app):
    with in_app():
        return db.session.execute(select(EventCost.id, EventCost.row_version)).first()


def test_a_line_is_changed_taken_out_and_put_back(as_, in_app, path):
    ines = as_("ines")
    added(ines, path, what="Tea")
    cost_id, seen = first(in_app)
    changed = {"kind": "travel", "what": "Bus", "amount": "£5", "currency": "GBP", "seen": seen}
    assert ines.post(f"{path}/{cost_id}", data=changed).status_code == 303
    assert lines(in_app) == [("travel", "Bus", 500, "GBP", None)]
    assert ines.post(f"{path}/{cost_id}/removal").status_code == 303
    assert lines(in_app) == []
    assert "The line is out of the costs." in ines.get(path).get_data(as_text=True)
    assert ines.post(f"{path}/{cost_id}/returning").status_code == 303
    assert len(lines(in_app)) == 1


def test_the_second_of_two_sees_both_amounts(as_, in_app, path):
    added(as_("ines"), path, what="Tea")
    cost_id, seen = first(in_app)
    hers, mine = (
        {"kind": "refreshments", "what": what, "amount": "7", "currency": "GBP", "seen": seen}
        for what in ("Cake", "Fruit")
    )
    assert as_("mairead").post(f"{path}/{cost_id}", data=hers).status_code == 303
    answer = as_("ines").post(f"{path}/{cost_id}", data=mine)
    assert answer.status_code == 409
    assert "Cake" in answer.get_data(as_text=True) and "Fruit" in answer.get_data(as_text=True)


def test_time_is_changed_as_time(as_, in_app, path):
    ines = as_("ines")
    ines.post(f"{path}/time", data={"gave": "Technician", "length": "2 h"})
    cost_id, seen = first(in_app)
    assert 'value="2:00"' in ines.get(f"{path}/{cost_id}").get_data(as_text=True)
    assert ines.post(f"{path}/{cost_id}", data={"gave": "Parents", "length": "45", "seen": seen}).status_code == 303
    assert lines(in_app) == [("time", "Parents", 0, "", 45)]


def test_the_lines_come_as_a_spreadsheet(as_, path):
    ines = as_("ines")
    added(ines, path, what="=1+1", paid_on="2026-11-03")
    ines.post(f"{path}/time", data={"gave": "Technician", "length": "2 h"})
    sheet = read_sheet(ines.get(f"{path}?format=csv").data, "costs.csv")
    assert [cells for _number, cells in sheet.numbered()] == [
        ["Food and drink", "=1+1", "12.50", "GBP", "", "2026-11-03"],
        ["Time given", "Technician", "", "", "120", ""],
    ]


def test_costs_are_the_coordinators_and_the_owners_business(as_, in_app):
    with in_app():
        event = planned.event()

        event.owner_id = cast.person_id("dafydd")
        db.session.commit()
        path = f"{ROOM}{event.id}/costs"
    assert [as_(who).get(path).status_code for who in ("mairead", "dafydd", "tobi", "kofi")] == [200, 200, 403, 404]


def test_another_events_lines_are_not_reached(as_, in_app, path):
    added(as_("ines"), path)
    cost_id, _seen = first(in_app)
    with in_app():
        other = planned.event().id
    assert as_("ines").get(f"{ROOM}{other}/costs/{cost_id}").status_code == 404


def test_a_long_list_of_costs_pages_within_its_queries(as_, path, queries):
    ines = as_("ines")
    for number in range(30):
        added(ines, path, what=f"Item {number}")
    ines.get(path)
    with queries() as seen:
        html = ines.get(f"{path}?sort=most").get_data(as_text=True)
    assert len(seen) <= 12 and "£375.00" in html and "page=2" in html
