"""A network, its hosts and terms, and the people in it with their roles over time."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, false, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base

ROLES = ("coordinator", "member", "mentor", "observer")


class Region(Base):
    """What the whole portal is called and whose clock it keeps: one row, written by the first-run wizard."""

    __tablename__ = "region"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    time_zone: Mapped[str] = mapped_column(String(60))
    locale: Mapped[str] = mapped_column(String(20), default="en_GB")
    contact: Mapped[str] = mapped_column(String(320), default="")
    # How people are told to reach a human when mail does not arrive.
    contact_words: Mapped[str] = mapped_column(String(300), default="")
    set_up_at: Mapped[datetime]


class Network(Base):
    """A community of practice with its one-page charter. Networks may stand under another."""

    __tablename__ = "network"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    short_name: Mapped[str] = mapped_column(String(60), default="")
    # Two letters for the square that stands for the network on its public pages.
    plate: Mapped[str] = mapped_column(String(4), default="")
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("network.id"), index=True)
    strapline: Mapped[str] = mapped_column(String(300), default="")
    # The charter.
    cares_about: Mapped[str] = mapped_column(Text, default="")
    for_whom: Mapped[str] = mapped_column(Text, default="")
    cadence: Mapped[str] = mapped_column(Text, default="")
    norms: Mapped[str] = mapped_column(Text, default="")
    deciding: Mapped[str] = mapped_column(Text, default="")
    review_on: Mapped[date | None]
    time_zone: Mapped[str] = mapped_column(String(60))
    locale: Mapped[str] = mapped_column(String(20), default="en_GB")
    # Its own words: {"pupil": "student", "pupils": "students", …}.
    words: Mapped[dict[str, Any]] = mapped_column(default=dict)
    # Keys of the rooms that are open; one that is closed is nowhere to be seen.
    rooms: Mapped[list[str]] = mapped_column(default=list)
    is_open_to_ask: Mapped[bool] = mapped_column(default=True)
    # Packs wait for a coordinator's look before members see them.
    looks_first: Mapped[bool] = mapped_column(default=False, server_default=false())
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    row_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": row_version}


class NetworkOrganisation(Base):
    """An organisation that hosts a network or takes part in it."""

    __tablename__ = "network_organisation"

    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True, index=True)
    is_host: Mapped[bool] = mapped_column(default=False)
    since: Mapped[date | None]


class SchoolTerm(Base):
    """A term of a network's year: the period that its numbers, its ruler and its word "silent" go by."""

    __tablename__ = "school_term"
    __table_args__ = (Index("ix_school_term_network_id_starts_on", "network_id", "starts_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    name: Mapped[str] = mapped_column(String(60))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    # The Monday of the half-term week, if there is one.
    break_on: Mapped[date | None]


class Membership(Base):
    """One role of one person in one network, from when to when. A new role ends this row and starts another."""

    __tablename__ = "membership"
    __table_args__ = (
        Index(
            "uq_membership_now",
            "network_id",
            "person_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_membership_person_id", "person_id", "ended_at"),
        Index("ix_membership_network_id_role", "network_id", "ended_at", "role"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    role: Mapped[str] = mapped_column(String(20))
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    # Away for a while: still a member, not written to, not counted as silent.
    paused_at: Mapped[datetime | None]
    how: Mapped[str] = mapped_column(String(20), default="invited")


class Invitation(Base):
    """An open hand: to one address, for one role, good until it is used, taken back or out of date."""

    __tablename__ = "invitation"
    __table_args__ = (Index("ix_invitation_network_id", "network_id", "accepted_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    address: Mapped[str] = mapped_column(String(320))
    role: Mapped[str] = mapped_column(String(20))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    note: Mapped[str] = mapped_column(String(1000), default="")
    invited_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    invited_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    declined_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]


class JoinRequest(Base):
    """Somebody asks to come in; a coordinator answers."""

    __tablename__ = "join_request"
    __table_args__ = (Index("ix_join_request_network_id", "network_id", "decided_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    note: Mapped[str] = mapped_column(String(1000), default="")
    asked_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    was_welcomed: Mapped[bool | None]
    answer: Mapped[str] = mapped_column(String(1000), default="")
