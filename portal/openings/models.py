"""An opening that a network lists, and who would like it."""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base

OPENING_KINDS = ("mentor", "coach", "facilitator", "coordinator", "workgroup", "other")


class Opening(Base):
    __tablename__ = "leadership_opening"
    __table_args__ = (Index("ix_leadership_opening_network_id", "network_id", "closed_at", "answer_by"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    kind: Mapped[str] = mapped_column(String(20), default="mentor")
    title: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text, default="")
    text_html: Mapped[str] = mapped_column(Text, default="")
    starts_on: Mapped[date | None]
    # The last day to say that one would like it: after it the opening is listed no more.
    answer_by: Mapped[date]
    places: Mapped[int | None]
    subjects: Mapped[list[str]] = mapped_column(JSON, default=list)
    phases: Mapped[list[str]] = mapped_column(JSON, default=list)
    posted_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    posted_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]
    row_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": row_version}


class OpeningInterest(Base):
    """Somebody would like it. She and the coordinators read that."""

    __tablename__ = "opening_interest"
    __table_args__ = (UniqueConstraint("opening_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    opening_id: Mapped[int] = mapped_column(ForeignKey("leadership_opening.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    says: Mapped[str] = mapped_column(String(500), default="")
    said_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    # "taken", "not_now" or nothing yet
    answer: Mapped[str] = mapped_column(String(10), default="")
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
