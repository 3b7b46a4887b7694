"""An event, its sessions and the bookings for them."""

from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, Index, String, Text, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.activities.models import Activity
from portal.db import Base


class Event(Base):
    """What people are invited to. State follows from its dates: draft, published, called off."""

    __tablename__ = "event"
    __table_args__ = (Index("ix_event_network_id", "network_id", "deleted_at", "published_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    title: Mapped[str] = mapped_column(String(200))
    strapline: Mapped[str] = mapped_column(String(300), default="")
    about: Mapped[str] = mapped_column(Text, default="")
    about_html: Mapped[str] = mapped_column(Text, default="")
    for_whom: Mapped[str] = mapped_column(String(300), default="")
    cost: Mapped[str] = mapped_column(String(120), default="")
    getting_there: Mapped[str] = mapped_column(Text, default="")
    owner_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    # Open to people outside the network, on its public page.
    is_public: Mapped[bool] = mapped_column(default=True)
    copied_from_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"))
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    cancel_reason: Mapped[str] = mapped_column(String(500), default="")
    deleted_at: Mapped[datetime | None]
    # Booked as a whole (one booking, every session) or session by session.
    books_whole: Mapped[bool] = mapped_column(default=False, server_default=false())
    # "Completed" means: there for this share of all minutes, in percent.
    completed_share: Mapped[int] = mapped_column(default=75, server_default="75")
    seats_per_school: Mapped[int | None]
    # How long a place that came free waits for its answer, in hours; None: whoever is next has it at once.
    confirm_hours: Mapped[int | None]
    # One line for the certificate.
    objectives: Mapped[str] = mapped_column(String(500), default="", server_default="")
    # The short form afterwards: "anonymous", "named" or "none".
    evaluation: Mapped[str] = mapped_column(String(20), default="anonymous", server_default="anonymous")
    row_version: Mapped[int] = mapped_column(default=1)

    sessions: Mapped[list["Session"]] = relationship(back_populates="event", order_by="Session.starts_at")

    __mapper_args__ = {"version_id_col": row_version}

    @property
    def state(self) -> str:
        if self.cancelled_at:
            return "cancelled"
        return "published" if self.published_at else "draft"


class Session(Activity):
    """One meeting of an event: its time, place and places. Its minutes, mode and place stand in the ledger."""

    __tablename__ = "session"

    id: Mapped[int] = mapped_column(ForeignKey("activity.id"), primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    position: Mapped[int] = mapped_column(default=1)
    capacity: Mapped[int | None]
    # Shown to those who are coming, never to the public.
    joining_link: Mapped[str] = mapped_column(String(500), default="")
    # Goes up with each change that calendars must follow.
    sequence: Mapped[int] = mapped_column(default=0)
    attendance_closed_at: Mapped[datetime | None]
    attendance_closed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    # Four signs on the wall by which people sign themselves in and out; unlike every other that works at the same time.
    room_code: Mapped[str | None] = mapped_column(String(4), index=True)
    room_code_made_at: Mapped[datetime | None]
    # The kiosk's link works from then on; None: there is none, or it was ended.
    kiosk_opened_at: Mapped[datetime | None]

    event: Mapped[Event] = relationship(back_populates="sessions")

    __mapper_args__ = {"polymorphic_identity": "session"}

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


class Booking(Base):
    """A place that somebody holds, waits for or has given back. It never counts as having come."""

    __tablename__ = "booking"
    __table_args__ = (
        Index(
            "uq_booking_now",
            "session_id",
            "person_id",
            unique=True,
            sqlite_where=text("cancelled_at IS NULL"),
            postgresql_where=text("cancelled_at IS NULL"),
        ),
        Index("ix_booking_session_id", "session_id", "cancelled_at", "waiting_since", "booked_at"),
        Index("ix_booking_person_id", "person_id", "cancelled_at"),
        # Offers that run out, over all events: looked for at each round of the worker.
        Index("ix_booking_offered_until", "offered_until"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    # "member", "guest" or "observer" (critical friend): counted apart.
    kind: Mapped[str] = mapped_column(String(20), default="member")
    booked_at: Mapped[datetime]
    # On the waiting list since then; None once a place is given.
    waiting_since: Mapped[datetime | None]
    placed_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    # Access, food: read by coordinators only, deleted thirty days after the event.
    needs: Mapped[str] = mapped_column(String(1000), default="")
    # A school as a guest typed it, where the directory has no such school.
    organisation_typed: Mapped[str] = mapped_column(String(250), default="")
    subject: Mapped[str] = mapped_column(String(120), default="", server_default="")
    wants_credit: Mapped[bool] = mapped_column(default=False, server_default=false())
    # A place that came free is kept for her until then; she still waits, and nobody else gets it.
    offered_until: Mapped[datetime | None]
    # Where her mails go if she has no address of her own: one that somebody of another name has, say a staff room's.
    # Forgotten with her needs.
    reach_by: Mapped[str] = mapped_column(String(320), default="", server_default="")


class SessionNotice(Base):
    """A person was told of a session: a reminder a week or a day ahead, the question afterwards. Each once a date."""

    __tablename__ = "session_notice"
    __table_args__ = (Index("ix_session_notice_person_id", "person_id"),)

    session_id: Mapped[int] = mapped_column(ForeignKey("session.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    # "week", "day" or "after"
    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    # The date it was said of: a session that moved is another date.
    starts_at: Mapped[datetime] = mapped_column(primary_key=True)
    told_at: Mapped[datetime]
