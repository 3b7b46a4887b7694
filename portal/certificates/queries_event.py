"""The certificates of one event: who gets what, who has it, and what no longer agrees with the sheet."""

from collections.abc import Iterator
from dataclasses import dataclass

from portal.certificates.earned import Credit, Earned, Key, agrees, earned_by, key_of
from portal.certificates.queries_hours import Attender, EventHours, hours_of_event, open_sheets
from portal.credit.models import Certificate
from portal.credit.queries_certificates import certificates_about
from portal.events.models import Event, Session
from portal.events.queries_credit import credits_of
from portal.surveys.queries import who_answered

EVENT = "event"
EVALUATION = "evaluation"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that a person gets or not, and the certificate that she has for it."""

    earned: Earned | None
    certificate: Certificate | None
    # There is a newer one for the same: two records of one person became one, and each had its own.
    is_twin: bool = False

    @property
    def is_missing(self) -> bool:
        return self.certificate is None and self.earned is not None and self.earned.is_due

    @property
    def agrees(self) -> bool:
        return self.certificate is None or agrees(self.certificate, self.earned)


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person of the page: her minutes in all, and a line for each thing."""

    who: Attender
    minutes: int
    lines: list[Line]
    void: list[Certificate]

    @property
    def disagrees(self) -> bool:
        return any(not line.agrees for line in self.lines)


@dataclass(frozen=True, slots=True)
class EventCertificates:
    """All of it. ``waits_for`` are the sessions that are ahead or whose sheets are open: nothing is made before."""

    event: Event
    hours: EventHours
    credits: list[Credit]
    people: list[PersonLine]
    waits_for: list[Session]

    @property
    def missing(self) -> list[Earned]:
        """What is due and not made yet."""
        return [line.earned for line in self._lines() if line.is_missing and line.earned]

    @property
    def is_ready(self) -> bool:
        return not self.waits_for and bool(self.hours.held)

    @property
    def disagreeing(self) -> int:
        return sum(not line.agrees for line in self._lines())

    @property
    def valid(self) -> int:
        return sum(line.certificate is not None for line in self._lines())

    def _lines(self) -> Iterator[Line]:
        return (line for person in self.people for line in person.lines)


def certificates_due(event: Event, time_zone: str, person_id: int | None = None) -> EventCertificates:
    """Who gets what of an event, by name, or one person alone (four queries)."""
    hours = hours_of_event(event, person_id)
    credits = credits_of(event.id)
    answered = who_answered(EVENT, event.id, EVALUATION)
    held, void, twins = _made(event.id, person_id)
    people = []
    for who in _everybody(hours, held):
        earned = earned_by(who.person_id, hours, credits, who.person_id in answered, event.completed_share, time_zone)
        minutes = sum(p.minutes or 0 for there in hours.of(who.person_id).values() for p in there.values())
        lines = _lines(who.person_id, earned, held)
        lines += [Line(None, one, is_twin=True) for one in twins.get(who.person_id, [])]
        people.append(PersonLine(who, minutes, lines, void.get(who.person_id, [])))
    return EventCertificates(event, hours, credits, people, open_sheets(event))


def _made(
    event_id: int, person_id: int | None
) -> tuple[dict[Key, Certificate], dict[int, list[Certificate]], dict[int, list[Certificate]]]:
    """The newest that counts of each thing; by person those that are void, and those that count beside a newer one."""
    held: dict[Key, Certificate] = {}
    void: dict[int, list[Certificate]] = {}
    twins: dict[int, list[Certificate]] = {}
    for one in certificates_about(EVENT, event_id, person_id):
        if one.voided_at:
            void.setdefault(one.person_id, []).append(one)
        elif one.name:
            older = held.get(key_of(one))
            if older:
                twins.setdefault(one.person_id, []).append(older)
            held[key_of(one)] = one
    return held, void, twins


def _everybody(hours: EventHours, held: dict[Key, Certificate]) -> list[Attender]:
    """Those with minutes, and those who hold a certificate though the sheet says by now that they were not there."""
    gone = {
        one.person_id: Attender(one.person_id, one.name, one.name, None)
        for one in held.values()
        if one.person_id not in hours.people
    }
    return [*hours.people.values(), *gone.values()]


def _lines(person_id: int, earned: list[Earned], held: dict[Key, Certificate]) -> list[Line]:
    lines = [Line(one, held.get(one.key)) for one in earned]
    known = {one.key for one in earned}
    return lines + [Line(None, one) for key, one in held.items() if key[0] == person_id and key not in known]
