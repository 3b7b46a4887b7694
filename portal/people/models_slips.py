"""A one-time slip for somebody whose mail does not arrive, and the sessions that began with one."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base


class Slip(Base):
    """One code, read out or printed, that lets one person in once. It also lets whoever made it pass for her:
    so she is told of it, by mail and when she next comes in by her own means."""

    __tablename__ = "slip"
    __table_args__ = (Index("ix_slip_person_id", "person_id", "made_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    # The same id without a key: when records are made one, a slip for the one does not open the other.
    made_for: Mapped[int]
    made_by: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    first_hash: Mapped[str] = mapped_column(String(64), index=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    tries: Mapped[int] = mapped_column(default=0)
    used_at: Mapped[datetime | None]
    # Taken back, replaced by a newer one, or closed after the last wrong try.
    ended_at: Mapped[datetime | None]
    # When she said that she knows of it, or that she does not.
    known_at: Mapped[datetime | None]
    denied_at: Mapped[datetime | None]


class SlipSession(Base):
    """A sign-in that goes back to a slip: the slip itself, or a passkey that was made with it a short while ago."""

    __tablename__ = "slip_session"

    session_id: Mapped[int] = mapped_column(ForeignKey("sign_in_session.id", ondelete="CASCADE"), primary_key=True)
    slip_id: Mapped[int] = mapped_column(ForeignKey("slip.id", ondelete="CASCADE"), index=True)
