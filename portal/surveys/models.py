"""The item bank, a survey with its questions, who was asked, and what was answered."""

import hashlib
import secrets
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.db import Base

# What an item asks about, from the first impression to what became of it in class.
LEVELS = ("reaction", "learning", "organisation", "use", "students", "network", "open")
# "agree" is a statement with five steps, "words" an open question.
KINDS = ("agree", "words")
STEPS = 5


class SurveyItem(Base):
    """One item of the bank, which a region words for itself. ``code`` never changes: results over years go by it."""

    __tablename__ = "survey_item"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(60), unique=True)
    level: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(10), default="agree")
    text: Mapped[str] = mapped_column(String(300))
    position: Mapped[int] = mapped_column(default=0)
    # Taken into a new evaluation unless somebody says otherwise.
    is_usual: Mapped[bool] = mapped_column(default=False)
    in_use: Mapped[bool] = mapped_column(default=True)


class Survey(Base):
    """A set of questions about one thing (an event), with the window in which it can be answered."""

    __tablename__ = "survey"
    __table_args__ = (
        UniqueConstraint("subject_kind", "subject_id", "purpose"),
        Index("ix_survey_network_id_opens_at", "network_id", "opens_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    # "evaluation"; later "yearly"
    purpose: Mapped[str] = mapped_column(String(20))
    # What it is about, by kind and id: "event".
    subject_kind: Mapped[str] = mapped_column(String(30))
    subject_id: Mapped[int]
    title: Mapped[str] = mapped_column(String(250))
    is_anonymous: Mapped[bool] = mapped_column(default=True)
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    row_version: Mapped[int] = mapped_column(default=1)

    questions: Mapped[list["SurveyQuestion"]] = relationship(
        back_populates="survey", order_by="SurveyQuestion.position", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": row_version}

    @property
    def wording(self) -> str:
        """A mark of what is asked and of what is promised about it, so that an answer is one to this and nothing else."""
        asked = [self.is_anonymous, *((one.id, one.text) for one in self.questions)]
        return hashlib.sha256(repr(asked).encode()).hexdigest()[:16]


class SurveyQuestion(Base):
    """A question as it is asked in one survey: its words stay as they were when somebody rewords the bank."""

    __tablename__ = "survey_question"
    __table_args__ = (Index("ix_survey_question_survey_id", "survey_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"))
    position: Mapped[int]
    item_code: Mapped[str] = mapped_column(String(60), default="")
    level: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(10))
    text: Mapped[str] = mapped_column(String(300))

    survey: Mapped[Survey] = relationship(back_populates="questions")


class SurveyInvitation(Base):
    """One person who is asked. That she answered is noted by day, so that it can't be laid beside an answer."""

    __tablename__ = "survey_invitation"
    __table_args__ = (Index("ix_survey_invitation_person_id", "person_id", "answered_on"),)

    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    invited_at: Mapped[datetime]
    # How many reminders she had, and the last of them.
    reminders: Mapped[int] = mapped_column(default=0)
    reminded_at: Mapped[datetime | None]
    answered_on: Mapped[date | None]
    # She should not have been asked (she was not there): nobody asks again, and she is not counted among those asked.
    excused_on: Mapped[date | None]


def _no_order() -> str:
    """A key that says nothing about who came first."""
    return secrets.token_hex(16)


class SurveyResponse(Base):
    """What one person sent. Without a person and without an hour where the survey is anonymous.

    Both tables are kept in the order of their keys alone: the hidden row number that SQLite counts up would say who
    came first, and beside a certificate made in the same moment that is a name.
    """

    __tablename__ = "survey_response"
    __table_args__ = (Index("ix_survey_response_survey_id", "survey_id"), {"sqlite_with_rowid": False})

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=_no_order)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    # Only where she is named: of an anonymous answer not even the day is kept.
    answered_at: Mapped[datetime | None]
    # Anonymous answers join the results in groups while the survey is open: this one has.
    is_shown: Mapped[bool] = mapped_column(default=False)


class SurveyAnswer(Base):
    """One answer: a step from 1 to 5, or words. A question that was left out has no row."""

    __tablename__ = "survey_answer"
    __table_args__ = (
        Index("ix_survey_answer_question_id", "question_id"),
        CheckConstraint("step BETWEEN 1 AND 5", name="step"),
        {"sqlite_with_rowid": False},
    )

    response_id: Mapped[str] = mapped_column(ForeignKey("survey_response.id"), primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("survey_question.id"), primary_key=True)
    step: Mapped[int | None]
    words: Mapped[str] = mapped_column(Text, default="")
