"""A pack from a teacher's own folder to the class of another: shared, looked at, found by its inside, used and changed.

Whoever makes it and whoever looks at it sit before a wide screen with scripts; whoever finds it holds a small phone
without any. So the way is gone once, and both kinds of window are met on it.
"""

import zipfile
from datetime import timedelta

import pytest

from portal.files.reading_rounds import read_waiting
from portal.web import clock, gathered
from tests import cast
from tests.browser.letterboxes import link
from tests.files import papers

pytestmark = pytest.mark.browser
ROOM = "/n/tarn-and-tide/resources/"
TITLE = "Seat belts for an egg"
# Only the second page of the PDF says so.
INSIDE = "plasticine passenger brakes"


@pytest.fixture
def on_a_phone(browse):
    return lambda key=None: browse(key, js=False, width=320)


def test_a_pack_is_shared_looked_at_found_used_and_changed(in_app, browse, on_a_phone, post, tmp_path):
    tobi = browse("tobi")
    made(tobi)
    shared(tobi)
    with in_app():
        read_waiting()
    ines = browse("ines")
    passed(ines)
    dafydd = on_a_phone("dafydd")
    found(dafydd)
    seen_without_taking_it(dafydd)
    taken(dafydd, tmp_path)
    with in_app():
        gathered.write_now()
    used_by_mail(post, on_a_phone)
    dafydd = on_a_phone("dafydd")
    used_again(dafydd)
    changed(dafydd)
    recommended(browse("ines"))


def made(walk):
    """The files first; then ten answers. What is missing is said beside each field, and the files stay."""
    page = walk.go(ROOM)
    walk.check()
    walk.press("Share a pack of your own", "link")
    page.locator("#files").set_input_files(
        [
            {"name": "Seat belts for an egg.pdf", "mimeType": "application/pdf", "buffer": guide()},
            {"name": "marks.csv", "mimeType": "text/csv", "buffer": b"group,stopped after (cm)\nA,12\n"},
        ]
    )
    page.get_by_role("checkbox", name="marks.csv").wait_for()
    assert page.get_by_label("Title", exact=True).input_value() == TITLE
    page.locator("form.making").evaluate("form => { form.noValidate = true }")
    walk.press("Keep it as a draft")
    page.get_by_role("alert").get_by_text("Say in one sentence what a class does.").wait_for()
    assert page.get_by_label("marks.csv").is_checked() and page.get_by_label(f"{TITLE}.pdf").is_checked()
    answered(page)
    walk.keep("pack-form")
    walk.press("Keep it as a draft")
    page.get_by_text("A draft. Nobody but you sees it.").wait_for()


def guide() -> bytes:
    return papers.pdf("A trolley rolls down a ramp", f"The {INSIDE} late")


def answered(page):
    page.get_by_label("In one sentence").fill("A trolley, a ramp and a force nobody can see.")
    page.get_by_label("Physics").check()
    page.get_by_label("Secondary").check()
    page.get_by_label("Minutes each").fill("50")
    page.get_by_label("You need").fill("Trolley, ramp, eggs")
    page.get_by_label("What it costs a class").fill("About £3")
    page.get_by_label("Safety", exact=True).fill("Nothing beyond the usual")
    page.get_by_label("Author", exact=True).fill("Tobi Larkhill")
    page.get_by_label("Licence", exact=True).select_option("cc-by-4.0")


def shared(walk):
    """Not before somebody has looked for names and faces of pupils."""
    page = walk.page
    walk.press("Share it", "link")
    for look in ("Every file opens", "The safety note says", "The licence is true"):
        page.get_by_label(look).check()
    page.locator("main form").first.evaluate("form => { form.noValidate = true }")
    walk.press("Share it")
    page.get_by_role("alert").wait_for()
    page.get_by_label("No name and no face").check()
    walk.press("Share it")
    walk.keep("pack-shared")


def passed(walk):
    """The light look: four ticks. Three of them are not enough."""
    page = walk.go(f"{ROOM}review/")
    walk.check()
    walk.press("Look at it", "link")
    for look in ("It works:", "It is safe:", "The licence is right:"):
        page.get_by_label(look).check()
    walk.press("It passes")
    page.get_by_role("alert").get_by_text("A pack passes with all four ticks.").wait_for()
    page.get_by_label("It is clear:").check()
    walk.keep("pack-looked-at")
    walk.press("It passes")
    walk.sees(f"“{TITLE}” has passed.")


