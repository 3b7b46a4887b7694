"""A stored file, what was read in it, and a file that is still on its way.

The bytes lie in the store under their hash; a row says what they are and what they were called.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base


class StoredFile(Base):
    __tablename__ = "stored_file"
    # How much a network and a person hold is asked before every upload.
    __table_args__ = (Index("ix_stored_file_network_id_size", "network_id", "size"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    name: Mapped[str] = mapped_column(String(255))
    kind: Mapped[str] = mapped_column(String(30))
    media_type: Mapped[str] = mapped_column(String(120))
    size: Mapped[int]
    uploaded_at: Mapped[datetime]
    uploaded_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    # Against whose space it counts; None where a file belongs to no network. A number only: see migration 0004.
    network_id: Mapped[int | None]


class FileReading(Base):
    """What was found inside a file: its words, and pictures of its pages. By its bytes: the same file is read once.

    Read by the worker. ``state`` is "waiting", "read" or "failed"; a file at which the reading process died is marked
    and not tried for ever.
    """

    __tablename__ = "file_reading"
    __table_args__ = (Index("ix_file_reading_state", "state", "asked_at"),)

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[str] = mapped_column(String(30))
    state: Mapped[str] = mapped_column(String(20), default="waiting")
    # Why there is nothing to see or to search, as a code that the page words: see files/reading_reasons.py.
    reason: Mapped[str] = mapped_column(String(40), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    # Pages, slides or sheets; None: not known.
    pages: Mapped[int | None]
    # How many pictures of it lie in the store of previews.
    pictures: Mapped[int] = mapped_column(default=0)
    tries: Mapped[int] = mapped_column(default=0)
    asked_at: Mapped[datetime]
    begun_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]


class PartialUpload(Base):
    """A large file on its way, piece by piece: it goes on where the line broke. Forgotten after two days."""

    __tablename__ = "partial_upload"
    __table_args__ = (Index("ix_partial_upload_person_id", "person_id", "begun_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    # Its address and its name in the folder of what is on its way; nobody can guess it.
    key: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str] = mapped_column(String(255))
    # Against whose space it counts, beside the person's own.
    network_id: Mapped[int | None] = mapped_column(ForeignKey("network.id"), index=True)
    # Bytes that are promised, and those that have come.
    size: Mapped[int]
    received: Mapped[int] = mapped_column(default=0)
    begun_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    # Set when the last byte came and the file was taken; what was refused is gone.
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), index=True)
