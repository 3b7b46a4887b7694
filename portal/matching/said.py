"""What one side said of itself, as one plain object: from form to operation, and from a row to its suggestions."""

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from portal.matching.models import MentorAsk, MentorOffer


@dataclass(frozen=True, slots=True)
class Said:
    """What wish and offer have in common. Subjects, phases and languages are codes; days 0 (Monday) to 6."""

    subjects: list[str] = field(default_factory=list)
    phases: list[str] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    days: list[int] = field(default_factory=list)
    travels_km: int | None = None
    meets_online: bool = True
    same_school: str = "either"


@dataclass(frozen=True, slots=True)
class AskSaid(Said):
    """``needs`` are codes, the first weighs most."""

    needs: list[str] = field(default_factory=list)
    year_of_teaching: int | None = None
    route: str = ""


@dataclass(frozen=True, slots=True)
class OfferSaid(Said):
    years_teaching: int | None = None
    trained_on: date | None = None
    most_mentees: int = 1
    says: str = ""


def write_into(row: MentorAsk | MentorOffer, said: AskSaid | OfferSaid) -> None:
    for name, value in asdict(said).items():
        setattr(row, name, value)


def said_in(row: MentorAsk) -> AskSaid:
    """What an earlier wish said, to open it anew."""
    names = AskSaid.__dataclass_fields__
    return AskSaid(**{name: getattr(row, name) for name in names})


def as_typed(row: MentorAsk | MentorOffer) -> dict[str, Any]:
    """For a form."""
    return {column.name: getattr(row, column.name) for column in row.__table__.columns}
