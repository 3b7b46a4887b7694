"""Signing in where the Wi-Fi is bad: on a phone, at the kiosk, with and without scripts, and nothing twice."""

import pytest

from portal.web import clock
from tests.attendance.evenings import SigningIn, at
from tests.browser.journeys import BOTH

pytestmark = pytest.mark.browser


@pytest.fixture
def evening(in_app):
    return SigningIn(in_app, "tobi", "leon", observers=["petra"], kiosk=True)


def kept(page):
    return page.evaluate("JSON.stringify(localStorage)")


@BOTH
def test_an_evening_by_room_code(evening, browse, js, width):
    ines = browse("ines", js=js, width=width)
    ines.go(f"{evening.url}/code")
    ines.check()
    ines.keep(f"room-code-{width}")
    phone = browse(js=js, width=width)
    page = phone.go("/in")
    phone.check()
    page.get_by_label("The code on the wall").fill("XXXX")
    phone.press("Show the names")
    page.get_by_role("alert").get_by_text("paper sheet").wait_for()
    page.get_by_label("The code on the wall").fill(evening.code.lower())
    phone.press("Show the names")
    page.get_by_role("heading", name="Tap your name").wait_for()
    phone.keep(f"in-names-{width}")
    page.get_by_role("button", name="Tobi L.").click()
    page.get_by_role("heading", name="You’re in, 4:58 pm").wait_for()
    phone.check()
    phone.keep(f"in-you-{width}")
    at(40)
    page.get_by_role("button", name="I’m leaving now").click()
    page.get_by_role("heading", name="You left at 5:40 pm").wait_for()
    phone.check()
    assert evening.rows() == {"Tobi": (-2, 40, 40, "participant", "code")}
    ines.page.reload()
    ines.sees("has signed in")


@BOTH
def test_an_evening_at_the_kiosk(evening, browse, js, width):
    ines = browse("ines", js=js, width=width)
    ines.go(f"{evening.url}/kiosk")
    ines.check()
    ines.press("Open it in this window", "link")
    ines.press("Sign out here and begin")
    page = ines.page
    page.get_by_label("Some letters of your surname").fill("la")
    if not js:
        ines.press("Find my name")
    page.get_by_role("button", name="Tobi Larkhill").wait_for()
    ines.check()
    ines.keep(f"kiosk-{width}")
    page.get_by_role("button", name="Tobi Larkhill").click()
    page.get_by_text("is in, 4:58 pm").wait_for()
    ines.check()
    assert page.get_by_label("Some letters of your surname").input_value() == ""
    page.get_by_text("Your name is not here?").click()
    page.get_by_label("Your name", exact=True).fill("Priya Wexcombe")
    ines.check()
    page.get_by_role("button", name="I’m here").click()
    page.get_by_text("Priya Wexcombe").first.wait_for()
    assert set(evening.rows()) == {"Tobi", "Priya"}


def test_a_tap_without_network_waits_and_is_sent_once(evening, browse):
    # The portal's clock stands while the phone's goes on: half a minute for what the wait takes.
    at(-1.5)
    phone = browse(width=320)
    page = phone.go(evening.door)
    phone.context.set_offline(True)
    page.get_by_role("button", name="Tobi L.").click()
    page.get_by_text("kept here").wait_for()
    assert "It is sent as soon as the network is back" in page.locator("[data-kept]").inner_text()
    phone.check()
    phone.keep("in-kept-320")
    # Pressed once more, impatiently.
    page.get_by_role("button", name="Tobi L.").click()
    assert page.locator("[data-kept] p").count() == 1 and evening.rows() == {}
    phone.context.set_offline(False)
    page.get_by_role("heading", name="You").wait_for()
    page.wait_for_url("**/in/you/**")
    page.wait_for_function("!localStorage.length")
    assert evening.rows() == {"Tobi": (-2, None, None, "participant", "code")}
    assert "Tobi" not in kept(page) and kept(page) == "{}"


