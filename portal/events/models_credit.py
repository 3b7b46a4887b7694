"""The credit that an event can give: which kind, by whom it is approved, and since when."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base

# What an offering has to integrate or bring to count as STEM.
STEM_ELEMENTS = ("science", "technology", "engineering", "mathematics", "standards", "careers", "activity")


class EventCredit(Base):
    """One kind of credit of one event. State follows from its dates: none, applied, approved, declined."""

    __tablename__ = "event_credit"
    __table_args__ = (
        Index("ix_event_credit_event_id", "event_id"),
        CheckConstraint("least_share BETWEEN 0 AND 100", name="least_share"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    credit_type_id: Mapped[int] = mapped_column(ForeignKey("credit_type.id"), index=True)
    # The most it gives, in minutes; None is the length of all its sessions.
    most_minutes: Mapped[int | None]
    category: Mapped[str] = mapped_column(String(120), default="")
    provider: Mapped[str] = mapped_column(String(200), default="")
    provider_number: Mapped[str] = mapped_column(String(60), default="")
    in_service_number: Mapped[str] = mapped_column(String(60), default="")
    committee: Mapped[str] = mapped_column(String(200), default="")
    # Who presents, and what qualifies them.
    presenters: Mapped[str] = mapped_column(String(500), default="")
    needs_statement: Mapped[str] = mapped_column(Text, default="")
    objectives: Mapped[str] = mapped_column(Text, default="")
    stem_elements: Mapped[list[str]] = mapped_column(default=list)
    justification: Mapped[str] = mapped_column(Text, default="")
    needs_evaluation: Mapped[bool] = mapped_column(default=False)
    # The share of minutes that somebody has to be there, in percent.
    least_share: Mapped[int] = mapped_column(default=75)
    round_to: Mapped[int] = mapped_column(default=1)
    fee: Mapped[str] = mapped_column(String(120), default="")
    applied_on: Mapped[date | None]
    # Dates as the provider's letter has them, not when somebody typed them.
    approved_on: Mapped[date | None]
    declined_on: Mapped[date | None]
    declined_why: Mapped[str] = mapped_column(String(300), default="")
    removed_at: Mapped[datetime | None]
    row_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": row_version}

    @property
    def state(self) -> str:
        if self.declined_on:
            return "declined"
        if self.approved_on:
            return "approved"
        return "applied" if self.applied_on else "none"
