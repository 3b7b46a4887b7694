"""A mail that came in, and what became of it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, deferred, mapped_column

from portal.db import Base


class ReceivedMail(Base):
    """One line for each mail, so that none acts twice. Its text is kept only where it found no place, for 30 days."""

    __tablename__ = "received_mail"
    __table_args__ = (Index("ix_received_mail_waiting", "is_waiting", "received_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    # The mail's own Message-ID, or the hash of its bytes where it has none.
    message_id: Mapped[str] = mapped_column(String(300), unique=True)
    from_address: Mapped[str] = mapped_column(String(320))
    subject: Mapped[str] = mapped_column(String(300))
    size: Mapped[int] = mapped_column(default=0)
    received_at: Mapped[datetime] = mapped_column(index=True)
    # answered | passed-on | sent-back | unplaced | automatic | loop | bounce | calendar | too-many; private: read | not-kept
    became: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(String(40), default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    network_id: Mapped[int | None] = mapped_column(ForeignKey("network.id"), index=True)
    # It found no place and nobody has looked after it yet.
    is_waiting: Mapped[bool] = mapped_column(default=False)
    raw: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))
