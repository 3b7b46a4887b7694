"""A question, its answers, what was useful, what was put right, and what was taken away and brought back."""

import pytest

from tests.browser.journeys import BOTH

pytestmark = pytest.mark.browser
ROOM = "/n/tarn-and-tide/conversations/"


@BOTH
def test_a_question_and_its_answers(browse, js, width):
    tobi = browse("tobi", js=js, width=width)
    asked(tobi)
    dafydd = browse("dafydd", js=js, width=width)
    answered(dafydd)
    put_right(dafydd)
    removed_and_back(dafydd)
    useful(tobi)


def asked(walk):
    page = walk.go(ROOM)
    walk.check()
    walk.press("Ask it", "link")
    page.locator("form.form").evaluate("form => { form.noValidate = true }")
    walk.press("Start the conversation")
    page.get_by_role("alert").wait_for()
    page.get_by_label("Your question or story in one line").fill("Egg drop indoors?")
    page.get_by_label("What you want to ask or tell").fill("Our field is **under water**.")
    page.get_by_role("button", name="See it first").click()
    page.get_by_role("region", name="Preview").get_by_text("under water").wait_for()
    walk.check()
    walk.press("Start the conversation")
    page.get_by_role("heading", name="Egg drop indoors?").wait_for()


def answered(walk):
    """Seen first, sent then; the one who is called by name is linked."""
    page = walk.go(ROOM)
    walk.check()
    walk.press("Egg drop indoors?", "link")
    page.get_by_label("Your reply").fill("Yes, @Tobi, from the *balcony*.")
    page.get_by_role("button", name="See it first").click()
    page.get_by_role("region", name="Preview").get_by_text("balcony").wait_for()
    walk.check()
    page.get_by_role("button", name="Send reply").click()
    page.locator("article.post").nth(1).wait_for()
    walk.check()
    page.get_by_role("article").get_by_role("link", name="@Tobi").wait_for()
    assert page.get_by_label("Your reply").input_value() == ""
    walk.keep("conversation")


def put_right(walk):
    page = walk.page
    walk.press("Change it", "link")
    page.get_by_label("Your text").fill("Yes, @Tobi, from the gallery.")
    walk.press("Save the text")
    page.get_by_text("from the gallery").wait_for()
    walk.press("edited", "link")
    page.get_by_text("balcony").wait_for()
    page.go_back()


def removed_and_back(walk):
    page = walk.page
    walk.press("Remove it")
    assert page.get_by_text("from the gallery").count() == 0
    walk.press("Undo")
    page.get_by_text("from the gallery").wait_for()


def useful(walk):
    page = walk.go(ROOM)
    walk.press("Egg drop indoors?", "link")
    page.get_by_role("button", name="This was useful to me").click()
    page.get_by_text("Useful to 1 colleague.").wait_for()
    walk.check()
