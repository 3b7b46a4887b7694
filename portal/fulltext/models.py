"""Words that mean the same to a teacher who searches."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base


class Synonyms(Base):
    """One group of words or short phrases, any of which finds all of them. The region edits them."""

    __tablename__ = "synonyms"

    id: Mapped[int] = mapped_column(primary_key=True)
    # Separated by commas: "maths, mathematics, math".
    words: Mapped[str] = mapped_column(String(500))
    changed_at: Mapped[datetime]
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