def found(walk):
    """By words that stand on the second page of its PDF and nowhere else, typed with a slip."""
    page = walk.go(ROOM)
    page.get_by_role("searchbox", name="Look for a pack").fill("plasticine pasenger")
    walk.press("Find", within=page.locator("main"))
    walk.sees(f"In the file {TITLE}.pdf")
    walk.keep("packs-found")
    walk.press(TITLE, "link", within=page.locator("#found"))


def seen_without_taking_it(walk):
    page = walk.page
    walk.press("Have a look Seat belts", "link")
    page.locator("ol.leaves img").nth(1).wait_for()
    page.get_by_text("What it says, as text").click()
    walk.sees(INSIDE)
    walk.keep("pack-looked-into")
    walk.press(TITLE, "link")
    assert not page.get_by_text("Taken 1 time").count()


def taken(walk, folder):
    with walk.page.expect_download() as download:
        walk.page.get_by_role("link", name="Everything, one zip").click()
    download.value.save_as(folder / "pack.zip")
    with zipfile.ZipFile(folder / "pack.zip") as archive:
        names = archive.namelist()
        assert any(name.endswith(".pdf") and archive.read(name) == guide() for name in names), names
        page = next(name for name in names if name.endswith(".html"))
        assert TITLE in archive.read(page).decode()


def used_by_mail(post, on_a_phone):
    """Four weeks later one mail, and the answer without signing in."""
    mails = post.box("dafydd@tarn-and-tide.example").fetch(cast.NOW + timedelta(weeks=4, hours=1))
    [asked] = [mail for mail in mails if "/a/used-" in mail.get_body(("plain",)).get_content()]
    walk = on_a_phone()
    page = walk.go(link(asked, "used"))
    walk.check()
    page.get_by_label("How many classes?").fill("2")
    page.get_by_label("all classes together?").fill("54")
    page.get_by_label("Yes", exact=True).check()
    walk.press("Count it")
    walk.sees("it is counted")


def used_again(walk):
    """Another class, with a review of how it went; the stamp opens the rows behind it."""
    page = walk.go(ROOM)
    walk.press(TITLE, "link", within=page.locator("#found"))
    walk.sees("2 classes, 54 pupils")
    walk.press("I used it", "link")
    page.get_by_label("How many classes?").fill("1")
    page.get_by_label("all classes together?").fill("26")
    page.get_by_label("What did you change?").fill("Sand in place of the wall.")
    page.get_by_text("More, if you have another half minute").click()
    page.get_by_label("Year group").fill("Year 8")
    page.locator("[name=engagement][value='4']").check()
    page.locator("[name=level][value=right]").check()
    walk.press("Count it")
    walk.sees("3 classes, 80 pupils")
    walk.keep("pack-tried")
    walk.press("The 2 returns behind it", "link")
    rows = page.locator("main").inner_text()
    assert "Sand in place of the wall." in rows and "54" in rows and "26" in rows and "Year 8" in rows
    walk.press(TITLE, "link")


def changed(walk):
    """A copy of one's own, with the files and with the name of the original; the original names it too."""
    page = walk.page
    walk.press("I changed it")
    walk.keep("pack-changed")
    page.get_by_label("Title", exact=True).fill("Sand for an egg")
    walk.press("Save it")
    walk.press("Share it", "link")
    for look in ("No name and no face", "Every file opens", "The safety note says", "The licence is true"):
        page.get_by_label(look).check()
    walk.press("Share it")
    page.get_by_role("link", name=TITLE, exact=True).click()
    page.get_by_role("heading", level=1, name=TITLE).wait_for()
    page.get_by_role("link", name="Sand for an egg").wait_for()


def recommended(walk):
    page = walk.go(ROOM)
    walk.press(TITLE, "link", within=page.locator("#found"))
    walk.press("Recommend it")
    walk.sees(f"“{TITLE}” is recommended.")
    walk.keep("pack-recommended")
    walk.go(ROOM)
    assert page.locator("#found").get_by_text("Recommended").count() == 1
    assert clock.today() > cast.NOW.date()
