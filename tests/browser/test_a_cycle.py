"""A coaching cycle on a phone: notes in the lesson, shown, talked over in a talk that counts once, a step, a check."""

from datetime import timedelta

import pytest

from portal.web import clock
from tests.browser.journeys import PHONE
from tests.browser.private_words import Private
from tests.coaching.pairs import cycle, pair
from tests.mentoring_mail.by_mail import contacts

__all__ = ["cycle", "pair"]
pytestmark = pytest.mark.browser
ROOM = "/n/tarn-and-tide/mentoring/"
CYCLES = f"{ROOM}coaching/cycles/"


def test_a_cycle_on_a_phone(app, browse, pair, cycle):
    private = Private()
    lesson(browse, cycle, private)
    shown_and_read(browse, cycle, private)
    talked_over(app, browse, cycle, private)
    a_step_and_a_check(browse, cycle, private)
    counted(browse, pair, private)


def lesson(browse, cycle, private):
    """At the back of the room: a line at a time where there are scripts, and the same without."""
    walk = browse("dafydd", width=320)
    page = walk.go(f"{CYCLES}{cycle}/steps/observation")
    walk.check()
    for text in ("Asks: why did it tip? Waits three seconds.", "Four hands up of 26."):
        page.get_by_label("What you see or hear").fill(private.word(text))
        page.get_by_label("Quiet after a question").check()
        walk.press("Note it now")
        walk.sees(text)
        assert page.get_by_label("What you see or hear").evaluate("it => it === document.activeElement && !it.value")
        clock.freeze(clock.now() + timedelta(minutes=4))
    walk.keep("observation")
    walk = browse("dafydd", **PHONE)
    page = walk.go(f"{CYCLES}{cycle}/steps/observation")
    walk.check()
    page.get_by_label("What you see or hear").fill(private.word("Two at the back measure again."))
    walk.press("Note it now")
    assert page.locator(".noted li b").all_inner_texts() == ["14:13", "14:09", "14:05"]
    page.get_by_label("What you make of it").fill(private.word("He would let them wait if I were not here."))
    walk.press("Save: this step is done")


def shown_and_read(browse, cycle, private):
    """Shown by a press, and only then: the lines, never what is for himself."""
    mine, his = browse("dafydd", **PHONE), browse("tobi", **PHONE)
    assert "Four hands up" not in his.go(f"{CYCLES}{cycle}").content()
    mine.go(f"{CYCLES}{cycle}/steps/observation")
    mine.press("Show these lines to Tobi Larkhill")
    seen = his.go(f"{CYCLES}{cycle}").content()
    his.check()
    his.keep("cycle")
    assert "Four hands up of 26." in seen and "He would let them wait" not in seen


def talked_over(app, browse, cycle, private):
    """The notes stand beside the look-fors; one save keeps what was said and writes a talk down, and a second adds none."""
    walk = browse("dafydd", **PHONE)
    page = walk.go(f"{CYCLES}{cycle}/steps/conversation")
    walk.check()
    page.get_by_label("What the notes show").fill(private.word("Waiting brought four hands."))
    page.get_by_label("Write it down as a talk too").check()
    walk.keep("conversation")
    walk.press("Save: this step is done")
    assert contacts(app) == [(45, "in_person", "one_to_one", "page", 10)]
    walk.go(f"{CYCLES}{cycle}/steps/conversation")
    walk.sees("It is counted once.")
    walk.press("Save the step")
    assert len(contacts(app)) == 1


def a_step_and_a_check(browse, cycle, private):
    walk = browse("tobi", **PHONE)
    page = walk.go(f"{CYCLES}{cycle}/steps/action")
    page.get_by_label("The next step").fill(private.word("Count to three, every time."))
    walk.press("Save: this step is done")
    walk.go(f"{CYCLES}{cycle}/steps/check")
    walk.check()
    page.get_by_label("Evidence of growth").fill(private.word("Nine hands on Friday."))
    page.get_by_label("Met", exact=True).check()
    walk.press("Save: this step is done")
    walk.sees("Start the next cycle from here")


def counted(browse, pair, private):
    """A coordinator sees that there was a cycle, and how long they talked."""
    walk = private.watch(browse("ines"))
    walk.go(f"{ROOM}pairs/{pair}")
    walk.check()
    walk.sees("1 begun, 1 closed.")
    walk.press("45 min", "link")
    private.assert_unseen()
