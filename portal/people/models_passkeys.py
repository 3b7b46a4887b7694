"""Passkeys: keys on people's own devices that open the door without mail, and the questions that prove them."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base


class Passkey(Base):
    """The public half of a key. The other half never leaves her device; a finger, face or PIN is asked for there."""

    __tablename__ = "passkey"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    # The same id without a key: when records are made one, a passkey of the one does not open the other.
    made_for: Mapped[int]
    name: Mapped[str] = mapped_column(String(120))
    # An id has at most 1023 bytes (WebAuthn, section 5.8.3), in base64url.
    credential_id: Mapped[str] = mapped_column(String(1400), unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    user_handle: Mapped[str] = mapped_column(String(100))
    # Counts to 2³².
    sign_count: Mapped[int] = mapped_column(BigInteger)
    transports: Mapped[list[str]]
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    # The slip with which she was in when she made it.
    slip_id: Mapped[int | None] = mapped_column(ForeignKey("slip.id", ondelete="SET NULL"))


class PasskeyQuestion(Base):
    """What a device is asked to sign: once, within five minutes, in the browser that asked for it."""

    __tablename__ = "passkey_question"

    id: Mapped[int] = mapped_column(primary_key=True)
    # "make" or "come-in"
    purpose: Mapped[str] = mapped_column(String(20))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    user_handle: Mapped[str] = mapped_column(String(100), default="")
    challenge: Mapped[bytes] = mapped_column(LargeBinary)
    expires_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None]
