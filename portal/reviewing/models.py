"""A coordinator's light screen of a pack."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base


class PackReview(Base):
    """One look at one version of a pack: four questions, a note for its owner, and what was decided."""

    __tablename__ = "pack_review"
    __table_args__ = (Index("ix_pack_review_pack_id", "pack_id", "made_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    pack_id: Mapped[int] = mapped_column(ForeignKey("pack.id"))
    version: Mapped[int]
    works: Mapped[bool]
    is_safe: Mapped[bool]
    licence_is_right: Mapped[bool]
    is_clear: Mapped[bool]
    note: Mapped[str] = mapped_column(String(2000), default="")
    # "passed" or "sent_back"
    decision: Mapped[str] = mapped_column(String(20))
    made_by: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    made_at: Mapped[datetime]
