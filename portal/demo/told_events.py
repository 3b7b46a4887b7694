"""What was on, who booked, who came, what is coming, and the sheet that is still open."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from portal.activities.operations import Mark
from portal.attendance.operations import add_walk_in, close_sheet, mark_sheet
from portal.db import db
from portal.demo.story import TIME_ZONE, Story, at, read
from portal.events.drafts import EventDraft, SessionDraft
from portal.events.models import Session
from portal.events.operations import plan_event, publish_event
from portal.events.operations_booking import book
from portal.events.operations_calling_off import call_off
from portal.organisations.models import Organisation

PLANNED_BEFORE, TOLD_BEFORE = 45, 40
A_DAY = timedelta(days=1)


def tell_events(story: Story) -> None:
    for told in read("events")["event"]:
        _tell(story, told)


def _tell(story: Story, told: dict[str, Any]) -> None:
    first = told["sessions"][0]
    by = story.who(told["by"])
    with at(min(story.on(first["on"] - PLANNED_BEFORE, "20:15"), story.ago(5))):
        event = plan_event(story.networks["tarn-and-tide"], _draft(story, told), by)
    if told.get("draft"):
        return
    with at(min(story.on(first["on"] - TOLD_BEFORE, "20:30"), story.ago(4))):
        publish_event(event, by)
    for place, handle in enumerate([*told.get("booked", []), *told.get("observers", [])]):
        kind = "observer" if handle in told.get("observers", []) else "member"
        booked_at = min(story.on(first["on"] - 30 + place, "12:20"), story.ago(3, f"{8 + place % 6:02}:10"))
        with at(min(booked_at, story.on(first["on"], "08:00"))):
            book(event, [session.id for session in event.sessions], story.who(handle), kind)
    if told.get("called_off"):
        with at(story.ago(2)):
            call_off(event, told["called_off"], by)
    for session, came in zip(event.sessions, told.get("came", []), strict=False):
        _came(story, told, session, came, by)


def _draft(story: Story, told: dict[str, Any]) -> EventDraft:
    texts = {
        key: told.get(key, "").strip() for key in ("title", "strapline", "about", "for_whom", "cost", "getting_there")
    }
    sessions = [
        SessionDraft(
            starts_at=story.on(one["on"], one["at"]),
            minutes=one["minutes"],
            mode=one.get("mode", "in_person"),
            place=one.get("place", ""),
            joining_link=one.get("link", ""),
            capacity=one.get("capacity"),
        )
        for one in told["sessions"]
    ]
    return EventDraft(**texts, sessions=sessions)


def _came(story: Story, told: dict[str, Any], session: Session, came: dict[str, int], by: int) -> None:
    """The evening's sheet, a walk-in, and the next day's correction; closed unless the story leaves it open."""
    evening = session.ends_at
    marks = [Mark(story.who(handle), minutes) for handle, minutes in came.items()]
    marks += [Mark(story.who(one), minutes, "observer") for one, minutes in told.get("observers_came", {}).items()]
    with at(evening):
        mark_sheet(session, marks, TIME_ZONE, by)
        for guest in told.get("walk_ins", []):
            school = db.session.get_one(Organisation, story.organisations[guest["school"]]).name
            add_walk_in(session, guest["name"], guest["address"], school, "participant", TIME_ZONE, by)
    if "correction" in told:
        change = told["correction"]
        with at(min(story.now, session.ends_at.replace(hour=9) + A_DAY)):
            mark_sheet(session, [Mark(story.who(change["who"]), change["minutes"])], TIME_ZONE, by)
    if not told.get("open_sheet"):
        with at(min(story.now, session.ends_at + A_DAY)):
            close_sheet(session, _unmarked(told.get("booked", []), came), by)


def _unmarked(booked: Iterable[str], came: dict[str, int]) -> int:
    return len(set(booked) - set(came))
