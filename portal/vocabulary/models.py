"""A word of the region, of one kind, in the order that the region gives it."""

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base

KINDS = (
    "subject",
    "phase",
    "role",
    "organisation_kind",
    "licence",
    "language",
    "focus",
    "locale",
    "mentoring_activity",
    "mentoring_need",
    "support_topic",
)


class Word(Base):
    """One word: ``code`` is what data refers to and never changes, ``label`` is what people read."""

    __tablename__ = "word"
    __table_args__ = (UniqueConstraint("kind", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(30))
    code: Mapped[str] = mapped_column(String(60))
    label: Mapped[str] = mapped_column(String(120))
    hint: Mapped[str | None] = mapped_column(String(300))
    position: Mapped[int] = mapped_column(default=0)
    in_use: Mapped[bool] = mapped_column(default=True)
    # Other spellings that imports and searches meet, one a line.
    also: Mapped[str] = mapped_column(String(1000), default="")
