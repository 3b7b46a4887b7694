"""A programme with its rules, who reads its totals, and the frames of good teaching that feedback is aligned to."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base

KINDS = ("induction", "preparation", "district", "other")


class Programme(Base):
    """One set of requirements of one organisation. Everything that is None asks for nothing."""

    __tablename__ = "mentoring_programme"
    __table_args__ = (
        Index("ix_mentoring_programme_network_id", "network_id", "retired_at"),
        CheckConstraint("minutes_a_unit > 0", name="minutes_a_unit"),
        CheckConstraint("round_to > 0", name="round_to"),
        CheckConstraint("silent_after_days > 0", name="silent_after_days"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    # Whose requirement it is: a district, a preparation programme, an employer. None: the network's own.
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    # A tag that is shown beside hours: one of KINDS.
    kind: Mapped[str] = mapped_column(String(20), default="induction")
    about: Mapped[str] = mapped_column(String(1000), default="")
    # How much, for each pair. A year begins on this day and month.
    year_begins_month: Mapped[int] = mapped_column(default=9)
    year_begins_day: Mapped[int] = mapped_column(default=1)
    minutes_a_year: Mapped[int | None]
    most_minutes_a_year: Mapped[int | None]
    # On average over the weeks so far.
    minutes_a_week: Mapped[int | None]
    # How often: at least once in so many days; more often in the first weeks of a pair.
    every_days: Mapped[int | None]
    first_every_days: Mapped[int | None]
    first_weeks: Mapped[int | None]
    # A mentor is found within so many days after somebody asked.
    within_days: Mapped[int | None]
    months_long: Mapped[int | None]
    # A pair is asked kindly when nothing was written down for so many days.
    silent_after_days: Mapped[int] = mapped_column(default=30)
    # What counts.
    counts_group: Mapped[bool] = mapped_column(default=True)
    counts_support: Mapped[bool] = mapped_column(default=True)
    only_confirmed: Mapped[bool] = mapped_column(default=False)
    # What a statement is written in: "clock hour", "clock hours"; whole steps of so many minutes, rounded down.
    unit: Mapped[str] = mapped_column(String(60), default="hour")
    units: Mapped[str] = mapped_column(String(60), default="hours")
    minutes_a_unit: Mapped[int] = mapped_column(default=60)
    round_to: Mapped[int] = mapped_column(default=1)
    # What a mentor may claim in a year, in units: for each mentee, and in all.
    most_units_a_mentee: Mapped[int | None]
    most_units_a_year: Mapped[int | None]
    # Months close on this day of the month after; None: never.
    closes_on_day: Mapped[int | None]
    # The sentence above the signatures, and who signs beside the two: "principal", "programme lead".
    statement: Mapped[str] = mapped_column(Text, default="")
    signed_by: Mapped[str] = mapped_column(String(120), default="")
    frame_id: Mapped[int | None] = mapped_column(ForeignKey("teaching_frame.id"), index=True)
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    retired_at: Mapped[datetime | None]
    row_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": row_version}


class ProgrammeReader(Base):
    """Somebody who reads the totals of a programme for the organisation whose it is. Never a note, never a day."""

    __tablename__ = "programme_reader"
    __table_args__ = (
        Index(
            "uq_programme_reader_now",
            "programme_id",
            "person_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_programme_reader_person_id", "person_id", "ended_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("mentoring_programme.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    since: Mapped[datetime]
    named_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None]


class TeachingFrame(Base):
    """A frame of good teaching that the region shares: InTASC, Danielson, England's areas for early-career teachers."""

    __tablename__ = "teaching_frame"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    # Whose it is.
    source: Mapped[str] = mapped_column(String(300), default="")
    position: Mapped[int] = mapped_column(default=0)
    in_use: Mapped[bool] = mapped_column(default=True)


class FrameLine(Base):
    """One line of a frame: what a tick or a piece of feedback refers to. Its code never changes."""

    __tablename__ = "frame_line"
    __table_args__ = (UniqueConstraint("frame_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    frame_id: Mapped[int] = mapped_column(ForeignKey("teaching_frame.id"))
    code: Mapped[str] = mapped_column(String(60))
    label: Mapped[str] = mapped_column(String(200))
    hint: Mapped[str] = mapped_column(String(500), default="")
    position: Mapped[int] = mapped_column(default=0)
    in_use: Mapped[bool] = mapped_column(default=True)


def year_of(programme: Programme, day: date) -> tuple[date, date]:
    """The programme's year that a day lies in: its first day, and the first of the next."""
    begins = day_of(day.year, programme.year_begins_month, programme.year_begins_day)
    year = day.year if begins <= day else day.year - 1
    return (
        day_of(year, programme.year_begins_month, programme.year_begins_day),
        day_of(year + 1, programme.year_begins_month, programme.year_begins_day),
    )


def day_of(year: int, month: int, day: int) -> date:
    """That day of a year, or the last before it that the month has (29 February)."""
    while True:
        try:
            return date(year, month, day)
        except ValueError:
            day -= 1
