"""A letter, who got it, who was taken out of it by hand, and the questions that a network keeps."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base


class Segment(Base):
    """A saved question about members. Who is in it is worked out whenever somebody looks."""

    __tablename__ = "segment"
    __table_args__ = (Index("ix_segment_network_id", "network_id", "deleted_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    name: Mapped[str] = mapped_column(String(120))
    # {"role": ["mentor"], "came": ["e12"]}: see question.py.
    question: Mapped[dict[str, Any]]
    saved_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    saved_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]
    row_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": row_version}


class Letter(Base):
    """A letter to a segment. State follows from its dates: draft, waits, going, sent."""

    __tablename__ = "letter"
    __table_args__ = (
        Index("ix_letter_network_id", "network_id", "deleted_at", "created_at"),
        Index("ix_letter_due", "finished_at", "send_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    subject: Mapped[str] = mapped_column(String(200))
    # Markdown with fields such as {first name}.
    body: Mapped[str] = mapped_column(Text)
    # "event", "pack", "topic" or nothing: what its buttons are about.
    about_kind: Mapped[str] = mapped_column(String(20), default="")
    about_id: Mapped[int | None]
    question: Mapped[dict[str, Any]]
    written_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    # When it is to go, in whose name: answers reach her.
    send_at: Mapped[datetime | None]
    sent_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    # Written to the outbox from here on, person by person; the last one done.
    begun_at: Mapped[datetime | None]
    reached: Mapped[int] = mapped_column(default=0)
    finished_at: Mapped[datetime | None]
    # Why the portal gave it back instead of sending it: "no_coordinator", "nobody" or "gone".
    given_back: Mapped[str] = mapped_column(String(20), default="")
    deleted_at: Mapped[datetime | None]
    row_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": row_version}

    @property
    def state(self) -> str:
        if self.finished_at:
            return "sent"
        if self.begun_at:
            return "going"
        return "waits" if self.send_at else "draft"


class LetterRecipient(Base):
    """One person to whom a letter was written, and through which network. Never two of them for one letter."""

    __tablename__ = "letter_recipient"
    __table_args__ = (UniqueConstraint("letter_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    # Gone when she is forgotten: her mails go, the count stays.
    mail_id: Mapped[int | None] = mapped_column(ForeignKey("outbox_mail.id", ondelete="SET NULL"), index=True)
    written_at: Mapped[datetime]


class TakenOut(Base):
    """Somebody whom a coordinator took out of one letter by hand."""

    __tablename__ = "letter_taken_out"

    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
