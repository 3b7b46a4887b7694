"""A human being, her addresses, where she works and worked, what she agreed to, and how she signs in."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.db import Base


class Person(Base):
    """One human being. Importing, booking or signing in on paper makes a Person, never an account."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    sort_name: Mapped[str] = mapped_column(String(200), index=True)
    # What we call her in a greeting, where the first word of the name would be wrong.
    called: Mapped[str | None] = mapped_column(String(100))
    locale: Mapped[str | None] = mapped_column(String(20))
    time_zone: Mapped[str | None] = mapped_column(String(60))
    phone: Mapped[str | None] = mapped_column(String(60))
    knows_about: Mapped[str] = mapped_column(Text, default="")
    # What the directory shows of her: {"email": false, "school": true, …}; see people/directory rules.
    listing: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime]
    added_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    how_added: Mapped[str] = mapped_column(String(20), default="import")
    # Set by accepting an invitation or being let in: from then on a sign-in code opens the door.
    admitted_at: Mapped[datetime | None]
    is_administrator: Mapped[bool] = mapped_column(default=False)
    # Deleted at her wish: the row and its counts stay, name and addresses are gone.
    erased_at: Mapped[datetime | None]
    # Merged into another record of the same person.
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    # How often the digest comes: one of people/rhythms.py. Nobody who never came in gets one.
    rhythm: Mapped[str] = mapped_column(String(20), default="weekly", server_default="weekly")
    # Links of mails from before this moment are dead: she ended them, or an address was taken off.
    links_since: Mapped[datetime | None]
    row_version: Mapped[int] = mapped_column(default=1)

    addresses: Mapped[list["EmailAddress"]] = relationship(back_populates="person", order_by="EmailAddress.id")
    affiliations: Mapped[list["Affiliation"]] = relationship(back_populates="person", order_by="Affiliation.id")

    __mapper_args__ = {"version_id_col": row_version}

    @property
    def first_name(self) -> str:
        return self.called or self.name.split(" ")[0]


class EmailAddress(Base):
    """An address belongs to the person, not to the school: it survives a change of job."""

    __tablename__ = "email_address"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    # As typed; ``folded`` is what is compared.
    address: Mapped[str] = mapped_column(String(320))
    folded: Mapped[str] = mapped_column(String(320), unique=True)
    is_primary: Mapped[bool] = mapped_column(default=False)
    verified_at: Mapped[datetime | None]
    # Mail to it comes back: nothing but codes goes there until its owner proves it again.
    bounced_at: Mapped[datetime | None]
    # A key of mail/reasons.py.
    bounce_reason: Mapped[str] = mapped_column(String(40), default="", server_default="")
    # Mails given up one after the other; one that arrives sets it back.
    soft_bounces: Mapped[int] = mapped_column(default=0, server_default="0")

    person: Mapped[Person] = relationship(back_populates="addresses")


class Affiliation(Base):
    """Where a person works or worked, as what, from when to when. The one without an end is now."""

    __tablename__ = "affiliation"
    __table_args__ = (
        Index("ix_affiliation_person_id_ended_on", "person_id", "ended_on"),
        Index("ix_affiliation_organisation_id_ended_on", "organisation_id", "ended_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    role_id: Mapped[int | None] = mapped_column(ForeignKey("word.id"))
    title: Mapped[str] = mapped_column(String(200), default="")
    started_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    is_main: Mapped[bool] = mapped_column(default=True)

    person: Mapped[Person] = relationship(back_populates="affiliations")


class PersonWord(Base):
    """A subject, a phase or a role of a person."""

    __tablename__ = "person_word"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    word_id: Mapped[int] = mapped_column(ForeignKey("word.id"), primary_key=True, index=True)


class Consent(Base):
    """What a person agreed to, in which words, when, and when she took it back."""

    __tablename__ = "consent"
    __table_args__ = (Index("ix_consent_person_id_kind", "person_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    # contact | directory | quoted | photo | research
    kind: Mapped[str] = mapped_column(String(30))
    wording: Mapped[str] = mapped_column(String(500))
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class SignInCode(Base):
    """Six characters sent by mail, stored hashed, good once and not for long."""

    __tablename__ = "sign_in_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    folded: Mapped[str] = mapped_column(String(320), index=True)
    # None where no such person may sign in: the page behaves the same.
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    code_hash: Mapped[str] = mapped_column(String(64))
    link_hash: Mapped[str] = mapped_column(String(64), unique=True)
    sent_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    used_at: Mapped[datetime | None]
    onward: Mapped[str] = mapped_column(String(2000), default="")


class SignInSession(Base):
    """One browser that is signed in. It can be listed and ended; the cookie holds a token, this row its hash."""

    __tablename__ = "sign_in_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    own_device: Mapped[bool] = mapped_column(default=False)
    label: Mapped[str] = mapped_column(String(120), default="")
    ended_at: Mapped[datetime | None]


class Merge(Base):
    """Two records made one, with what is needed to take it back for seven days."""

    __tablename__ = "merge"
    __table_args__ = (Index("ix_merge_table_kept_id", "table", "kept_id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    # "person" or "organisation"
    table: Mapped[str] = mapped_column(String(30))
    kept_id: Mapped[int]
    gone_id: Mapped[int]
    merged_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    merged_at: Mapped[datetime]
    # Rows that were moved or removed, and the fields as they were, by table.
    undo: Mapped[dict[str, Any]]
    undone_at: Mapped[datetime | None]


ONE_PRIMARY = Index(
    "uq_email_address_one_primary",
    EmailAddress.person_id,
    unique=True,
    sqlite_where=text("is_primary"),
    postgresql_where=text("is_primary"),
)
