"""The calendar of one kit, on its page: this term and the next, what keeps it and which days are free to ask for."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from portal.kit.beside import Part, beside
from portal.kit.models import Kit
from portal.kit.policy import Member
from portal.lending.calendar_grid import GIVES_WAY, Taken, free_windows
from portal.lending.calendar_links import ask_url, loan_url
from portal.lending.calendar_weeks import Term, term_and_next
from portal.lending.queries_calendar import Box, box_of, taken_of
from portal.lending.windows import FRIDAY
from portal.networks.queries import terms_of
from portal.networks.scope import here
from portal.web import clock

# Less than a school week with its days for turning round is no window that anybody would ask for.
LEAST = 2
WITHOUT_TERMS = timedelta(days=120)


@dataclass(frozen=True, slots=True)
class Line:
    """Some days: taken, or free with the address that asks for them."""

    starts_on: date
    ends_on: date
    taken: Taken | None = None
    ask: str = ""


@beside
def calendar_beside(kit: Kit, member: Member) -> Part | None:
    """Two queries, but for the terms, which the page has read already. Nothing for a draft and for what is given away."""
    if not kit.listed_at or kit.retired_at or kit.way == "given":
        return None
    zone = here().network.time_zone
    today, box = clock.today(zone), box_of(kit)
    terms = term_and_next(terms_of(member.network_id), today)
    first = min((term.starts_on for term in terms), default=today)
    last = max((term.ends_on for term in terms), default=today + WITHOUT_TERMS)
    taken = taken_of([box], max(first, today), last, today, zone, here().membership)[box.id]
    spans = [(term.name, *_span(term, today)) for term in terms] or [("", today, last)]
    lines = [(name, list(_lines(box, taken, start, end, today))) for name, start, end in spans]
    return Part(
        "lending/_kit_calendar.html",
        top="lending/_kit_top.html",
        now=next((one for one in taken if one.starts_on <= today <= one.ends_on and one.kind != GIVES_WAY), None),
        next_free=next(
            (_from_a_school_day(box, line) for _name, term in lines for line in term if not line.taken), None
        ),
        today=today,
        terms=lines,
        loan_url=loan_url,
    )


def _from_a_school_day(box: Box, free: Line) -> Line:
    """Nobody fetches a box on a Saturday: from the Monday after it, where that is still free."""
    monday = free.starts_on + timedelta(days=-free.starts_on.weekday() % 7)
    if free.starts_on.weekday() <= FRIDAY or monday > free.ends_on:
        return free
    return Line(monday, free.ends_on, ask=ask_url(box, monday, free.ends_on))


def _span(term: Term, today: date) -> tuple[date, date]:
    return max(term.starts_on, today), term.ends_on


def _lines(box: Box, taken: list[Taken], first: date, last: date, today: date) -> Iterator[Line]:
    """What keeps the box on days of the term, and what is free of it, in their order."""
    earliest = max(first, today + timedelta(days=box.notice_days))
    inside = [Line(one.starts_on, one.ends_on, one) for one in taken if one.starts_on <= last and one.ends_on >= first]
    windows = free_windows(earliest, last, taken, box.turn_round_days, LEAST) if earliest <= last else []
    free = [Line(start, end, ask=ask_url(box, start, end)) for start, end in windows]
    yield from sorted(inside + free, key=lambda line: (line.starts_on, line.ends_on))
