"""The words of milestones: when one is due, what it is known by, and how it stands."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from portal.milestones.due import Asked, State
from portal.milestones.models import Milestone
from portal.web import dates

DUES = {
    "after_start": _l("So many days after the pair began"),
    "each_year": _l("By a day of each year"),
    "each_month": _l("Each month"),
}
KNOWN_BY = {
    "hand": _l("One of the two says so"),
    "agreement": _l("Both said yes to the agreement"),
    "needs": _l("The needs list is filled in"),
    "goal": _l("A goal is written down"),
    "talk": _l("A talk is written down"),
    "observation": _l("An observation is done in a cycle"),
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
    """What it is called; a month's with its month."""
    milestone = asked.milestone
    if milestone.due == "each_month":
        return _("%(name)s, %(month)s", name=milestone.name, month=dates.month(asked.period))
    return milestone.name


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


def shown(key: str, value: object) -> str:
    """One field of a milestone in words, as it stands beside what somebody else saved meanwhile."""
    named = {"due": DUES, "known_by": KNOWN_BY, "who": WHO}.get(key, {})
    if key == "by_month" and isinstance(value, int):
        return dates.month_of_year(value)
    return str(named.get(str(value), "" if value is None else value))
