"""A pair, their talks in the ledger, what else is known of a pair, and private texts, sealed before they are stored."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.activities.models import Activity
from portal.db import Base

CONTACT_KINDS = ("one_to_one", "group", "support")
RESULTS = ("met", "partly", "not", "changed")


class Pairing(Base):
    """A mentor and a mentee, from when to when."""

    __tablename__ = "pairing"
    __table_args__ = (
        Index("ix_pairing_network_id", "network_id", "ended_on"),
        Index("ix_pairing_mentor_id", "mentor_id", "ended_on"),
        Index("ix_pairing_mentee_id", "mentee_id", "ended_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    mentor_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    mentee_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    purpose: Mapped[str] = mapped_column(String(200), default="")
    # In words, and at least once in so many days.
    rhythm: Mapped[str] = mapped_column(String(100), default="")
    every_days: Mapped[int | None]
    # Who sees to it that they meet: "mentor", "mentee" or "both".
    arranges: Mapped[str] = mapped_column(String(10), default="both", server_default="both")
    # What the two set themselves for a month, in minutes, where no programme does.
    monthly_minutes: Mapped[int | None]
    started_on: Mapped[date]
    ended_on: Mapped[date | None]
    paired_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    # After the end, notes go twelve months later unless both wish to keep them.
    mentor_keeps_at: Mapped[datetime | None]
    mentee_keeps_at: Mapped[datetime | None]
    # When both were told that this is near.
    notes_told_at: Mapped[datetime | None]
    notes_gone_at: Mapped[datetime | None]
    row_version: Mapped[int] = mapped_column(default=1)

    talks: Mapped[list["PairTalk"]] = relationship(back_populates="pairing")

    __mapper_args__ = {"version_id_col": row_version}


class PairProgramme(Base):
    """A programme that the talks of a pair count for. A shared coach's pair counts for two."""

    __tablename__ = "pair_programme"

    pairing_id: Mapped[int] = mapped_column(ForeignKey("pairing.id"), primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("mentoring_programme.id"), primary_key=True, index=True)
    since: Mapped[date]
    until: Mapped[date | None]


class MentoringContact(Activity):
    """A talk as it is counted, once, however many pairs sat in it. Date, minutes and mode stand in the ledger."""

    __tablename__ = "mentoring_contact"

    id: Mapped[int] = mapped_column(ForeignKey("activity.id"), primary_key=True)
    # The pair it was written down in; all pairs that it counts for stand in ``talks``.
    pairing_id: Mapped[int] = mapped_column(ForeignKey("pairing.id"), index=True)
    # One of CONTACT_KINDS, so that no minute counts twice. "support" (planning, reading, travel) is the mentor's time alone.
    contact_kind: Mapped[str] = mapped_column(String(20), default="one_to_one")
    # The code of a word of kind "focus"; counted in totals only.
    focus: Mapped[str | None] = mapped_column(String(60))
    logged_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    # "page", "mail" or "sheet"
    how_logged: Mapped[str] = mapped_column(String(10), default="page", server_default="page")
    # Whether the hour in ``starts_at`` was said; without it only the day is known.
    has_time: Mapped[bool] = mapped_column(default=False, server_default=false())
    next_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]

    pairing: Mapped[Pairing] = relationship(foreign_keys=[pairing_id])
    talks: Mapped[list["PairTalk"]] = relationship(back_populates="contact", order_by="PairTalk.id")
    activities: Mapped[list["ContactActivity"]] = relationship(
        cascade="all, delete-orphan", order_by="ContactActivity.code"
    )
    standards: Mapped[list["ContactStandard"]] = relationship(
        cascade="all, delete-orphan", order_by="ContactStandard.line_id"
    )

    __mapper_args__ = {"polymorphic_identity": "mentoring_contact"}


