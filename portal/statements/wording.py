"""How hours, days and standings are said: the same words on the page, on paper and in a spreadsheet."""

from datetime import date

from babel.dates import format_date
from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.credit.rounding import in_words
from portal.programmes.models import Programme
from portal.statements.periods import Period
from portal.statements.queries_months import Closing
from portal.web import dates
from portal.web.languages import spoken

KINDS = {"one_to_one": _l("One to one"), "group": _l("Group"), "support": _l("Support")}
MODES = {
    "in_person": _l("In person"),
    "online": _l("Online"),
    "hybrid": _l("Hybrid"),
    "phone": _l("Phone"),
    "mail": _l("Mail"),
}
STANDINGS = {
    "agreed": _l("confirmed"),
    "open": _l("to be confirmed"),
    "one_word": _l("not answered"),
    "otherwise": _l("said to be otherwise"),
    "alone": _l("the mentor’s own time"),
}
AN_HOUR, QUARTER = 60, 15
# How the marks of look.md say the same.
MARKS = {"agreed": "done", "open": "wait", "one_word": "pencil", "otherwise": "late", "alone": "ink"}
LEFT_OUT = {
    "group": _l("in a group, which this programme does not count"),
    "support": _l("support, which this programme does not count"),
    "unconfirmed": _l("not confirmed; this programme counts confirmed talks alone"),
}


def said(words: dict[str, LazyString], code: str) -> str:
    """The word for a code; the code itself where nobody gave it one."""
    return str(words.get(code, code))


def on(day: date | None) -> str:
    """19 Nov 2026: what is handed in always says the year."""
    return "" if day is None else _date(day, "d MMM y", "MMM d, y")


def on_day(day: date) -> str:
    """19 November 2026."""
    return _date(day, "d MMMM y", "MMMM d, y")


def in_month(day: date) -> str:
    """November 2026."""
    return str(format_date(day, "LLLL y", locale=spoken()))


def in_period(period: Period) -> str:
    return _("%(first)s to %(last)s", first=on_day(period.first), last=on_day(period.last))


def period_name(period: Period) -> str:
    """As it is chosen: a month by its name, a year by what it is."""
    if period.key == "year":
        return _("This year, from %(day)s", day=on(period.first))
    if period.key == "last-year":
        return _("Last year, from %(day)s", day=on(period.first))
    return in_period(period) if period.key == "days" else in_month(period.first)


def period_short(period: Period) -> str:
    """A month by its name, anything else by its days."""
    return in_month(period.first) if period.key not in ("year", "last-year", "days") else in_period(period)


def time(minutes: int) -> str:
    """1 h 30 min, and 0 min."""
    return dates.minutes(minutes)


def amount(programme: Programme | None, minutes: int) -> str:
    """In the programme's unit, "1½ clock hours"; plain hours that are no quarters, and no programme, in hours and minutes."""
    if programme is None or (programme.unit == "hour" and programme.minutes_a_unit == AN_HOUR and minutes % QUARTER):
        return time(minutes)
    return in_words(programme, minutes, str(spoken()))


def figure(programme: Programme, minutes: int) -> tuple[str, str]:
    """The same as a large figure and what it is: 20, "clock hours"."""
    said = amount(programme, minutes)
    large, _blank, unit = said.partition(" ")
    return (large, unit) if said != time(minutes) else (dates.hours(minutes), programme.units)


def confirmed(words: int, asked: int) -> str:
    """7 of 9; a dash where nobody could be asked."""
    if not asked:
        return "–"
    return _("%(words)s of %(asked)s", words=dates.number(words), asked=dates.number(asked))


def talks(count: int) -> str:
    return ngettext("%(num)s talk", "%(num)s talks", count)


def closing(state: Closing | None) -> str:
    """Whether a month can still change."""
    if state is None or state.closes is None:
        return _("open")
    if state.is_open:
        return _("open until %(day)s", day=on(state.closes))
    return _("closed on %(day)s", day=on(state.closes))


def cell(value: object) -> str:
    """One value of a row as people read it."""
    if value is None or value == "":
        return "–"
    if isinstance(value, date):
        return on(value)
    return dates.number(value) if isinstance(value, int) else str(value)


def rules_of(programme: Programme) -> list[str]:
    """What shapes the amount, one sentence a rule, as a paper prints it."""
    rules = []
    if programme.minutes_a_unit != 60 or programme.unit not in ("hour", "hours"):
        rules.append(_("One %(unit)s is %(minutes)s minutes.", unit=programme.unit, minutes=programme.minutes_a_unit))
    if programme.round_to > 1:
        rules.append(_("Whole steps of %(minutes)s minutes, rounded down.", minutes=programme.round_to))
    if programme.most_units_a_mentee is not None:
        cap = amount(programme, programme.most_units_a_mentee * programme.minutes_a_unit)
        rules.append(_("At most %(amount)s a year for each mentee.", amount=cap))
    if programme.most_units_a_year is not None:
        cap = amount(programme, programme.most_units_a_year * programme.minutes_a_unit)
        rules.append(_("At most %(amount)s a year in all.", amount=cap))
    if not programme.counts_group:
        rules.append(_("Talks in a group do not count."))
    if not programme.counts_support:
        rules.append(_("The mentor’s own time (support) does not count."))
    if programme.only_confirmed:
        rules.append(_("Only what the other one confirmed counts."))
    return rules


def _date(day: date, usual: str, month_first: str) -> str:
    return str(format_date(day, month_first if spoken().territory == "US" else usual, locale=spoken()))
