"""Saying that something is done, taking it back, ticking through a checklist. Who saved second loses nothing."""

from collections.abc import Collection
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal import history
from portal.db import db, operation
from portal.history import phrases
from portal.mentoring.models import Pairing
from portal.milestones.due import Asked
from portal.milestones.models import PairMilestone, PairMilestoneTick
from portal.milestones.queries_pairs import mark_of
from portal.milestones.words import asked_name
from portal.web import clock
from portal.web.errors import DomainError

phrases.declare(
    {
        "milestone.done": _l("%(actor)s said that “%(title)s” is done"),
        "milestone.open": _l("%(actor)s took back that “%(title)s” is done"),
    }
)


@operation
def say_done(pairing: Pairing, asked: Asked, on: date, today: date, by: int) -> PairMilestone:
    """It was done on a day. Where somebody said so before, the day that she named stands.

    Raises DomainError for a day to come, and for one outside the month or year that it is asked for.
    """
    if on > today:
        raise DomainError(_("That day is still to come."), "done_on")
    if not asked.begins <= on < asked.ends:
        raise DomainError(_("That day lies outside the time that this is asked for."), "done_on")
    mark = _mark(pairing, asked)
    if mark.done_on is None:
        mark.done_on, mark.done_by = on, by
        _tell(pairing, asked, by, "milestone.done")
    return mark


@operation
def take_back(pairing: Pairing, asked: Asked, by: int) -> None:
    """It is not done after all. What the two have ticked stays ticked."""
    mark = mark_of(pairing.id, asked.milestone.id, asked.period)
    if mark is not None and mark.done_on is not None:
        mark.done_on, mark.done_by = None, None
        _tell(pairing, asked, by, "milestone.open")


@operation
def tick(
    pairing: Pairing, asked: Asked, typed: Collection[int], seen: Collection[int], today: date, by: int
) -> PairMilestone:
    """Tick and untick lines: what changed against what stood on the page, so that two who tick at once both count.

    With its last line ticked it is done; with one unticked of a whole list it is open again. Lines that are none of it, or
    none any more, stay as they are. The history tells of these two alone: which lines are ticked, and when, is the two's.
    Raises DomainError where there is no list any more.
    """
    mark, live = _mark(pairing, asked), {line.id for line in asked.milestone.live_lines}
    if not live:
        raise DomainError(_("The list was taken away while you ticked. Say below that it is done."))
    there = {one.line_id: one for one in mark.ticks}
    added = (set(typed) - set(seen) - set(there)) & live
    gone = (set(seen) - set(typed)) & set(there) & live
    mark.ticks += [PairMilestoneTick(line_id=one, ticked_by=by, ticked_at=clock.now()) for one in sorted(added)]
    for line_id in gone:
        mark.ticks.remove(there[line_id])
    was_whole, is_whole = live <= set(there), live <= ((set(there) | added) - gone)
    if is_whole and mark.done_on is None:
        mark.done_on, mark.done_by = asked.day_for(today), by
        _tell(pairing, asked, by, "milestone.done")
    elif was_whole and not is_whole and mark.done_on is not None:
        mark.done_on, mark.done_by = None, None
        _tell(pairing, asked, by, "milestone.open")
    return mark


def _mark(pairing: Pairing, asked: Asked) -> PairMilestone:
    """Its row, made where nothing was said yet."""
    found = mark_of(pairing.id, asked.milestone.id, asked.period)
    if found is None:
        found = PairMilestone(pairing_id=pairing.id, milestone_id=asked.milestone.id, period=asked.period)
        db.session.add(found)
        db.session.flush()
    return found


def _tell(pairing: Pairing, asked: Asked, by: int, action: str) -> None:
    history.record(by, action, "pairing", pairing.id, pairing.network_id, title=asked_name(asked))
