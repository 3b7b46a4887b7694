"""The record of a meeting, worked out from its lines: who was invited, booked and came, from where, led by whom.

Its fields are those that coordinators are made to fill in by hand (practice.md 2.3, M1).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.event_file.queries import SignIn
from portal.event_file.queries_facts import Facts
from portal.events.models import Event, Session


@dataclass(frozen=True, slots=True)
class Meeting:
    """The figures of the event's file. People are counted once, places once a session; observers stand apart.

    ``places`` and ``missed`` are of sessions whose sheet is closed: before, nobody is missing yet.
    """

    invited: int
    booked: int
    attended: int
    observers: int
    walk_ins: int
    first_timers: int
    places: int
    missed: int
    person_minutes: int
    schools: tuple[str, ...]
    leaders: tuple[tuple[str, str], ...]

    @property
    def no_show(self) -> int | None:
        """Missed of booked places in whole percent; None where no sheet is closed."""
        return round(100 * self.missed / self.places) if self.places else None


def meeting_of(event: Event, lines: Sequence[SignIn], facts: Facts) -> Meeting:
    """The record of an event. Attended is marked with more than no minutes; booked is not attended."""
    closed = {one.id for one in held_or_over(event) if one.attendance_closed_at}
    came = [line for line in lines if line.was_there and not line.is_observer]
    booked = [line for line in lines if line.kind and line.kind != "observer"]
    settled = [line for line in booked if line.session_id in closed]
    return Meeting(
        invited=facts.invited,
        booked=_people(booked),
        attended=_people(came),
        observers=_people([line for line in lines if line.was_there and line.is_observer]),
        # Whoever leads is expected without a booking.
        walk_ins=len({line.person_id for line in came} - {line.person_id for line in lines if line.kind or line.leads}),
        first_timers=facts.first_timers,
        places=len(settled),
        missed=sum(not line.was_there for line in settled),
        person_minutes=sum(line.minutes or 0 for line in came),
        schools=tuple(sorted({line.school for line in came if line.school}, key=str.casefold)),
        leaders=tuple(dict.fromkeys((line.name, line.school) for line in lines if line.leads)),
    )


def held_or_over(event: Event) -> list[Session]:
    """The sessions that were not called off, in order."""
    return sorted((one for one in event.sessions if not one.cancelled_at), key=lambda one: (one.starts_at, one.id))


def _people(lines: Sequence[SignIn]) -> int:
    return len({line.person_id for line in lines})
