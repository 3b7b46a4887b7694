"""A box from the calendar to its next class: asked for, lent, brought back at the box itself, counted and refilled.

Who minds it sits before a wide screen with scripts; the hand-over is on a phone, and the return at the box on a small
one without scripts, by somebody who is not signed in.
"""

from datetime import date, datetime

import pytest

from portal.db import db
from portal.kit.models import Kit
from portal.lending.operations_agreement import write_agreement
from portal.web import clock
from tests import cast
from tests.browser.journeys import Hands
from tests.browser.letterboxes import link, words_of
from tests.kit.kits import make_kit
from tests.lending.calendar_world import lend

pytestmark = pytest.mark.browser
ROOM, LOANS = "/n/tarn-and-tide/kit/", "/n/tarn-and-tide/kit/loans/"
# Tobi's window, and Leon's after it: Monday to Friday each.
FIRST, LAST, NEXT, END = date(2026, 11, 16), date(2026, 11, 20), date(2026, 11, 23), date(2026, 12, 4)
FIGURES = {
    "boxes lent": "1", "returns of use are in": "1", "classes with a box": "2", "students with a box": "54",
    "boxes came back late": "0", "parts lost or broken": "2",
}  # fmt: skip
# A teacher with one thumb and a full corridor: seconds for a tap with finding its place, and for a key.
TAP, KEY = 3.0, 1.0


@pytest.fixture
def box(in_app):
    """Box 9, which Leon has from the 23rd, and what borrowers agree to; its short address."""
    with in_app():
        write_agreement(cast.person_id("ines"), cast.network_id(), 0, "Bring it back **whole**.")
        kit_id = make_kit(collecting="Ring at the side door.")
        lend(kit_id, "leon", NEXT, END)
        code = db.session.get_one(Kit, kit_id).code
    return f"/b/{code}"


def noon(day: date) -> datetime:
    return cast.NOW.replace(year=day.year, month=day.month, day=day.day, hour=12)


def day(number: int) -> datetime:
    """Noon of that day of November."""
    return noon(date(2026, 11, number))


def test_a_box_is_borrowed_brought_back_and_refilled(browse, post, box):
    boxes = {key: post.box(f"{key}@tarn-and-tide.example") for key in ("ines", "tobi", "leon")}
    tobi = browse("tobi")
    asked_for(tobi)
    approved(browse, boxes)
    collected_soon(boxes["tobi"], tobi)
    handed_over(browse)
    due_tomorrow(boxes["tobi"])
    back_at_the_box(browse, box)
    ines = browse("ines")
    counted(ines)
    the_next_one_knows(boxes["leon"])
    the_same_everywhere(ines)
    refilled(ines)


def asked_for(walk):
    """From the box's own calendar. That the days clash is told before anything is asked."""
    page = walk.go(ROOM)
    walk.check()
    walk.press("Microcontrollers", "link")
    assert "Withen Cross First School" in page.locator("main").inner_text()
    walk.press("Ask for these days", "link")
    page.locator("#starts_on").fill("2026-11-18")
    page.locator("#ends_on").fill("2026-11-25")
    walk.press("See whether it is free")
    page.locator("#answer").get_by_text("Withen Cross First School").wait_for()
    assert not page.get_by_role("button", name="Ask for it").count()
    walk.keep("box-clash")
    page.locator("#starts_on").fill(FIRST.isoformat())
    page.locator("#ends_on").fill(LAST.isoformat())
    walk.press("See whether it is free")
    page.get_by_text("It is free:").wait_for()
    page.get_by_label("What is it for?").fill("Circuits before Christmas")
    page.get_by_label("How many classes").fill("2")
    page.get_by_label("I have read the agreement").check()
    walk.press("Ask for it")
    page.get_by_role("heading", name="Loan of “Box 9, Microcontrollers”").wait_for()


def approved(browse, boxes):
    """By the link of a mail, on a phone, without signing in."""
    [mail] = [mail for mail in boxes["ines"].fetch() if "/a/kitdecide-" in words_of(mail)]
    assert "Tobi Larkhill asks for “Box 9, Microcontrollers”" in mail["Subject"]
    walk = browse(js=False, width=320)
    page = walk.go(link(mail, "kitdecide"))
    walk.check()
    walk.sees("The days are free.")
    page.get_by_label("A line for her").fill("The room is open until four.")
    walk.press("Yes, lend it")
    walk.sees("It is hers.")
    [told] = boxes["tobi"].fetch()
    assert "It is yours" in told["Subject"] and "The room is open until four." in words_of(told)


