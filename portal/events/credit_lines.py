"""The hours of an event as others read them: hidden until they are approved, so that nobody comes for what may not be."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from portal.credit.models import CreditType
from portal.credit.rounding import in_words
from portal.events.credit_rules import Timed, counting, most_of, terms_of, why_not_at_all
from portal.events.credit_words import approval, how_much
from portal.events.models import Event
from portal.events.models_credit import EventCredit
from portal.events.queries_credit import credits_of
from portal.web.languages import spoken


@dataclass(frozen=True, slots=True)
class CreditLine:
    """One line among the facts of an event. What is still open is for coordinators alone."""

    words: str
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Hours:
    """What an event gives, said in the language of whoever reads it: mails are written for many at once."""

    kind: CreditType
    minutes: int
    category: str

    def __str__(self) -> str:
        return in_words(self.kind, self.minutes, str(spoken()), self.category)


def credit_lines(event_id: int, sessions: Sequence[Timed], time_zone: str, with_open: bool = False) -> list[CreditLine]:
    """What the facts of an event say of its hours; with ``with_open`` also what is applied for (one query)."""
    if not counting(sessions):
        return []
    said = (_line(block, kind, sessions, time_zone) for block, kind in credits_of(event_id))
    return [line for line in said if line and (with_open or not line.is_open)]


def hours_given(event: Event, time_zone: str) -> list[Hours]:
    """What a mail about the event may promise: kinds approved in time, and those that need no approval.

    One query where it carries none, and its sessions where it does.
    """
    blocks = credits_of(event.id)
    sessions = event.sessions if blocks else []
    return [
        Hours(kind, most_of(terms_of(block, kind), sessions), block.category)
        for block, kind in blocks
        if why_not_at_all(terms_of(block, kind), sessions, time_zone) is None
    ]


def _line(block: EventCredit, kind: CreditType, sessions: Sequence[Timed], time_zone: str) -> CreditLine | None:
    much = how_much(block, kind, sessions)
    if why_not_at_all(terms_of(block, kind), sessions, time_zone) is None:
        return CreditLine(f"{much}, {approval(block)}" if kind.needs_approval else much)
    if block.state == "applied":
        return CreditLine(_("%(hours)s are applied for. Shown to members once approved.", hours=much), is_open=True)
    return None
