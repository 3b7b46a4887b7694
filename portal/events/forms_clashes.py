"""What can be wrong between the sessions of one event: too many of them, and two at once."""

from datetime import timedelta
from itertools import combinations
from typing import Any

from flask_babel import gettext as _

from portal.events import words
from portal.events.drafts import SessionDraft

MOST_SESSIONS = 30


def refuse_clashes(form: Any) -> None:
    """Put beside the later field what can't be: more dates than an event has, or two of them at one hour.

    Two at one hour can stand beside each other in two rooms, where people choose among the dates; never in a series that
    is booked as a whole, and never in the same place.
    """
    refuse_too_many(form)
    read = [(entry, entry.form.draft) for entry in form.sessions if entry.form.draft and not entry.form.is_removed.data]
    for (_first, earlier), (entry, later) in combinations(read, 2):
        if _at_once(earlier, later) and (form.books_whole.data or _same_place(earlier, later)):
            sentence = _(
                "Another date of this event is at the same time: %(when)s.", when=words.date_and_hours(earlier)
            )
            entry.form.day.errors = [*entry.form.day.errors, sentence]


def refuse_too_many(form: Any, room_for: int = 0) -> None:
    """More than the most are said, not dropped: whoever typed thirty-one dates finds them all still here."""
    kept = [entry for entry in form.sessions if not entry.form.is_removed.data]
    if len(kept) + room_for > MOST_SESSIONS:
        sentence = _("An event has at most %(most)s dates. Plan a second event for the others.", most=MOST_SESSIONS)
        form.sessions.errors = [sentence]


def _at_once(one: SessionDraft, other: SessionDraft) -> bool:
    ends = (draft.starts_at + timedelta(minutes=draft.minutes) for draft in (one, other))
    one_ends, other_ends = ends
    return one.starts_at < other_ends and other.starts_at < one_ends


def _same_place(one: SessionDraft, other: SessionDraft) -> bool:
    places = {
        (draft.mode == "online", "" if draft.mode == "online" else draft.place.casefold()) for draft in (one, other)
    }
    return len(places) == 1
