"""What can't be so about a talk, and what can't be written any more. Belongs inside an operation."""

from collections.abc import Sequence
from datetime import date, timedelta

from flask_babel import gettext as _

from portal.mentoring.models import MentoringContact, Pairing
from portal.mentoring.months import month_of
from portal.mentoring.queries import names_of
from portal.mentoring.queries_months import closed_for
from portal.mentoring.talks import MonthClosed, Talk
from portal.web import clock, dates
from portal.web.errors import DomainError

MOST_MINUTES = 600
# A next date farther away is a slip of the pen.
FARTHEST = timedelta(days=400)


def refuse_nonsense(pairs: Sequence[Pairing], by: int, talk: Talk, time_zone: str) -> None:
    """Raises DomainError, with its field, for what no talk of these pairs can be; MonthClosed for a closed month.

    The first of them is the one in whose book it is written down.
    """
    day = clock.local(talk.at, time_zone).date()
    if day > clock.today(time_zone):
        raise DomainError(_("This day has not come yet. Write it down when you have met."), "on")
    if talk.has_time and talk.at > clock.now():
        raise DomainError(_("It is not that late yet. Write it down when you have met."), "start")
    for pairing in pairs:
        refuse_outside(pairing, day, pairing is pairs[0])
        if talk.kind == "support" and by != pairing.mentor_id:
            raise DomainError(_("Support is the mentor’s own time. Choose another kind."), "kind")
    if not 1 <= talk.minutes <= MOST_MINUTES:
        raise DomainError(_("Type minutes from 1 to 600. A long day is 600."), "minutes")
    _refuse_next_date(talk, day, time_zone)
    refuse_closed(pairs, day, time_zone)


def refuse_outside(pairing: Pairing, day: date, is_own: bool) -> None:
    """Raises DomainError for a day on which they were no pair; of one whose own book it is (``is_own``) or of another."""
    if is_own and day < pairing.started_on:
        raise DomainError(_("You two became a pair after that day. Choose a later one."), "on")
    if is_own and pairing.ended_on and day > pairing.ended_on:
        raise DomainError(_("Your pair had ended by that day. Choose an earlier one."), "on")
    if day < pairing.started_on or (pairing.ended_on and day > pairing.ended_on):
        name = names_of(pairing)[pairing.mentee_id]
        raise DomainError(
            _("You and %(name)s were no pair on that day. Choose another day, or leave them out.", name=name), "also"
        )


def _refuse_next_date(talk: Talk, day: date, time_zone: str) -> None:
    if talk.next_at is None:
        return
    next_day = clock.local(talk.next_at, time_zone).date()
    if next_day < day:
        raise DomainError(_("The next date lies before this talk. Choose a later one, or leave it empty."), "next_on")
    if next_day > day + FARTHEST:
        raise DomainError(_("That is more than a year away. Look at the year once more."), "next_on")


def refuse_closed(pairs: Sequence[Pairing], day: date, time_zone: str) -> None:
    """Raises MonthClosed where the month of that day is closed for one of them, the first before the others of a group."""
    closed = closed_for([one.id for one in pairs], day, clock.today(time_zone))
    if not closed:
        return
    whose = next(one for one in pairs if one.id in closed)
    on = dates.day(closed[whose.id])
    said = _("That month closed on %(day)s. Ask for it to be reopened, and nothing is lost.", day=on)
    if whose is not pairs[0]:
        name = names_of(whose)[whose.mentee_id]
        said = _(
            "That month closed on %(day)s for %(name)s. Ask for it to be reopened, and nothing is lost.",
            day=on,
            name=name,
        )
    raise MonthClosed(said, month_of(day), whose.id)


def refuse_fewer(contact: MentoringContact, talk: Talk) -> None:
    """A talk that stands in the books of several pairs stays a group: their own texts hang on it."""
    if len(contact.talks) > 1 and talk.kind != "group":
        said = _(
            "It stands in the books of several pairs. On its page you take out who was not there: with one pair left it "
            "is a talk of two."
        )
        raise DomainError(said, "kind")
