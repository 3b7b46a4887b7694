"""What can be ticked beside a talk, and what was: activities, lines of frames, programmes. All of it is data of the region."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import and_, or_, select

from portal.db import Rows, db
from portal.mentoring.models import (
    ContactActivity,
    ContactStandard,
    MentoringContact,
    PairProgramme,
    PairTalkProgramme,
)
from portal.programmes.models import FrameLine, Programme, TeachingFrame
from portal.vocabulary.models import Word

# Of a talk that is not there yet: no id at all would let SQLite read every talk that has this tick.
NO_TALK = 0


@dataclass(frozen=True)
class Frame:
    """A frame of good teaching with the lines that can be ticked: (id, label); what each means, by its id."""

    name: str
    lines: Sequence[tuple[int, str]]
    hints: Mapping[int, str]


@dataclass
class ToTick:
    """What a talk offers to tick, and what is ticked already: of words their codes, of lines their ids."""

    activities: list[tuple[str, str]] = field(default_factory=list)
    focuses: list[tuple[str, str]] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    about: list[int] = field(default_factory=list)


def programmes_of(pairing_id: int, day: date, talk_id: int | None = None) -> list[tuple[Programme, bool]]:
    """The programmes that a pair is in on a day, each with whether that talk counts for it (one query)."""
    counted = and_(
        PairTalkProgramme.programme_id == Programme.id, PairTalkProgramme.pair_talk_id == (talk_id or NO_TALK)
    )
    rows = db.session.execute(
        select(Programme, PairTalkProgramme.pair_talk_id)
        .join(PairProgramme, PairProgramme.programme_id == Programme.id)
        .outerjoin(PairTalkProgramme, counted)
        .where(
            PairProgramme.pairing_id == pairing_id,
            PairProgramme.since <= day,
            or_(PairProgramme.until.is_(None), PairProgramme.until >= day),
        )
        .order_by(Programme.name, Programme.id)
    )
    return [(programme, talk is not None) for programme, talk in rows]


def to_tick(frame_ids: Collection[int], contact: MentoringContact | None = None) -> ToTick:
    """Words, and lines of the frames of the pair's programmes; where they name none, of any that is in use (two queries).

    What is ticked beside this talk is offered whatever became of it.
    """
    found = ToTick()
    for kind, code, label, is_ticked in db.session.execute(_words(contact)):
        (found.activities if kind == "mentoring_activity" else found.focuses).append((code, label))
        if is_ticked is not None:
            found.done.append(code)
    lines: dict[str, list[tuple[int, str]]] = {}
    hints: dict[int, str] = {}
    for name, line_id, code, label, hint, is_ticked in db.session.execute(_lines(frame_ids, contact)):
        lines.setdefault(name, []).append((line_id, f"{code} {label}" if code.isdecimal() else label))
        hints[line_id] = hint
        if is_ticked is not None:
            found.about.append(line_id)
    found.frames = [Frame(name, of_frame, hints) for name, of_frame in lines.items()]
    return found


def _words(contact: MentoringContact | None) -> Rows:
    here = and_(
        ContactActivity.code == Word.code,
        Word.kind == "mentoring_activity",
        ContactActivity.contact_id == (contact.id if contact else NO_TALK),
    )
    is_focus = and_(Word.kind == "focus", Word.code == (contact.focus if contact else None))
    return (
        select(Word.kind, Word.code, Word.label, ContactActivity.code)
        .outerjoin(ContactActivity, here)
        .where(Word.kind.in_(("mentoring_activity", "focus")))
        .where(or_(Word.in_use, ContactActivity.code.is_not(None), is_focus))
        .order_by(Word.kind, Word.position, Word.label)
    )


def _lines(frame_ids: Collection[int], contact: MentoringContact | None) -> Rows:
    here = and_(
        ContactStandard.line_id == FrameLine.id, ContactStandard.contact_id == (contact.id if contact else NO_TALK)
    )
    of_pair = and_(TeachingFrame.id.in_(frame_ids) if frame_ids else TeachingFrame.in_use, FrameLine.in_use)
    return (
        select(
            TeachingFrame.name, FrameLine.id, FrameLine.code, FrameLine.label, FrameLine.hint, ContactStandard.line_id
        )
        .join(FrameLine, FrameLine.frame_id == TeachingFrame.id)
        .outerjoin(ContactStandard, here)
        .where(or_(of_pair, ContactStandard.line_id.is_not(None)))
        .order_by(TeachingFrame.position, TeachingFrame.id, FrameLine.position, FrameLine.id)
    )


@dataclass
class Ticked:
    """What was ticked beside a talk, in words: retired words are still told."""

    activities: list[str] = field(default_factory=list)
    focus: str = ""
    standards: list[str] = field(default_factory=list)


def ticked(contact: MentoringContact) -> Ticked:
    """What was done, and what it was about (two queries)."""
    found = Ticked()
    done = select(ContactActivity.code).where(ContactActivity.contact_id == contact.id)
    is_done = and_(Word.kind == "mentoring_activity", Word.code.in_(done))
    is_focus = and_(Word.kind == "focus", Word.code == contact.focus)
    words = select(Word.kind, Word.label).where(or_(is_done, is_focus)).order_by(Word.position, Word.label)
    for kind, label in db.session.execute(words):
        if kind == "focus":
            found.focus = label
        else:
            found.activities.append(label)
    lines = (
        select(FrameLine.label)
        .join(ContactStandard, ContactStandard.line_id == FrameLine.id)
        .where(ContactStandard.contact_id == contact.id)
        .order_by(FrameLine.frame_id, FrameLine.position, FrameLine.id)
    )
    found.standards = list(db.session.execute(lines).scalars())
    return found


def programmes_counted(talk_id: int) -> list[tuple[int, str]]:
    """(id, name) of the programmes that a talk of a pair counts for (one query)."""
    rows = db.session.execute(
        select(Programme.id, Programme.name)
        .join(PairTalkProgramme, PairTalkProgramme.programme_id == Programme.id)
        .where(PairTalkProgramme.pair_talk_id == talk_id)
        .order_by(Programme.name)
    )
    return [(row.id, row.name) for row in rows]
