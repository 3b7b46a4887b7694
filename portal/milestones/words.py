"""The words of milestones: when one is due, what it is known by, and how it stands."""

from collections.abc import Collection
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from portal.milestones.due import Asked, State
from portal.milestones.models import ONCE, Milestone
from portal.web import dates

DUES = {
    "after_start": _l("So many days after the pair began"),
    "each_year": _l("By a day of each year"),
    "each_month": _l("Each month, by its last day"),
}
KNOWN_BY = {
    "hand": _l("One of the two says so"),
    "agreement": _l("Both said yes to the agreement"),
    "goal": _l("A goal is written down"),
    "talk": _l("A talk is written down"),
    "observation": _l("An observation is done in a cycle"),
}
# The page of a pair on which it is done, and what leads there.
WHERE = {
    "agreement": ("agreements.pair", _l("The agreement")),
    "goal": ("coaching.index", _l("Goals and cycles")),
    "talk": ("mentoring.met", _l("We met")),
    "observation": ("coaching.index", _l("Goals and cycles")),
}
SEES_TO_IT = {
    "both": _l("Both see to it"),
    "mentor": _l("The mentor sees to it"),
    "mentee": _l("The mentee sees to it"),
}
WHO = {"both": _l("Both"), "mentor": _l("The mentor"), "mentee": _l("The mentee")}


def when(milestone: Milestone) -> str:
    """When it is due, in a few words."""
    if milestone.due == "after_start":
        days = milestone.within_days or 1
        return ngettext("Within %(num)s day of the start", "Within %(num)s days of the start", days)
    if milestone.due == "each_month":
        return _("Each month, by its last day")
    return _("Each year by %(day)s", day=dates.yearly(milestone.by_month or 1, milestone.by_day or 1))


def asked_name(asked: Asked) -> str:
    return named(asked.milestone, asked.period)


def named(milestone: Milestone, period: date) -> str:
    """What it is called; a month's with its month."""
    if milestone.due == "each_month" and period != ONCE:
        return _("%(name)s, %(month)s", name=milestone.name, month=dates.month(period))
    return milestone.name


def called(state: State, among: Collection[State]) -> str:
    """What it is called beside others of its pair: with its programme where two of them call it the same."""
    name = asked_name(state.asked)
    if sum(1 for one in among if asked_name(one.asked) == name) > 1:
        return _("%(name)s (%(programme)s)", name=name, programme=state.programme.name)
    return name


def standing(state: State) -> str:
    if state.done_on:
        return _("Done on %(day)s", day=dates.short_day(state.done_on))
    if state.is_late:
        return ngettext("Was due %(num)s day ago", "Was due %(num)s days ago", state.days_late)
    return _("By %(day)s", day=dates.short_day(state.asked.due_on))


def in_a_line(state: State) -> str:
    """What it is and by when, as one line: the subject of a mail."""
    called = asked_name(state.asked)
    if state.is_late:
        late = state.days_late
        return ngettext("%(name)s: due %(num)s day ago", "%(name)s: due %(num)s days ago", late, name=called)
    return _("%(name)s: by %(day)s", name=called, day=dates.short_day(state.asked.due_on))


def taken_back(state: State) -> str:
    """What is true once somebody took back that it is done: the portal may know of it all the same."""
    name = asked_name(state.asked)
    if state.done_on is None:
        return _("“%(name)s” is open again.", name=name)
    how, day = KNOWN_BY[state.asked.milestone.known_by], dates.short_day(state.done_on)
    return _("“%(name)s” stays done, as of %(day)s: “%(how)s”.", name=name, day=day, how=how)


def shown(key: str, value: object) -> str:
    """One field of a milestone in words, as it stands beside what somebody else saved meanwhile."""
    named = {"due": DUES, "known_by": KNOWN_BY, "who": WHO}.get(key, {})
    if key == "by_month" and isinstance(value, int):
        return dates.month_of_year(value)
    return str(named.get(str(value), "" if value is None else value))
