"""What is planned, who presents it, who booked, what was called off; who came is told in ``told_rooms``."""

from datetime import datetime, timedelta
from typing import Any

from portal.db import db
from portal.demo.story import Story, at, read
from portal.demo.told_credit import tell_credit
from portal.demo.told_rooms import tell_who_came, tell_who_is_here
from portal.events.drafts import EventDraft, GuestDraft, SessionDraft
from portal.events.models import Event
from portal.events.operations import plan_event, publish_event
from portal.events.operations_booking import book, give_back
from portal.events.operations_calling_off import call_off
from portal.events.operations_guests import book_as_guest
from portal.events.operations_leading import set_leader
from portal.events.operations_one_session import call_session_off

PLANNED_BEFORE, TOLD_BEFORE = 45, 40
TEXTS = ("title", "strapline", "about", "for_whom", "cost", "getting_there", "objectives")
RULES = ("books_whole", "seats_per_school", "confirm_hours")


def tell_events(story: Story) -> None:
    for told in read("events")["event"]:
        _tell(story, told)


def _tell(story: Story, told: dict[str, Any]) -> None:
    starts = story.dates(told)
    by = story.who(told["by"])
    with at(min(story.days_from(starts[0], -PLANNED_BEFORE, "20:15"), story.ago(5))):
        event = plan_event(story.networks["tarn-and-tide"], _draft(told, starts), by)
        _lead(story, told, event, by)
    if told.get("draft"):
        return
    tell_credit(story, told, event, by)
    with at(min(story.days_from(starts[0], -TOLD_BEFORE, "20:30"), story.ago(4))):
        publish_event(event, by)
    _book(story, told, event, starts[0])
    _change(story, told, event, by)
    for place, came in enumerate(told.get("came", [])):
        tell_who_came(story, told, event.sessions[place], came, by)
    if "room" in told:
        tell_who_is_here(story, told["room"], event.sessions[0], by)


def _draft(told: dict[str, Any], starts: list[datetime]) -> EventDraft:
    texts = {key: told.get(key, "").strip() for key in TEXTS}
    rules = {key: told[key] for key in RULES if key in told}
    sessions = [
        SessionDraft(
            starts_at=begins,
            minutes=one["minutes"],
            mode=one.get("mode", "in_person"),
            place=one.get("place", ""),
            joining_link=one.get("link", ""),
            capacity=one.get("capacity"),
        )
        for one, begins in zip(told["sessions"], starts, strict=True)
    ]
    return EventDraft(**texts, **rules, sessions=sessions)


def _lead(story: Story, told: dict[str, Any], event: Event, by: int) -> None:
    db.session.flush()
    for key, capacity in (("presents", "presenter"), ("leads", "facilitator")):
        for handle in told.get(key, []):
            for session in event.sessions:
                set_leader(session, story.who(handle), capacity, by)


def _book(story: Story, told: dict[str, Any], event: Event, first: datetime) -> None:
    """Members, observers, guests, and at last those who come too late and wait, each a day after the other."""
    sessions = [session.id for session in event.sessions]
    kinds = [("booked", "member"), ("observers", "observer"), ("guests", "guest"), ("wait", "member")]
    everybody = [(one, kind) for key, kind in kinds for one in told.get(key, [])]
    for place, (one, kind) in enumerate(everybody):
        booked_at = min(story.days_from(first, place - 30, "12:20"), story.ago(3, f"{8 + place % 6:02}:10"))
        with at(min(booked_at, story.days_from(first, 0, "08:00"))):
            if kind == "guest":
                book_as_guest(event, sessions, GuestDraft(**one))
            else:
                book(event, sessions, story.who(one), kind, **told.get("says", {}).get(one, {}))


def _change(story: Story, told: dict[str, Any], event: Event, by: int) -> None:
    """What came between: a place was given back, a date or the whole event was called off."""
    if "gave_back" in told:
        with at(story.now - timedelta(hours=2)):
            give_back(event, [session.id for session in event.sessions], story.who(told["gave_back"]))
    if "date_off" in told:
        with at(story.ago(2)):
            call_session_off(event.sessions[told["date_off"]["number"] - 1], told["date_off"]["why"], by)
    if "called_off" in told:
        with at(story.ago(2)):
            call_off(event, told["called_off"], by)
