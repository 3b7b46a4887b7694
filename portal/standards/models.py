"""A framework of standards, its lines, and the other lines that a line names."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base


class Framework(Base):
    __tablename__ = "framework"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    # Whose words they are, as their licence asks us to say.
    attribution: Mapped[str] = mapped_column(String(500), default="")
    imported_at: Mapped[datetime]


class Standard(Base):
    """One line: ``code`` as the framework writes it, ``key`` its folded form by which any spelling is found."""

    __tablename__ = "standard"
    __table_args__ = (
        UniqueConstraint("framework_id", "code"),
        Index("ix_standard_framework_id_key", "framework_id", "key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    framework_id: Mapped[int] = mapped_column(ForeignKey("framework.id"))
    code: Mapped[str] = mapped_column(String(80))
    key: Mapped[str] = mapped_column(String(80), index=True)
    # Other spellings of the code, one a line.
    also: Mapped[str] = mapped_column(String(200), default="")
    grade: Mapped[str] = mapped_column(String(60), default="")
    heading: Mapped[str] = mapped_column(String(300), default="")
    statement: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text, default="")


class StandardLink(Base):
    """A code that a line names, as its source wrote it. A typing error there is kept, and reported, not mended."""

    __tablename__ = "standard_link"
    __table_args__ = (UniqueConstraint("standard_id", "key"), Index("ix_standard_link_key", "key"))

    id: Mapped[int] = mapped_column(primary_key=True)
    standard_id: Mapped[int] = mapped_column(ForeignKey("standard.id"))
    code: Mapped[str] = mapped_column(String(80))
    key: Mapped[str] = mapped_column(String(80))
