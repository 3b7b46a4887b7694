"""Whom we asked, six weeks later, whether she tried it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base


class FollowUp(Base):
    """One person asked about one event. What a class did becomes a use in the ledger; this row only says how it stands."""

    __tablename__ = "follow_up"
    __table_args__ = (Index("ix_follow_up_ask_again_at", "ask_again_at"), Index("ix_follow_up_person_id", "person_id"))

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    asked_at: Mapped[datetime]
    # "", "yes", "later" or "no"
    answer: Mapped[str] = mapped_column(String(10), default="")
    answered_at: Mapped[datetime | None]
    # "Not yet": asked once more then.
    ask_again_at: Mapped[datetime | None]
    why_not: Mapped[str] = mapped_column(Text, default="")
    use_id: Mapped[int | None] = mapped_column(ForeignKey("use.id"))
