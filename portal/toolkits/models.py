"""A toolkit, the packs in it, and its earlier versions."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.db import Base


class Toolkit(Base):
    """Packs that belong together, in an order. State follows from its dates: draft, shared, retired."""

    __tablename__ = "toolkit"
    __table_args__ = (Index("ix_toolkit_network_id", "network_id", "deleted_at", "shared_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    owner_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    strapline: Mapped[str] = mapped_column(String(300), default="")
    about: Mapped[str] = mapped_column(Text, default="")
    about_html: Mapped[str] = mapped_column(Text, default="")
    is_public: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    change_note: Mapped[str] = mapped_column(String(500), default="")
    downloads: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    shared_at: Mapped[datetime | None]
    retired_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]
    row_version: Mapped[int] = mapped_column(default=1)

    items: Mapped[list["ToolkitItem"]] = relationship(back_populates="toolkit", order_by="ToolkitItem.position")

    __mapper_args__ = {"version_id_col": row_version}

    @property
    def state(self) -> str:
        if self.retired_at:
            return "retired"
        return "shared" if self.shared_at else "draft"


class ToolkitItem(Base):
    """A pack in its place, and why it is there. What was taken out stays for the versions that had it."""

    __tablename__ = "toolkit_item"
    __table_args__ = (Index("ix_toolkit_item_toolkit_id", "toolkit_id", "until_version", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    toolkit_id: Mapped[int] = mapped_column(ForeignKey("toolkit.id"))
    pack_id: Mapped[int] = mapped_column(ForeignKey("pack.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    note: Mapped[str] = mapped_column(String(500), default="")
    from_version: Mapped[int] = mapped_column(default=1)
    # The first version that no longer has it.
    until_version: Mapped[int | None]

    toolkit: Mapped[Toolkit] = relationship(back_populates="items")


class ToolkitVersion(Base):
    """A version as it was: its words, and which version of each pack lay in it."""

    __tablename__ = "toolkit_version"
    __table_args__ = (UniqueConstraint("toolkit_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    toolkit_id: Mapped[int] = mapped_column(ForeignKey("toolkit.id"))
    number: Mapped[int]
    note: Mapped[str] = mapped_column(String(500), default="")
    # {"title": …, "strapline": …, "about": …, "packs": [[pack id, pack version, note], …]}
    fields: Mapped[dict[str, Any]]
    made_at: Mapped[datetime]
    made_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
