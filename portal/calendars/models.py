"""A person's feed addresses, and which session came from which entry of another calendar."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base


class CalendarFeed(Base):
    """The addresses of one person's feeds are signed with this number: with the next one, all older addresses end."""

    __tablename__ = "calendar_feed"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    renewed_at: Mapped[datetime]


class ImportedSession(Base):
    """A session that was made from an entry of a calendar file, so that the same file changes it instead of adding another."""

    __tablename__ = "imported_session"
    __table_args__ = (UniqueConstraint("network_id", "uid_hash", "occurrence"),)

    # A session that is taken out of its event takes this with it.
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    # SHA-256 of the entry's UID: those of some programs are longer than an index may be.
    uid_hash: Mapped[str] = mapped_column(String(64))
    # Which occurrence of a repeating entry: its original start in UTC, empty for a single one.
    occurrence: Mapped[str] = mapped_column(String(40), default="")
    sequence: Mapped[int] = mapped_column(default=0)
    # SHA-256 of when and where the entry said, so that what was changed here since is not taken for its change.
    mark: Mapped[str] = mapped_column(String(64))
    imported_at: Mapped[datetime]
    imported_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
