"""What a programme wants done by when, the lines of a checklist, and what one pair has done of it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.db import Base

# Within so many days of the pair's first day in the programme; by a day of each of its years; each month.
DUES = ("after_start", "each_year", "each_month")
# "hand": one of the two says so. All others are known from what the two do anyway. The needs list is not among them: its
# page promises that nobody else learns whether it is filled in.
KNOWN_BY = ("hand", "agreement", "goal", "talk", "observation")
WHO = ("both", "mentor", "mentee")
# The period of what is asked for once.
ONCE = date(1970, 1, 1)


class Milestone(Base):
    """One thing that a programme asks of each of its pairs. Lines make a checklist of it."""

    __tablename__ = "mentoring_milestone"
    __table_args__ = (
        Index("ix_mentoring_milestone_programme_id", "programme_id", "position"),
        CheckConstraint("within_days > 0", name="within_days"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("mentoring_programme.id"))
    position: Mapped[int] = mapped_column(default=0)
    name: Mapped[str] = mapped_column(String(120))
    hint: Mapped[str] = mapped_column(String(500), default="")
    # One of DUES, with what it needs to be a day.
    due: Mapped[str] = mapped_column(String(20), default="after_start")
    within_days: Mapped[int | None]
    by_month: Mapped[int | None]
    by_day: Mapped[int | None]
    # One of KNOWN_BY.
    known_by: Mapped[str] = mapped_column(String(20), default="hand")
    # Who sees to it, and is reminded: one of WHO.
    who: Mapped[str] = mapped_column(String(10), default="both")
    # Nothing is late because of days before this one: when it was written down, came back, or got an earlier day.
    made_at: Mapped[datetime]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    retired_at: Mapped[datetime | None]
    row_version: Mapped[int] = mapped_column(default=1)

    lines: Mapped[list["MilestoneLine"]] = relationship(order_by="MilestoneLine.position, MilestoneLine.id")

    __mapper_args__ = {"version_id_col": row_version}

    @property
    def live_lines(self) -> list["MilestoneLine"]:
        """The checklist as it is now."""
        return [line for line in self.lines if line.retired_at is None]


class MilestoneLine(Base):
    """One line of a checklist. One that is taken out stays where pairs have ticked it."""

    __tablename__ = "mentoring_milestone_line"
    __table_args__ = (Index("ix_mentoring_milestone_line_milestone_id", "milestone_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    milestone_id: Mapped[int] = mapped_column(ForeignKey("mentoring_milestone.id"))
    position: Mapped[int] = mapped_column(default=0)
    words: Mapped[str] = mapped_column(String(200))
    retired_at: Mapped[datetime | None]


class PairMilestone(Base):
    """What became of a milestone in one pair, for one period: done or not, and whether the two were reminded."""

    __tablename__ = "pair_milestone"
    __table_args__ = (UniqueConstraint("pairing_id", "milestone_id", "period"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    pairing_id: Mapped[int] = mapped_column(ForeignKey("pairing.id"))
    milestone_id: Mapped[int] = mapped_column(ForeignKey("mentoring_milestone.id"), index=True)
    # The first day of the month or of the programme's year that it is asked for; ONCE for what is asked for once.
    period: Mapped[date]
    # The day on which somebody said that it is done; None for what is ticked in part, or was only reminded of.
    done_on: Mapped[date | None]
    done_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    # When the mail before the day was written, and the one after it.
    told_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    row_version: Mapped[int] = mapped_column(default=1)

    ticks: Mapped[list["PairMilestoneTick"]] = relationship(cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": row_version}


class PairMilestoneTick(Base):
    """A line of a checklist that the two have been through. Only the two read which."""

    __tablename__ = "pair_milestone_tick"

    pair_milestone_id: Mapped[int] = mapped_column(ForeignKey("pair_milestone.id"), primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("mentoring_milestone_line.id"), primary_key=True, index=True)
    ticked_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ticked_at: Mapped[datetime]
