"""A mail that is to be sent, was sent, or could not be; and the switch that stops them all."""

import unicodedata
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.sql.expression import column, table

from portal.db import Base, UTCDateTime

# What people wait for with the page open goes first, and past every switch and mark.
CODES = frozenset({"sign-in-code", "address-code"})
# These guard the way in: they overtake the rest and have limits of their own.
SECURITY = CODES | {"invitation", "slip", "passkey"}
CODE, GUARD, ORDINARY = 0, 1, 2
# Addresses of people stand a storey above; here they are rows that may be marked.
ADDRESS = table(
    "email_address",
    column("id", Integer), column("person_id", Integer), column("folded", String), column("bounce_reason", String),
    column("bounced_at", UTCDateTime()), column("soft_bounces", Integer),
)  # fmt: skip


def folded(address: str) -> str:
    """An address as it is compared, by the same rule as the addresses of people, a storey above."""
    return unicodedata.normalize("NFKC", address).strip().casefold()


def _rank(context: Any) -> int:
    kind = context.get_current_parameters()["kind"]
    return CODE if kind in CODES else GUARD if kind in SECURITY else ORDINARY


def _recipient(context: Any) -> str:
    return folded(str(context.get_current_parameters()["to_address"]))


class OutboxMail(Base):
    __tablename__ = "outbox_mail"
    __table_args__ = (
        Index("ix_outbox_mail_waiting", "sent_at", "failed_at", "rank", "send_after"),
        Index("ix_outbox_mail_recipient_counted_at", "recipient", "counted_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    # Which go first: CODE, GUARD or ORDINARY, by the kind.
    rank: Mapped[int] = mapped_column(default=_rank, server_default=str(ORDINARY))
    # The address as it is compared: one mailbox, whoever it is written to as.
    recipient: Mapped[str] = mapped_column(String(320), default=_recipient, server_default="")
    to_address: Mapped[str] = mapped_column(String(320))
    to_name: Mapped[str] = mapped_column(String(200), default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    network_id: Mapped[int | None] = mapped_column(ForeignKey("network.id"), index=True)
    from_name: Mapped[str] = mapped_column(String(200), default="")
    reply_to: Mapped[str | None] = mapped_column(String(320))
    subject: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str | None] = mapped_column(Text)
    # A calendar file that goes along.
    calendar: Mapped[str | None] = mapped_column(Text)
    headers: Mapped[dict[str, Any]]
    message_id: Mapped[str] = mapped_column(String(200), unique=True)
    queued_at: Mapped[datetime] = mapped_column(index=True)
    send_after: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None] = mapped_column(index=True)
    failed_at: Mapped[datetime | None]
    last_error: Mapped[str | None] = mapped_column(String(500))
    # When it was last handed to the server: from here the limits count. Moved to now when the clock was set back.
    counted_at: Mapped[datetime | None] = mapped_column(index=True)
    # Since when a limit keeps it waiting.
    held_at: Mapped[datetime | None]
    # What became of it: see ``reasons.OUTCOMES``. Empty while it waits.
    outcome: Mapped[str] = mapped_column(String(20), default="", server_default="")
    # It was taken, and a notice from another server said later that it did not arrive.
    came_back_at: Mapped[datetime | None]


class MailSwitch(Base):
    """One row: whether mail goes out at all, and what keeps us from the server just now."""

    __tablename__ = "mail_switch"

    id: Mapped[int] = mapped_column(primary_key=True)
    paused_at: Mapped[datetime | None]
    paused_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    # A key of ``troubles``, since when, and the server's own words.
    trouble: Mapped[str] = mapped_column(String(30), default="", server_default="")
    trouble_since: Mapped[datetime | None]
    trouble_said: Mapped[str] = mapped_column(String(300), default="", server_default="")


class MailStop(Base):
    """She wants no more mails of one kind from one network; without a network, from any."""

    __tablename__ = "mail_stop"
    __table_args__ = (Index("ix_mail_stop_person_id_kind", "person_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(String(40))
    network_id: Mapped[int | None] = mapped_column(ForeignKey("network.id"))
    stopped_at: Mapped[datetime]
