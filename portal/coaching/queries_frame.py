"""The shared frame that feedback is aligned to: its lines, and those that a cycle works on."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import or_, select

from portal.coaching.models import CycleLine
from portal.db import db
from portal.mentoring.models import PairProgramme
from portal.programmes.models import FrameLine, Programme, TeachingFrame


class Standard(NamedTuple):
    id: int
    frame: str
    code: str
    label: str
    hint: str

    @property
    def name(self) -> str:
        return f"{self.code} {self.label}"


_COLUMNS = (FrameLine.id, TeachingFrame.name, FrameLine.code, FrameLine.label, FrameLine.hint)


def lines_to_choose(pairing_id: int, day: date) -> list[Standard]:
    """The lines of the frames of the pair's programmes on a day; of all frames of the region where those have none.

    One query.
    """
    of_the_pair = (
        select(Programme.id)
        .join(PairProgramme, PairProgramme.programme_id == Programme.id)
        .where(
            PairProgramme.pairing_id == pairing_id,
            PairProgramme.since <= day,
            or_(PairProgramme.until.is_(None), PairProgramme.until >= day),
            Programme.frame_id == TeachingFrame.id,
        )
        .exists()
    )
    rows = db.session.execute(
        select(*_COLUMNS, of_the_pair)
        .join(TeachingFrame, TeachingFrame.id == FrameLine.frame_id)
        .where(TeachingFrame.in_use, FrameLine.in_use)
        .order_by(TeachingFrame.position, TeachingFrame.id, FrameLine.position, FrameLine.id)
    ).all()
    own = [row for row in rows if row[-1]]
    return [Standard(*row[:-1]) for row in own or rows]


def lines_of(cycle_id: int) -> list[Standard]:
    """The lines that a cycle works on, retired ones too (one query)."""
    rows = db.session.execute(
        select(*_COLUMNS)
        .join(TeachingFrame, TeachingFrame.id == FrameLine.frame_id)
        .join(CycleLine, CycleLine.line_id == FrameLine.id)
        .where(CycleLine.cycle_id == cycle_id)
        .order_by(TeachingFrame.position, TeachingFrame.id, FrameLine.position, FrameLine.id)
    )
    return [Standard(*row) for row in rows]
