"""Somebody from outside asks to come in: kept apart until the address has proved to be hers."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base


class OutsideAsk(Base):
    """What a stranger typed on a network's public page. No person is made of it before its link is used."""

    __tablename__ = "outside_ask"

    id: Mapped[int] = mapped_column(primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    address: Mapped[str] = mapped_column(String(320))
    # As typed; a coordinator joins it to an organisation of the directory when she welcomes the person.
    school: Mapped[str] = mapped_column(String(250), default="")
    note: Mapped[str] = mapped_column(String(1000), default="")
    asked_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    join_request_id: Mapped[int | None] = mapped_column(ForeignKey("join_request.id"), index=True)
