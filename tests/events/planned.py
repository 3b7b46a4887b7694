"""Events of the fixed cast, made through the operations, for the tests of this room."""

import io
from datetime import UTC, datetime, timedelta

from werkzeug.datastructures import FileStorage

from portal.events.drafts import EventDraft, SessionDraft
from portal.events.drafts_papers import PapersDraft
from portal.events.models import Event
from portal.events.models_papers import EventPaper
from portal.events.operations import plan_event
from portal.events.operations_booking import book
from portal.events.operations_papers import add_papers
from portal.files.operations import keep
from tests import cast

# A Thursday evening next week, five o'clock in Brackenhythe.
NEXT_THURSDAY = datetime(2026, 11, 19, 17, 0, tzinfo=UTC)
LAST_THURSDAY = datetime(2026, 11, 5, 17, 0, tzinfo=UTC)
WEEK = timedelta(days=7)
PLACE = "Brackenhythe Academy, design workshop"
LINK = "https://meet.example/hand"


def event(
    title: str = "Build a hand",
    starts_at: datetime = NEXT_THURSDAY,
    capacity: int | None = 24,
    sessions: int = 1,
    publish: bool = True,
    **more: object,
) -> Event:
    """One event of ninety minutes, weekly if it has several sessions."""
    drafts = [SessionDraft(starts_at + week * WEEK, 90, "hybrid", PLACE, LINK, capacity) for week in range(sessions)]
    draft = EventDraft(title, "A working finger for 40p.", "Tea and card.", sessions=drafts, **more)
    return plan_event(cast.network_id(), draft, cast.person_id("ines"), publish)


def booked(one: Event, *people: str, kind: str = "member") -> None:
    for key in people:
        book(one, [session.id for session in one.sessions], cast.person_id(key), kind)


def paper(one: Event, kind: str = "slides", readers: str = "members", name: str = "slides.txt") -> EventPaper:
    """A file that stays with the event."""
    ines = cast.person_id("ines")
    file = keep(FileStorage(io.BytesIO(f"{kind} for {readers}".encode()), name), ines)
    draft = PapersDraft(kind, readers, f"{kind} for {readers}", file_ids=(file.id,), has_consent=True)
    return add_papers(one, draft, ines)[0]
