"""Two organisations, what the one helps the other with, their meetings in the ledger, and what came of it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.activities.models import Activity
from portal.db import Base


class OrganisationPair(Base):
    """Proposed, accepted by the lead of the one that is helped, running, ended. Members of the network read it."""

    __tablename__ = "organisation_pair"
    __table_args__ = (
        Index("ix_organisation_pair_network_id", "network_id", "ended_on"),
        Index("ix_organisation_pair_mentor_id", "mentor_organisation_id", "ended_on"),
        Index("ix_organisation_pair_mentee_id", "mentee_organisation_id", "ended_on"),
        CheckConstraint("mentor_organisation_id <> mentee_organisation_id", name="two"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    mentor_organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    mentee_organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    purpose: Mapped[str] = mapped_column(String(500))
    # Who answers for each side; members of the network.
    mentor_lead_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    mentee_lead_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    starts_on: Mapped[date]
    # When it is meant to end.
    ends_on: Mapped[date | None]
    proposed_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    proposed_at: Mapped[datetime]
    mentor_accepted_at: Mapped[datetime | None]
    mentee_accepted_at: Mapped[datetime | None]
    declined_at: Mapped[datetime | None]
    declined_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ended_on: Mapped[date | None]
    # "met", "partly", "not" or "changed", and what came of it in words.
    result: Mapped[str] = mapped_column(String(10), default="")
    outcome: Mapped[str] = mapped_column(Text, default="")
    deleted_at: Mapped[datetime | None]
    row_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": row_version}


class OrganisationAim(Base):
    """One thing that the two organisations want to have done; at most five are open."""

    __tablename__ = "organisation_aim"
    __table_args__ = (Index("ix_organisation_aim_pair_id", "pair_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    pair_id: Mapped[int] = mapped_column(ForeignKey("organisation_pair.id"))
    position: Mapped[int] = mapped_column(default=0)
    text: Mapped[str] = mapped_column(String(300))
    # How one will see it.
    seen_by: Mapped[str] = mapped_column(String(300), default="")
    by_on: Mapped[date | None]
    result: Mapped[str] = mapped_column(String(10), default="")
    closed_at: Mapped[datetime | None]
    row_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": row_version}


class OrganisationMeeting(Activity):
    """The two organisations met. Who was there is a Participation each."""

    __tablename__ = "organisation_meeting"

    id: Mapped[int] = mapped_column(ForeignKey("activity.id"), primary_key=True)
    pair_id: Mapped[int] = mapped_column(ForeignKey("organisation_pair.id"), index=True)
    outcome: Mapped[str] = mapped_column(String(2000), default="")
    next_on: Mapped[date | None]
    deleted_at: Mapped[datetime | None]

    __mapper_args__ = {"polymorphic_identity": "organisation_meeting"}
