"""For how long private texts are kept: until twelve months after a pair ended, or for good where both wish it.

The counted layer (that they met, when, how long) stays in any case. Dates are days of the calendar.
"""

from datetime import date, datetime, timedelta

from portal.mentoring.kept import happened_since_end
from portal.mentoring.models import Pairing

TOLD_BEFORE = timedelta(days=30)


def goes_on(ended_on: date) -> date:
    """The day on which the texts of a pair go that ended on that day; 1 March where there is no 29 February."""
    if (ended_on.month, ended_on.day) == (2, 29):
        return date(ended_on.year + 1, 3, 1)
    return ended_on.replace(year=ended_on.year + 1)


def due_on(pairing: Pairing) -> date:
    """The day on which its texts go: twelve months after the end.

    Where both wished to keep them and one of the two changed her mind after that day: thirty days after both were told so.
    """
    assert pairing.ended_on is not None
    on = goes_on(pairing.ended_on)
    told = pairing.notes_told_at.date() if pairing.notes_told_at and were_told(pairing) else None
    return told + TOLD_BEFORE if told and told >= on else on


def ended_by(today: date) -> date:
    """Pairs that ended on this day or before are due today: the other way round."""
    day = today.replace(day=28) if (today.month, today.day) == (2, 29) else today
    return day.replace(year=day.year - 1)


def wishes(pairing: Pairing, person_id: int) -> datetime | None:
    """When this one of the two said, after the end, that she wishes to keep the texts. A pair that began anew asks anew."""
    at = pairing.mentor_keeps_at if person_id == pairing.mentor_id else pairing.mentee_keeps_at
    return at if happened_since_end(pairing, at) else None


def both_wish(pairing: Pairing) -> bool:
    return bool(wishes(pairing, pairing.mentor_id) and wishes(pairing, pairing.mentee_id))


def were_told(pairing: Pairing) -> bool:
    return happened_since_end(pairing, pairing.notes_told_at)
