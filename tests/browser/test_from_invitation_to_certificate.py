"""A termly meeting from last term's copy to its complete file, and a teacher's way through it that begins with a mail.

Ines sits at a wide window with scripts. Tobi and Wren have an old phone, 320 pixels and no scripts; neither ever signs
in to the portal. Tobi is a member who opens each link in a browser that knows nobody; Wren books on the public page.
"""

import io
import re
import subprocess
import zipfile
from datetime import UTC, datetime, timedelta

import pikepdf
import pytest
from icalendar import Calendar
from sqlalchemy import func, select

from portal.activities.models import Participation, Use
from portal.activities.operations import Mark
from portal.attendance.operations import mark_sheet
from portal.credit.models import Certificate
from portal.credit.operations_types import start_credit_types
from portal.db import db
from portal.event_file.drafts import CostDraft
from portal.event_file.operations import add_cost
from portal.events.models import Event
from portal.events.operations_leading import set_leader
from portal.people.models import SignInCode
from portal.web import clock
from portal.web.tables import read_sheet
from tests import cast
from tests.browser.letterboxes import link, words_of
from tests.evaluation.evenings import say
from tests.events import planned

pytestmark = pytest.mark.browser
EVENTS = "/n/tarn-and-tide/events/"
PUBLIC = "/p/tarn-and-tide/events/"
TOBI, WREN = "tobi@tarn-and-tide.example", "wren@elsewhere.example"
# Thursday the 26th of November, five o’clock in Brackenhythe, in its winter time.
STARTS = datetime(2026, 11, 26, 17, 0, tzinfo=UTC)
ENDS = STARTS + timedelta(minutes=90)
MINUTE = timedelta(minutes=1)
SIX_WEEKS = ENDS + timedelta(days=42, hours=16)


class Story:
    """Who does what in it."""

    def __init__(self, in_app, browse, post):
        self.in_app, self.browse, self.post = in_app, browse, post
        self.tobi, self.wren = post.box(TOBI), post.box(WREN)

    def ines(self, path):
        """Her wide window, of this moment."""
        walk = self.browse("ines")
        walk.go(path)
        walk.check()
        return walk

    def phone(self, path):
        """An old phone that knows nobody."""
        walk = self.browse(js=False, width=320)
        walk.go(path)
        walk.check()
        return walk

    def read(self, query):
        with self.in_app():
            return db.session.execute(query).all()


@pytest.fixture
def story(in_app, browse, post):
    return Story(in_app, browse, post)


def test_from_the_invitation_to_a_certificate_that_a_stranger_can_check(story):
    number = ines_plans(story)
    ines_sees_to_the_credit(story, number)
    ines_invites(story, number)
    tobi_says_that_he_comes(story)
    wren_books_without_an_account(story, number)
    others_book(story, number)
    both_are_reminded(story)
    both_sign_in_at_the_door(story, number)
    ines_closes_the_sheet(story, number)
    papers = both_say_how_it_was(story)
    a_stranger_checks(story, papers["tobi"])
    ines_makes_the_rest(story, number)
    a_void_one_says_so(story, papers["wren"])
    tobi_asks_for_his_record(story)
    a_class_has_tried_it(story)
    the_file_is_complete(story, number)
    assert story.read(select(func.count(SignInCode.id))) == [(0,)]


def ines_plans(story):
    """Last term's event, another date, fewer places, and what people take home this time."""
    with story.in_app():
        start_credit_types()
        old = planned.event("Build a hand", planned.LAST_THURSDAY)
        old.about = "5:00 Build one finger\n5:45 Try it"
        db.session.commit()
        number = old.id
    walk = story.ines(f"{EVENTS}{number}")
    walk.press("Copy it to a new date")
    page = walk.page
    page.get_by_label("Date", exact=True).fill("2026-11-26")
    page.locator("#sessions-0-capacity").fill("12")
    page.get_by_text("More: how it is booked").click()
    page.get_by_label("What people can do afterwards").fill("Model how a tendon pulls.")
    walk.press("Save the changes")
    walk.press("Publish it")
    walk.sees("12 places")
    return int(page.url.rsplit("/", 1)[1])


