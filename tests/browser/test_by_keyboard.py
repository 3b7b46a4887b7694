"""Without a mouse: what has the focus is seen, nothing lies over it, and the skip link skips."""

from datetime import timedelta

import pytest

from portal.web import clock
from tests.browser.journeys import Hands
from tests.coaching.pairs import cycle, pair
from tests.events import planned

__all__ = ["cycle", "pair"]
pytestmark = pytest.mark.browser
EVENTS, MENTORING = "/n/tarn-and-tide/events/", "/n/tarn-and-tide/mentoring/"


def test_the_skip_link_leads_past_the_header(browse):
    page = browse("ines").go(EVENTS)
    hands = Hands(page)
    hands.tab_to("a.skip", most=1)
    hands.key("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    hands.key("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_a_place_is_booked(in_app, browse):
    with in_app():
        number = planned.event().id
    walk = browse("tobi")
    page = walk.go(f"{EVENTS}{number}")
    hands = Hands(page)
    hands.tab_to("button:has-text('I’m coming')")
    hands.key("Enter")
    page.get_by_text("You’re coming").first.wait_for()


@pytest.mark.parametrize("width", [1280, 320])
def test_attendance_is_marked(in_app, browse, width):
    """Forth and back through a sheet on a phone, where the row of Save stays at the foot of the window."""
    with in_app():
        event = planned.event()
        planned.booked(event, "tobi", "leon", "dafydd", "mairead")
        number, session = event.id, event.sessions[0].id
    clock.freeze(planned.NEXT_THURSDAY + timedelta(hours=3))
    walk = browse("ines", width=width)
    page = walk.go(f"{EVENTS}{number}/sessions/{session}/attendance")
    hands = Hands(page)
    hands.tab_to("input[name^=is-]")
    hands.key("Space")
    assert page.locator("input[name^=is-]:checked").get_attribute("value") == "here"
    # Its answer draws the row anew, as it is kept.
    page.get_by_text("1 of 4 marked").first.wait_for()
    hands.key("ArrowRight")
    assert page.locator("input[name^=is-]:checked").get_attribute("value") == "part"
    hands.key("ArrowRight")
    hands.tab_to(".savebar button")
    hands.tab_to("input[name^=is-]", back=True)
    hands.tab_to(".savebar button")
    hands.key("Enter")
    page.get_by_text("1 of 4 marked").first.wait_for()


def test_a_talk_is_written_down_and_a_lesson_observed(browse, pair, cycle):
    """On a phone. After each line the keys are back in the field for the next."""
    walk = browse("dafydd", width=320)
    page = walk.go(f"{MENTORING}pairs/{pair}/met")
    hands = Hands(page)
    hands.tab_to("input[name=length]")
    hands.key("ArrowRight")
    hands.tab_to("button:has-text('Save, that’s all')")
    hands.key("Enter")
    page.get_by_role("link", name="45 min", exact=True).wait_for()
    page = walk.go(f"{MENTORING}coaching/cycles/{cycle}/steps/observation")
    hands.tab_to("textarea[name=text]")
    for number, line in enumerate(("Waits three seconds.", "Four hands up."), 1):
        page.keyboard.type(line)
        hands.tab_to("input[name=look_for]")
        hands.key("ArrowRight")
        hands.tab_to("button:has-text('Note it now')")
        hands.key("Enter")
        page.locator(f".noted li:nth-child({number})").wait_for()
        page.wait_for_function("document.activeElement.name === 'text'")
    hands.tab_to("button:has-text('Show these lines')")
    hands.key("Enter")
    page.get_by_role("button", name="Keep them to myself again").wait_for()


@pytest.mark.parametrize("path", ["/n/tarn-and-tide/today/", "/me", "/n/tarn-and-tide/mentoring/"])
def test_forced_colours_keep_what_matters(browse, path):
    """With the reader's own few colours: axe-core finds nothing, and the focus is drawn in them."""
    walk = browse("ines", forced_colors="active")
    page = walk.go(path)
    # What colours then stand against each other is the reader's own choice.
    assert not [line for line in walk.findings() if "color-contrast" not in line]
    hands = Hands(page)
    hands.tab_to("main a")
    walk.keep(f"forced-{path.strip('/').rpartition('/')[2]}")
