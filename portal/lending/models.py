"""A loan from the request to the closed book, what was counted, and what several loans have in common."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.db import Base

STATES = ("requested", "approved", "ready", "out", "returned", "checked", "closed", "declined", "cancelled", "lost")


class Loan(Base):
    """One window of one kit for one borrower. Each step has its own moment: the state follows from them, never the reverse.

    A kit that is visited where it stands or given for good goes through the same steps, as far as they apply.
    """

    __tablename__ = "loan"
    __table_args__ = (
        # Clashes and calendars: what holds a kit in a span of days.
        Index("ix_loan_kit_id", "kit_id", "ended_at", "starts_on"),
        Index("ix_loan_network_id", "network_id", "ended_at", "starts_on"),
        Index("ix_loan_person_id", "person_id", "ended_at"),
        # What is due or overdue, over all networks: looked for at each round of the worker.
        Index("ix_loan_ends_on", "ended_at", "ends_on"),
        CheckConstraint("ends_on >= starts_on", name="window"),
        CheckConstraint("classes >= 0", name="classes"),
        CheckConstraint("students >= 0", name="students"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kit_id: Mapped[int] = mapped_column(ForeignKey("kit.id"))
    # The network of the borrower; the kit's own may be another.
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    # Her school at that time.
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    # Both included; the last day is when it is due back.
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    # The last day on which nobody else can have it: the days for turning it round included.
    held_until: Mapped[date]
    purpose: Mapped[str] = mapped_column(String(500), default="")
    year_group: Mapped[str] = mapped_column(String(60), default="")
    # What is expected: counts, never names. None means not known.
    classes: Mapped[int | None]
    students: Mapped[int | None]
    # Which wording of the agreement she accepted for it, and when.
    agreement_id: Mapped[int | None] = mapped_column(ForeignKey("loan_agreement.id"), index=True)
    agreed_at: Mapped[datetime | None]
    rotation_id: Mapped[int | None] = mapped_column(ForeignKey("loan_rotation.id"), index=True)
    out_run_id: Mapped[int | None] = mapped_column(ForeignKey("delivery_run.id"), index=True)
    back_run_id: Mapped[int | None] = mapped_column(ForeignKey("delivery_run.id"), index=True)
    requested_at: Mapped[datetime]
    # A coordinator who books for somebody, or a rotation.
    requested_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    approved_at: Mapped[datetime | None]
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    declined_at: Mapped[datetime | None]
    declined_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    answer: Mapped[str] = mapped_column(String(1000), default="")
    ready_at: Mapped[datetime | None]
    ready_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    out_at: Mapped[datetime | None]
    out_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    # Who stood at the door, where it was not the borrower.
    collected_by: Mapped[str] = mapped_column(String(200), default="")
    returned_at: Mapped[datetime | None]
    # None: told at the box, without signing in.
    returned_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    checked_at: Mapped[datetime | None]
    checked_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    check_note: Mapped[str] = mapped_column(String(1000), default="")
    check_photo_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), index=True)
    cancelled_at: Mapped[datetime | None]
    cancelled_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    lost_at: Mapped[datetime | None]
    lost_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    # Closed without the return of its use, and why.
    closed_without: Mapped[str] = mapped_column(String(300), default="")
    # Set with declined, cancelled, lost and closed: from then on it holds nothing and blocks nobody.
    ended_at: Mapped[datetime | None]
    # Whether a class was there at all: "nobody used it" is an answer too.
    use_told_at: Mapped[datetime | None]
    use_id: Mapped[int | None] = mapped_column(ForeignKey("use.id"), index=True)
    row_version: Mapped[int] = mapped_column(default=1)

    counts: Mapped[list["LoanCount"]] = relationship(back_populates="loan")

    __mapper_args__ = {"version_id_col": row_version}

    @property
    def state(self) -> str:
        """The last step that was taken. Overdue is no step: it is "out" with a day that has gone by."""
        for name, moment in (
            ("declined", self.declined_at),
            ("cancelled", self.cancelled_at),
            ("lost", self.lost_at),
            ("closed", self.closed_at),
            ("checked", self.checked_at),
            ("returned", self.returned_at),
            ("out", self.out_at),
            ("ready", self.ready_at),
            ("approved", self.approved_at),
        ):
            if moment:
                return name
        return "requested"

    def is_overdue(self, today: date) -> bool:
        return self.state == "out" and self.ends_on < today


class LoanCount(Base):
    """One part of the contents, counted when the box went out or when it was checked."""

    __tablename__ = "loan_count"
    __table_args__ = (
        UniqueConstraint("loan_id", "part_id"),
        CheckConstraint("missing >= 0", name="missing"),
        CheckConstraint("broken >= 0", name="broken"),
        CheckConstraint("used >= 0", name="used"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    loan_id: Mapped[int] = mapped_column(ForeignKey("loan.id"))
    part_id: Mapped[int] = mapped_column(ForeignKey("kit_part.id"), index=True)
    # How many went out; None: nobody counted.
    went: Mapped[int | None]
    missing: Mapped[int] = mapped_column(default=0)
    broken: Mapped[int] = mapped_column(default=0)
    # Of what is meant to be used up.
    used: Mapped[int] = mapped_column(default=0)

    loan: Mapped[Loan] = relationship(back_populates="counts")


class LoanAgreement(Base):
    """What a borrower agrees to, in one wording. A new wording is a new row: each borrower accepts it once."""

    __tablename__ = "loan_agreement"
    __table_args__ = (UniqueConstraint("network_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    version: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    text_html: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime]
    made_by: Mapped[int] = mapped_column(ForeignKey("person.id"))


class LoanRotation(Base):
    """A plan by which a kit goes through several classrooms one after the other, with days between to refill it."""

    __tablename__ = "loan_rotation"
    __table_args__ = (Index("ix_loan_rotation_kit_id", "kit_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kit_id: Mapped[int] = mapped_column(ForeignKey("kit.id"))
    title: Mapped[str] = mapped_column(String(200), default="")
    made_at: Mapped[datetime]
    made_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    cancelled_at: Mapped[datetime | None]


class DeliveryRun(Base):
    """A day on which somebody drives round: boxes go out and come back with it."""

    __tablename__ = "delivery_run"
    __table_args__ = (Index("ix_delivery_run_network_id", "network_id", "cancelled_at", "on_day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    on_day: Mapped[date]
    title: Mapped[str] = mapped_column(String(200), default="")
    note: Mapped[str] = mapped_column(String(1000), default="")
    driver_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    made_at: Mapped[datetime]
    made_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    cancelled_at: Mapped[datetime | None]
    row_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": row_version}


class LoanNotice(Base):
    """Somebody was written to about a loan: each kind once for a day it was due, so that a moved loan is told again."""

    __tablename__ = "loan_notice"

    loan_id: Mapped[int] = mapped_column(ForeignKey("loan.id"), primary_key=True)
    # "ready", "due", "late", "use"
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    due_on: Mapped[date] = mapped_column(primary_key=True)
    told_at: Mapped[datetime]
