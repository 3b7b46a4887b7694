"""Bringing in a sheet, step by step, from a file and pasted; inviting one, who comes in by the link in her mail."""

from itertools import pairwise

import pytest
from sqlalchemy import select

from portal.db import db
from portal.mail.models import OutboxMail
from tests.browser.journeys import BOTH

pytestmark = pytest.mark.browser
PEOPLE = "Name,Email,School\nAda Farrow,ada@x.example,Low Garrick School\n,nobody@x.example,\n"
SCHOOLS = "Name\tPlace\nBeck House School\tBeckfoot\n\tNowhere\n"


@BOTH
def test_people_come_in_from_a_file(browse, js, width, tmp_path):
    sheet = tmp_path / "people.csv"
    sheet.write_text(PEOPLE, encoding="utf-8")
    walk = browse("ines", js=js, width=width)
    brought(walk, "/people/import", lambda page: page.get_by_label("file", exact=False).first.set_input_files(sheet))
    assert counted(walk) == {"new": "1", "sent back": "1", "changed": "0", "left as they are": "0"}
    with walk.page.expect_download() as download:
        walk.page.get_by_role("link", name="Take the rows to put right").click()
    assert "nobody@x.example" in download.value.path().read_text(encoding="utf-8-sig")
    brought(walk, "/people/import", lambda page: page.get_by_label("file", exact=False).first.set_input_files(sheet))
    assert counted(walk) == {"new": "0", "sent back": "1", "changed": "0", "left as they are": "1"}


@BOTH
def test_organisations_come_in_pasted(browse, js, width):
    walk = browse("ines", js=js, width=width)
    brought(walk, "/organisations/import", lambda page: page.locator("textarea[name=pasted]").fill(SCHOOLS))
    assert counted(walk)["new"] == "1"
    brought(walk, "/organisations/import", lambda page: page.locator("textarea[name=pasted]").fill(SCHOOLS))
    assert counted(walk) == {"new": "0", "sent back": "1", "changed": "0", "left as they are": "1"}


def brought(walk, where, give):
    """Empty first, which is said; then the sheet, its columns, the look ahead, and all of it at once."""
    walk.go(where)
    walk.check()
    walk.press("Read the sheet")
    walk.page.get_by_role("alert").wait_for()
    give(walk.page)
    walk.press("Read the sheet")
    walk.press("See what would change")
    walk.page.get_by_text("Nothing is kept yet").wait_for()
    walk.keep("import-ahead")
    walk.press("Import it all")
    walk.page.get_by_text("The sheet is in").wait_for()


def counted(walk):
    """The figures of the last step by their names."""
    figures = walk.page.locator(".figures").inner_text().split("\n")
    words = [one.strip() for one in figures if one.strip()]
    return {name: value for one, other in pairwise(words) for name, value in pair(one, other)}


def pair(one, other):
    """A figure and its name, whichever stands first."""
    return [(other, one)] if one.isdigit() and not other.isdigit() else []


@BOTH
def test_one_is_invited_and_comes_in_by_her_mail(in_app, browse, js, width):
    ines = browse("ines", js=js, width=width)
    page = ines.go("/n/tarn-and-tide/members/invite")
    ines.check()
    ines.press("Look it over")
    page.get_by_role("alert").wait_for()
    page.locator("textarea[name=people]").fill("Samira Holm <samira@school.example>")
    ines.press("Look it over")
    ines.press("Send 1 invitation")
    with in_app():
        text = db.session.execute(select(OutboxMail.text).order_by(OutboxMail.id.desc()).limit(1)).scalar_one()
    link = next(line for line in text.splitlines() if "/a/" in line)
    samira = browse(js=js, width=width)
    samira.go("/a/" + link.partition("/a/")[2].strip())
    samira.check()
    samira.press("Accept and come in")
    samira.page.wait_for_url("**/n/tarn-and-tide/**")
    samira.go("/me").get_by_text("samira@school.example").first.wait_for()
