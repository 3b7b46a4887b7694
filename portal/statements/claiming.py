"""What a mentor may claim of what she worked: whole steps, rounded down, at most so much for each mentee and in all.

A cap is a year's. So a month is what the year comes to with it, less what it came to without it: twelve months of a
payroll add up to the statement of the year, and what rounding left over in one month comes in a later one.
Source: practice.md 6.2 (Washington: 10 clock hours for each teacher mentored, 30 at most).
"""

from collections.abc import Iterable
from datetime import date, timedelta

from portal.programmes.models import Programme, year_of
from portal.programmes.rules import claim_of, units_of
from portal.statements.counted import Sitting, minutes_by_mentee, minutes_once

A_DAY = timedelta(days=1)


def since_when(programme: Programme | None, first: date) -> date:
    """From which day on talks are wanted to know what may be claimed from ``first``: the beginning of that year."""
    return year_of(programme, first)[0] if programme else first


def claimable(programme: Programme, sittings: Iterable[Sitting], first: date, last: date) -> int:
    """Minutes, for one mentor, of what counts from a day to a day, both included.

    ``sittings`` hold all that counts for her since the beginning of the year in which ``first`` lies.
    """
    known, total = list(sittings), 0
    begins = first
    while begins <= last:
        opens, after = year_of(programme, begins)
        ends = min(last, after - A_DAY)
        total += _so_far(programme, known, opens, ends) - _so_far(programme, known, opens, begins - A_DAY)
        begins = after
    return total


def has_caps(programme: Programme) -> bool:
    return programme.most_units_a_mentee is not None or programme.most_units_a_year is not None


def _so_far(programme: Programme, sittings: list[Sitting], first: date, last: date) -> int:
    """Of one year until a day. A group is claimed once, however many mentees' caps it would fill."""
    within = [one for one in sittings if first <= one.day <= last]
    worked = units_of(programme, minutes_once(within)).minutes
    if not has_caps(programme):
        return worked
    return min(claim_of(programme, minutes_by_mentee(within)).minutes, worked)
