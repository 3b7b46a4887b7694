"""A coordinator's visit written down in the corridor; somebody who would like an opening, and her answer."""

import pytest

from tests.access.openings import listed
from tests.browser.journeys import PHONE, Hands

pytestmark = pytest.mark.browser
ROOM = "/n/tarn-and-tide/mentoring/"


def test_a_visit_is_logged_in_three_taps_and_save(browse):
    """Where (a list and a line of it), how long, Save: all else is chosen already."""
    walk = browse("ines", **PHONE)
    page = walk.go(f"{ROOM}support/")
    walk.check()
    walk.press("Log a visit", "link")
    hands = Hands(page)
    hands.choose(page.get_by_label("Where", exact=True), "Low Garrick School")
    hands.press(page.get_by_text("45", exact=True))
    walk.check()
    walk.keep("visit")
    hands.press(page.get_by_role("button", name="Save, that’s all"))
    walk.sees("Low Garrick School")
    walk.check()
    assert (hands.presses, hands.keys) == (4, 0)


def test_an_opening_is_asked_for_and_answered(in_app, browse, post):
    with in_app():
        listed()
    boxes = {key: post.box(f"{key}@tarn-and-tide.example") for key in ("ines", "tobi")}
    tobi = browse("tobi", **PHONE)
    tobi.go(f"{ROOM}openings/")
    tobi.check()
    tobi.press("Mentors wanted", "link")
    tobi.press("I would like this")
    tobi.sees("You get a mail with the answer.")
    assert "Tobi Larkhill would like “Mentors wanted from autumn”" in subjects(boxes["ines"].fetch())
    ines = browse("ines")
    ines.go(f"{ROOM}openings/")
    ines.check()
    ines.press("Mentors wanted", "link")
    ines.press("Yes, gladly Tobi Larkhill")
    assert any("Mentors wanted from autumn" in subject for subject in subjects(boxes["tobi"].fetch()))
    tobi.press("Mentors wanted", "link", within=tobi.go(f"{ROOM}openings/").locator("main"))
    tobi.sees("It is yours")


def subjects(mails):
    return [mail["Subject"] for mail in mails]
