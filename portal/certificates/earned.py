"""What each person has earned of an event: plain rules over the ledger, without a database and without a clock.

An event's certificates are made when every session that was not called off is over and its sheet closed. One for what
she was there as (took part, observed, led, presented), and besides one for each kind of credit whose rules hold for
her (``events.credit_rules``). Only who took part earns credit: a critical friend watches, a leader is at work.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.certificates.queries_hours import EventHours
from portal.credit.models import Certificate, CreditType
from portal.events.credit_rules import Presence, standing, terms_of, why_not
from portal.events.models import Session
from portal.events.models_credit import EventCredit

Credit = tuple[EventCredit, CreditType]
# Person, "attendance" or "credit", what she was there as, kind of credit and its category.
Key = tuple[int, str, str, int | None, str]


@dataclass(frozen=True, slots=True)
class Earned:
    """One certificate that a person gets, or not (``why_not``, in words). Minutes are those of the ledger."""

    person_id: int
    kind: str
    capacity: str
    sessions: tuple[tuple[Session, Presence], ...]
    minutes: int
    credited: int
    most: int
    completed: bool | None = None
    credit: Credit | None = None
    why_not: tuple[str, ...] = ()

    @property
    def key(self) -> Key:
        if self.credit is None:
            return (self.person_id, self.kind, self.capacity, None, "")
        block, kind = self.credit
        return (self.person_id, self.kind, self.capacity, kind.id, block.category)

    @property
    def is_due(self) -> bool:
        return not self.why_not


def earned_by(
    person_id: int, hours: EventHours, credits: Sequence[Credit], evaluated: bool, share: int, time_zone: str
) -> list[Earned]:
    """What one person gets: attendance first, then each kind of credit. ``share`` is that of a completed series."""
    found = []
    for capacity, there in hours.of(person_id).items():
        found.append(_attendance(person_id, capacity, there, hours, share))
    took_part = hours.there.get((person_id, "participant"))
    if took_part:
        found += [_credit(person_id, one, took_part, hours, evaluated, time_zone) for one in credits]
    return found


def _attendance(person_id: int, capacity: str, there: dict[int, Presence], hours: EventHours, share: int) -> Earned:
    sessions = _in_order(there, hours)
    minutes = sum(presence.minutes or 0 for _session, presence in sessions)
    most = hours.minutes if capacity in ("participant", "observer") else sum(one.minutes for one, _there in sessions)
    completed = None
    if capacity == "participant" and len(hours.held) > 1:
        completed = minutes * 100 >= share * hours.minutes
    return Earned(person_id, "attendance", capacity, sessions, minutes, minutes, most, completed)


def _credit(
    person_id: int, credit: Credit, there: dict[int, Presence], hours: EventHours, evaluated: bool, time_zone: str
) -> Earned:
    terms = terms_of(*credit)
    stands = standing(terms, hours.held, there)
    reasons = why_not(terms, hours.held, there, evaluated, time_zone)
    sessions = _in_order(there, hours)
    minutes = sum(presence.minutes or 0 for _session, presence in sessions)
    return Earned(
        person_id, "credit", "participant", sessions, minutes, stands.credited, stands.most,
        credit=credit, why_not=tuple(reasons),
    )  # fmt: skip


def _in_order(there: dict[int, Presence], hours: EventHours) -> tuple[tuple[Session, Presence], ...]:
    return tuple((session, there[session.id]) for session in hours.held if session.id in there)


def key_of(one: Certificate) -> Key:
    """What a certificate is the answer to."""
    return (one.person_id, one.kind, one.capacity, one.credit_type_id, one.category if one.kind == "credit" else "")


def agrees(one: Certificate, earned: Earned | None) -> bool:
    """Whether a certificate still says what the ledger says, to the minute."""
    if earned is None or not earned.is_due:
        return False
    stated = [session["minutes"] for session in one.sessions]
    marked = [presence.minutes for _session, presence in earned.sessions]
    totals = (one.minutes, one.credited_minutes, one.most_minutes)
    return totals == (earned.minutes, earned.credited, earned.most) and stated == marked