def ines_sees_to_the_credit(story, number):
    """A clock hour of the starting kinds, applied for and approved before the event begins."""
    walk = story.ines(f"{EVENTS}{number}/credit")
    page = walk.page
    walk.press("Clock hour", "link")
    page.get_by_label("Category").select_option("STEM")
    page.get_by_label("Provider", exact=False).first.fill("Lakes ESD")
    for box in ("Science", "Engineering"):
        page.get_by_label(box, exact=True).check()
    page.get_by_label("No certificate without the evaluation").check()
    walk.press("Save the credit")
    walk.press("It is sent: note it as applied today")
    walk.press("Note the provider’s answer", "link")
    page.get_by_label("Approved", exact=True).check()
    page.get_by_label("Dated").fill("2026-11-10")
    page.get_by_label("In-service number").fill("TT-26-0417")
    walk.press("Note it")
    walk.sees("Approved on Tue 10 Nov")


def ines_invites(story, number):
    walk = story.ines(f"{EVENTS}{number}")
    walk.press("Invite those who have not answered", "link")
    walk.press("Write to these", "link")
    page = walk.page
    page.get_by_label("Subject").fill("Thu 26 Nov, 5:00 – build a hand, take one home")
    page.get_by_label("Letter", exact=True).fill("Hello {first name},\n\nit is good to make things together.")
    walk.press("Keep as a draft and see it")
    walk.press("Send it …", "link")
    walk.press("Send it to")


def tobi_says_that_he_comes(story):
    [mail] = story.tobi.fetch(clock.now() + 5 * MINUTE)
    assert mail["Subject"].startswith("Thu 26 Nov") and "Hello Tobi" in words_of(mail)
    walk = story.phone(link(mail, "coming"))
    walk.press("I’m coming")
    walk.sees("You have a place.")
    [booked] = story.tobi.fetch()
    assert in_the_calendar(booked) == ("Build a hand", STARTS)


def in_the_calendar(mail):
    [part] = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    [entry] = Calendar.from_ical(part.get_content()).walk("VEVENT")
    return str(entry["SUMMARY"]), entry["DTSTART"].dt.astimezone(UTC)


def wren_books_without_an_account(story, number):
    walk = story.phone(f"{PUBLIC}{number}")
    walk.keep("booking-page-on-a-phone")
    page = walk.page
    page.get_by_label("Your name").fill("Wren Aldercott")
    page.get_by_label("Email").fill(WREN)
    page.get_by_label("School").fill("Kestrel Lane Primary")
    page.get_by_label("I would like credit for it").check()
    walk.press("Book my place")
    walk.sees("Look into your mail")
    [booked] = story.wren.fetch()
    assert in_the_calendar(booked) == ("Build a hand", STARTS)


def others_book(story, number):
    """Three more, so that five can say how it was; and who presents. Ines sees them all."""
    with story.in_app():
        event = db.session.get_one(Event, number)
        planned.booked(event, "leon", "mairead")
        planned.booked(event, "hana", kind="guest")
        set_leader(event.sessions[0], cast.person_id("dafydd"), "presenter", cast.person_id("ines"))
    walk = story.ines(f"{EVENTS}{number}/bookings")
    assert all(name in walk.page.inner_text("table") for name in ("Tobi Larkhill", "Wren Aldercott", "Leon Farrowby"))


def both_are_reminded(story):
    for at, subject in (
        (STARTS - timedelta(days=7, hours=-1), "In a week"),
        (STARTS - timedelta(hours=23), "Tomorrow"),
    ):
        for box in (story.tobi, story.wren):
            [mail] = box.fetch(at)
            assert mail["Subject"] == f"{subject}: Build a hand"
            assert "STEM clock hour" in words_of(mail)


def both_sign_in_at_the_door(story, number):
    """The code on the wall, a tap on the name; Tobi leaves ten minutes early and says so."""
    clock.freeze(STARTS - 2 * MINUTE)
    ines = story.ines(f"{EVENTS}{number}")
    ines.press("Room code", "link")
    ines.press("Make the code")
    ines.keep("room-code-projected")
    code = "".join(ines.page.locator(".room-code li").all_inner_texts())
    phones = {}
    for name in ("Tobi L.", "Wren A."):
        phone = phones[name] = story.phone("/in")
        phone.page.get_by_label("The code on the wall").fill(code)
        phone.press("Show the names")
        phone.press(name)
        phone.sees("You’re in, 4:58 pm")
    clock.freeze(STARTS + 80 * MINUTE)
    phones["Tobi L."].press("I’m leaving now")
    phones["Tobi L."].sees("You left at 6:20 pm")


