"""What a borrower asks for and what is counted at a box, as plain objects from form to operation."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Asked:
    """A window, both days included, and what it is for. Counts of None are "not known", which is not zero."""

    starts_on: date
    ends_on: date
    purpose: str = ""
    year_group: str = ""
    classes: int | None = None
    students: int | None = None
    # The wording that she accepted with this request, if she had not before.
    agreement_id: int | None = None


@dataclass(frozen=True)
class Counted:
    """One part of the contents: what is not there, what no longer works, what was used up as it was meant to be."""

    part_id: int
    missing: int = 0
    broken: int = 0
    used: int = 0


@dataclass(frozen=True)
class UseReturned:
    """The return of a use. ``classes`` of 0: nobody used it. ``students`` of None is "not known".

    Elsewhere a use is told when there was one (``activities.uses.UseTold``); a box is returned without one,
    too, and where no day is told the one on which it went out counts.
    """

    classes: int
    students: int | None
    again: str = ""
    used_on: date | None = None
    year_group: str = ""
    engagement: int | None = None
    level: str = ""
    what_changed: str = ""
    quote: str = ""
    quote_allowed: bool = False


@dataclass(frozen=True, slots=True)
class RunFields:
    """A delivery run: a day on which somebody drives. Without a driver, nobody has been found yet."""

    on_day: date
    title: str = ""
    note: str = ""
    driver_id: int | None = None
