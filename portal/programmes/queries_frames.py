"""Questions about the frames of good teaching that the region shares."""

import hashlib
from collections.abc import Sequence

from sqlalchemy import select

from portal.db import db
from portal.programmes.models import FrameLine, TeachingFrame
from portal.web.errors import NotHere


def frames(retired: bool = False) -> list[TeachingFrame]:
    """The frames in their order; with ``retired`` those too that are no longer offered (one query)."""
    query = select(TeachingFrame).order_by(TeachingFrame.position, TeachingFrame.id)
    return list(db.session.execute(query if retired else query.where(TeachingFrame.in_use)).scalars())


def lines_of(frame_ids: Sequence[int], retired: bool = False) -> dict[int, list[FrameLine]]:
    """The lines of frames by the id of the frame, in their order (one query)."""
    query = select(FrameLine).where(FrameLine.frame_id.in_(frame_ids)).order_by(FrameLine.position, FrameLine.id)
    found: dict[int, list[FrameLine]] = {frame_id: [] for frame_id in frame_ids}
    for line in db.session.execute(query if retired else query.where(FrameLine.in_use)).scalars():
        found[line.frame_id].append(line)
    return found


def frame_with(frame_id: int) -> TeachingFrame:
    """Raises NotHere."""
    frame = db.session.get(TeachingFrame, frame_id)
    if frame is None:
        raise NotHere
    return frame


def mark_of_line(line: FrameLine) -> str:
    """What a form carries to tell whether the words of a line were changed meanwhile."""
    return hashlib.sha256(f"{line.label}\n{line.hint}".encode()).hexdigest()[:16]


def line_of(frame_id: int, line_id: int) -> FrameLine:
    """A line of that frame. Raises NotHere."""
    line = db.session.get(FrameLine, line_id)
    if line is None or line.frame_id != frame_id:
        raise NotHere
    return line
