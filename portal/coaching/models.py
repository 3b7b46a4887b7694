"""A cycle and its six steps. Their words are sealed; here stands only when each was done."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.db import Base
from portal.mentoring.models import PairGoal

STEPS = ("goal", "look_fors", "observation", "conversation", "action", "check")


class CoachingCycle(Base):
    __tablename__ = "coaching_cycle"
    __table_args__ = (
        UniqueConstraint("pairing_id", "number"),
        Index("ix_coaching_cycle_pairing_id", "pairing_id", "closed_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    pairing_id: Mapped[int] = mapped_column(ForeignKey("pairing.id"))
    # First, second… of the pair.
    number: Mapped[int]
    goal_id: Mapped[int | None] = mapped_column(ForeignKey("pair_goal.id"), index=True)
    begun_at: Mapped[datetime]
    begun_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    # One of mentoring's RESULTS, once it is closed.
    result: Mapped[str] = mapped_column(String(10), default="")
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    row_version: Mapped[int] = mapped_column(default=1)

    goal: Mapped[PairGoal | None] = relationship()
    steps: Mapped[list["CycleStep"]] = relationship(order_by="CycleStep.id")

    __mapper_args__ = {"version_id_col": row_version}


class CycleStep(Base):
    """One of STEPS of a cycle: when it is meant to be, when it was done, and the talk that it was."""

    __tablename__ = "cycle_step"
    __table_args__ = (UniqueConstraint("cycle_id", "step"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("coaching_cycle.id"))
    step: Mapped[str] = mapped_column(String(20))
    due_on: Mapped[date | None]
    done_at: Mapped[datetime | None]
    done_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    # An observation or a conversation is a talk like any other, and is counted as that.
    pair_talk_id: Mapped[int | None] = mapped_column(ForeignKey("pair_talk.id"), index=True)
    row_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": row_version}


class CycleLine(Base):
    """A line of the shared frame that a cycle works on."""

    __tablename__ = "cycle_line"

    cycle_id: Mapped[int] = mapped_column(ForeignKey("coaching_cycle.id"), primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("frame_line.id"), primary_key=True, index=True)
