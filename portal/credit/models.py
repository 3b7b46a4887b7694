"""A kind of credit, a certificate, and hours that a person brings from elsewhere."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base

# Minutes are rounded down to whole steps of this length: not at all, a quarter, half an hour, an hour.
ROUNDINGS = (1, 15, 30, 60)


class CreditType(Base):
    """A kind of credit as its authority has it: what one unit is, how it is rounded, what it wants."""

    __tablename__ = "credit_type"
    __table_args__ = (
        CheckConstraint("minutes_a_unit > 0", name="minutes_a_unit"),
        CheckConstraint("round_to > 0", name="round_to"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(60), unique=True)
    # "Clock hour", "PDU", "CPD hour"
    name: Mapped[str] = mapped_column(String(120))
    # As it stands after a number: "clock hour", "clock hours".
    unit: Mapped[str] = mapped_column(String(60))
    units: Mapped[str] = mapped_column(String(60))
    # Who recognises it: a state, a council; shown beside the name.
    authority: Mapped[str] = mapped_column(String(200), default="")
    minutes_a_unit: Mapped[int] = mapped_column(default=60)
    round_to: Mapped[int] = mapped_column(default=1)
    # The shortest event that can carry it, in minutes.
    shortest: Mapped[int] = mapped_column(default=0)
    # Counted apart: "STEM", "Equity", "Language acquisition".
    categories: Mapped[list[str]] = mapped_column(default=list)
    # A certificate exists only where somebody approved the event before it began.
    needs_approval: Mapped[bool] = mapped_column(default=True)
    needs_evaluation: Mapped[bool] = mapped_column(default=False)
    # Arrival and departure have to be on record, not only minutes.
    needs_times: Mapped[bool] = mapped_column(default=False)
    years_kept: Mapped[int] = mapped_column(default=7)
    # The sentence above the signature.
    statement: Mapped[str] = mapped_column(Text, default="")
    # What a blank line on the certificate asks for, to be filled in by hand: "Licence number". Never stored.
    blank_line: Mapped[str] = mapped_column(String(120), default="")
    position: Mapped[int] = mapped_column(default=0)
    in_use: Mapped[bool] = mapped_column(default=True)


class Certificate(Base):
    """A paper that somebody holds, with all that stands on it. It is never changed: a correction is a new one, and voids it."""

    __tablename__ = "certificate"
    __table_args__ = (
        Index("ix_certificate_person_id", "person_id", "ended_on"),
        Index("ix_certificate_subject", "subject_kind", "subject_id", "voided_at"),
        Index("ix_certificate_made_at", "made_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # Printed: "2026-000123", and eight letters that only the paper says.
    number: Mapped[str] = mapped_column(String(20), unique=True)
    check_code: Mapped[str] = mapped_column(String(12))
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    # "attendance" (hours, no credit) or "credit"
    kind: Mapped[str] = mapped_column(String(20))
    # What it is for, by kind and id: "event".
    subject_kind: Mapped[str] = mapped_column(String(30))
    subject_id: Mapped[int]
    credit_type_id: Mapped[int | None] = mapped_column(ForeignKey("credit_type.id"))
    # As it is printed.
    name: Mapped[str] = mapped_column(String(200))
    title: Mapped[str] = mapped_column(String(250))
    objectives: Mapped[str] = mapped_column(String(500), default="")
    # One line a session: {"on", "starts", "ends", "place", "minutes", "most", "arrived", "left"}, already in words.
    sessions: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    started_on: Mapped[date]
    ended_on: Mapped[date]
    # Minutes there, minutes that count after rounding, and the most that the event could give.
    minutes: Mapped[int]
    credited_minutes: Mapped[int]
    most_minutes: Mapped[int]
    category: Mapped[str] = mapped_column(String(120), default="")
    capacity: Mapped[str] = mapped_column(String(20), default="participant")
    # Everything else that is printed, by name: provider, provider_number, in_service_number, approved_on, instructor,
    # fee, statement, blank_line, unit, units, minutes_a_unit, network, signed_by, signed_as.
    printed: Mapped[dict[str, Any]] = mapped_column(default=dict)
    locale: Mapped[str] = mapped_column(String(20), default="en_GB")
    issued_at: Mapped[datetime]
    issued_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    # Set when its PDF lies in the store.
    made_at: Mapped[datetime | None]
    stored_file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), index=True)
    # Why its PDF could not be made; it is not tried again until somebody says so.
    fault: Mapped[str] = mapped_column(String(300), default="")
    told_at: Mapped[datetime | None]
    voided_at: Mapped[datetime | None]
    voided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    void_reason: Mapped[str] = mapped_column(String(300), default="")
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("certificate.id"))


class CertificateCount(Base):
    """The last number given out in a year, so that numbers have no gaps and are never given twice."""

    __tablename__ = "certificate_count"

    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]


class OutsideHours(Base):
    """Hours from somewhere else that a person adds to her own transcript, always marked as such. Nobody else sees them."""

    __tablename__ = "outside_hours"
    __table_args__ = (
        Index("ix_outside_hours_person_id", "person_id", "ended_on"),
        CheckConstraint("minutes > 0", name="minutes"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    title: Mapped[str] = mapped_column(String(250))
    provider: Mapped[str] = mapped_column(String(200), default="")
    started_on: Mapped[date]
    ended_on: Mapped[date]
    minutes: Mapped[int]
    credit_type_id: Mapped[int | None] = mapped_column(ForeignKey("credit_type.id"))
    category: Mapped[str] = mapped_column(String(120), default="")
    # The number of the other provider's certificate.
    reference: Mapped[str] = mapped_column(String(120), default="")
    # A scan or photo of it.
    proof_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), index=True)
    noted_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]
    row_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": row_version}
