"""A network's wording of what pairs promise each other, version by version, and each yes to one of them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base


class MentoringAgreement(Base):
    """The wording that both of a pair accept, as it was then. A new wording is a new version."""

    __tablename__ = "mentoring_agreement"
    __table_args__ = (UniqueConstraint("network_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    version: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    text_html: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class PairAgreement(Base):
    """One of a pair said yes to a wording, with the rhythm as it stood then."""

    __tablename__ = "pair_agreement"
    __table_args__ = (UniqueConstraint("pairing_id", "person_id", "agreement_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    pairing_id: Mapped[int] = mapped_column(ForeignKey("pairing.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("mentoring_agreement.id"))
    agreed_at: Mapped[datetime]
