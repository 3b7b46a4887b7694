"""A pair from the wish for a mentor to its end: W6, in the hands of three people.

Ines plans before a wide window. Tobi and Dafydd have an old phone, 320 pixels and no scripts; what a mail asks of them
they do from the mail, in a browser that knows nobody. Words that are theirs alone are typed wherever they can be, and
Ines meets none of them.
"""

import subprocess
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from sqlalchemy import func, select

from portal.db import db
from portal.mail.receiving import receive
from portal.mentoring.models import MentoringContact, PairTalk
from portal.people.models import SignInCode
from portal.vocabulary.models import Word
from tests.browser.journeys import PHONE, Hands
from tests.browser.letterboxes import link, words_of
from tests.browser.private_words import Private
from tests.matching.people import offers
from tests.statements.world import programme

pytestmark = pytest.mark.browser
ROOM = "/n/tarn-and-tide/mentoring/"
TODAY = "/n/tarn-and-tide/today/"
NEEDS = (("classroom", "Running the classroom"), ("labs", "Practical work"), ("workload", "Workload"))
DID = (("planning", "Planning a lesson"), ("after-observation", "Talked about a visit"))
# Between two lessons: seconds for a tap with finding its place, and for a key. Both are assumed, and generous.
TAP, KEY, LIMIT = 3.0, 1.0, 30.0


def at(day, hour, minute=0, month=11):
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


class Story:
    """Who does what in it."""

    def __init__(self, in_app, browse, post):
        self.in_app, self.browse, self.post = in_app, browse, post
        self.boxes = {key: post.box(f"{key}@tarn-and-tide.example") for key in ("ines", "tobi", "dafydd")}
        self.private = Private()

    def ines(self, path):
        """Her wide window, of this moment. Whatever she sees is kept."""
        walk = self.private.watch(self.browse("ines"))
        walk.go(path)
        walk.check()
        return walk

    def phone(self, path, key=None):
        """An old phone: of somebody who is signed in, or of nobody."""
        walk = self.browse(key, **PHONE)
        walk.go(path)
        walk.check()
        return walk

    def mail(self, key, subject, when=None):
        """The one new mail to somebody whose subject begins like that."""
        mails = self.boxes[key].fetch(when)
        found = [mail for mail in mails if mail["Subject"].startswith(subject)]
        assert len(found) == 1, [mail["Subject"] for mail in mails]
        return found[0]

    def answers(self, key, mail, text):
        """Somebody answers a mail; what becomes of it."""
        reply = EmailMessage()
        reply["From"], reply["To"] = f"{key}@tarn-and-tide.example", mail["Reply-To"]
        reply["Subject"], reply["Message-ID"] = f"Re: {mail['Subject']}", f"<{len(text)}@tarn-and-tide.example>"
        reply["In-Reply-To"] = mail["Message-ID"]
        reply.set_content(f"{text}\n\nOn Fri, Staffroom wrote:\n> {words_of(mail).splitlines()[0]}\n")
        with self.in_app():
            return receive(reply.as_bytes())

    def talks(self):
        """Minutes, how it was written down, and whether both say so; the oldest first."""
        rows = select(MentoringContact.minutes, MentoringContact.how_logged, PairTalk.confirmed_at.is_not(None))
        with self.in_app():
            return [tuple(row) for row in db.session.execute(rows.join(PairTalk).order_by(MentoringContact.starts_at))]


@pytest.fixture
def story(in_app, browse, post):
    """Dafydd has offered; induction wants eight hours a month and closes each month on the 15th of the next."""
    with in_app():
        db.session.add_all(
            Word(kind=kind, code=code, label=label, position=place)
            for kind, words in (("mentoring_need", NEEDS), ("mentoring_activity", DID))
            for place, (code, label) in enumerate(words)
        )
        programme(
            "Induction", minutes_a_year=96 * 60, closes_on_day=15, statement="Worked as said.", signed_by="principal"
        )
        offers(says="Twenty years of circuits.")
    return Story(in_app, browse, post)


def test_from_a_wish_to_a_statement(story):
    tobi_asks(story)
    ines_proposes(story)
    both_say_yes(story)
    both_agree(story)
    tobi_says_what_would_help(story)
    dafydd_logs_in_half_a_minute(story)
    tobi_says_that_it_is_right(story)
    a_button_writes_one_down(story)
    an_answer_writes_one_down(story)
    the_month_ends(story)
    ines_sees_rhythm_and_no_content(story)
    the_statement(story)
    they_end_it(story)
    ines_reads_what_is_for_her(story)
    mails = [mail for _to, mail in story.post.server.handler.taken]
    story.private.assert_unseen(mails)
    with story.in_app():
        assert db.session.execute(select(func.count(SignInCode.id))).scalar() == 0