def ines_closes_the_sheet(story, number):
    """She ticks who had no phone, and closes: Wren, who never signed out, is counted to the end."""
    clock.freeze(ENDS + 10 * MINUTE)
    with story.in_app():
        session = db.session.get_one(Event, number).sessions[0]
        marks = [Mark(cast.person_id(key), 90) for key in ("mairead", "hana")]
        marks.append(Mark(cast.person_id("dafydd"), 90, "presenter"))
        mark_sheet(session, marks, "Europe/London", cast.person_id("ines"))
    walk = story.ines(f"{EVENTS}{number}")
    walk.press("Who came?", "link")
    leon = walk.page.locator("li.row").filter(has=walk.page.get_by_role("heading", name="Leon Farrowby"))
    leon.get_by_label("Here", exact=True).check()
    walk.page.wait_for_load_state("networkidle")
    walk.press("Close the sheet", "link")
    walk.sees("1 person signed in and not out")
    walk.press("Close the sheet")
    minutes = select(Participation.minutes).order_by(Participation.minutes)
    assert [one for (one,) in story.read(minutes)] == [80, 90, 90, 90, 90, 90]


def both_say_how_it_was(story):
    """The evening's mail, the short form, and the certificate behind it. Returns the certificates of credit."""
    papers = {}
    for key, box in (("tobi", story.tobi), ("wren", story.wren)):
        [mail] = box.fetch(ENDS + 30 * MINUTE)
        assert mail["Subject"] == "Your 2-minute feedback, then your certificate"
        walk = story.phone(link(mail, "feedback"))
        for group in walk.page.locator("fieldset").filter(has=walk.page.locator("input[type=radio]")).all():
            group.locator("input[type=radio]").nth(4).check(force=True)
        walk.press("Send my answers")
        walk.sees("Thank you")
        door = walk.page.get_by_role("link", name="Your certificate of clock hours").get_attribute("href")
        papers[key] = certificate(story.phone(path_of(door)))
    assert papers["tobi"]["hours"].startswith("1¼") and papers["wren"]["hours"].startswith("1½")
    return papers


def path_of(address):
    """A whole address of ours, on the server of the test."""
    return "/" + address.partition("//")[2].partition("/")[2]


