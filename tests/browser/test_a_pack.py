"""A pack from a teacher's own folder to the class of another, and changed there."""

import zipfile

import pytest

from tests.browser.journeys import BOTH

pytestmark = pytest.mark.browser
ROOM = "/n/tarn-and-tide/resources/"


@BOTH
def test_a_pack_is_shared_found_used_and_changed(browse, js, width, tmp_path):
    tobi = browse("tobi", js=js, width=width)
    made(tobi, tmp_path)
    shared(tobi)
    dafydd = browse("dafydd", js=js, width=width)
    found(dafydd)
    taken(dafydd, tmp_path)
    used(dafydd)
    changed(dafydd)


def made(walk, folder):
    """What is missing is said beside each field, and the file that was brought stays."""
    guide = folder / "guide.txt"
    guide.write_text("Fold, load, measure.", encoding="utf-8")
    page = walk.go(ROOM)
    walk.check()
    walk.press("Share a pack of your own", "link")
    page.get_by_label("Title").fill("Seat belts for an egg")
    page.get_by_label("Files").set_input_files(guide)
    page.locator("form.form").evaluate("form => { form.noValidate = true }")
    walk.press("Keep it as a draft")
    page.get_by_role("alert").get_by_text("Say in one sentence what a class does.").wait_for()
    assert page.get_by_label("guide.txt").is_checked()
    page.get_by_label("In one sentence").fill("A trolley, a ramp and a force nobody can see.")
    page.get_by_label("Physics").check()
    page.get_by_label("Secondary").check()
    page.get_by_label("Minutes each").fill("50")
    page.get_by_label("You need").fill("Trolley, ramp, eggs")
    page.get_by_label("What it costs a class").fill("About £3")
    page.get_by_label("Safety", exact=True).fill("Nothing beyond the usual")
    page.get_by_label("Author").fill("Tobi Larkhill")
    page.get_by_label("CC BY 4.0").check()
    walk.press("Keep it as a draft")
    page.get_by_text("A draft. Nobody but you sees it.").wait_for()


def shared(walk):
    page = walk.page
    walk.press("Share it", "link")
    for look in ("No name and no face", "Every file opens", "The safety note says", "The licence is true"):
        page.get_by_label(look).check()
    walk.press("Share it")
    walk.keep("pack-shared")


def found(walk):
    page = walk.go(ROOM)
    page.get_by_role("searchbox", name="Look for a pack").fill("trolley egg")
    walk.press("Find", within=page.locator("main"))
    if not page.get_by_label("Shared packs").is_visible():
        page.locator("#narrow > summary").click()
    page.get_by_label("Shared packs").check()
    walk.press("Show these packs")
    assert "state=shared" in page.url and "q=" in page.url
    walk.keep("packs-found")
    walk.press("Seat belts for an egg", "link")
    walk.press("Have a look", "link")
    page.get_by_text("Fold, load, measure.").wait_for()
    page.go_back()


def taken(walk, folder):
    with walk.page.expect_download() as download:
        walk.page.get_by_role("link", name="Everything, one zip").click()
    download.value.save_as(folder / "pack.zip")
    with zipfile.ZipFile(folder / "pack.zip") as archive:
        assert any(name.endswith("guide.txt") for name in archive.namelist())


def used(walk):
    page = walk.page
    walk.press("I used it", "link")
    page.get_by_label("Classes", exact=True).fill("2")
    page.get_by_label("Pupils, all classes together").fill("54")
    walk.press("Count it")
    page.get_by_text("Tried in class").first.wait_for()


def changed(walk):
    page = walk.page
    walk.press("I changed it")
    page.get_by_text("Seat belts for an egg").first.wait_for()
