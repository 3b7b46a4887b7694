"""Events of the fixed cast, made through the operations, for the tests of this room."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from portal.credit.models import CreditType
from portal.credit.operations_types import start_credit_types
from portal.db import db
from portal.events.drafts import EventDraft, SessionDraft
from portal.events.forms_credit import new_values
from portal.events.models import Event
from portal.events.models_credit import EventCredit
from portal.events.operations import plan_event
from portal.events.operations_booking import book
from portal.events.operations_credit import add_credit, note_standing
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


def kind_of_credit(code: str = "wa-clock-hour") -> CreditType:
    start_credit_types()
    return db.session.execute(select(CreditType).where(CreditType.code == code)).scalar_one()


def credit(one: Event, code: str = "wa-clock-hour", **more: object) -> EventCredit:
    """A kind of credit that the event carries, with what a provider's form asks; ``more`` sets other columns."""
    kind = kind_of_credit(code)
    values = new_values(kind, None, "Build a working finger.", ["Ines Quarrie"])
    dated = {key: more.pop(key) for key in ("applied_on", "approved_on", "declined_on") if key in more}
    number = more.pop("in_service_number", "")
    block = add_credit(one, kind, values | more, cast.person_id("ines"))
    for state in ("applied", "approved", "declined"):
        if f"{state}_on" in dated:
            on = dated[f"{state}_on"]
            note_standing(one, block, kind, block.row_version, state, on, cast.person_id("ines"), number)
    return block


def booked(one: Event, *people: str, kind: str = "member") -> None:
    for key in people:
        book(one, [session.id for session in one.sessions], cast.person_id(key), kind)
