"""A termly meeting from last term's copy to the numbers page: the same figures wherever they stand."""

from datetime import timedelta

import pytest

from portal.web import clock
from tests.browser.journeys import PHONE
from tests.events import planned

pytestmark = pytest.mark.browser
EVENTS = "/n/tarn-and-tide/events/"
AFTER = planned.NEXT_THURSDAY + timedelta(hours=3)


def test_a_termly_meeting(in_app, browse):
    with in_app():
        old = planned.event("Build a hand", planned.LAST_THURSDAY, capacity=24).id
    plan = browse("ines")
    number = copied(plan, old)
    booked(browse, number)
    clock.freeze(AFTER)
    ines = browse("ines")
    marked(ines, number)
    corrected(ines)
    the_same_everywhere(ines)


def copied(walk, old):
    """From last term's event to a published one with two places; a mistake comes back beside its field."""
    page = walk.go(f"{EVENTS}{old}")
    walk.check()
    walk.press("Copy it to a new date")
    assert page.get_by_label("Title").input_value() == "Build a hand"
    page.get_by_label("Date", exact=True).fill("2026-11-19")
    page.get_by_label("Places (optional)").fill("two")
    walk.press("Save the changes")
    page.get_by_role("alert").get_by_text("Places must be a number").wait_for()
    page.get_by_label("Places (optional)").fill("2")
    walk.press("Save the changes")
    page.get_by_text("A draft in pencil").wait_for()
    walk.press("Publish it")
    walk.keep("event-published")
    return int(page.url.rsplit("/", 1)[1])


def booked(browse, number):
    """A member takes a place, an outsider the last one, and the next member waits."""
    tobi = browse("tobi", **PHONE)
    tobi.go(f"{EVENTS}{number}")
    tobi.press("I’m coming")
    tobi.page.get_by_text("You’re coming").first.wait_for()
    outside = browse(**PHONE)
    page = outside.go(f"/p/tarn-and-tide/events/{number}")
    outside.check()
    page.get_by_label("Your name").fill("Wren Aldercott")
    page.get_by_label("Email").fill("wren.aldercott")
    page.evaluate("document.querySelectorAll('form').forEach(form => form.noValidate = true)")
    outside.press("Book my place")
    page.get_by_text("An address looks like").first.wait_for()
    page.get_by_label("Email").fill("wren@elsewhere.example")
    outside.press("Book my place")
    leon = browse("leon")
    leon.go(f"{EVENTS}{number}")
    leon.press("Join the waiting list")
    leon.page.get_by_text("You are on the waiting list").first.wait_for()


def row(page, name):
    return page.locator("li.row").filter(has=page.get_by_role("heading", name=name, exact=True))


def marked(walk, number):
    """Here, part from an hour to another, not here; two walk in, one of them to observe."""
    page = walk.go(f"{EVENTS}{number}")
    walk.press("Who came?", "link")
    row(page, "Tobi Larkhill").get_by_label("Here", exact=True).check()
    wren = row(page, "Wren Aldercott")
    wren.get_by_label("Part").check()
    wren.get_by_label("From", exact=True).fill("18:00")
    wren.get_by_label("To", exact=True).fill("17:30")
    walk.press("Save")
    page.get_by_text("is before the start").first.wait_for()
    wren.get_by_label("From", exact=True).fill("17:00")
    wren.get_by_label("To", exact=True).fill("17:45")
    row(page, "Leon Farrowby").get_by_label("Not here").check()
    # The press of a cell and the hours are on their way by themselves; the button finds them saved.
    page.wait_for_load_state("networkidle")
    walk.press("Save")
    for name, part in (("Isla Penhallow", "Took part"), ("Ewan Strickley", "Observed")):
        walk.press("Somebody came without booking", "link")
        page.get_by_label("Name").fill(name)
        page.get_by_label("Was there as").select_option(label=part)
        walk.press("Add to the sheet")
    walk.keep("who-came")


def corrected(walk):
    """Tobi left halfway after all. Then the sheet is closed."""
    page = walk.page
    row(page, "Tobi Larkhill").get_by_role("link").click()
    page.get_by_label("Part").check()
    page.get_by_label("or minutes").fill("60")
    walk.press("Save")
    walk.press("Close the sheet", "link")
    walk.press("Close the sheet")
    assert "60" in row(page, "Tobi Larkhill").inner_text()
    assert "45" in row(page, "Wren Aldercott").inner_text()


def the_same_everywhere(walk):
    """Tobi 60, Wren 45, Isla 90 minutes; Ewan observed and Leon was not here."""
    page = walk.page
    page.get_by_text("3 people were here, 1 observer besides").wait_for()
    walk.go("/n/tarn-and-tide/numbers/")
    walk.check()
    for name, value in (("attendances", "3"), ("sessions took place", "1"), ("person-hours", "3¼")):
        figure = page.locator("li.row").filter(has=page.get_by_role("heading", name=name, exact=True))
        assert figure.locator(".when").inner_text().strip() == value
    figure = page.locator("li.row").filter(has=page.get_by_role("heading", name="attendances", exact=True))
    walk.keep("numbers")
    walk.press("See the 3 rows", "link", within=figure)
    shown = page.locator("table").first.inner_text()
    assert all(name in shown for name in ("Tobi Larkhill", "Wren Aldercott", "Isla Penhallow"))
    assert "Leon" not in shown and "Ewan" not in shown
