"""A pair, a talk written down on a phone between two lessons, its answer, and what a coordinator sees of it."""

import pytest

from tests.browser.journeys import PHONE, Hands

pytestmark = pytest.mark.browser
ROOM = "/n/tarn-and-tide/mentoring/"
PARKED = "Circuits: try the parked step before Friday."
PRIVATE = "She is tired. Ask about her timetable."


def test_a_pair_and_its_talk(browse):
    ines = browse("ines")
    paired(ines)
    written_down(browse("dafydd", **PHONE))
    answered(browse("tobi", **PHONE))
    rhythm_and_no_content(ines)


def paired(walk):
    page = walk.go(ROOM)
    walk.check()
    walk.press("Pair two people", "link")
    page.get_by_label("Mentor", exact=True).select_option(label="Dafydd Okonjo-Reeve")
    page.get_by_label("Mentee").select_option(label="Dafydd Okonjo-Reeve")
    walk.press("Make them a pair")
    page.get_by_role("alert").wait_for()
    page.get_by_label("Mentee").select_option(label="Tobi Larkhill")
    walk.press("Make them a pair")


def written_down(walk):
    page = walk.go(ROOM)
    walk.check()
    walk.press("We met", "link")
    page.get_by_label("45", exact=True).check()
    page.get_by_label("Where we parked").fill(PARKED)
    page.get_by_label("Next date").fill("2026-11-24")
    page.get_by_label("A note to myself").fill(PRIVATE)
    walk.keep("we-met")
    walk.press("Save with the notes")
    walk.go(ROOM)
    walk.press("Tobi Larkhill", "link")
    walk.press("45 min", "link")
    page.get_by_text(PRIVATE).wait_for()


def answered(walk):
    """The other one reads what is for both, not what is for the writer alone, and says yes."""
    page = walk.go(ROOM)
    walk.check()
    walk.press("Dafydd Okonjo-Reeve", "link")
    walk.press("45 min", "link")
    page.get_by_text(PARKED).wait_for()
    assert PRIVATE not in page.content()
    walk.press("Yes, we met")
    page.get_by_text("Both say so.").wait_for()


def rhythm_and_no_content(walk):
    """A coordinator sees how often and how long, on no page what was said."""
    page = walk.go(ROOM)
    walk.check()
    assert "45 min" in page.get_by_role("row", name="Tobi Larkhill").inner_text()
    seen = page.content()
    walk.press("Tobi Larkhill", "link")
    seen += page.content()
    walk.press("45 min", "link")
    seen += page.content()
    seen += walk.go("/n/tarn-and-tide/history").content()
    assert PARKED not in seen and PRIVATE not in seen


def test_a_talk_in_four_presses_on_a_phone(in_app, browse):
    """From Today: We met, 45, Save. Four presses at most, no letter typed; the usual answers are chosen already."""
    from tests.access.mentoring import prepare

    with in_app():
        prepare()
    walk = browse("dafydd", width=320)
    page = walk.go("/n/tarn-and-tide/today/")
    hands = Hands(page)
    hands.press(page.get_by_role("link", name="We met").first)
    hands.press(page.get_by_text("45", exact=True))
    walk.check()
    hands.press(page.get_by_role("button", name="Save, that’s all"))
    page.wait_for_load_state()
    walk.check()
    page.get_by_text("45 min").first.wait_for()
    assert (hands.presses, hands.keys) == (3, 0)


def test_a_talk_by_keyboard_alone(in_app, browse):
    from tests.access.mentoring import prepare

    with in_app():
        values = prepare()
    walk = browse("dafydd")
    page = walk.go(f"{ROOM}pairs/{values['pairing_id']}/met")
    hands = Hands(page)
    hands.tab_to("input[name=length]")
    # What the two took last is chosen already.
    assert page.locator("input[name=length]:checked").get_attribute("value") == "45"
    page.keyboard.press("ArrowRight")
    hands.tab_to("button:has-text('Save, that’s all')")
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    page.get_by_role("link", name="1 h", exact=True).wait_for()
