"""A whole term from mails alone: invited, booked, there, met, used, answered, and never a sign-in after the first press.

The mails leave through the worker's own round to a real mail server (aiosmtpd); each link is opened in a new browser
that knows nobody, in turn on a small phone without scripts and in a wide window with them.
"""

from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from itertools import cycle

import pytest
from icalendar import Calendar
from sqlalchemy import func, select

from portal.activities.models import Participation, Use
from portal.conversations.models import Post
from portal.db import db
from portal.letters.operations import LetterDraft, write_letter
from portal.letters.operations_sending import send_letter
from portal.mail.receiving import receive
from portal.mentoring.models import Pairing, PairTalk
from portal.mentoring.operations import start_pairing
from portal.mentoring.operations_contacts import log_contact
from portal.mentoring.talks import Talk
from portal.networks.operations_inviting import Asking, invite
from portal.people.models import Person, SignInCode
from portal.web import clock
from tests import cast
from tests.browser.journeys import PHONE
from tests.browser.letterboxes import link
from tests.conversations import talking
from tests.events import planned
from tests.letters.writing import here
from tests.resources import packs

pytestmark = pytest.mark.browser
SAMIRA = "samira@school.example"
MONDAY, THURSDAY = datetime(2026, 11, 16, 7, 5, tzinfo=UTC), planned.NEXT_THURSDAY


@pytest.fixture
def letterbox(post):
    """Samira's mailbox."""
    return post.box(SAMIRA)


def test_a_term_without_signing_in(app, in_app, browse, letterbox):
    windows = cycle((PHONE, {}))

    def opened(path):
        walk = browse(**next(windows))
        walk.go(path)
        walk.check()
        return walk

    accepts_the_invitation(in_app, letterbox, opened)
    books_from_the_digest(in_app, letterbox, opened)
    was_there(in_app, letterbox, opened)
    met(in_app, letterbox, opened)
    used_a_pack(in_app, letterbox, opened)
    answers(in_app, letterbox, opened)
    with in_app():
        assert db.session.execute(select(func.count(SignInCode.id))).scalar() == 0


def samira():
    return db.session.execute(select(Person).where(Person.name == "Samira Holm")).scalar_one()


def accepts_the_invitation(in_app, letterbox, opened):
    with in_app():
        planned.event("Build a hand")
        talking.topic()
        invite(Asking(cast.network_id(), cast.person_id("ines")), "Samira Holm", SAMIRA)
    [mail] = letterbox.fetch()
    walk = opened(link(mail, "invitation"))
    walk.press("Accept and come in")
    walk.page.wait_for_url("**/n/tarn-and-tide/**")


def books_from_the_digest(in_app, letterbox, opened):
    [digest] = letterbox.fetch(MONDAY)
    walk = opened(link(digest, "coming"))
    walk.keep("act-coming")
    walk.press("I’m coming")
    walk.sees("You have a place.")
    walk = opened(link(digest, "rhythm"))
    walk.press("Every second week")
    walk.sees("Now: Every second week.")
    walk = opened(link(digest, "answer"))
    walk.page.get_by_label("Your answer").fill("We dropped ours down the stairwell.")
    walk.press("Answer")
    walk.sees("Your answer stands in the conversation.")
    [booked] = letterbox.fetch()
    [calendar] = [part for part in booked.walk() if part.get_content_type() == "text/calendar"]
    [entry] = Calendar.from_ical(calendar.get_content()).walk("VEVENT")
    assert (str(entry["SUMMARY"]), entry["DTSTART"].dt.astimezone(UTC)) == ("Build a hand", THURSDAY)


def was_there(in_app, letterbox, opened):
    [tomorrow] = letterbox.fetch(THURSDAY - timedelta(hours=7))
    assert "Build a hand" in tomorrow["Subject"] and link(tomorrow, "coming")
    # The form about the evening, and the question whether she was there.
    mails = letterbox.fetch(THURSDAY + timedelta(hours=18))
    [asked] = [mail for mail in mails if "/a/wasthere-" in mail.get_body(("plain",)).get_content()]
    assert len(mails) == 2
    walk = opened(link(asked, "wasthere"))
    walk.press("I was there")
    walk.sees("Noted: you were there for 1 h 30 min.")


def met(in_app, letterbox, opened):
    with in_app():
        ines, dafydd = cast.person_id("ines"), cast.person_id("dafydd")
        made = start_pairing(cast.network_id(), dafydd, samira().id, ines, date(2026, 11, 1))
        talk = Talk(at=clock.now() - timedelta(hours=1), minutes=45, parked="Only for the two.")
        log_contact(db.session.get_one(Pairing, made.id), dafydd, talk, bytes(32), "Europe/London")
    # A talk rests some minutes before anybody is asked about it.
    [asked] = letterbox.fetch(clock.now() + timedelta(minutes=15))
    assert "Only for the two" not in asked.as_string()
    walk = opened(link(asked, "met", "yes"))
    walk.press("Yes, we met")
    walk.sees("You confirmed it.")
    with in_app():
        assert db.session.execute(select(PairTalk.confirmed_at)).scalar_one()


def used_a_pack(in_app, letterbox, opened):
    with in_app():
        pack_id, mine = packs.make_pack(), here()
        draft = LetterDraft("Try this one", "Hello {first name}, this worked.", "pack", pack_id)
        letter = write_letter(mine.membership, draft, {})
        send_letter(mine, letter.id, letter.row_version)
    [told] = letterbox.fetch(clock.now() + timedelta(minutes=5))
    walk = opened(link(told, "used"))
    walk.page.get_by_label("How many classes?").fill("2")
    walk.press("Count it")
    walk.sees("it is counted")
    with in_app():
        assert db.session.execute(select(Use.classes).where(Use.person_id == samira().id)).scalar_one() == 2


def answers(in_app, letterbox, opened):
    """Somebody answers in the conversation that she follows by now; she answers the mail itself."""
    with in_app():
        talking.answer(1, "leon", "Which stairwell?")
    [news] = letterbox.fetch(clock.now() + timedelta(minutes=5))
    reply = EmailMessage()
    reply["From"], reply["To"], reply["Subject"] = SAMIRA, news["Reply-To"], f"Re: {news['Subject']}"
    reply["Message-ID"], reply["In-Reply-To"] = "<1@school.example>", news["Message-ID"]
    reply.set_content("The one by the art room.\n\n-- \nSamira Holm\n\nOn Fri, Leon wrote:\n> Which stairwell?\n")
    with in_app():
        assert receive(reply.as_bytes()) == "answered"
    with in_app():
        last = db.session.execute(select(Post.body, Post.by_mail).order_by(Post.id.desc()).limit(1)).one()
        assert last == ("The one by the art room.", True)
        minutes = select(Participation.minutes).where(Participation.person_id == samira().id)
        assert sorted(db.session.execute(minutes).scalars()) == [45, 90]
