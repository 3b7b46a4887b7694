"""One line of history. It holds ids and what a sentence needs, never the text of what people wrote."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base


class HistoryLine(Base):
    __tablename__ = "history_line"
    __table_args__ = (
        Index("ix_history_line_subject", "subject_kind", "subject_id", "at"),
        Index("ix_history_line_network", "network_id", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    action: Mapped[str] = mapped_column(String(60))
    subject_kind: Mapped[str] = mapped_column(String(30))
    subject_id: Mapped[int]
    network_id: Mapped[int | None] = mapped_column(ForeignKey("network.id"))
    details: Mapped[dict[str, Any]]
