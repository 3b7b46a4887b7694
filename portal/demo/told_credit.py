"""What credit the story's events carry, and the dates of the letters about it."""

from typing import Any

from sqlalchemy import select

from portal.credit.models import CreditType
from portal.db import db
from portal.demo.story import Story, at
from portal.events.forms_credit import new_values
from portal.events.models import Event
from portal.events.operations_credit import add_credit, note_applied, note_standing

# Everything else that is told of a credit is about its letters.
LETTERS = ("kind", "applied", "applied_ago", "approved", "number")


def tell_credit(story: Story, told: dict[str, Any], event: Event, by: int) -> None:
    """Put in when the event was planned; applied for and approved when the letters say so."""
    for one in told.get("credit", []):
        kind = credit_type(one["kind"])
        said = {key: text.strip() if isinstance(text, str) else text for key, text in one.items() if key not in LETTERS}
        with at(event.created_at):
            block = add_credit(event, kind, new_values(kind, None, event.objectives, []) | said, by)
            db.session.flush()
        first = event.sessions[0].starts_at
        applied = story.days_from(first, one["applied"], "16:10") if "applied" in one else None
        if "applied_ago" in one:
            applied = story.ago(one["applied_ago"], "16:10")
        if applied:
            with at(applied):
                note_applied(event, block, kind, applied.date(), by)
                db.session.flush()
        if "approved" in one:
            letter = story.days_from(first, one["approved"], "09:00")
            with at(story.days_from(first, one["approved"] + 1, "16:20")):
                note_standing(event, block, kind, block.row_version, "approved", letter.date(), by, one["number"])


def credit_type(code: str) -> CreditType:
    """One of the region's kinds of credit."""
    return db.session.execute(select(CreditType).where(CreditType.code == code)).scalar_one()
