"""A visit, a call or technical help to one organisation, in the ledger."""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.activities.models import Activity

SUPPORT_KINDS = ("visit", "technical")


class SupportVisit(Activity):
    """Date, minutes and mode (in person, online, phone, mail) stand in the ledger; coordinators read the note."""

    __tablename__ = "support_visit"

    id: Mapped[int] = mapped_column(ForeignKey("activity.id"), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    # "visit" (support of teaching) or "technical" (a device, software, a kit)
    support_kind: Mapped[str] = mapped_column(String(20), default="visit")
    # Codes of words of kind "support_topic".
    topics: Mapped[list[str]] = mapped_column(JSON, default=list)
    # Who was met there, where she is known.
    met_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    note: Mapped[str] = mapped_column(Text, default="")
    # What was promised, and by when.
    next_step: Mapped[str] = mapped_column(String(300), default="")
    next_on: Mapped[date | None]
    next_done_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]

    __mapper_args__ = {"polymorphic_identity": "support_visit"}