def collected_soon(letterbox, walk):
    [ready] = [mail for mail in letterbox.fetch(day(13)) if "You collect it soon" in mail["Subject"]]
    assert "Ring at the side door." in words_of(ready) and "24 × AA cells" in words_of(ready)


def handed_over(browse):
    """On a phone at the door: all is in it, out it goes."""
    clock.freeze(day(16))
    walk = browse("ines", width=320)
    page = walk.go(LOANS)
    walk.check()
    walk.press("Microcontrollers", "link", within=page.locator("li.row").filter(has_text="Tobi Larkhill"))
    walk.press("Hand it over", "link")
    walk.press("It is out")
    page.get_by_role("alert").get_by_text("Not ticked yet").first.wait_for()
    page.get_by_label("Everything is in, as listed").check()
    walk.keep("box-at-the-door")
    walk.press("It is out")
    walk.sees("Take the last step back")


def due_tomorrow(letterbox):
    [due] = [mail for mail in letterbox.fetch(day(19)) if "Due back" in mail["Subject"]]
    assert "Due back tomorrow" in due["Subject"] and link(due, "kitback") and link(due, "kitlonger")


def back_at_the_box(browse, address):
    """Standing before it, with what is missing and how it went. Its taps are counted: it takes less than a minute."""
    clock.freeze(day(20))
    walk = browse(js=False, width=320)
    page = walk.go(address)
    walk.check()
    hands = Hands(page)
    hands.press(page.get_by_role("link", name="I bring it back"))
    walk.check()
    hands.press(page.get_by_text("Something is missing, broken or used up"))
    hands.choose(page.get_by_label("USB leads", exact=False).first, "Missing")
    hands.type(page.get_by_label("How many: USB leads"), "2")
    walk.check()
    walk.keep("box-return")
    hands.type(page.get_by_label("How many classes used it?"), "2")
    hands.type(page.get_by_label("How many young people"), "54")
    hands.press(page.get_by_label("Yes", exact=True))
    hands.press(page.get_by_role("button", name="That is all"))
    walk.sees("It is noted.")
    walk.check()
    assert "Tobi" not in page.inner_text("body") and "Low Garrick" not in page.inner_text("body")
    assert (hands.presses, hands.keys) == (9, 4)
    assert hands.presses * TAP + hands.keys * KEY < 60


def counted(walk):
    """What was said at the box stands in the count already; with it the loan is over, for its use is told."""
    page = walk.go(LOANS)
    walk.check()
    walk.press("Microcontrollers", "link", within=page.locator("li.row").filter(has_text="Tobi Larkhill"))
    walk.press("Count what came back", "link")
    leads = page.get_by_role("group", name="USB leads")
    assert leads.get_by_label("Missing").input_value() == "2"
    walk.keep("box-count")
    walk.press("That is what came back")
    walk.sees("Open it again")


def the_next_one_knows(letterbox):
    [ready] = [mail for mail in letterbox.fetch(day(20)) if "You collect it soon" in mail["Subject"]]
    assert "USB leads: 10 of 12 are there" in words_of(ready)


def the_same_everywhere(walk):
    """The calendar, R8 and the rows behind it say the same of this loan."""
    page = walk.go(f"{ROOM}calendar/")
    walk.check()
    walk.keep("box-calendar")
    week = page.locator("table.loans").inner_text()
    assert "Back" in week and "Low Garrick School" in week and "Withen Cross First School" in week
    walk.go("/n/tarn-and-tide/numbers/holdings")
    walk.check()
    walk.keep("box-numbers")
    for name, value in FIGURES.items():
        assert figure(page, name).locator(".when").inner_text().strip() == value, name
    walk.press("See its rows", "link", within=figure(page, "students with a box, direct"))
    row = page.locator("table").first.inner_text()
    assert "Tobi Larkhill" in row and "54" in row


def figure(page, name):
    return page.locator("li.row").filter(has=page.get_by_role("heading", name=name))


def refilled(walk):
    """Two leads at £3.50, needed by Leon's Monday; with one press they are in, and what was said is settled."""
    page = walk.go(f"{ROOM}refill")
    walk.check()
    row = page.get_by_role("row").filter(has_text="USB leads").inner_text()
    assert "£7.00" in row and "Mon 23 Nov" in row
    walk.keep("box-refill")
    walk.press("Are in USB leads")
    walk.sees("Every box is whole.")
