"""What people say of themselves once the sheet no longer takes it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base

OPEN = text("answered_at IS NULL")


class AttendanceClaim(Base):
    """A person says when she was there, and the sheet is closed or says otherwise: a question to whoever keeps it.

    One open question a person and session; asking again changes it. Only an accepted one reaches the ledger.
    """

    __tablename__ = "attendance_claim"
    __table_args__ = (
        Index(
            "uq_attendance_claim_open",
            "session_id",
            "person_id",
            unique=True,
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        ),
        Index("ix_attendance_claim_person_id", "person_id"),
        CheckConstraint("minutes >= 0", name="minutes"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    # What she says: 0 is "I was not there"; the two moments where she named them.
    minutes: Mapped[int]
    arrived_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]
    said_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    is_accepted: Mapped[bool | None]
