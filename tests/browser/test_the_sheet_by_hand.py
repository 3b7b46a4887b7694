"""The sheet by hand: ticks one after another, two who tick at once, the signed paper typed in, its photo, and by keyboard."""

import pytest

from tests.attendance.evenings import SigningIn
from tests.attendance.sheets import Evening
from tests.browser.journeys import BOTH, Hands
from tests.web import heic

pytestmark = pytest.mark.browser


def row(page, name):
    return page.locator("li.row").filter(has=page.get_by_role("heading", name=name, exact=True))


def press(cell):
    """Press a cell and wait for its answer."""
    with cell.page.expect_response(lambda answer: answer.request.method == "POST") as coming:
        cell.check()
    return coming.value


def test_each_tick_is_one_fragment_and_keeps_the_place(in_app, browse):
    evening = Evening(in_app, "tobi", "leon", "dafydd")
    walk = browse("ines")
    page = walk.go(evening.url)
    sent = []
    page.on(
        "request", lambda request: sent.append(request.method) if request.resource_type in ("fetch", "xhr") else None
    )
    tobi = row(page, "Tobi Larkhill")
    answer = press(tobi.get_by_label("Here", exact=True))
    assert answer.status == 200 and "<html" not in answer.text()
    page.get_by_text("1 of 3 marked").first.wait_for()
    assert sent == ["POST"]
    assert page.evaluate("document.activeElement.id") == tobi.get_by_label("Here", exact=True).get_attribute("id")
    walk.check()
    assert evening.minutes() == {"Tobi": 90}


def test_whoever_ticks_in_another_window_meanwhile_is_told(in_app, browse):
    evening = Evening(in_app, "tobi", "leon")
    one, other = browse("ines"), browse("mairead")
    page, theirs = one.go(evening.url), other.go(evening.url)
    press(row(page, "Tobi Larkhill").get_by_label("Not here"))
    answer = press(row(theirs, "Tobi Larkhill").get_by_label("Here", exact=True))
    assert answer.status == 409
    row(theirs, "Tobi Larkhill").get_by_text("Ines Quarrie").first.wait_for()
    other.check()
    assert evening.minutes() == {"Tobi": 0}


@BOTH
def test_the_signed_paper_is_printed_and_typed_in(in_app, browse, js, width):
    evening = Evening(in_app, "tobi", "leon", "dafydd")
    numbers = evening.numbers()
    walk = browse("ines", js=js, width=width)
    page = walk.go(f"{evening.url}/paper")
    walk.check()
    walk.keep(f"sheet-to-print-{width}")
    walk.press("Type the signed one in", "link")
    whole = page.locator("input[name=whole]")
    whole.fill(f"1-{min(numbers['Tobi'], 2)}")
    if js:
        whole.press("Enter")
        assert page.evaluate(
            "document.activeElement.closest('td, div') !== null && document.activeElement.name !== 'whole'"
        )
    walk.press("See what changes")
    page.get_by_text("here from start to end").first.wait_for()
    assert evening.rows() == {}
    walk.press("Save")
    ticked = {name for name, number in numbers.items() if number <= min(numbers["Tobi"], 2)}
    assert {name: how for name, (_minutes, how) in evening.rows().items()} == dict.fromkeys(ticked, "sheet")


@BOTH
def test_its_photo_is_kept_as_the_telephone_takes_it(in_app, browse, js, width):
    evening = Evening(in_app, "tobi")
    walk = browse("ines", js=js, width=width)
    page = walk.go(f"{evening.url}/paper/photos")
    walk.check()
    photo = {"name": "IMG_0412.HEIC", "mimeType": "image/heic", "buffer": heic.TILE.read_bytes()}
    page.locator("input[type=file]").first.set_input_files(photo)
    walk.press("Keep with the sheet")
    page.get_by_role("link", name="IMG_0412.jpg").wait_for()


def test_signing_in_and_out_without_a_mouse(in_app, browse):
    evening = SigningIn(in_app, "tobi", "leon")
    page = browse(width=320).go("/in")
    hands = Hands(page)
    hands.tab_to("input[name=code]")
    page.keyboard.type(evening.code.lower())
    hands.key("Enter")
    page.get_by_role("heading", name="Tap your name").wait_for()
    hands.tab_to("button:has-text('Tobi L.')")
    hands.key("Enter")
    page.get_by_role("heading", name="You’re in").wait_for()
    hands.tab_to("button:has-text('I’m leaving now')")
    hands.key("Enter")
    page.get_by_role("heading", name="You left").wait_for()


def test_a_place_is_booked_without_an_account_and_without_a_mouse(in_app, browse):
    evening = SigningIn(in_app)
    page = browse(width=320).go(f"/p/tarn-and-tide/events/{evening.event_id}")
    hands = Hands(page)
    for field, words in (("name", "Wren Aldercott"), ("address", "wren@elsewhere.example")):
        hands.tab_to(f"input[name={field}]")
        page.keyboard.type(words)
    hands.tab_to("button:has-text('Book my place')")
    hands.key("Enter")
    page.get_by_role("heading", name="Look into your mail").wait_for()
