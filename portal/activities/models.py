"""Activity, Participation, Use: what happened, who was part of it, and what a class tried afterwards."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.db import Base

MODES = ("in_person", "online", "hybrid", "phone", "mail")
CAPACITIES = ("participant", "observer", "facilitator", "presenter", "mentor", "mentee")
HOW_RECORDED = ("code", "kiosk", "sheet", "coordinator", "self", "import")


class Activity(Base):
    """Something that happened, or will, with people on a date. Booked is not attended: bookings live elsewhere."""

    __tablename__ = "activity"
    __table_args__ = (
        Index("ix_activity_network_id_starts_at", "network_id", "starts_at"),
        Index("ix_activity_network_id_kind", "network_id", "kind", "starts_at"),
        # What begins soon, over all networks: reminders are looked for at each round of the worker.
        Index("ix_activity_starts_at", "starts_at"),
        CheckConstraint("minutes >= 0", name="minutes"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(30))
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    title: Mapped[str] = mapped_column(String(250))
    starts_at: Mapped[datetime]
    # How long it is meant to last, or lasted.
    minutes: Mapped[int]
    mode: Mapped[str] = mapped_column(String(20), default="in_person")
    place: Mapped[str] = mapped_column(String(300), default="")
    # Set when it is known to have taken place: only then does it count.
    held_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    cancel_reason: Mapped[str] = mapped_column(String(500), default="")
    # Students who took part themselves; None means not known, which is not zero.
    students: Mapped[int | None]
    students_how: Mapped[str] = mapped_column(String(200), default="")
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    row_version: Mapped[int] = mapped_column(default=1)

    participations: Mapped[list["Participation"]] = relationship(back_populates="activity")

    __mapper_args__ = {
        "polymorphic_on": "kind",
        "polymorphic_identity": "activity",
        "version_id_col": row_version,
    }


class Participation(Base):
    """One person in one activity: in which capacity, from which organisation at that time, for how many minutes.

    ``minutes`` of None is "not marked yet"; 0 is "not here".
    """

    __tablename__ = "participation"
    __table_args__ = (
        UniqueConstraint("activity_id", "person_id"),
        Index("ix_participation_person_id", "person_id"),
        Index("ix_participation_organisation_id", "organisation_id"),
        CheckConstraint("minutes >= 0", name="minutes"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    capacity: Mapped[str] = mapped_column(String(20), default="participant")
    arrived_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]
    minutes: Mapped[int | None]
    how_recorded: Mapped[str] = mapped_column(String(20), default="coordinator")
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime]
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    confirmed_at: Mapped[datetime | None]

    activity: Mapped[Activity] = relationship(back_populates="participations")


class Use(Base):
    """A class tried something: a pack, a box, an idea from an event. The thing is named by kind and id."""

    __tablename__ = "use"
    __table_args__ = (
        Index("ix_use_network_id_used_on", "network_id", "used_on"),
        Index("ix_use_subject", "subject_kind", "subject_id", "used_on"),
        Index("ix_use_person_id", "person_id"),
        CheckConstraint("classes >= 0", name="classes"),
        CheckConstraint("students >= 0", name="students"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    # "pack", "kit" or "event"
    subject_kind: Mapped[str] = mapped_column(String(30))
    subject_id: Mapped[int]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    used_on: Mapped[date]
    year_group: Mapped[str] = mapped_column(String(60), default="")
    classes: Mapped[int] = mapped_column(default=1)
    # A count, never names; None means not known, which is not zero.
    students: Mapped[int | None]
    students_how: Mapped[str] = mapped_column(String(30), default="")
    what_changed: Mapped[str] = mapped_column(Text, default="")
    quote: Mapped[str] = mapped_column(Text, default="")
    quote_allowed: Mapped[bool] = mapped_column(default=False)
    # How it went, each only where she said so: how engaged the class was, from 1 to 4; whether it was "easy", "right" or
    # "hard" for them; whether she would use it again: "yes", "changed" or "no".
    engagement: Mapped[int | None]
    level: Mapped[str] = mapped_column(String(10), default="", server_default="")
    again: Mapped[str] = mapped_column(String(10), default="", server_default="")
    recorded_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