def test_what_was_kept_survives_closing_the_page(evening, browse):
    phone = browse(width=320)
    page = phone.go(evening.door)
    page.get_by_text("Your name is not here?").click()
    page.get_by_label("Your name", exact=True).fill("Priya Wexcombe")
    page.get_by_label("Email").fill("priya@elsewhere.example")
    phone.context.set_offline(True)
    page.get_by_role("button", name="I’m here").click()
    page.get_by_text("Priya Wexcombe: kept here").wait_for()
    page.goto("about:blank")
    phone.context.set_offline(False)
    page.goto(f"{phone.address}/in")
    page.get_by_role("heading", name="You’re in").wait_for()
    assert set(evening.rows()) == {"Priya"} and kept(page) == "{}"


def test_an_answer_that_was_lost_on_the_way_is_no_second_act(evening, browse):
    """The server acted, the phone never heard of it: the same key comes again."""
    phone = browse(width=320)
    page = phone.go(evening.door)
    lost = []

    def lose(route):
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch(max_redirects=0))
            route.abort()
        else:
            route.continue_()

    page.route("**/walk-in", lose)
    page.get_by_text("Your name is not here?").click()
    page.get_by_label("Your name", exact=True).fill("Priya Wexcombe")
    page.get_by_label("Email").fill("priya@elsewhere.example")
    page.get_by_role("button", name="I’m here").click()
    page.get_by_text("kept here").wait_for()
    assert lost[0].status == 303 and len(evening.rows()) == 1
    page.evaluate("window.dispatchEvent(new Event('online'))")
    page.get_by_role("heading", name="You’re in").wait_for()
    assert len(evening.rows()) == 1 and kept(page) == "{}"


def test_the_kiosk_takes_a_whole_queue_without_network(evening, browse):
    walk = browse()
    page = walk.go(evening.kiosk)
    walk.context.set_offline(True)
    field = page.get_by_label("Some letters of your surname")
    for letters, name in (("la", "Tobi Larkhill"), ("far", "Leon Farrowby"), ("lin", "Petra Lindqvist")):
        field.fill(letters)
        page.get_by_role("button", name=name).click()
        page.get_by_text(f"{name}: kept here").wait_for()
        assert field.input_value() == ""
    for name in ("Priya Wexcombe", "Isla Penhallow"):
        if name.startswith("P"):
            page.get_by_text("Your name is not here?").click()
        page.get_by_label("Your name", exact=True).fill(name)
        page.get_by_role("button", name="I’m here").click()
        page.get_by_text(f"{name}: kept here").wait_for()
        assert page.get_by_label("Your name", exact=True).input_value() == ""
    walk.check()
    walk.keep("kiosk-kept")
    assert evening.rows() == {}
    walk.context.set_offline(False)
    page.get_by_text("Isla Penhallow: sent").wait_for()
    rows = evening.rows()
    assert set(rows) == {"Tobi", "Leon", "Petra", "Priya", "Isla"} and rows["Petra"][3] == "observer"
    assert kept(page) == "{}"


def test_what_is_refused_after_all_says_so_and_is_forgotten(evening, browse, in_app):
    walk = browse()
    page = walk.go(evening.kiosk)
    walk.context.set_offline(True)
    page.get_by_label("Some letters of your surname").fill("la")
    page.get_by_role("button", name="Tobi Larkhill").click()
    page.get_by_text("kept here").wait_for()
    with in_app():
        from portal.db import db

        evening.session().attendance_closed_at = clock.now()
        db.session.commit()
    walk.context.set_offline(False)
    page.get_by_text("this was not taken").wait_for()
    assert evening.rows() == {} and kept(page) == "{}"


def test_a_mistake_comes_back_with_what_was_typed(evening, browse):
    phone = browse(width=320)
    page = phone.go(evening.door)
    page.get_by_text("Your name is not here?").click()
    page.evaluate("document.querySelectorAll('form').forEach(form => form.noValidate = true)")
    page.get_by_label("Your name", exact=True).fill("Priya Wexcombe")
    page.get_by_label("Email").fill("priya")
    page.get_by_role("button", name="I’m here").click()
    page.get_by_role("alert").get_by_text("An address looks like").wait_for()
    assert page.get_by_label("Your name", exact=True).input_value() == "Priya Wexcombe"
    phone.check()
    assert kept(page) == "{}"
