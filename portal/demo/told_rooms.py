"""Who is in the room: signing in by code, the evening's sheet, a word of one's own, the session that is on now."""

import io
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from werkzeug.datastructures import FileStorage

from portal.activities.operations import Mark
from portal.attendance.hours import Part
from portal.attendance.operations import add_walk_in, close_sheet, mark_sheet
from portal.attendance.operations_claims import accept_claim, say
from portal.attendance.operations_codes import make_code, open_kiosk
from portal.attendance.operations_paper import add_photos
from portal.attendance.operations_signing import sign_in, sign_out, walk_in
from portal.attendance.queries_claims import last_claim
from portal.attendance.typed_signing import Newcomer
from portal.db import db
from portal.demo.papers import signed_sheet
from portal.demo.story import TIME_ZONE, Story, at
from portal.events.models import Session
from portal.files.operations import keep
from portal.organisations.models import Organisation
from portal.people.models import Person
from portal.web import clock

A_DAY = timedelta(days=1)
CODE_BEFORE, KIOSK_BEFORE = timedelta(minutes=25), timedelta(minutes=15)


def tell_who_came(story: Story, told: dict[str, Any], session: Session, came: dict[str, int], by: int) -> None:
    """Codes, the evening's sheet, a walk-in, and the next day's correction; closed unless the story leaves it open."""
    _sign_in(story, told.get("signed_in", []), session, by)
    with at(session.ends_at):
        mark_sheet(session, list(_marks(story, told, came)), TIME_ZONE, by)
        for guest in told.get("walk_ins", []):
            school = db.session.get_one(Organisation, story.organisations[guest["school"]]).name
            add_walk_in(session, guest["name"], guest["address"], school, "participant", TIME_ZONE, by)
    with at(min(story.now, session.ends_at.replace(hour=9) + A_DAY)):
        for handle, minutes in told.get("own_word", {}).items():
            say(session, story.who(handle), Part(minutes, None, None))
        if "correction" in told:
            change = told["correction"]
            mark_sheet(session, [Mark(story.who(change["who"]), change["minutes"])], TIME_ZONE, by)
        if "photo" in told:
            _photograph(told, session, by)
    if not told.get("open_sheet"):
        with at(min(story.now, session.ends_at + A_DAY)):
            close_sheet(session, _unmarked(told, came), by)
    _say_later(story, told.get("claims", []), session, by)


def _sign_in(story: Story, told: list[dict[str, str]], session: Session, by: int) -> None:
    day = clock.local(session.starts_at, TIME_ZONE).date()
    if told:
        with at(session.starts_at - CODE_BEFORE):
            make_code(session, by)
    for one in told:
        with at(story.moment(day, one["from"])):
            sign_in(session, story.who(one["who"]), "code", None)
        with at(story.moment(day, one["to"])):
            sign_out(session, story.who(one["who"]), "code", None)


def _marks(story: Story, told: dict[str, Any], came: dict[str, int]) -> Iterator[Mark]:
    for handle, minutes in came.items():
        yield Mark(story.who(handle), minutes, "presenter" if handle in told.get("presents", []) else "participant")
    for handle, minutes in told.get("observers_came", {}).items():
        yield Mark(story.who(handle), minutes, "observer")


def _photograph(told: dict[str, Any], session: Session, by: int) -> None:
    names = [row.person_id for row in session.participations if row.minutes]
    picture = signed_sheet(session.title, [db.session.get_one(Person, one).name for one in names])
    add_photos(session, [keep(FileStorage(io.BytesIO(picture), f"{told['photo']}.jpg"), by)], by)


def _unmarked(told: dict[str, Any], came: Iterable[str]) -> int:
    return len(set(told.get("booked", [])) - set(came) - {one["who"] for one in told.get("signed_in", [])})


def _say_later(story: Story, told: list[dict[str, Any]], session: Session, by: int) -> None:
    """The sheet is closed and says otherwise: a question to whoever keeps it, answered or waiting."""
    for one in told:
        person_id = story.who(one["who"])
        with at(story.days_from(session.starts_at, one["after"], "12:30")):
            say(session, person_id, Part(one["minutes"], None, None))
        claim = last_claim(session.id, person_id)
        if "accepted" in one and claim:
            with at(story.days_from(session.starts_at, one["accepted"], "16:45")):
                accept_claim(session, claim, by)


def tell_who_is_here(story: Story, told: dict[str, Any], session: Session, by: int) -> None:
    """It began some minutes ago: the code is on the wall, the kiosk by the door, and half of them are here."""
    with at(session.starts_at - CODE_BEFORE):
        make_code(session, by)
    with at(session.starts_at - KIOSK_BEFORE):
        open_kiosk(session, by)
    for one in told["in"]:
        with at(_minute(session, one["from"])):
            sign_in(session, story.who(one["who"]), "code", None)
        if "to" in one:
            with at(_minute(session, one["to"])):
                sign_out(session, story.who(one["who"]), "code", None)
    for one in told["walk_ins"]:
        with at(_minute(session, one["from"])):
            walk_in(session, Newcomer(one["name"], school=one["school"]), "kiosk", None, TIME_ZONE, "the kiosk")


def _minute(session: Session, minute: int) -> datetime:
    """The seconds are those of people, not of clocks."""
    return session.starts_at + timedelta(minutes=minute, seconds=(minute * 23) % 60)
