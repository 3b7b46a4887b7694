"""What stands in the way of a loan, each as a sentence: shown beside the form before anybody asks, refused after."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from flask_babel import gettext as _
from flask_babel import ngettext

from portal.kit.models import Kit
from portal.kit.queries import is_trained, training_for, works_at_a_school_of
from portal.lending.queries import FOR_EVER, Hold, holds_of, next_free, overdue_of
from portal.web import dates

LOOK_AHEAD = timedelta(days=400)


def why_not_she(kit: Kit, person_id: int, today: date) -> Iterator[str]:
    """What keeps this person from borrowing the kit at all (at most four queries)."""
    if kit.retired_at or not kit.listed_at:
        yield _("This kit is not lent just now.")
    if overdue_of(person_id, today):
        yield _("A box that you borrowed should be back by now. Return it, or tell its keeper, and then ask again.")
    if kit.lends_to == "schools" and not works_at_a_school_of(kit.id, person_id):
        yield _("This kit is lent to certain schools, and yours is not among them.")
    if (events := training_for(kit.id)) and not is_trained(kit.id, person_id):
        names = _(" or ").join(f"“{event.title}”" for event in events)
        yield _("This kit needs a training first: %(events)s.", events=names)


def why_not_then(kit: Kit, starts_on: date, ends_on: date, today: date, reader_in: int | None = None) -> Iterator[str]:
    """What is wrong with a window: too short a notice, too long, or held by others (two queries).

    ``reader_in`` is the network of whoever reads it: another than the kit's is not told who has it.
    """
    yield from how_it_stands(kit, starts_on, ends_on, today, reader_in=reader_in).reasons


@dataclass(frozen=True, slots=True)
class Answer:
    """What is wrong with a window, ``clash`` among it; ``bends`` are rules that whoever minds the kit may bend.

    ``free`` is the first day from which as many days are to be had, where it is held; None: nobody knows.
    """

    bends: tuple[str, ...] = ()
    clash: str = ""
    free: date | None = None

    @property
    def reasons(self) -> list[str]:
        return [*self.bends, *([self.clash] if self.clash else [])]


def how_it_stands(
    kit: Kit, starts_on: date, ends_on: date, today: date, but: int | None = None, reader_in: int | None = None
) -> Answer:
    """Everything about a window at once, for the page that shows it before anybody asks (two queries).

    ``reader_in`` as in ``why_not_then``.
    """
    if ends_on < starts_on:
        return Answer((_("The last day is before the first."),))
    bends = tuple(_broken_rules(kit, starts_on, ends_on, today))
    holds = _holds(kit, starts_on, ends_on, today, but)
    if reader_in not in (None, kit.network_id):
        holds = [replace(hold, school="", why="") for hold in holds]
    if not _inside(kit, holds, ends_on):
        return Answer(bends)
    # Days that leave no time to pack it are no help.
    from_on = max(starts_on, today + timedelta(days=kit.notice_days))
    free = next_free(holds, from_on, (ends_on - starts_on).days + 1, kit.turn_round_days)
    return Answer(bends, _sentence(kit, holds, free, ends_on), free)


def clash_in(
    kit: Kit, starts_on: date, ends_on: date, today: date, but: int | None = None, reader_in: int | None = None
) -> str:
    """The sentence that says who has it and when it is free again, or nothing (two queries)."""
    return how_it_stands(kit, starts_on, ends_on, today, but, reader_in).clash


def _broken_rules(kit: Kit, starts_on: date, ends_on: date, today: date) -> Iterator[str]:
    if starts_on < today:
        yield _("The first day has gone by.")
    elif starts_on < today + timedelta(days=kit.notice_days):
        yield ngettext(
            "The kit has to be packed: ask at least %(num)s day ahead.",
            "The kit has to be packed: ask at least %(num)s days ahead.",
            kit.notice_days,
        )
    if (ends_on - starts_on).days + 1 > kit.most_days:
        yield ngettext("It is lent for %(num)s day at most.", "It is lent for %(num)s days at most.", kit.most_days)


def _holds(kit: Kit, starts_on: date, ends_on: date, today: date, but: int | None) -> list[Hold]:
    last = ends_on + timedelta(days=kit.turn_round_days)
    return holds_of(kit.id, starts_on, last + LOOK_AHEAD, today, but)


def _inside(kit: Kit, holds: Sequence[Hold], ends_on: date) -> list[Hold]:
    """Those that touch the window itself or the days for turning it round after it."""
    last = ends_on + timedelta(days=kit.turn_round_days)
    return [hold for hold in holds if hold.starts_on <= last]


def _sentence(kit: Kit, holds: Sequence[Hold], free: date | None, ends_on: date) -> str:
    when = _("It is free from %(day)s.", day=dates.day(free)) if free else _("Nobody knows yet when it is free.")
    return f"{_held(_inside(kit, holds, ends_on)[0])} {when}"


def _held(hold: Hold) -> str:
    if hold.loan_id is None:
        return _("It is out of service then: %(why)s.", why=hold.why or _("being looked after"))
    school = hold.school or _("Somebody")
    if hold.held_until == FOR_EVER:
        return _("%(school)s has it and is late.", school=school)
    return _("%(school)s has it until %(day)s, the days for turning it round included.",
             school=school, day=dates.day(hold.held_until))  # fmt: skip
