"""The room code: which signs it has, when it works, how often somebody may be wrong. All its figures, with reasons."""

import secrets
from datetime import datetime, timedelta

from portal.events.models import Session

# No vowels, nor 3 and 4 that stand for them: nothing unpleasant gets onto a wall. No sign that has a double from the
# back row: 0 O, 1 I L, 2 Z, 5 S, 6 G, 8 B, V U Y, and no 9.
LETTERS = "CDFHJKMNPQRTVWX"
DIGITS = "2678"
LENGTH = 4
# What people type instead, since they read it so.
LOOKALIKES = str.maketrans("B0OZGU1", "8QQ26V7")

# People come early and leave late: an hour before it starts, while the chairs are put out, half an hour after it ends.
EARLY, LATE = timedelta(minutes=60), timedelta(minutes=30)
# How long a tap may have waited for the network: longer than most sessions, shorter than an evening.
LONGEST_WAIT = timedelta(hours=2)
# A tap that came so much later than it was made says so in the history: it is the word of the phone, not of our clock.
WORTH_TELLING = timedelta(minutes=5)
# What a phone remembers of an evening ends with it.
RECEIPT_LASTS = timedelta(hours=12)
# "That was not me" takes an arrival back for so long; later the coordinator puts it right.
TAKE_BACK = timedelta(minutes=10)

# Wrong codes in half an hour. From one address as many as a whole staffroom mistypes (a right one is never counted); of
# 38,000 codes that finds one in a thousand. When all together go beyond the second figure somebody guesses from many
# addresses: then each has only a few tries, and whoever types the code rightly still gets in.
WINDOW = 30  # minutes
WRONG_PER_CLIENT, WRONG_ALTOGETHER, WRONG_IN_A_STORM = 40, 400, 5
# People without a booking, in an hour, from one address: a full hall at one kiosk.
WALK_INS = 150


def new_code() -> str:
    """Four different signs, never three letters in a row, so that no word comes of them."""
    while True:
        code = "".join(secrets.SystemRandom().sample(LETTERS + DIGITS, LENGTH))
        if not code[:3].isalpha() and not code[1:].isalpha():
            return code


def read_code(typed: str) -> str:
    """A code as it was meant: capitals, no blanks or dashes, lookalikes put right."""
    return "".join(sign for sign in typed.upper() if sign.isalnum()).translate(LOOKALIKES)


def opens_at(session: Session) -> datetime:
    return session.starts_at - EARLY


def closes_at(session: Session) -> datetime:
    return session.ends_at + LATE


def is_on(session: Session) -> bool:
    """It takes place, people know of it, and its sheet is open."""
    event = session.event
    off = session.cancelled_at or event.cancelled_at or event.deleted_at or session.attendance_closed_at
    return event.published_at is not None and off is None


def receipts_end_at(session: Session) -> datetime:
    """Until when the page of whoever signed in opens: it names her, and whoever has its address reads it."""
    return closes_at(session) + RECEIPT_LASTS


def works(session: Session, moment: datetime) -> bool:
    """Whether people can sign themselves in and out at that moment."""
    return is_on(session) and opens_at(session) <= moment <= closes_at(session)


def when_tapped(session: Session, waited: int, now: datetime) -> datetime:
    """The moment of a tap that waited so many seconds for the network.

    A wait and not an hour, since the clocks of telephones are wrong. Now, where it is no wait that can be believed.
    """
    tapped = now - timedelta(seconds=waited) if 0 < waited <= LONGEST_WAIT.total_seconds() else now
    # Nobody taps before there is a code on the wall or a kiosk by the door.
    ways_in = [moment for moment in (session.room_code_made_at, session.kiosk_opened_at) if moment]
    if not ways_in or tapped < min(ways_in):
        return now
    return tapped if opens_at(session) <= tapped <= closes_at(session) else now
