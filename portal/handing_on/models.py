"""What a teacher handed on: to whom, when, whether it was opened. The document itself is sealed, exactly as she saw it."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base


class HandOver(Base):
    """From one teacher to one reader. A draft until it is sent; taken back for good before it is opened."""

    __tablename__ = "hand_over"
    __table_args__ = (
        Index("ix_hand_over_person_id", "person_id", "sent_at"),
        Index("ix_hand_over_to_person_id", "to_person_id", "sent_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    # The network in which she picked; it says who asks in the mail.
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"), index=True)
    # A member (a new mentor), or somebody with an address (an employer), who needs no account.
    to_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    to_name: Mapped[str] = mapped_column(String(200), default="")
    to_address: Mapped[str] = mapped_column(String(320), default="")
    to_organisation: Mapped[str] = mapped_column(String(200), default="")
    # What she picked, by kind and id: [["goal", 3], ["talk", 12], …]; never a word of it.
    picked: Mapped[list[list[str | int]]] = mapped_column(JSON, default=list)
    # SHA-256 of the document, so that what arrived can be held against what was shown.
    digest: Mapped[str] = mapped_column(String(64), default="")
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    taken_back_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    row_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": row_version}

    @property
    def is_addressed(self) -> bool:
        return bool(self.to_person_id or self.to_address)

    def is_over(self, now: datetime) -> bool:
        """Nobody but its owner opens it any more."""
        return bool(self.taken_back_at or (self.expires_at and self.expires_at <= now))

    def may_be_opened(self, now: datetime) -> bool:
        return self.sent_at is not None and not self.is_over(now)
