"""Before a milestone is due, and once more when it is late: one mail to each of those who see to it, about all that waits."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import NamedTuple

from portal.db import db, operation, writing
from portal.mentoring_mail.queries_readers import readers
from portal.milestones.due import State
from portal.milestones.letters import KIND, Told, write_what_is_due
from portal.milestones.models import PairMilestone
from portal.milestones.queries_due import marks_by_key, networks_that_ask
from portal.milestones.queries_pairs import PairStands, pairs_asked
from portal.web import clock

# Nobody is woken by it.
FROM, UNTIL = time(7, 0), time(19, 0)
BEFORE, AFTER = timedelta(days=7), timedelta(days=3)
# What is late for longer than this was told of, or came in with an old pair: the page says it.
AT_MOST = timedelta(days=21)


class Due(NamedTuple):
    pair: PairStands
    state: State
    mark: PairMilestone | None
    is_late: bool


def remind_of_milestones() -> int:
    """About once an hour, in the day. Returns how many mails."""
    written = 0
    for network_id, time_zone in networks_that_ask():
        local = clock.local(clock.now(), time_zone)
        if FROM <= local.time() < UNTIL and list(_due(network_id, local.date(), time_zone)):
            db.session.rollback()
            with writing():
                written += _remind(network_id, local.date(), time_zone)
    db.session.rollback()
    return written


@operation
def _remind(network_id: int, today: date, time_zone: str) -> int:
    """All of a network in one transaction with the mark that it was told of."""
    by_person: dict[int, list[Told]] = {}
    told = [(due, _note(due)) for due in list(_due(network_id, today, time_zone))]
    db.session.flush()
    for due, mark in told:
        for person_id in due.pair.who_sees_to(due.state.asked.milestone.who):
            by_person.setdefault(person_id, []).append(Told(mark.id, due.pair, due.state))
    people = readers(KIND, network_id, by_person)
    for person_id, reader in sorted(people.items()):
        write_what_is_due(reader, by_person[person_id])
    return len(people)


def _due(network_id: int, today: date, time_zone: str) -> Iterator[Due]:
    """What nobody was told of yet, and what is late and was not told again."""
    pairs = pairs_asked(network_id, today, time_zone)
    marks = marks_by_key([pair.id for pair in pairs], today)
    for pair in pairs:
        for state in (one for one in pair.states if not one.is_done):
            asked = state.asked
            mark = marks.get((pair.id, asked.milestone.id, asked.period))
            if today <= asked.due_on <= today + BEFORE:
                if mark is None or mark.told_at is None:
                    yield Due(pair, state, mark, False)
            elif asked.due_on + AFTER <= today <= asked.due_on + AT_MOST and (mark is None or not mark.reminded_at):
                yield Due(pair, state, mark, True)


def _note(due: Due) -> PairMilestone:
    """That it was told of; at first where nothing was said yet, there is no row."""
    asked, mark = due.state.asked, due.mark
    if mark is None:
        mark = PairMilestone(pairing_id=due.pair.id, milestone_id=asked.milestone.id, period=asked.period)
        db.session.add(mark)
    mark.told_at = mark.told_at or clock.now()
    if due.is_late:
        mark.reminded_at = clock.now()
    return mark
