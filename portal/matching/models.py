"""An offer to mentor, a wish for a mentor, a proposal that both accept, a wish for somebody else, and three questions at the end.

Subjects, phases, languages and needs are lists of codes of the region's words; days are 0 (Monday) to 6.
"""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base

DAYS = range(7)
ANSWERS = ("match", "talk", "closed")
SAME_SCHOOL = ("either", "no", "only")
MOST_NEEDS = 3


class MentorOffer(Base):
    """Somebody would mentor, and how many. Coordinators read it, and whoever she is proposed to."""

    __tablename__ = "mentor_offer"
    __table_args__ = (
        UniqueConstraint("network_id", "person_id"),
        Index("ix_mentor_offer_network_id", "network_id", "ended_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    subjects: Mapped[list[str]] = mapped_column(JSON, default=list)
    phases: Mapped[list[str]] = mapped_column(JSON, default=list)
    languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    days: Mapped[list[int]] = mapped_column(JSON, default=list)
    years_teaching: Mapped[int | None]
    # When she was last trained as a mentor.
    trained_on: Mapped[date | None]
    # Her capacity: how many at a time.
    most_mentees: Mapped[int] = mapped_column(default=1)
    travels_km: Mapped[int | None]
    meets_online: Mapped[bool] = mapped_column(default=True)
    same_school: Mapped[str] = mapped_column(String(10), default="either")
    says: Mapped[str] = mapped_column(String(400), default="")
    offered_at: Mapped[datetime]
    # Full for now, by her own word.
    paused_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    row_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": row_version}


class MentorAsk(Base):
    """Somebody wishes for a mentor. Coordinators read it, and the mentor to whom it is proposed."""

    __tablename__ = "mentor_ask"
    __table_args__ = (
        Index("ix_mentor_ask_network_id", "network_id", "ended_at", "asked_at"),
        Index("ix_mentor_ask_person_id", "person_id", "ended_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    subjects: Mapped[list[str]] = mapped_column(JSON, default=list)
    phases: Mapped[list[str]] = mapped_column(JSON, default=list)
    languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    days: Mapped[list[int]] = mapped_column(JSON, default=list)
    # Codes of words of kind "mentoring_need", the first weighs most; at most MOST_NEEDS.
    needs: Mapped[list[str]] = mapped_column(JSON, default=list)
    # 0: she is still training.
    year_of_teaching: Mapped[int | None]
    # How she came into teaching, in her words.
    route: Mapped[str] = mapped_column(String(120), default="")
    travels_km: Mapped[int | None]
    meets_online: Mapped[bool] = mapped_column(default=True)
    same_school: Mapped[str] = mapped_column(String(10), default="either")
    asked_at: Mapped[datetime]
    # Not now, by her own word: she keeps her place.
    paused_at: Mapped[datetime | None]
    # Ended by a pair (then pairing_id is set) or by taking it back.
    ended_at: Mapped[datetime | None]
    pairing_id: Mapped[int | None] = mapped_column(ForeignKey("pairing.id"), index=True)
    row_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": row_version}


class MatchProposal(Base):
    """Two people are asked whether they would be a pair. It becomes one when both have said yes."""

    __tablename__ = "match_proposal"
    __table_args__ = (
        Index("ix_match_proposal_network_id", "network_id", "closed_at"),
        Index("ix_match_proposal_mentor_id", "mentor_id", "closed_at"),
        Index("ix_match_proposal_mentee_id", "mentee_id", "closed_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    ask_id: Mapped[int | None] = mapped_column(ForeignKey("mentor_ask.id"), index=True)
    mentor_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    mentee_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    purpose: Mapped[str] = mapped_column(String(200), default="")
    rhythm: Mapped[str] = mapped_column(String(100), default="")
    every_days: Mapped[int | None]
    arranges: Mapped[str] = mapped_column(String(10), default="both")
    monthly_minutes: Mapped[int | None]
    starts_on: Mapped[date]
    programme_ids: Mapped[list[int]] = mapped_column(JSON, default=list)
    proposed_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    proposed_at: Mapped[datetime]
    mentor_accepted_at: Mapped[datetime | None]
    mentee_accepted_at: Mapped[datetime | None]
    declined_at: Mapped[datetime | None]
    declined_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    withdrawn_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    # Set with whichever of these ended it: a pair, a no, taken back, too long without an answer; or, with both accepted
    # and no pair, no place left.
    closed_at: Mapped[datetime | None]
    pairing_id: Mapped[int | None] = mapped_column(ForeignKey("pairing.id"), index=True)
    row_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": row_version}

    @property
    def state(self) -> str:
        """open, paired, declined, withdrawn, full or lapsed."""
        if self.closed_at is None:
            return "open"
        if self.pairing_id is not None:
            return "paired"
        if self.declined_at or self.withdrawn_at:
            return "declined" if self.declined_at else "withdrawn"
        return "full" if self.mentor_accepted_at and self.mentee_accepted_at else "lapsed"

    def waits_for(self) -> list[int]:
        """Who of the two has not answered yet; nobody once it is closed."""
        yes = self.said_yes()
        return [] if self.closed_at else [one for one in (self.mentor_id, self.mentee_id) if one not in yes]

    def said_yes(self) -> list[int]:
        said = ((self.mentor_id, self.mentor_accepted_at), (self.mentee_id, self.mentee_accepted_at))
        return [person_id for person_id, at in said if at is not None]


class RematchWish(Base):
    """One of a pair would like somebody else. The coordinators learn of it, the other one of the pair does not."""

    __tablename__ = "rematch_wish"
    __table_args__ = (Index("ix_rematch_wish_pairing_id", "pairing_id", "answered_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    pairing_id: Mapped[int] = mapped_column(ForeignKey("pairing.id"))
    asked_by: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    asked_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    # One of ANSWERS. "talk" leaves the wish open until one of the others ends it.
    answer: Mapped[str] = mapped_column(String(10), default="")
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class PairEnding(Base):
    """That one of a pair answered the three questions at its end: what worked, what did not, what she suggests."""

    __tablename__ = "pair_ending"
    __table_args__ = (UniqueConstraint("pairing_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    pairing_id: Mapped[int] = mapped_column(ForeignKey("pairing.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    # None: asked, not answered.
    answered_at: Mapped[datetime | None]
    asked_at: Mapped[datetime]
