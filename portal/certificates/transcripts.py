"""A transcript: what a person was at, what credit it gave her, and what she brought from elsewhere, line by line.

Minutes are those of the ledger and stand once: a line that gives credit repeats them only where the event gives a
second kind, and then they are left out of the sum. Observed hours, hours without credit and hours from elsewhere are
added up apart. Source of the lines: practice.md, R5 (clock-hour ledger).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from portal.credit.models import Certificate
from portal.credit.queries_outside import Elsewhere

CREDIT, THERE, OBSERVED, OUTSIDE = "credit", "there", "observed", "elsewhere"


@dataclass(frozen=True, slots=True)
class Stay:
    """What the ledger has of one person in one event of the period, as one thing (took part, observed, led)."""

    event_id: int
    title: str
    network: str
    capacity: str
    first: date
    last: date
    sessions: int
    minutes: int


@dataclass(frozen=True, slots=True)
class TranscriptLine:
    """One line. ``minutes`` are those of the ledger, ``credited`` those of the credit; either may be 0."""

    part: str
    title: str
    first: date
    last: date
    minutes: int
    credited: int = 0
    sessions: int = 0
    capacity: str = "participant"
    network: str = ""
    provider: str = ""
    in_service_number: str = ""
    credit: str = ""
    category: str = ""
    unit: dict[str, Any] = field(default_factory=dict)
    certificate_id: int | None = None
    number: str = ""
    outside: Elsewhere | None = None
    # The day on which credit of a series counts that goes on beyond the period.
    counts_later: date | None = None


@dataclass(frozen=True, slots=True)
class CreditTotal:
    """Credit of one kind and category: from the networks' certificates, and what she says she has from elsewhere."""

    credit: str
    category: str
    unit: dict[str, Any]
    minutes: int
    elsewhere: int


@dataclass(frozen=True, slots=True)
class Transcript:
    lines: list[TranscriptLine]

    @property
    def totals(self) -> list[CreditTotal]:
        """By kind of credit and category, in the order of their names."""
        found: dict[tuple[str, str], list[TranscriptLine]] = {}
        for line in self.lines:
            if line.credit:
                found.setdefault((line.credit, line.category), []).append(line)
        return [_total(credit, category, lines) for (credit, category), lines in sorted(found.items())]

    @property
    def there(self) -> int:
        """All minutes of the ledger, observing apart."""
        return self._minutes(CREDIT, THERE)

    @property
    def without_credit(self) -> int:
        return self._minutes(THERE)

    @property
    def observed(self) -> int:
        return self._minutes(OBSERVED)

    @property
    def elsewhere(self) -> int:
        return sum(line.outside.minutes for line in self.lines if line.outside)

    @property
    def sessions(self) -> int:
        """How many sessions the ledger has, observed ones among them."""
        return sum(line.sessions for line in self.lines)

    def _minutes(self, *parts: str) -> int:
        return sum(line.minutes for line in self.lines if line.part in parts)


def transcript(
    stays: Iterable[Stay], certificates: Sequence[Certificate], elsewhere: Iterable[Elsewhere], last: date
) -> Transcript:
    """The lines, newest first. ``certificates`` are hers that count; ``last`` is the last day of the period."""
    lines: list[TranscriptLine] = []
    told: set[int] = set()
    for stay in stays:
        about = [one for one in certificates if (one.subject_id, one.capacity) == (stay.event_id, stay.capacity)]
        told.update(one.id for one in about)
        lines += _lines_of(stay, about, last)
    # A certificate of hers that the ledger no longer bears out: it counts until somebody voids it.
    lines += [_of_credit(one, None) for one in certificates if one.kind == "credit" and one.id not in told]
    lines += [_of_elsewhere(one) for one in elsewhere]
    return Transcript(sorted(lines, key=lambda line: (line.last, line.title), reverse=True))


def _lines_of(stay: Stay, about: list[Certificate], last: date) -> list[TranscriptLine]:
    credits = [one for one in about if one.kind == "credit" and one.ended_on <= last]
    if credits:
        return [_of_credit(one, stay if place == 0 else None) for place, one in enumerate(credits)]
    later = next((one.ended_on for one in about if one.kind == "credit"), None)
    paper = next((one for one in about if one.kind == "attendance"), None)
    return [
        TranscriptLine(
            OBSERVED if stay.capacity == "observer" else THERE,
            stay.title, stay.first, stay.last, stay.minutes,
            sessions=stay.sessions, capacity=stay.capacity, network=stay.network, provider=stay.network,
            certificate_id=paper.id if paper else None, number=paper.number if paper else "", counts_later=later,
        )
    ]  # fmt: skip


def _of_credit(one: Certificate, stay: Stay | None) -> TranscriptLine:
    printed = one.printed
    return TranscriptLine(
        CREDIT, one.title, stay.first if stay else one.started_on, stay.last if stay else one.ended_on,
        stay.minutes if stay else 0,
        credited=one.credited_minutes, sessions=stay.sessions if stay else 0, network=printed["network"],
        provider=printed["provider"], in_service_number=printed.get("in_service_number", ""),
        credit=printed["credit"], category=one.category,
        unit={key: printed[key] for key in ("unit", "units", "minutes_a_unit")},
        certificate_id=one.id, number=one.number,
    )  # fmt: skip


def _of_elsewhere(one: Elsewhere) -> TranscriptLine:
    return TranscriptLine(
        OUTSIDE, one.title, one.started_on, one.ended_on, 0,
        credited=one.minutes if one.credit else 0, provider=one.provider, credit=one.credit, category=one.category,
        unit={"unit": one.unit, "units": one.units, "minutes_a_unit": one.minutes_a_unit} if one.credit else {},
        number=one.reference, outside=one,
    )  # fmt: skip


def _total(credit: str, category: str, lines: list[TranscriptLine]) -> CreditTotal:
    ours = sum(line.credited for line in lines if line.part == CREDIT)
    hers = sum(line.credited for line in lines if line.part == OUTSIDE)
    return CreditTotal(credit, category, lines[0].unit, ours, hers)
