"""Writing down what a programme asks of its pairs. What pairs have done of it stays theirs, whatever is changed here."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import update

from portal import history
from portal.db import db, operation
from portal.history import phrases
from portal.milestones.models import Milestone, MilestoneLine, PairMilestone
from portal.milestones.queries import CHANGED, milestones_of, values_of, version_of
from portal.milestones.usual import USUAL
from portal.milestones.words import shown
from portal.programmes.models import Programme
from portal.vocabulary.queries import fold
from portal.web import clock
from portal.web.errors import Conflict, DomainError
from portal.web.ordering import move

MOST = 40
# For so long "ask for it again" is taking a mistake back.
UNDO = timedelta(days=1)
phrases.declare(
    {
        "milestone.added": _l("%(actor)s added the milestone “%(name)s” to “%(title)s”"),
        "milestone.usual": _l("%(actor)s took the usual milestones into “%(title)s”"),
        "milestone.changed": _l("%(actor)s changed the milestone “%(name)s” of “%(title)s”"),
        "milestone.moved": _l("%(actor)s put the milestones of “%(title)s” in another order"),
        "milestone.retired": _l("%(actor)s took the milestone “%(name)s” out of “%(title)s”"),
        "milestone.restored": _l("%(actor)s put the milestone “%(name)s” back into “%(title)s”"),
    }
)


@operation
def add_milestone(programme: Programme, values: Mapping[str, Any], by: int) -> Milestone:
    """The last of its programme. Raises DomainError where one of that name is there, or there are too many."""
    there = milestones_of(programme.id)
    _refuse_twice(there, values["name"], None)
    _refuse_too_many(there, 1)
    made = _add(programme, values, by, len(there))
    _tell(programme, by, "milestone.added", name=made.name)
    return made


@operation
def take_usual(programme: Programme, by: int) -> int:
    """What induction offices usually ask for, to be changed. Returns how many; those whose names are there stay as they are."""
    there = milestones_of(programme.id)
    known = {fold(one.name) for one in there}
    wanted = [one for one in USUAL if fold(str(one["name"])) not in known]
    _refuse_too_many(there, len(wanted))
    for number, one in enumerate(wanted):
        _add(programme, {key: _plain(value) for key, value in one.items()}, by, len(there) + number)
    if wanted:
        _tell(programme, by, "milestone.usual")
    return len(wanted)


@operation
def change_milestone(
    milestone: Milestone, programme: Programme, version: str, values: Mapping[str, Any], by: int
) -> Milestone:
    """Change what is asked; marks of pairs stay. Nobody is late because of the change.

    Raises Conflict when somebody saved meanwhile, DomainError for a second name.
    """
    if version_of(milestone) != version:
        raise Conflict({key: shown(key, value) for key, value in values_of(milestone).items()})
    _refuse_twice(milestones_of(programme.id), values["name"], milestone)
    if values_of(milestone) != {key: values[key] for key in (*CHANGED, "checklist")}:
        if _comes_sooner(milestone, values):
            _ask_anew(milestone)
        for key in CHANGED:
            setattr(milestone, key, values[key])
        _write_lines(milestone, values["checklist"])
        _tell(programme, by, "milestone.changed", name=milestone.name)
    return milestone


@operation
def retire_milestone(milestone: Milestone, programme: Programme, retired: bool, by: int) -> None:
    """No pair is asked for it any more, or pairs are again, as if it were new where that is no undo. Twice is once.

    Raises DomainError for a name that is taken now, and where there are too many.
    """
    if (milestone.retired_at is not None) == retired:
        return
    if not retired:
        there = milestones_of(programme.id)
        _refuse_twice(there, milestone.name, milestone)
        _refuse_too_many(there, 1)
        if milestone.retired_at and milestone.retired_at < clock.now() - UNDO:
            _ask_anew(milestone)
    milestone.retired_at = clock.now() if retired else None
    _tell(programme, by, "milestone.retired" if retired else "milestone.restored", name=milestone.name)


@operation
def move_milestone(milestone: Milestone, programme: Programme, step: int, by: int) -> None:
    """A place up (-1) or down (1) among those that are asked for."""
    line = [one for one in milestones_of(programme.id) if one.retired_at is None]
    if milestone in line and move(line, milestone, step):
        _tell(programme, by, "milestone.moved")


def _add(programme: Programme, values: Mapping[str, Any], by: int, position: int) -> Milestone:
    made = Milestone(
        **{key: values[key] for key in CHANGED},
        programme_id=programme.id, position=position, made_at=clock.now(), made_by=by,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    _write_lines(made, values["checklist"])
    return made


def _write_lines(milestone: Milestone, lines: str) -> None:
    """A line with the same words is the same line, and keeps its ticks; one that is gone stays where it was ticked."""
    wanted = lines.split("\n") if lines else []
    known = {line.words: line for line in milestone.lines}
    for words, line in known.items():
        if words not in wanted:
            line.retired_at = line.retired_at or clock.now()
    for position, words in enumerate(wanted):
        if words not in known:
            known[words] = MilestoneLine(milestone_id=milestone.id, words=words)
            milestone.lines.append(known[words])
        known[words].position, known[words].retired_at = position, None
    milestone.lines.sort(key=lambda line: line.position)


def _ask_anew(milestone: Milestone) -> None:
    """Days count from today, and whoever has not done it is told of it again."""
    milestone.made_at = clock.now()
    waiting = PairMilestone.milestone_id == milestone.id, PairMilestone.done_on.is_(None)
    db.session.execute(update(PairMilestone).where(*waiting).values(told_at=None, reminded_at=None))


def _comes_sooner(milestone: Milestone, values: Mapping[str, Any]) -> bool:
    """Another kind of day, or fewer days: who was in time before would be late at once."""
    fewer = (values["within_days"] or 0) < (milestone.within_days or 0)
    return bool(values["due"] != milestone.due or fewer)


def _refuse_too_many(there: Sequence[Milestone], more: int) -> None:
    if sum(1 for one in there if one.retired_at is None) + more > MOST:
        raise DomainError(_("%(number)s milestones are the most. Take one out first.", number=MOST))


def _refuse_twice(there: Sequence[Milestone], name: str, but: Milestone | None) -> None:
    live = [one for one in there if one is not but and one.retired_at is None]
    if any(fold(one.name) == fold(name) for one in live):
        raise DomainError(_("“%(name)s” is there already.", name=name), "name")


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, int) else str(value)


def _tell(programme: Programme, by: int, action: str, **details: Any) -> None:
    history.record(by, action, "programme", programme.id, programme.network_id, title=programme.name, **details)
