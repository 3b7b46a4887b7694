"""All that an event's file holds, gathered once for its pages, its PDF and its zip, so that they can't disagree."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from portal.certificates.queries_event import EventCertificates, certificates_due
from portal.event_file.complete import Complete, complete
from portal.event_file.granted import Granted, granted_by
from portal.event_file.meeting import Meeting, meeting_of
from portal.event_file.queries import SignIn, sign_in
from portal.event_file.queries_facts import Facts, facts_of
from portal.events.models import Event


@dataclass(frozen=True)
class EventFile:
    """The parts of a file. What each person earned is worked out by the rooms that make the certificates."""

    event: Event
    due: EventCertificates
    lines: Sequence[SignIn]
    facts: Facts
    meeting: Meeting
    complete: Complete

    @cached_property
    def granted(self) -> list[Granted]:
        """Hours granted each, a line for each person and each thing that she gets or does not get."""
        return granted_by(self.due, self.lines)

    @property
    def people(self) -> int:
        """How many people it names."""
        return len({line.person_id for line in self.lines})


def file_of(event: Event, time_zone: str) -> EventFile:
    """The whole of it (six queries)."""
    due, lines, facts = certificates_due(event, time_zone), sign_in(event.id), facts_of(event)
    meeting = meeting_of(event, lines, facts)
    return EventFile(event, due, lines, facts, meeting, complete(event, due, lines, facts, meeting, time_zone))