def certificate(walk):
    """The page of a certificate, and its paper: tagged, in a language, with a title and her name."""
    page = walk.page
    name = page.locator(".certificate .name").inner_text().strip()
    walk.keep("certificate-" + name.split()[0].lower())
    paper = page.get_by_role("link", name="PDF to print or keep").get_attribute("href")
    answer = walk.context.request.get(walk.address + paper)
    assert answer.headers["content-type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(answer.body())) as read:
        assert read.Root.MarkInfo.Marked and str(read.Root.Lang).startswith("en")
        assert "Build a hand" in str(read.docinfo.Title)
    foot = page.locator(".foot-line").inner_text()
    number, code = re.findall(r"(\d{4}-\d{6}), check code (\w{4}-\w{4})", foot)[0]
    text = text_of(answer.body())
    assert all(words in text for words in (name, number, code, "Model how a tendon pulls."))
    return {"number": number, "code": code, "name": name, "hours": page.locator(".hours").inner_text()}


def text_of(paper):
    told = subprocess.run(["pdftotext", "-layout", "-", "-"], input=paper, capture_output=True, check=True)
    return " ".join(told.stdout.decode().split())


def a_stranger_checks(story, paper):
    walk = story.phone("/c")
    for code, said in (
        (paper["code"][::-1], "That is no pair we know"),
        (paper["code"], "This certificate is genuine"),
    ):
        walk.page.get_by_label("Number").fill(paper["number"])
        walk.page.get_by_label("Check code").fill(code)
        walk.press("Check it")
        walk.sees(said)
    assert paper["name"] in walk.page.inner_text("main") and "1¼ STEM clock hours" in walk.page.inner_text("main")


def ines_makes_the_rest(story, number):
    """Three more answers, so that there are figures; then every certificate that is still missing."""
    with story.in_app():
        event = db.session.get_one(Event, number)
        for who in ("leon", "mairead", "hana"):
            say(event, who, steps=4, words="More bridges.")
        db.session.commit()
    walk = story.ines(f"{EVENTS}{number}/certificates")
    walk.press("Make the certificates")
    story.post.round()
    walk.go(f"{EVENTS}{number}/certificates")
    walk.check()
    assert story.read(select(func.count(Certificate.id)).where(Certificate.made_at.is_(None))) == [(0,)]
    [mail] = story.tobi.fetch()
    assert mail["Subject"] == "Certificate: Build a hand"
    walk = story.ines(f"{EVENTS}{number}/evaluation/results")
    walk.sees("5 of the 5 who were asked answered")
    walk.press("Close it now")
    walk.page.locator("table").wait_for()
    assert "4.4" in walk.page.inner_text("table") and "More bridges." in walk.page.inner_text("main")


def a_void_one_says_so(story, paper):
    """Wren's was for somebody else after all."""
    [(one, event)] = story.read(
        select(Certificate.id, Certificate.subject_id).where(Certificate.number == paper["number"])
    )
    walk = story.ines(f"{EVENTS}certificates/{one}/voiding")
    walk.page.get_by_label("Why?").fill("Signed in for somebody else.")
    walk.press("Void it")
    walk = story.phone(f"/c/{paper['number']}?code={paper['code']}")
    walk.sees("This certificate is void")
    assert paper["name"] not in walk.page.inner_text("main")
    walk = story.ines(f"{EVENTS}{event}/certificates")
    walk.press("Make the certificates")
    [_first, mail] = story.wren.fetch()
    assert mail["Subject"] == "Certificate: Build a hand" and paper["number"] not in words_of(mail)


def tobi_asks_for_his_record(story):
    """A mail with a link for half an hour: his transcript, still without signing in."""
    walk = story.phone("/record")
    walk.page.get_by_label("Your email address").fill(TOBI)
    walk.press("Send me the link")
    [mail] = story.tobi.fetch()
    walk = story.phone(link(mail, "record"))
    walk.keep("transcript")
    said = walk.page.inner_text("main")
    assert "Build a hand" in said and "1¼" in said and "1 h 20 min" in said


def a_class_has_tried_it(story):
    """Six weeks later: two classes, counted in the network's numbers."""
    [mail] = story.tobi.fetch(SIX_WEEKS)
    assert mail["Subject"] == "Did you try it? Build a hand"
    walk = story.phone(link(mail, "tried", "yes"))
    page = walk.page
    page.get_by_label("When").fill("2026-12-10")
    page.get_by_label("How many classes?").fill("2")
    page.get_by_label("How many pupils, all classes together?").fill("53")
    walk.press("Count it")
    walk.sees("Counted: 2 classes on Thursday 10 December 2026.")
    assert story.read(select(Use.classes, Use.students)) == [(2, 53)]
    walk = story.ines("/n/tarn-and-tide/numbers/?from=2026-09-01&to=2027-01-31")
    for name, value in (
        ("classes that tried something from an event", "2"),
        ("students in those classes, direct", "53"),
    ):
        figure = walk.page.locator("li.row").filter(has=walk.page.get_by_role("heading", name=name)).first
        assert figure.locator(".when").inner_text().strip() == value


def the_file_is_complete(story, number):
    """The letter of approval and what it cost; then nothing but the answers from classes is waited for. One paper, one zip."""
    with story.in_app():
        event = db.session.get_one(Event, number)
        planned.paper(event, "approval", "coordinators", "approval.txt")
        add_cost(event, CostDraft("refreshments", "Tea", 1250, "GBP"), cast.person_id("ines"))
    walk = story.ines(f"{EVENTS}{number}/file")
    walk.sees("8 of 9 complete")
    walk.sees("1 of 5 returned, 1 of them tried it.")
    walk.keep("file-of-an-event")
    paper = text_of(taken(walk, "Take the PDF"))
    with zipfile.ZipFile(io.BytesIO(taken(walk, "Take everything as a zip"))) as bundle:
        assert bundle.testzip() is None and "papers/approval.txt" in bundle.namelist()
        hours = read_sheet(bundle.read("hours.csv"), "hours.csv")
        certificates = [name for name in bundle.namelist() if name.startswith("certificates/")]
    assert len(certificates) == 12 and sum("void" in name for name in certificates) == 1
    assert all(name in paper for name in ("Tobi Larkhill", "Wren Aldercott", "TT-26-0417"))
    there, granted = hours.headings.index("Minutes there"), hours.headings.index("Granted")
    his = [(cells[there], cells[granted]) for _number, cells in hours.numbered() if cells[0] == "Tobi Larkhill"]
    assert his == [("80", "1 h 20 min"), ("80", "1¼ STEM clock hours")]


def taken(walk, name):
    """What a press on that button brings."""
    with walk.page.expect_download() as coming:
        walk.page.get_by_role("button", name=name).click()
    return coming.value.path().read_bytes()
