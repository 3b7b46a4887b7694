"""What an event cost."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base


class EventCost(Base):
    """One line of cost, in the smallest unit of its currency. Hours that somebody gave are not money: they stand apart.

    Such a line holds ``minutes``, no amount and no currency.
    """

    __tablename__ = "event_cost"
    __table_args__ = (Index("ix_event_cost_event_id", "event_id"), CheckConstraint("amount >= 0", name="amount"))

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    # "refreshments", "cover", "travel", "materials", "room", "speaker", "other", or "time" for hours that were given
    kind: Mapped[str] = mapped_column(String(20))
    what: Mapped[str] = mapped_column(String(200), default="")
    amount: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    paid_on: Mapped[date | None]
    added_at: Mapped[datetime]
    added_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    removed_at: Mapped[datetime | None]
    minutes: Mapped[int | None]
    row_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": row_version}
