"""A passkey in Chromium, with an authenticator that it simulates: made on my page, used at the door, refused elsewhere."""

from collections.abc import Iterator

import pytest

from tests.people.imported import member

pytestmark = pytest.mark.browser
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def named(app, address) -> Iterator[str]:
    """The portal under the one name that needs no certificate: keys belong to names, not to numbers."""
    before = app.config["PORTAL_URL"]
    app.config["PORTAL_URL"] = address.replace("127.0.0.1", "localhost")
    yield app.config["PORTAL_URL"]
    app.config["PORTAL_URL"] = before


class Authenticator:
    """The device beside a window."""

    def __init__(self, walk) -> None:
        self.line = walk.context.new_cdp_session(walk.page)
        self.line.send("WebAuthn.enable", {"enableUI": False})
        self.id = self.line.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})["authenticatorId"]

    def held(self) -> list[dict]:
        return self.line.send("WebAuthn.getCredentials", {"authenticatorId": self.id})["credentials"]

    def knows_its_owner(self, yes: bool) -> None:
        self.line.send("WebAuthn.setUserVerified", {"authenticatorId": self.id, "isUserVerified": yes})


def by_code(walk, key="tobi"):
    page = walk.go("/sign-in")
    page.get_by_label("Your email address").fill(f"{key}@tarn-and-tide.example")
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("Code from the mail").fill(page.locator("#shown-code code").inner_text())
    page.get_by_role("button", name="Come in").click()
    page.wait_for_url("**/today/")


def set_up(walk, name="My own laptop"):
    page = walk.go("/me/passkeys/new")
    page.get_by_label("What you call this device").fill(name)
    walk.check()
    page.get_by_role("button", name="Ask the device").click()


@pytest.fixture
def at_home(browse, named):
    """Tobi's window, signed in, with a device beside it that holds a passkey."""
    walk = browse(at=named)
    device = Authenticator(walk)
    by_code(walk)
    set_up(walk)
    walk.page.wait_for_url("**/me#passkeys")
    return walk, device


def test_a_device_is_set_up_and_lets_her_in_without_mail(at_home):
    walk, device = at_home
    assert walk.sees("This device opens the door from now on, without mail.") and walk.sees("My own laptop")
    assert [one["rpId"] for one in device.held()] == ["localhost"] and device.held()[0]["isResidentCredential"]
    walk.check()
    walk.context.clear_cookies()
    page = walk.go("/sign-in?next=/me")
    walk.check()
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/me")
    assert walk.sees("last used")


def test_the_same_device_is_not_set_up_twice(at_home):
    walk, device = at_home
    set_up(walk, "Once more")
    walk.page.get_by_text("holds a passkey of yours already").wait_for()
    assert len(device.held()) == 1


def test_a_device_that_does_not_know_its_owner_lets_nobody_in_and_says_so(at_home):
    walk, device = at_home
    walk.context.clear_cookies()
    device.knows_its_owner(False)
    page = walk.go("/sign-in")
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_text("The device gave no passkey for this portal").wait_for()
    walk.check()
    device.knows_its_owner(True)
    # The button works again at once.
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/today/")


def test_what_the_device_signs_for_another_address_opens_nothing(app, at_home, named):
    walk, _device = at_home
    walk.context.clear_cookies()
    app.config["PORTAL_URL"] = f"{named}0"
    page = walk.go("/sign-in")
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_role("alert").get_by_text("does not open the door here").wait_for()
    walk.check()


def test_without_a_script_the_page_says_so_and_offers_nothing(browse, named):
    walk = browse(js=False, width=320, at=named)
    by_code(walk)
    page = walk.go("/me/passkeys/new")
    assert walk.sees("This needs a browser that runs scripts")
    assert not page.get_by_role("button", name="Ask the device").is_visible()
    walk.check()


@pytest.mark.parametrize(("js", "width", "dark"), [(True, 1280, False), (False, 320, True)])
def test_a_slip_from_the_coordinators_page_to_coming_in(browse, js, width, dark):
    ines = browse("ines", js=js, width=width, dark=dark)
    page = ines.go("/people")
    page.get_by_role("link", name="Tobi Larkhill").click()
    ines.press("Give a slip", role="link")
    ines.press("Make the slip")
    code = page.locator(".paper-code").inner_text()
    ines.keep(f"slip-{width}")
    tobi = browse(js=js, width=width, dark=dark)
    tobi.go("/sign-in")
    tobi.press("I have a slip", role="link")
    tobi.page.get_by_label("Code on the slip").fill(code.lower())
    tobi.press("Come in")
    assert tobi.sees("You are in, on this computer")


@pytest.mark.parametrize("width", [1280, 320])
def test_the_help_pages_for_a_school_that_blocks_us(browse, width):
    walk = browse(width=width)
    walk.go("/help/mail")
    walk.check()
    walk.press("A letter to them, ready to send", role="link")
    walk.page.get_by_label("Which school?").fill("Kestrel Lane Primary")
    walk.page.get_by_label("Our mail does not arrive").check()
    walk.press("Report it")
    assert walk.sees("The people who run this portal see it now.")


def test_an_administrator_sees_which_schools_block_us(browse):
    nobody = browse()
    nobody.go("/help/blocked")
    nobody.page.get_by_label("Which school?").fill("Kestrel Lane Primary")
    nobody.page.get_by_label("The pages do not open").check()
    nobody.press("Report it")
    ravi = browse("ravi", width=320, dark=True)
    ravi.go("/help/blocked/reports")
    ravi.check()
    ravi.press("Seen to")
    assert ravi.sees("Noted: somebody has seen to it.") and ravi.sees("Not yet")


def test_a_passkey_is_removed_after_a_question_on_a_small_phone(at_home):
    walk, _device = at_home
    walk.shrink()
    walk.go("/me")
    walk.press("Remove My own laptop", role="link")
    walk.press("Remove it")
    assert walk.sees("That passkey opens nothing any more.")


def test_the_first_mail_is_looked_at_before_it_goes(app, browse, in_app):
    with in_app():
        member("Ada Farrow", "ada@x.example")
    for width in (1280, 320):
        walk = browse("ines", width=width, dark=width == 320)
        walk.go("/n/tarn-and-tide/members")
        walk.check()
        walk.press("See the mail and invite them", role="link")
        walk.page.get_by_label("A sentence of your own").fill("We met at the fair.")
        walk.press("Show the mail with this sentence")
        assert "We met at the fair." in walk.page.locator("pre.mail").inner_text()
