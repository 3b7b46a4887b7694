"""What people report from schools where a filter stops the portal."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base


class BlockedReport(Base):
    """A school, what happened there, and when: nothing about who reported it."""

    __tablename__ = "blocked_report"
    __table_args__ = (Index("ix_blocked_report_settled_at", "settled_at", "reported_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    place: Mapped[str] = mapped_column(String(200))
    # One of ``WHAT`` in forms.
    what: Mapped[str] = mapped_column(String(20))
    words: Mapped[str] = mapped_column(Text, default="")
    reported_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
