"""What stays with an event: agenda, slides, recording, notes, the photo of a signed sheet."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base

KINDS = ("agenda", "slides", "recording", "notes", "sheet", "approval", "photo", "other")
# Who reads it, from the fewest: coordinators, whoever was booked or came, the network, everybody.
READERS = ("coordinators", "coming", "members", "public")


class EventPaper(Base):
    """A file, a link or some lines of text that belong to an event or to one of its sessions."""

    __tablename__ = "event_paper"
    __table_args__ = (Index("ix_event_paper_event_id", "event_id", "removed_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    session_id: Mapped[int | None] = mapped_column(ForeignKey("session.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(200), default="")
    link: Mapped[str] = mapped_column(String(1000), default="")
    stored_file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), index=True)
    # Markdown, where it is neither a file nor a link.
    words: Mapped[str] = mapped_column(Text, default="")
    words_html: Mapped[str] = mapped_column(Text, default="")
    readers: Mapped[str] = mapped_column(String(20), default="members")
    added_at: Mapped[datetime]
    added_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    removed_at: Mapped[datetime | None]
    row_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": row_version}
