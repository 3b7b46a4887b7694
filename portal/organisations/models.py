"""An organisation, known by a code from outside wherever there is one."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base


class Organisation(Base):
    __tablename__ = "organisation"
    __table_args__ = (
        UniqueConstraint("code_scheme", "code"),
        Index("ix_organisation_parent_id", "parent_id"),
        Index("ix_organisation_kind_sort_name", "kind", "sort_name"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(250))
    sort_name: Mapped[str] = mapped_column(String(250), index=True)
    # The code of a word of kind "organisation_kind": school, district, programme, college, employer…
    kind: Mapped[str] = mapped_column(String(30), default="school")
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    # NCES, URN, IRN…: who gives the code, and the code itself, kept as text.
    code_scheme: Mapped[str | None] = mapped_column(String(30))
    code: Mapped[str | None] = mapped_column(String(60))
    street: Mapped[str] = mapped_column(String(250), default="")
    place: Mapped[str] = mapped_column(String(120), default="", index=True)
    county: Mapped[str] = mapped_column(String(120), default="")
    region: Mapped[str] = mapped_column(String(120), default="")
    postcode: Mapped[str] = mapped_column(String(20), default="")
    country: Mapped[str] = mapped_column(String(2), default="")
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    # The code of a word of kind "locale": city, suburb, town, rural.
    locale: Mapped[str | None] = mapped_column(String(30))
    # As printed: "Primary", "6-12", "11-18".
    phase: Mapped[str] = mapped_column(String(60), default="")
    is_priority: Mapped[bool] = mapped_column(default=False)
    enrolment: Mapped[int | None]
    website: Mapped[str] = mapped_column(String(300), default="")
    phone: Mapped[str] = mapped_column(String(60), default="")
    about: Mapped[str] = mapped_column(Text, default="")
    closed_on: Mapped[date | None]
    created_at: Mapped[datetime]
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    row_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": row_version}
