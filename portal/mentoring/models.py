"""A pair, their contacts in the ledger, and their notes, which are sealed before they are stored."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.activities.models import Activity
from portal.db import Base

LAYERS = ("we_two", "only_me")


class Pairing(Base):
    """A mentor and a mentee, from when to when."""

    __tablename__ = "pairing"
    __table_args__ = (
        Index("ix_pairing_network_id", "network_id", "ended_on"),
        Index("ix_pairing_mentor_id", "mentor_id", "ended_on"),
        Index("ix_pairing_mentee_id", "mentee_id", "ended_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    mentor_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    mentee_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    purpose: Mapped[str] = mapped_column(String(200), default="")
    rhythm: Mapped[str] = mapped_column(String(100), default="")
    # What the programme asks for each month, in minutes.
    monthly_minutes: Mapped[int | None]
    started_on: Mapped[date]
    ended_on: Mapped[date | None]
    paired_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    row_version: Mapped[int] = mapped_column(default=1)

    contacts: Mapped[list["MentoringContact"]] = relationship(back_populates="pairing")

    __mapper_args__ = {"version_id_col": row_version}


class MentoringContact(Activity):
    """A talk of a pair: the counted layer. Date, minutes and mode stand in the ledger."""

    __tablename__ = "mentoring_contact"

    id: Mapped[int] = mapped_column(ForeignKey("activity.id"), primary_key=True)
    pairing_id: Mapped[int] = mapped_column(ForeignKey("pairing.id"), index=True)
    # "one_to_one", "group" or "support", so that no minute counts twice.
    contact_kind: Mapped[str] = mapped_column(String(20), default="one_to_one")
    # The code of a word of kind "focus"; counted in totals only.
    focus: Mapped[str | None] = mapped_column(String(60))
    logged_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    confirmed_at: Mapped[datetime | None]
    disputed_at: Mapped[datetime | None]
    # The next date is for the two: coordinators see only that there is one.
    next_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]

    pairing: Mapped[Pairing] = relationship(back_populates="contacts")

    __mapper_args__ = {"polymorphic_identity": "mentoring_contact"}


class SealedNote(Base):
    """A text of one layer of one contact, encrypted. The key lies outside the database and its backups."""

    __tablename__ = "sealed_note"
    __table_args__ = (UniqueConstraint("contact_id", "author_id", "layer"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("mentoring_contact.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    layer: Mapped[str] = mapped_column(String(10))
    key_id: Mapped[str] = mapped_column(String(16))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    written_at: Mapped[datetime]
