"""What went into a person's digest of a period, and on which day and at which hour digests are written."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base


class Digest(Base):
    """One period of one person: written, or found to hold nothing. The pair is unique, so that nobody gets two."""

    __tablename__ = "digest"
    __table_args__ = (
        UniqueConstraint("person_id", "period"),
        Index("ix_digest_person_id_made_at", "person_id", "made_at"),
        Index("ix_digest_made_at", "made_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    # "2026-11-16", "2026-W47", "2026-F52" or "2026-11": see periods.py.
    period: Mapped[str] = mapped_column(String(20))
    made_at: Mapped[datetime]
    # Empty where there was nothing to tell, and so no mail.
    subject: Mapped[str] = mapped_column(String(300), default="")
    # Each thing in the state in which it was told ("session:12@…"): what is in here is not told again.
    told: Mapped[list[str]] = mapped_column(default=list)
    # Its mail in the outbox.
    message_id: Mapped[str] = mapped_column(String(200), default="", index=True)


class DigestTime(Base):
    """When the region's digests are written: one row, made when an administrator first chooses."""

    __tablename__ = "digest_time"
    __table_args__ = (
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        CheckConstraint("hour BETWEEN 0 AND 23", name="hour"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # 0 is Monday.
    weekday: Mapped[int]
    # On the clocks of each reader.
    hour: Mapped[int]
