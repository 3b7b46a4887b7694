"""A journey is made with scripts in a wide window and without any on a small phone.

One that several people make is made once: who plans sits before the wide window, who is out and about holds the phone.
What a single person does in one place is done twice.
"""

import pytest

BOTH = pytest.mark.parametrize(("js", "width"), [(True, 1280), (False, 320)], ids=["scripts", "no-scripts"])
PHONE = {"js": False, "width": 320}

# What a keyboard stands on: how it is told apart, and whether something lies over it.
SEEN = """() => {
  const it = document.activeElement, box = it.getBoundingClientRect();
  const ring = (one) => one && (getComputedStyle(one).outlineStyle !== "none" || getComputedStyle(one).boxShadow !== "none");
  const x = box.left + box.width / 2, y = box.top + Math.min(box.height / 2, 12);
  const over = document.elementFromPoint(x, y);
  return {
    what: it.outerHTML.slice(0, 120),
    ring: ring(it) || ring(it.closest("label")),
    covered: !over || !(it.contains(over) || over.contains(it) || (it.labels && [...it.labels].some((one) => one.contains(over)))),
  };
}"""


class Hands:
    """What a person does with a page: presses and keystrokes, counted."""

    def __init__(self, page):
        self.page = page
        self.presses = self.keys = 0

    def press(self, locator):
        self.presses += 1
        locator.click()

    def key(self, key):
        self.keys += 1
        self.page.keyboard.press(key)

    def tab_to(self, selector, back=False, most=90):
        """Tab until the element has the focus; on the way every stop is seen and lies under nothing."""
        for _step in range(most):
            self.key("Shift+Tab" if back else "Tab")
            at = self.page.evaluate(SEEN)
            assert at["ring"], f"no visible focus on {at['what']}"
            assert not at["covered"], f"something lies over {at['what']}"
            if self.page.locator(f"{selector}:focus").count():
                return
        raise AssertionError(f"{selector} was not reached by {most} presses of Tab")

    def type(self, locator, text, keys=""):
        """A tap into a field, and the keys; what stood there is written over. ``keys``: where others are pressed for it."""
        self.press(locator)
        locator.fill("" if not keys else text)
        self.keys += len(keys)
        for key in text if not keys else "":
            self.key(key)

    def choose(self, locator, label):
        """A tap that opens the list, and one on its line."""
        self.presses += 2
        locator.select_option(label=label)
