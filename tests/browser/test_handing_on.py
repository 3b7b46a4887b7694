"""What a teacher hands on: picked, seen exactly, sent to somebody without an account, opened by a press; or taken back first."""

import re
import subprocess

import pytest
from sqlalchemy import select

from portal.db import db
from portal.handing_on.models import HandOver
from tests.browser.journeys import PHONE
from tests.browser.letterboxes import words_of
from tests.mentoring.planting import MARK, plant_talk, planted_pair

pytestmark = pytest.mark.browser
ROOM = "/n/tarn-and-tide/mentoring/handing-on/"
ORLA = "orla@fennimore.example"
DOCUMENT = "article.handed"


@pytest.fixture
def talk(in_app):
    """What Tobi wrote about a talk: beside it a note to himself, and all that Dafydd wrote."""
    with in_app():
        pairing = planted_pair()
        plant_talk(pairing, "dafydd", 3)
        return plant_talk(pairing, "tobi", 4)


def test_what_was_seen_is_what_arrives_and_it_can_be_taken_back(in_app, browse, post, talk):
    orla, tobi = post.box(ORLA), browse("tobi", **PHONE)
    seen = sent(tobi, talk, "hand-over-preview")
    [mail] = orla.fetch()
    assert MARK not in mail.as_string() and mail["Subject"] == "Tobi Larkhill hands something on to you"
    opened(in_app, browse, link_in(mail), seen, talk)
    tobi.go(ROOM)
    tobi.press("For Orla Fennimore", "link")
    tobi.sees("It was opened on")
    sent(tobi, talk)
    [second] = orla.fetch()
    taken_back(tobi)
    gone = browse(js=False, width=320).page.goto(link_in(second))
    assert gone.status == 404 and MARK not in gone.text()


def sent(walk, talk, picture=""):
    """Picked, addressed, looked at, sent; the document as it stood on the preview."""
    page = walk.go(ROOM)
    walk.check()
    walk.press("Hand something on", "link")
    assert not page.locator("input[type=checkbox]:checked").count()
    page.locator(f'input[value="talk:{talk["talk_id"]}"]').check()
    walk.press("Go on: who gets it")
    page.get_by_label("Name").fill("Orla Fennimore")
    page.get_by_label("Email address").fill(ORLA)
    walk.press("Go on: see what arrives")
    if picture:
        walk.keep(picture)
    seen = page.locator(DOCUMENT).evaluate("it => it.outerHTML")
    walk.press("Send it to Orla Fennimore")
    walk.sees("It has not been opened yet.")
    return seen


def link_in(mail):
    """A mail to somebody outside leads to one page."""
    return "/h/" + re.search(r"/h/(\S+)", words_of(mail))[1]


def opened(in_app, browse, path, seen, talk):
    """A scanner that follows the link opens nothing. A press does, and what stands there is the preview, sign for sign."""
    walk = browse(js=False, width=320)
    for _twice in range(2):
        walk.go(path)
    walk.check()
    with in_app():
        assert db.session.execute(select(HandOver.opened_at)).scalar_one() is None
    walk.press("Open it")
    walk.keep("hand-over-arrived")
    assert walk.page.locator(DOCUMENT).evaluate("it => it.outerHTML") == seen
    picked = set(re.findall(rf"{MARK}\w+", seen))
    assert picked == {text.split()[-1] for name, text in talk["words"].items() if name != "only_me"}
    assert set(re.findall(rf"{MARK}\w+", walk.page.content())) == picked
    saved = walk.context.request.get(f"{path}/document.html").text()
    paper = walk.context.request.get(f"{path}/document.pdf").body()
    assert seen in saved and set(re.findall(rf"{MARK}\w+", text_of(paper))) == picked


def text_of(paper):
    told = subprocess.run(["pdftotext", "-layout", "-", "-"], input=paper, capture_output=True, check=True)
    return told.stdout.decode()


def taken_back(walk):
    walk.press("Take it back", "link")
    walk.press("Take it back")
    walk.sees("You took it back")
