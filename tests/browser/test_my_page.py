"""My page, the rooms of a network, and the first run of an empty portal."""

import pytest

from portal.db import db
from tests.admin.test_first_run import fresh
from tests.browser.conftest import served
from tests.browser.journeys import BOTH

pytestmark = pytest.mark.browser


@BOTH
def test_what_is_known_about_me(browse, js, width):
    walk = browse("tobi", js=js, width=width)
    page = walk.go("/me")
    walk.check()
    page.get_by_label("Phone").check()
    walk.press("Show just these")
    assert page.get_by_label("Phone").is_checked()
    proved(walk)
    with page.expect_download() as download:
        page.get_by_role("link", name="As JSON").click()
    assert "tobi@home.example" in download.value.path().read_text(encoding="utf-8")
    erased(walk)


def proved(walk):
    """Another address is mine once its code is typed; a wrong one is said."""
    page = walk.page
    page.get_by_label("Another email address").fill("tobi at home")
    walk.press("Mail me the code")
    page.get_by_role("alert").wait_for()
    page.get_by_label("Another email address").fill("tobi@home.example")
    walk.press("Mail me the code")
    code = page.locator("p.slip b").inner_text()
    page.get_by_label("The six characters").fill("WRONGS")
    walk.press("It is mine")
    page.get_by_role("alert").wait_for()
    page.get_by_label("The six characters").fill(code)
    walk.press("It is mine")
    page.get_by_text("tobi@home.example").first.wait_for()


def erased(walk):
    page = walk.page
    walk.press("See what would go", "link")
    page.locator("form.confirm").evaluate("form => { form.noValidate = true }")
    walk.press("Delete me now")
    page.get_by_role("alert").wait_for()
    page.get_by_label("Yes, delete my name and addresses").check()
    walk.press("Delete me now")
    walk.go("/me")
    assert "/sign-in" in page.url


@BOTH
def test_a_closed_room_is_nowhere(browse, js, width):
    walk = browse("ines", js=js, width=width)
    page = walk.go("/n/tarn-and-tide/settings/rooms")
    walk.check()
    page.locator("main li.row").filter(has_text="Mentoring").get_by_role("button").click()
    page.wait_for_load_state()
    walk.check()
    assert page.locator("nav.rooms a", has_text="Mentoring").count() == 0
    answer = page.goto("/n/tarn-and-tide/mentoring/")
    assert answer.status == 404
    walk.check()


@BOTH
def test_an_empty_portal_is_opened(browse, js, width, tmp_path):
    """Four answers, one of them forgotten at first; whoever opened it is inside."""
    app = fresh(tmp_path, "development")
    with served(app) as where:
        walk = browse(js=js, width=width, at=where)
        page = walk.go("/")
        walk.check()
        page.get_by_label("Name of the region").fill("Tarn and Tide")
        walk.press("Open the portal")
        page.get_by_role("alert").wait_for()
        page.get_by_label("Your name").fill("Ravi Castellan")
        page.get_by_label("Your email address").fill("ravi@tarn.example")
        page.get_by_label("Name of the first network").fill("Tarn and Tide STEM Network")
        walk.press("Open the portal")
        walk.go("/n/tarn-and-tide-stem-network/")
        walk.check()
    with app.app_context():
        db.engine.dispose()