def tobi_asks(story):
    walk = story.phone(ROOM, "tobi")
    walk.press("Matching", "link")
    walk.press("Ask for a mentor", "link")
    page = walk.page
    page.get_by_label("What I want help with, first of all").select_option(label="Practical work")
    page.get_by_label("Tuesday").check()
    page.get_by_text("Subjects, phases, languages").click()
    page.get_by_label("Physics").check()
    walk.press("Ask for a mentor")
    walk.sees("Since today.")


def ines_proposes(story):
    """Who suits stands there with the reasons; she asks both, for induction."""
    walk = story.ines(f"{ROOM}matching/")
    walk.press("Who suits", "link")
    walk.sees("Both teach Physics.")
    walk.keep("suggestions")
    walk.press("Propose Dafydd", "link")
    page = walk.page
    page.get_by_label("Rhythm").fill("Every second Tuesday")
    page.get_by_label("Induction").check()
    walk.press("Bring them together")
    walk.sees("Both are asked.")


def both_say_yes(story):
    for key, said in (("tobi", "once the other one has said yes too"), ("dafydd", "You are a pair now")):
        mail = story.mail(key, "Would you")
        walk = story.phone(link(mail, "matchanswer", "yes"))
        walk.press("Yes, gladly")
        walk.sees(said)


def both_agree(story):
    for key in ("tobi", "dafydd"):
        walk = story.phone(link(story.mail(key, "You are a pair"), "pairagree"))
        walk.press("I say yes to this")
        walk.sees("You said yes.")
    walk = story.ines(ROOM)
    walk.press("Tobi Larkhill", "link")
    assert walk.page.get_by_text("not yet").count() == 0


def tobi_says_what_would_help(story):
    """The list on his phone, and a goal from it. Both are for the two."""
    walk = story.phone(ROOM, "tobi")
    walk.press("Dafydd Okonjo-Reeve", "link")
    walk.press("Goals and cycles", "link")
    walk.press("The needs list", "link")
    page = walk.page
    page.get_by_role("group", name="Practical work").get_by_text("Most of all").click()
    page.get_by_label("In your own words").fill(story.private.word("Nobody ever showed me the gas taps."))
    walk.press("Keep the list")
    walk.press("Write a goal", "link")
    page.get_by_label("What you want to get better at").fill(story.private.word("Practicals that end before the bell."))
    walk.press("Keep the goal")
    walk.sees("Practicals that end before the bell.")


def dafydd_logs_in_half_a_minute(story):
    """From Today: We met, the length, Save. With what they did and a next date it is still half a minute."""
    walk = story.phone(TODAY, "dafydd")
    page, hands = walk.page, Hands(walk.page)
    there = page.get_by_role("link", name="We met").first.get_attribute("href")
    hands.press(page.get_by_role("link", name="We met").first)
    hands.press(page.get_by_text("45", exact=True))
    assert seconds("45 minutes, from Today", hands.presses + 1, hands.keys) <= 10
    hands.press(page.get_by_text("A step more:"))
    hands.press(page.get_by_label("Planning a lesson"))
    hands.type(page.get_by_label("Next date"), "2026-11-12", keys="12112026")
    walk.check()
    walk.keep("quick-log")
    hands.press(page.get_by_role("button", name="Save, that’s all"))
    walk.sees("45 min")
    walk.check()
    assert seconds("with an activity and a next date", hands.presses, hands.keys) <= LIMIT
    # The page of the pair leads to the same form with the same one press.
    assert page.get_by_role("link", name="We met").get_attribute("href") == there
    dafydd_adds_his_notes(story, walk)


def seconds(what, presses, keys):
    """How long that takes by what is assumed for a tap and a key; said where the tests are run with ``-s``."""
    took = presses * TAP + keys * KEY
    print(f"The quick log, {what}: {presses} taps, {keys} keys, {took:.0f} s.")
    return took


def dafydd_adds_his_notes(story, walk):
    """What is for both, and what is for himself, once there is time for it."""
    page = walk.page
    walk.press("45 min", "link")
    walk.press("Write beside it", "link")
    page.get_by_label("Where we parked").fill(story.private.word("Gas taps: one bench at a time."))
    page.get_by_label("A note to myself").fill(story.private.word("He is tired. Ask about his timetable."))
    walk.press("Save")


