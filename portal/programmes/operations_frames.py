"""The frames that a region begins with, and what an administrator changes of them. A line's code never changes."""

import json
from pathlib import Path

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from portal.db import db, operation
from portal.history import phrases, record
from portal.programmes.models import FrameLine, TeachingFrame
from portal.programmes.queries_frames import frame_with, line_of, lines_of, mark_of_line
from portal.web.errors import Conflict, DomainError
from portal.web.ordering import move

phrases.declare(
    {
        "frame.retired": _l("%(actor)s retired the frame “%(title)s”"),
        "frame.restored": _l("%(actor)s brought back the frame “%(title)s”"),
        "frame-line.added": _l("%(actor)s added the line “%(title)s”"),
        "frame-line.renamed": _l("%(actor)s renamed the line “%(old)s” to “%(title)s”"),
        "frame-line.changed": _l("%(actor)s changed what is said about the line “%(title)s”"),
        "frame-line.moved": _l("%(actor)s moved the line “%(title)s”"),
        "frame-line.retired": _l("%(actor)s retired the line “%(title)s”"),
        "frame-line.restored": _l("%(actor)s brought back the line “%(title)s”"),
    }
)
STARTING_FRAMES = Path(__file__).parent / "starting_frames.json"


@operation
def start_frames() -> int:
    """Give a region the frames to begin with; those it has, changed or retired, are left alone. Returns how many were added."""
    known = set(db.session.execute(select(TeachingFrame.code)).scalars())
    told = json.loads(STARTING_FRAMES.read_text(encoding="utf-8"))["frames"]
    fresh = [(place, one) for place, one in enumerate(told) if one["code"] not in known]
    for place, one in fresh:
        frame = TeachingFrame(code=one["code"], name=one["name"], source=one["source"], position=place)
        db.session.add(frame)
        db.session.flush()
        db.session.add_all(
            FrameLine(frame_id=frame.id, code=code, label=label, position=position)
            for position, (code, label) in enumerate(one["lines"])
        )
    return len(fresh)


@operation
def retire_frame(frame_id: int, retired: bool, by: int) -> TeachingFrame:
    """No longer offered, or offered again; what refers to its lines keeps them."""
    frame = frame_with(frame_id)
    if frame.in_use == retired:
        frame.in_use = not retired
        record(by, "frame.retired" if retired else "frame.restored", "frame", frame.id, title=frame.name)
    return frame


@operation
def add_line(frame_id: int, code: str, label: str, hint: str, by: int) -> FrameLine:
    """A line at the end of a frame. Raises DomainError where the frame has one of that code already."""
    frame = frame_with(frame_id)
    taken = select(FrameLine.id).where(FrameLine.frame_id == frame.id, FrameLine.code == code)
    if db.session.execute(taken).first():
        raise DomainError(_("“%(code)s” is there already. Choose another code.", code=code), "code")
    last = db.session.execute(select(func.max(FrameLine.position)).where(FrameLine.frame_id == frame.id)).scalar()
    line = FrameLine(frame_id=frame.id, code=code, label=label, hint=hint, position=0 if last is None else last + 1)
    db.session.add(line)
    db.session.flush()
    record(by, "frame-line.added", "frame", frame.id, title=label)
    return line


@operation
def change_line(frame_id: int, line_id: int, label: str, hint: str, by: int, seen: str) -> FrameLine:
    """Other words for a line. Its code stays, and what was ticked hangs on the line: it reads the new words from now on.

    ``seen`` is its mark when the form was drawn (``mark_of_line``). Raises Conflict with what stands there now.
    """
    line = line_of(frame_id, line_id)
    typed, old = {"label": label, "hint": hint}, line.label
    there = {"label": line.label, "hint": line.hint}
    differing = {name: text for name, text in there.items() if text != typed[name]}
    if not differing:
        return line
    if seen != mark_of_line(line):
        raise Conflict(differing)
    line.label, line.hint = label, hint
    if label == old:
        record(by, "frame-line.changed", "frame", frame_id, title=label)
    else:
        record(by, "frame-line.renamed", "frame", frame_id, title=label, old=old)
    return line


@operation
def move_line(frame_id: int, line_id: int, step: int, by: int) -> FrameLine:
    """One place up (-1) or down (1) in its frame, wherever the frame is shown; at the end it stays where it is."""
    line = line_of(frame_id, line_id)
    if move(lines_of([frame_id], retired=True)[frame_id], line, step):
        record(by, "frame-line.moved", "frame", frame_id, title=line.label)
    return line


@operation
def retire_line(frame_id: int, line_id: int, retired: bool, by: int) -> FrameLine:
    """No longer offered, or offered again; talks and steps that tick it keep it."""
    line = line_of(frame_id, line_id)
    if line.in_use == retired:
        line.in_use = not retired
        record(by, "frame-line.retired" if retired else "frame-line.restored", "frame", frame_id, title=line.label)
    return line