class PairTalk(Base):
    """A talk in the book of one pair: whether its other one says so too. Private texts belong to this, never to a group."""

    __tablename__ = "pair_talk"
    __table_args__ = (
        UniqueConstraint("contact_id", "pairing_id"),
        Index("ix_pair_talk_pairing_id", "pairing_id", "contact_id"),
        Index("ix_pair_talk_asked_at", "asked_at", "reminded_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("mentoring_contact.id"))
    pairing_id: Mapped[int] = mapped_column(ForeignKey("pairing.id"))
    confirmed_at: Mapped[datetime | None]
    disputed_at: Mapped[datetime | None]
    # When its other one was asked by mail whether it is right, or was found to need no asking; then reminded, once.
    asked_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]

    contact: Mapped[MentoringContact] = relationship(back_populates="talks")
    pairing: Mapped[Pairing] = relationship(back_populates="talks")


class PairTalkProgramme(Base):
    """A programme that this talk of this pair counts for: those of the pair, unless its writer took one out."""

    __tablename__ = "pair_talk_programme"

    pair_talk_id: Mapped[int] = mapped_column(ForeignKey("pair_talk.id"), primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("mentoring_programme.id"), primary_key=True, index=True)


class ContactActivity(Base):
    """What the two did, ticked: the code of a word of kind "mentoring_activity". Others read totals over five pairs."""

    __tablename__ = "contact_activity"

    contact_id: Mapped[int] = mapped_column(ForeignKey("mentoring_contact.id"), primary_key=True)
    code: Mapped[str] = mapped_column(String(60), primary_key=True)


class ContactStandard(Base):
    """A line of a frame that the talk was about, ticked. Others read totals over five pairs."""

    __tablename__ = "contact_standard"

    contact_id: Mapped[int] = mapped_column(ForeignKey("mentoring_contact.id"), primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("frame_line.id"), primary_key=True, index=True)


class PairMonth(Base):
    """What became of a month of a pair, beyond the rule by which it closes: reopened on request, mailed about."""

    __tablename__ = "pair_month"
    __table_args__ = (
        UniqueConstraint("pairing_id", "month"),
        Index("ix_pair_month_asked_at", "reopened_at", "asked_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    pairing_id: Mapped[int] = mapped_column(ForeignKey("pairing.id"))
    # Its first day.
    month: Mapped[date]
    asked_at: Mapped[datetime | None]
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reopened_at: Mapped[datetime | None]
    reopened_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    # The last day on which it can be written to again.
    open_until: Mapped[date | None]
    # When the mail at the end of the month was written.
    told_at: Mapped[datetime | None]


class PairGoal(Base):
    """One of at most three goals of a pair that are open at a time. Its words are sealed; this is only that there is one."""

    __tablename__ = "pair_goal"
    __table_args__ = (Index("ix_pair_goal_pairing_id", "pairing_id", "closed_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    pairing_id: Mapped[int] = mapped_column(ForeignKey("pairing.id"))
    position: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime]
    made_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    # One of RESULTS, once it is closed.
    result: Mapped[str] = mapped_column(String(10), default="")
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    # When its writer took it back; a week later its words go for good.
    deleted_at: Mapped[datetime | None]
    row_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": row_version}


class SealedText(Base):
    """A private text of one layer, encrypted: what it belongs to is named by ``thing`` and its id.

    The key lies outside the database and its backups.
    """

    __tablename__ = "sealed_text"
    __table_args__ = (
        UniqueConstraint("thing", "thing_id", "author_id", "layer"),
        Index("ix_sealed_text_author_id", "author_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # "talk" and, unsaved, "beside" (a PairTalk), "draft" and "needs" (a Pairing), "goal", "cycle_step", "rematch",
    # "ending", "hand_over"…
    thing: Mapped[str] = mapped_column(String(20))
    thing_id: Mapped[int]
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    # "we_two", "only_me", "asked" (its writer and the coordinators) or "handed" (its owner, and whom she sent it to).
    layer: Mapped[str] = mapped_column(String(10))
    # Whom it was sealed for: stays as it was when two records of one person become one, or it could not be opened.
    sealed_for: Mapped[int]
    key_id: Mapped[str] = mapped_column(String(16))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    written_at: Mapped[datetime]