def tobi_says_that_it_is_right(story):
    """From the mail, without signing in; then signed in he reads what is for both, not what is Dafydd’s alone."""
    mail = story.mail("tobi", "You met on", at(10, 15))
    walk = story.phone(link(mail, "met", "yes"))
    walk.press("Yes, we met")
    walk.sees("You confirmed it.")
    assert story.talks() == [(45, "page", True)]
    walk = story.phone(ROOM, "tobi")
    walk.press("Dafydd Okonjo-Reeve", "link")
    walk.press("45 min", "link")
    walk.sees("Gas taps: one bench at a time.")
    assert "timetable" not in walk.page.content()


def a_button_writes_one_down(story):
    """The morning after the next date: how did it go? One press, and the next date with it."""
    story.post.hour(at(13, 9))
    mail = story.mail("dafydd", "How did it go with Tobi?")
    walk = story.phone(link(mail, "talked", "30"))
    page, hands = walk.page, Hands(walk.page)
    hands.presses = 1
    hands.type(page.get_by_label("Next date"), "2026-11-19", keys="19112026")
    hands.press(page.get_by_role("button", name="We met: 30 minutes"))
    walk.sees("It is written down: Thursday 12 November 2026, 30 min.")
    assert seconds("from a mail, with a next date", hands.presses, hands.keys) <= LIMIT


def an_answer_writes_one_down(story):
    """The morning after the second: one line as an answer. Of its words nothing is kept."""
    story.post.hour(at(20, 9))
    mail = story.mail("dafydd", "How did it go with Tobi?")
    said = story.private.word("He did it alone this time!")
    assert story.answers("dafydd", mail, f"60 min, online, next 3/12. {said}") == "read"
    told = story.mail("dafydd", "Written down")
    assert "60" in words_of(told) or "1 h" in words_of(told)
    assert story.talks() == [(45, "page", True), (30, "mail", False), (60, "mail", False)]


def the_month_ends(story):
    story.post.hour(at(30, 14))
    mail = story.mail("dafydd", "November 2026: 3 talks, 2 h 15 min")
    assert "Tobi Larkhill: 3 talks, 2 h 15 min of" in words_of(mail)
    assert "until Tuesday 15 December 2026" in words_of(mail)


def ines_sees_rhythm_and_no_content(story):
    """Hours against the target, how long ago, who has not answered; no page of hers knows what was said."""
    walk = story.ines(ROOM)
    row = walk.page.get_by_role("row", name="Tobi Larkhill").inner_text()
    walk.keep("caseload-of-a-network")
    assert all(words in row for words in ("2 h 15 min", "19 Nov", "3 Dec"))
    walk.press("Tobi Larkhill", "link")
    walk.press("45 min", "link")
    for path in ("/n/tarn-and-tide/history", f"{ROOM}hours/", f"{ROOM}mentors", TODAY, "/search?q=taps"):
        walk.go(path)
        story.private.keep(walk)


def the_statement(story):
    """Day by day, to sign: what the ledger holds, and no word of what was said."""
    walk = story.phone(ROOM, "dafydd")
    walk.press("Tobi Larkhill", "link")
    walk.press("Statement of hours", "link")
    walk.keep("statement")
    paper = walk.page.get_by_role("link", name="PDF to sign").first.get_attribute("href")
    answer = walk.context.request.get(walk.address + paper)
    told = subprocess.run(["pdftotext", "-layout", "-", "-"], input=answer.body(), capture_output=True, check=True)
    text = " ".join(told.stdout.decode().split())
    assert all(words in text for words in ("Dafydd Okonjo-Reeve", "Tobi Larkhill", "2 h 15 min", "Worked as said."))
    assert not any(word in text for word in story.private.words)


def they_end_it(story):
    """Tobi ends it, answers from his mail and would keep the notes; Dafydd takes back what he wrote."""
    walk = story.phone(ROOM, "tobi")
    walk.press("Dafydd Okonjo-Reeve", "link")
    walk.press("End this pair", "link")
    walk.press("End it today")
    walk.press("I would keep them")
    walk.sees("You wish to keep them.")
    answering = story.phone(link(story.mail("tobi", "Your pair has ended"), "pairending"))
    answering.page.get_by_label("What worked").fill("A fixed day.")
    answering.press("Send it")
    answering.sees("The coordinators read it")
    taking_back = story.phone(ROOM, "dafydd")
    taking_back.press("Tobi Larkhill", "link")
    taking_back.press("Delete mine now", "link")
    taking_back.press("Delete all of it")
    walk.press("45 min", "link")
    assert "Gas taps" not in walk.page.content()


def ines_reads_what_is_for_her(story):
    walk = story.ines(f"{ROOM}matching/endings")
    walk.sees("A fixed day.")
