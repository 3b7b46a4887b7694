"""Coming in, in a real browser: with a script, without one, and by keyboard alone."""

import pytest

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("js", "width", "dark"), [(True, 1280, False), (True, 320, True), (False, 320, False)])
def test_come_in_with_a_code(browse, js, width, dark):
    walk = browse(js=js, width=width, dark=dark)
    page = walk.go("/sign-in")
    if js:
        walk.check()
    page.get_by_label("Your email address").fill("ines@tarn-and-tide.example")
    page.get_by_role("button", name="Send me a code").click()
    code = page.locator("#shown-code code").inner_text()
    if js:
        walk.check()
    page.get_by_label("Code from the mail").fill(code)
    page.get_by_role("button", name="Come in").click()
    page.wait_for_url("**/n/tarn-and-tide/today/")
    if js:
        walk.check()


def test_come_in_by_keyboard_alone(browse):
    walk = browse()
    page = walk.go("/sign-in")
    page.get_by_label("Your email address").focus()
    page.keyboard.type("tobi@tarn-and-tide.example")
    page.keyboard.press("Enter")
    code = page.locator("#shown-code code").inner_text()
    assert page.evaluate("document.activeElement.id") == "code"
    page.keyboard.type(code)
    page.keyboard.press("Enter")
    page.wait_for_url("**/n/tarn-and-tide/today/")


def test_a_mistake_takes_the_focus_and_keeps_what_was_typed(browse):
    walk = browse()
    page = walk.go("/sign-in")
    page.get_by_label("Your email address").fill("ines at tarn")
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_role("alert").wait_for()
    assert page.title().startswith("Error:")
    assert page.get_by_label("Your email address").input_value() == "ines at tarn"
    assert page.evaluate("document.activeElement.closest('[role=alert]') !== null")
    walk.check()
