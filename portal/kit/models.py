"""A kit: what it is, what lies in it, what is wrong with it, who may borrow it and what goes with it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.db import Base

KINDS = ("box", "instrument", "place", "library")
# How a class gets it: lent and brought back, given for good, or visited where it stands.
WAYS = ("lent", "given", "visited")
# Who may borrow it: members of its network, members from schools that are named, or members of any network here.
LENDS_TO = ("network", "schools", "region")
CONDITIONS = ("good", "worn", "poor")
PROBLEMS = ("missing", "broken", "used_up", "other")
# What became of a problem.
OUTCOMES = ("refilled", "mended", "found", "gone", "nothing")


class Kit(Base):
    """A box, several boxes that travel together, or a shared asset. State follows from its dates: draft, listed, retired."""

    __tablename__ = "kit"
    __table_args__ = (
        Index("ix_kit_network_id", "network_id", "deleted_at", "retired_at", "listed_at"),
        # Kits of other networks that anybody in the region may borrow.
        Index("ix_kit_lends_to", "lends_to", "listed_at"),
        CheckConstraint("boxes >= 1", name="boxes"),
        CheckConstraint("turn_round_days >= 0", name="turn_round_days"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    # Who wrote it down.
    owner_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    strapline: Mapped[str] = mapped_column(String(300), default="")
    about: Mapped[str] = mapped_column(Text, default="")
    about_html: Mapped[str] = mapped_column(Text, default="")
    kind: Mapped[str] = mapped_column(String(20), default="box")
    way: Mapped[str] = mapped_column(String(20), default="lent")
    boxes: Mapped[int] = mapped_column(default=1)
    # The number that its owner painted on it: "Box 7", "NW-0031".
    asset_code: Mapped[str] = mapped_column(String(40), default="")
    # The signs of its own short address, /b/<code>: as short as a label, too many to guess.
    code: Mapped[str] = mapped_column(String(16), unique=True)
    home: Mapped[str] = mapped_column(String(300), default="")
    # How and when it can be collected.
    collecting: Mapped[str] = mapped_column(Text, default="")
    owner_organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    # Who hands it over at the door.
    keeper_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    size: Mapped[str] = mapped_column(String(120), default="")
    weight: Mapped[str] = mapped_column(String(60), default="")
    # The packed box, so that whoever packs it sees what goes where.
    photo_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), index=True)
    photo_words: Mapped[str] = mapped_column(String(300), default="")
    safety_note: Mapped[str] = mapped_column(Text, default="")
    condition: Mapped[str] = mapped_column(String(20), default="good")
    condition_note: Mapped[str] = mapped_column(String(500), default="")
    lends_to: Mapped[str] = mapped_column(String(20), default="network")
    # The rules of its loans, in days.
    most_days: Mapped[int] = mapped_column(default=21)
    notice_days: Mapped[int] = mapped_column(default=2)
    turn_round_days: Mapped[int] = mapped_column(default=2)
    # A loan closes only with the return of its use.
    needs_return: Mapped[bool] = mapped_column(default=True)
    # Money of the replacement costs of its parts.
    currency: Mapped[str] = mapped_column(String(3), default="EUR")
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    listed_at: Mapped[datetime | None]
    retired_at: Mapped[datetime | None]
    retired_why: Mapped[str] = mapped_column(String(300), default="")
    deleted_at: Mapped[datetime | None]
    # Classes that tried it: the sum over its uses that stand.
    uses_count: Mapped[int] = mapped_column(default=0)
    row_version: Mapped[int] = mapped_column(default=1)

    parts: Mapped[list["KitPart"]] = relationship(back_populates="kit", order_by="KitPart.position")

    __mapper_args__ = {"version_id_col": row_version}

    @property
    def name(self) -> str:
        """As people call it: the number that is painted on it, and what it is."""
        return f"{self.asset_code}, {self.title}" if self.asset_code else self.title

    @property
    def state(self) -> str:
        if self.retired_at:
            return "retired"
        return "listed" if self.listed_at else "draft"


class KitPart(Base):
    """One line of the contents. What is there may be less than what belongs there: the difference is the refill list."""

    __tablename__ = "kit_part"
    __table_args__ = (
        Index("ix_kit_part_kit_id", "kit_id", "removed_at", "position"),
        CheckConstraint("quantity >= 0", name="quantity"),
        CheckConstraint("there >= 0", name="there"),
        CheckConstraint("cost >= 0", name="cost"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kit_id: Mapped[int] = mapped_column(ForeignKey("kit.id"))
    position: Mapped[int] = mapped_column(default=0)
    # In which of its boxes: "box 1 of 3".
    box: Mapped[int] = mapped_column(default=1)
    title: Mapped[str] = mapped_column(String(200))
    note: Mapped[str] = mapped_column(String(300), default="")
    # How many belong there, and how many are there by what was last counted or said.
    quantity: Mapped[int] = mapped_column(default=1)
    there: Mapped[int] = mapped_column(default=1)
    is_consumable: Mapped[bool] = mapped_column(default=False)
    # What one costs to replace, in the smallest unit of the kit's currency; None: not known, which is not nothing.
    cost: Mapped[int | None]
    removed_at: Mapped[datetime | None]

    kit: Mapped[Kit] = relationship(back_populates="parts")


class KitProblem(Base):
    """Something is missing, broken or used up. Strangers may say so at the box; a coordinator settles it."""

    __tablename__ = "kit_problem"
    __table_args__ = (
        Index("ix_kit_problem_kit_id", "kit_id", "settled_at"),
        # What its keeper and the coordinators have not been written yet.
        Index("ix_kit_problem_mailed_at", "mailed_at", "told_at"),
        CheckConstraint("quantity >= 1", name="quantity"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kit_id: Mapped[int] = mapped_column(ForeignKey("kit.id"))
    part_id: Mapped[int | None] = mapped_column(ForeignKey("kit_part.id"), index=True)
    # During which loan it was said, if the box was out.
    loan_id: Mapped[int | None] = mapped_column(ForeignKey("loan.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    quantity: Mapped[int] = mapped_column(default=1)
    text: Mapped[str] = mapped_column(String(1000), default="")
    # None: somebody at the box, without signing in.
    told_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    told_at: Mapped[datetime]
    mailed_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    outcome: Mapped[str] = mapped_column(String(20), default="")
    # What it cost to put right, in the smallest unit of the kit's currency; None: not known.
    cost: Mapped[int | None]


class KitOutOfService(Base):
    """Days on which it can't be lent: being mended, counted, or kept back. Without an end until somebody says so."""

    __tablename__ = "kit_out_of_service"
    __table_args__ = (Index("ix_kit_out_of_service_kit_id", "kit_id", "cancelled_at", "starts_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kit_id: Mapped[int] = mapped_column(ForeignKey("kit.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    why: Mapped[str] = mapped_column(String(300), default="")
    noted_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    noted_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]


class KitWord(Base):
    """A subject or a phase of a kit."""

    __tablename__ = "kit_word"

    kit_id: Mapped[int] = mapped_column(ForeignKey("kit.id"), primary_key=True)
    word_id: Mapped[int] = mapped_column(ForeignKey("word.id"), primary_key=True, index=True)


class KitPack(Base):
    """A pack that the kit goes with: lessons for the box, a box for the lesson."""

    __tablename__ = "kit_pack"

    kit_id: Mapped[int] = mapped_column(ForeignKey("kit.id"), primary_key=True)
    pack_id: Mapped[int] = mapped_column(ForeignKey("pack.id"), primary_key=True, index=True)


class KitSchool(Base):
    """A school whose members may borrow a kit that is lent to named schools only."""

    __tablename__ = "kit_school"

    kit_id: Mapped[int] = mapped_column(ForeignKey("kit.id"), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True, index=True)


class KitTraining(Base):
    """An event that trains for the kit: whoever was there for at least a minute of any of its sessions is trained."""

    __tablename__ = "kit_training"

    kit_id: Mapped[int] = mapped_column(ForeignKey("kit.id"), primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), primary_key=True, index=True)


class KitTrained(Base):
    """Somebody knows the kit from elsewhere: a coordinator says so."""

    __tablename__ = "kit_trained"

    kit_id: Mapped[int] = mapped_column(ForeignKey("kit.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    why: Mapped[str] = mapped_column(String(300), default="")
    noted_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    noted_at: Mapped[datetime]
