"""A pack, what lies in it, its words and standards, and its earlier versions."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.db import Base


class Pack(Base):
    """A downloadable set for a class. State follows from its dates: draft, shared, retired."""

    __tablename__ = "pack"
    __table_args__ = (
        Index("ix_pack_network_id_shared_at", "network_id", "deleted_at", "retired_at", "shared_at"),
        Index("ix_pack_network_id_minutes", "network_id", "minutes"),
        Index("ix_pack_owner_id", "owner_id"),
        Index("ix_pack_adapted_from_id", "adapted_from_id"),
        Index("ix_pack_network_id_outside_code", "network_id", "outside_code"),
        # What waits for a look, and what nobody has looked at yet.
        Index("ix_pack_network_id_handed_in_at", "network_id", "deleted_at", "handed_in_at"),
        Index("ix_pack_network_id_reviewed_at", "network_id", "deleted_at", "reviewed_at", "shared_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    owner_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    title: Mapped[str] = mapped_column(String(200))
    strapline: Mapped[str] = mapped_column(String(300))
    about: Mapped[str] = mapped_column(Text, default="")
    about_html: Mapped[str] = mapped_column(Text, default="")
    lessons: Mapped[int] = mapped_column(default=1)
    # All lessons together.
    minutes: Mapped[int]
    group_size: Mapped[str] = mapped_column(String(60), default="")
    materials: Mapped[str] = mapped_column(Text, default="")
    cost: Mapped[str] = mapped_column(String(120), default="")
    safety_note: Mapped[str] = mapped_column(Text, default="")
    safety_reference: Mapped[str] = mapped_column(String(200), default="")
    careers_link: Mapped[str] = mapped_column(Text, default="")
    adaptations: Mapped[str] = mapped_column(Text, default="")
    # The code of a word of kind "licence".
    licence: Mapped[str] = mapped_column(String(60))
    author: Mapped[str] = mapped_column(String(300))
    # The original, where it is work of others: what it is called, whose it is, where it stands, under which licence.
    source: Mapped[str] = mapped_column(String(500), default="")
    source_author: Mapped[str] = mapped_column(String(300), default="", server_default="")
    source_address: Mapped[str] = mapped_column(String(2000), default="", server_default="")
    source_licence: Mapped[str] = mapped_column(String(60), default="", server_default="")
    # "made", "adapted" or "permission"
    right_to_share: Mapped[str] = mapped_column(String(20), default="made")
    adapted_from_id: Mapped[int | None] = mapped_column(ForeignKey("pack.id"))
    # BCP 47 code of the language that the pack is written in.
    language: Mapped[str] = mapped_column(String(20), default="en")
    is_public: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    change_note: Mapped[str] = mapped_column(String(500), default="")
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    shared_at: Mapped[datetime | None]
    shared_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    retired_at: Mapped[datetime | None]
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("pack.id"))
    deleted_at: Mapped[datetime | None]
    # Handed in, where a coordinator looks before members see it; sharing or sending back ends that.
    handed_in_at: Mapped[datetime | None]
    # Somebody looked at it and it passed; the version that she looked at.
    reviewed_at: Mapped[datetime | None]
    reviewed_version: Mapped[int | None]
    recommended_at: Mapped[datetime | None]
    # A translation: read by a teacher who speaks the language, or not yet.
    checked_language: Mapped[bool] = mapped_column(default=False, server_default=false())
    downloads: Mapped[int] = mapped_column(default=0)
    # Classes in which it was tried: the sum over its uses that stand.
    uses_count: Mapped[int] = mapped_column(default=0)
    outside_code: Mapped[str | None] = mapped_column(String(120))
    row_version: Mapped[int] = mapped_column(default=1)

    items: Mapped[list["PackItem"]] = relationship(back_populates="pack", order_by="PackItem.position")

    __mapper_args__ = {"version_id_col": row_version}

    @property
    def state(self) -> str:
        if self.retired_at:
            return "retired"
        return "shared" if self.shared_at else "draft"


class PackItem(Base):
    """A file or a link, in its place. A replaced item stays for the versions that had it."""

    __tablename__ = "pack_item"
    __table_args__ = (Index("ix_pack_item_pack_id", "pack_id", "until_version", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    pack_id: Mapped[int] = mapped_column(ForeignKey("pack.id"))
    position: Mapped[int] = mapped_column(default=0)
    title: Mapped[str] = mapped_column(String(200))
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), index=True)
    url: Mapped[str | None] = mapped_column(String(2000))
    from_version: Mapped[int] = mapped_column(default=1)
    # The first version that no longer has it.
    until_version: Mapped[int | None]

    pack: Mapped[Pack] = relationship(back_populates="items")


class PackWord(Base):
    """A subject, a phase or a further language of a pack."""

    __tablename__ = "pack_word"

    pack_id: Mapped[int] = mapped_column(ForeignKey("pack.id"), primary_key=True)
    word_id: Mapped[int] = mapped_column(ForeignKey("word.id"), primary_key=True, index=True)


class PackStandard(Base):
    """A standard that a pack serves. ``standard_id`` is None while its code is not among the imported ones."""

    __tablename__ = "pack_standard"
    __table_args__ = (
        UniqueConstraint("pack_id", "code"),
        Index("ix_pack_standard_standard_id", "standard_id"),
        Index("ix_pack_standard_key", "key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    pack_id: Mapped[int] = mapped_column(ForeignKey("pack.id"))
    code: Mapped[str] = mapped_column(String(80))
    # The code without its framework, folded: by it any spelling is found.
    key: Mapped[str] = mapped_column(String(80))
    standard_id: Mapped[int | None] = mapped_column(ForeignKey("standard.id"))


class PackVersion(Base):
    """A version as it was: its fields, and what the change was for."""

    __tablename__ = "pack_version"
    __table_args__ = (UniqueConstraint("pack_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    pack_id: Mapped[int] = mapped_column(ForeignKey("pack.id"))
    number: Mapped[int]
    note: Mapped[str] = mapped_column(String(500), default="")
    fields: Mapped[dict[str, Any]]
    made_at: Mapped[datetime]
    made_by: Mapped[int] = mapped_column(ForeignKey("person.id"))


class PackReport(Base):
    """Somebody says that a file does not open or that something is wrong. Strangers may, on a public pack."""

    __tablename__ = "pack_report"
    __table_args__ = (
        Index("ix_pack_report_pack_id", "pack_id", "settled_at"),
        # What is open, over all packs of a network.
        Index("ix_pack_report_settled_at", "settled_at", "reported_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    pack_id: Mapped[int] = mapped_column(ForeignKey("pack.id"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("pack_item.id"))
    text: Mapped[str] = mapped_column(String(1000))
    reported_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    reported_at: Mapped[datetime]
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    settled_at: Mapped[datetime | None]
    # What was done about it, told to whoever said it.
    answer: Mapped[str] = mapped_column(String(500), default="", server_default="")


class PackTaken(Base):
    """Somebody took a pack along. Four weeks later she is asked once whether a class tried it."""

    __tablename__ = "pack_taken"
    __table_args__ = (Index("ix_pack_taken_asked_at", "asked_at", "taken_at"),)

    pack_id: Mapped[int] = mapped_column(ForeignKey("pack.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    taken_at: Mapped[datetime]
    asked_at: Mapped[datetime | None]


class PackBookmark(Base):
    """A pack that somebody wants to find again. Nobody else sees it."""

    __tablename__ = "pack_bookmark"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    pack_id: Mapped[int] = mapped_column(ForeignKey("pack.id"), primary_key=True, index=True)
    kept_at: Mapped[datetime]
