"""A term as the ruler in the network bar draws it: one square a week, a gap for the half-term break."""

from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class TermHere:
    name: str
    starts_on: date
    ends_on: date
    # "past", "now", "future" or "gap", week by week.
    weeks: list[str]

    @property
    def number(self) -> int:
        """Which teaching week this is; 0 in the break."""
        teaching = [week for week in self.weeks if week != "gap"]
        return teaching.index("now") + 1 if "now" in teaching else 0

    @property
    def count(self) -> int:
        return len([week for week in self.weeks if week != "gap"])

    @property
    def label(self) -> str:
        if not self.number:
            return _("%(term)s, half-term break", term=self.name)
        return _("%(term)s, week %(week)s of %(weeks)s", term=self.name, week=self.number, weeks=self.count)

    @property
    def short_label(self) -> str:
        if not self.number:
            return _("half-term break")
        return _("Week %(week)s of %(weeks)s", week=self.number, weeks=self.count)


def term_on(today: date, name: str, starts_on: date, ends_on: date, break_on: date | None = None) -> TermHere:
    """The term as it stands on a day. Weeks start on Mondays; the break's week is a gap and is not counted."""
    monday = starts_on - timedelta(days=starts_on.weekday())
    this_week = today - timedelta(days=today.weekday())
    break_week = break_on - timedelta(days=break_on.weekday()) if break_on else None
    weeks = []
    while monday <= ends_on:
        if monday == break_week:
            weeks.append("gap")
        elif monday == this_week:
            weeks.append("now")
        else:
            weeks.append("past" if monday < this_week else "future")
        monday += WEEK
    return TermHere(name, starts_on, ends_on, weeks)
