"""A term of one box at three schools: what it leaves in the calendar, the refill list, R8 and the ledger is the same."""

import csv
import io
from datetime import date

import pytest
from sqlalchemy import func, select

from portal.activities.models import Use
from portal.db import db
from portal.kit.models import Kit
from portal.kit.queries import parts_of
from portal.lending.fields import UseReturned
from portal.lending.operations_closing import tell_use
from portal.lending.operations_steps import hand_over
from tests import cast
from tests.kit.kits import make_kit
from tests.lending.loans import booked, counted, noon_of, there

HERE = "/n/tarn-and-tide/"
BOX_AT = {"tobi": "Low Garrick School", "leon": "Withen Cross First School", "dafydd": "Brackenhythe Academy"}
WINDOWS = {
    "tobi": (date(2026, 11, 16), date(2026, 11, 20)),
    "leon": (date(2026, 11, 23), date(2026, 11, 27)),
    "dafydd": (date(2026, 12, 7), date(2026, 12, 11)),
}
# What the report says of this box, by the names of its figures.
R8 = {
    "boxes lent": 3, "returns of use are in": 3, "classes with a box": 6, "students with a box, direct": 125,
    "boxes came back late": 1, "parts lost or broken": 2, "whole boxes lost": 0,
}  # fmt: skip


@pytest.fixture
def term(in_app):
    """Box 9 booked for three schools, one after the other; the ids of the loans, and of its parts by title."""
    with in_app():
        kit = make_kit()
        made = {"kit": kit, "code": db.session.get_one(Kit, kit).code}
        made |= {part.title: part.id for part in parts_of(kit)}
        return made | {who: booked(kit, who, *window) for who, window in WINDOWS.items()}


def goes_out(in_app, term, who):
    noon_of(WINDOWS[who][0])
    with in_app():
        hand_over(cast.person_id("ines"), term[who], {})


def comes_back(client, term, day, **said):
    noon_of(day)
    answer = client.post(f"/b/{term['code']}/return", data={"back": "yes"} | said)
    assert answer.status_code == 303


def lines(browser, path):
    """A list as its spreadsheet says it."""
    text = browser.get(f"{HERE}{path}{'&' if '?' in path else '?'}format=csv").data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def calendar(browser):
    return {(one["Who has it"].partition(",")[0], one["How it stands"]) for one in lines(browser, "kit/calendar/")}


def short(browser):
    return {one["Part"]: int(one["Short"]) for one in lines(browser, "kit/refill")}


def rows(browser, key):
    return lines(browser, f"numbers/rows/{key}")


def added(browser, key, column):
    return sum(int(one[column]) for one in rows(browser, key))


def test_calendar_refill_list_r8_and_ledger_agree(in_app, as_, client, term):
    low, withen, brackenhythe = BOX_AT.values()
    # Low Garrick brings it back in time; at the box somebody says that two leads are gone.
    goes_out(in_app, term, "tobi")
    leads = term["USB leads"]
    said = {f"kind_{leads}": "missing", f"many_{leads}": "2", "classes": "2", "students": "54", "again": "yes"}
    comes_back(client, term, WINDOWS["tobi"][1], **said)
    with in_app():
        counted(term["tobi"], WINDOWS["tobi"][1], USB_leads=(2, 0, 0))
    ines = as_("ines")
    assert short(ines) == {"USB leads": 2}
    assert calendar(ines) == {(low, "Back"), (withen, "Booked"), (brackenhythe, "Booked")}
    # They are bought before the next school has it.
    ines.post(f"{HERE}kit/{term['kit']}/contents/{leads}/refill", data={"quantity": "2"})
    assert short(ines) == {}
    assert "Every box is whole." in ines.get(f"{HERE}kit/refill").text

    # Withen Cross is five days late, and uses up eight cells.
    goes_out(in_app, term, "leon")
    noon_of(date(2026, 12, 1))
    ines = as_("ines")
    assert calendar(ines) == {(low, "Back"), (withen, "Late"), (brackenhythe, "Booked")}
    page = ines.get(f"{HERE}kit/calendar/").text
    assert "1 is out, 1 is late" in page
    assert [one["Days late"] for one in rows(ines, "kit-overdue")] == ["4"]
    comes_back(client, term, date(2026, 12, 2), classes="1")
    with in_app():
        counted(term["leon"], date(2026, 12, 2), AA_cells=(0, 0, 8))

    # Brackenhythe has it with eight cells less, and tells on its own page.
    goes_out(in_app, term, "dafydd")
    with in_app():
        tell_use(cast.person_id("dafydd"), term["dafydd"], UseReturned(3, 71, "changed"), WINDOWS["dafydd"][0])
    noon_of(WINDOWS["dafydd"][1])
    as_("dafydd").post(f"{HERE}kit/loans/{term['dafydd']}/back")
    with in_app():
        counted(term["dafydd"], WINDOWS["dafydd"][1])
        assert there(term["kit"])["AA cells"] == 16

    the_same_four_times(in_app, as_("ines"), term)


def the_same_four_times(in_app, ines, term):
    """Three loans, six classes, 125 pupils in two returns and one without a number, one late, two leads, eight cells."""
    assert calendar(ines) == {(school, "Back") for school in BOX_AT.values()}
    assert short(ines) == {"AA cells": 8}
    assert len(rows(ines, "loans")) == len(rows(ines, "kit-returns")) == 3
    assert [(one["Organisation then"], one["Days late"]) for one in rows(ines, "kit-overdue")] == [
        (BOX_AT["leon"], "5")
    ]
    assert [(one["Part"], one["Together"], float(one["Replacement cost"])) for one in rows(ines, "kit-losses")] == [
        ("USB leads", "2", 7)
    ]
    with in_app():
        mine = Use.subject_kind == "kit", Use.subject_id == term["kit"], Use.withdrawn_at.is_(None)
        ledger = db.session.execute(select(func.sum(Use.classes), func.sum(Use.students), func.count()).where(*mine))
        assert ledger.one() == (6, 125, 3)
    assert added(ines, "kit-classes", "Classes") == 6
    assert added(ines, "kit-students", "Students") == 125
    assert len(rows(ines, "kit-uses-without-students")) == 1
    report = {one["Figure"]: one["Value"] for one in lines(ines, "numbers/holdings")}
    assert {name: int(report[name]) for name in R8} == R8
