"""What can be ticked beside a talk, and what was: activities, lines of frames, programmes. All of it is data of the region."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, or_, select

from portal.db import db
from portal.mentoring.models import MentoringContact, PairProgramme, PairTalkProgramme
from portal.programmes.models import FrameLine, Programme, TeachingFrame
from portal.vocabulary.models import Word

TICKED_WORDS = ("mentoring_activity", "focus")


@dataclass(frozen=True)
class Frame:
    """A frame of good teaching with the lines that can be ticked: (id, label)."""

    name: str
    lines: Sequence[tuple[int, str]]


def programmes_of(pairing_id: int, day: date) -> list[Programme]:
    """The programmes that a pair is in on a day (one query)."""
    return list(
        db.session.execute(
            select(Programme)
            .join(PairProgramme, PairProgramme.programme_id == Programme.id)
            .where(
                PairProgramme.pairing_id == pairing_id,
                PairProgramme.since <= day,
                or_(PairProgramme.until.is_(None), PairProgramme.until >= day),
            )
            .order_by(Programme.name, Programme.id)
        ).scalars()
    )


def words_to_tick(there: Collection[str] = ()) -> dict[str, list[tuple[str, str]]]:
    """(code, label) of the words offered beside a talk, by kind; those that are ``there`` though retired too (one query)."""
    offered = or_(Word.in_use, Word.code.in_(there)) if there else Word.in_use
    rows = db.session.execute(
        select(Word.kind, Word.code, Word.label)
        .where(Word.kind.in_(TICKED_WORDS), offered)
        .order_by(Word.kind, Word.position, Word.label)
    )
    found: dict[str, list[tuple[str, str]]] = {kind: [] for kind in TICKED_WORDS}
    for kind, code, label in rows:
        found[kind].append((code, label))
    return found


def frames_to_tick(frame_ids: Collection[int], there: Collection[int] = ()) -> list[Frame]:
    """The frames of the pair's programmes; where they name none, any that is in use (one query).

    ``there`` are lines that were ticked before, which are offered whatever became of them.
    """
    of_pair = and_(TeachingFrame.id.in_(frame_ids) if frame_ids else TeachingFrame.in_use, FrameLine.in_use)
    which = or_(of_pair, FrameLine.id.in_(there)) if there else of_pair
    rows = db.session.execute(
        select(TeachingFrame.name, FrameLine.id, FrameLine.code, FrameLine.label)
        .join(FrameLine, FrameLine.frame_id == TeachingFrame.id)
        .where(which)
        .order_by(TeachingFrame.position, TeachingFrame.id, FrameLine.position, FrameLine.id)
    )
    lines: dict[str, list[tuple[int, str]]] = {}
    for name, line_id, code, label in rows:
        lines.setdefault(name, []).append((line_id, f"{code} {label}" if code.isdecimal() else label))
    return [Frame(name, found) for name, found in lines.items()]


def ticked(contact: MentoringContact) -> tuple[list[str], list[str]]:
    """What was ticked beside a talk, in words: activities, and lines of frames. Retired words are still told."""
    codes = [one.code for one in contact.activities]
    kinds = Word.kind == "mentoring_activity"
    words = select(Word.label).where(kinds, Word.code.in_(codes)).order_by(Word.position, Word.label)
    ids = [one.line_id for one in contact.standards]
    lines = select(FrameLine.label).where(FrameLine.id.in_(ids)).order_by(FrameLine.frame_id, FrameLine.position)
    return (
        list(db.session.execute(words).scalars()) if codes else [],
        list(db.session.execute(lines).scalars()) if ids else [],
    )


def programmes_counted(talk_id: int) -> list[tuple[int, str]]:
    """(id, name) of the programmes that a talk of a pair counts for (one query)."""
    rows = db.session.execute(
        select(Programme.id, Programme.name)
        .join(PairTalkProgramme, PairTalkProgramme.programme_id == Programme.id)
        .where(PairTalkProgramme.pair_talk_id == talk_id)
        .order_by(Programme.name)
    )
    return [(row.id, row.name) for row in rows]
