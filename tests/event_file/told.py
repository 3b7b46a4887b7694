"""An event that took place, for the tests of its file: who booked, who came, what was approved, said and spent."""

import io
from datetime import date, datetime, timedelta

from sqlalchemy import update
from werkzeug.datastructures import FileStorage

from portal.activities.operations import Mark
from portal.attendance.operations import close_sheet, mark_sheet
from portal.certificates.making import make_papers
from portal.certificates.operations import make_certificates
from portal.credit.models import CreditType
from portal.db import db
from portal.event_file.drafts import CostDraft
from portal.event_file.operations import add_cost
from portal.events.drafts_papers import PapersDraft
from portal.events.models import Event
from portal.events.operations_papers import add_papers
from portal.files.operations import keep
from portal.web import clock
from tests import cast
from tests.events import planned

ROOM = "/n/tarn-and-tide/events/"
# Two Thursdays ago and last Thursday.
FIRST = planned.LAST_THURSDAY - planned.WEEK


def held(sessions: int = 2, credit: bool = True, close: bool = True, **more: object) -> Event:
    """Tobi is there all the time, Leon leaves the first early and misses the second, Petra observes, Hana walks in once.

    Dafydd presents. Mairead booked and never came. Inside ``in_app``; the clock stands at the cast's now afterwards.
    """
    clock.freeze(FIRST - 4 * planned.WEEK)
    event = planned.event(starts_at=FIRST, sessions=sessions, **more)
    event.about = "5:00 Build one finger\n5:45 Try it"
    planned.booked(event, "tobi", "leon", "mairead")
    planned.booked(event, "petra", kind="observer")
    if credit:
        planned.credit(event, approved_on=date(2026, 10, 1), needs_evaluation=False, least_share=40)
    for number, session in enumerate(event.sessions):
        clock.freeze(session.ends_at)
        by, start = cast.person_id("ines"), session.starts_at
        marks = [
            _mark("tobi", 90, start),
            _mark("leon", 0 if number else 50, start),
            _mark("mairead", 0, start),
            _mark("petra", 90, start, "observer"),
            _mark("dafydd", 90, start, "presenter"),
        ]
        if not number:
            marks.append(_mark("hana", 75, start))
        mark_sheet(session, marks, "Europe/London", by)
        if close:
            close_sheet(session, 0, by)
    clock.freeze(cast.NOW)
    return event


def _mark(who: str, minutes: int, start: datetime, capacity: str = "participant") -> Mark:
    there = (start, start + timedelta(minutes=minutes)) if minutes else (None, None)
    return Mark(cast.person_id(who), minutes, capacity, *there)


def whole(event: Event) -> None:
    """Everything else that its file asks for and that no other room makes: papers and costs."""
    ines = cast.person_id("ines")
    for kind, readers, name in (
        ("agenda", "public", "agenda.txt"),
        ("approval", "coordinators", "letter.txt"),
        ("slides", "members", "\u202efdp.exe.txt"),
    ):
        file = keep(FileStorage(io.BytesIO(name.encode()), name), ines)
        add_papers(event, PapersDraft(kind, readers, file_ids=(file.id,)), ines)
    add_papers(event, PapersDraft("notes", "members", "Notes", words="*Try it* with year 7."), ines)
    add_papers(event, PapersDraft("recording", "coming", links=(("https://film.example/hand", "The film"),)), ines)
    add_cost(event, CostDraft("refreshments", "Tea", 1250, "GBP"), ines)
    add_cost(event, CostDraft("time", "Technician", minutes=120), ines)


def certified(event: Event) -> int:
    """Their certificates, made as the worker makes them; outside of any transaction afterwards."""
    count = make_certificates(event, "Europe/London", cast.person_id("ines"))
    make_papers()
    return count


def without_sessions_held() -> Event:
    """Called off, all of it."""
    event = planned.event(starts_at=planned.LAST_THURSDAY, sessions=1)
    for one in event.sessions:
        one.cancelled_at = cast.NOW
    db.session.commit()
    return event


def asks_for_times() -> None:
    """Every kind of credit wants arrival and departure."""
    db.session.execute(update(CreditType).values(needs_times=True))
    db.session.commit()
