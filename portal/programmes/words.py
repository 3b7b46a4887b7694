"""A programme in words: what its columns are called, and its rules as sentences that a mentor reads."""

from typing import Any

from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.programmes.models import Programme
from portal.web import dates

KINDS: dict[str, LazyString] = {
    "induction": _l("Induction"),
    "preparation": _l("Teacher preparation"),
    "district": _l("District"),
    "other": _l("Other"),
}
ROUNDED: dict[int, LazyString] = {
    1: _l("to the minute"),
    15: _l("down to the quarter hour"),
    30: _l("down to the half hour"),
    60: _l("down to the whole hour"),
}
# Typed in hours, kept in minutes.
IN_HOURS = ("minutes_a_year", "most_minutes_a_year", "minutes_a_week")
# What each column is called on the page, in the page's order.
LABELS: dict[str, LazyString] = {
    "name": _l("Name"),
    "kind": _l("What kind"),
    "organisation_id": _l("Whose requirement it is"),
    "about": _l("In a sentence"),
    "year_begins_day": _l("Its year begins on day"),
    "year_begins_month": _l("of"),
    "minutes_a_year": _l("Hours a year, at least"),
    "most_minutes_a_year": _l("Hours a year, at most"),
    "minutes_a_week": _l("Hours a week, on average"),
    "every_days": _l("A talk at least every so many days"),
    "first_every_days": _l("In the first weeks, every so many days"),
    "first_weeks": _l("How many first weeks"),
    "silent_after_days": _l("Silence is flagged after so many days"),
    "within_days": _l("A mentor is found within so many days"),
    "months_long": _l("How many months it lasts"),
    "counts_group": _l("Talks in a group count"),
    "counts_support": _l("The mentor’s own time counts: reading, planning, travel"),
    "only_confirmed": _l("Only talks that the other one confirmed count"),
    "unit": _l("One of it"),
    "units": _l("Several of it"),
    "minutes_a_unit": _l("Minutes in one"),
    "round_to": _l("Rounded"),
    "most_units_a_mentee": _l("At most, for each mentee in a year"),
    "most_units_a_year": _l("At most, in a year in all"),
    "closes_on_day": _l("Months close on this day of the next month"),
    "statement": _l("The sentence above the signatures"),
    "signed_by": _l("Who signs beside the two"),
    "frame_id": _l("Frame that feedback is aligned to"),
}


def rounded(step: int) -> str:
    return str(ROUNDED[step]) if step in ROUNDED else _("down to steps of %(length)s", length=dates.minutes(step))


def shown(key: str, value: Any) -> str:
    """One column in words, as it stands beside what somebody else saved meanwhile."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if key == "round_to":
        return rounded(int(value))
    if key == "kind":
        return str(KINDS.get(value, value))
    return dates.minutes(int(value)) if key in IN_HOURS else str(value)


def rules_in_words(programme: Programme) -> list[str]:
    """Its rules as sentences, each only where the programme has it."""
    return [str(one) for one in (*_how_much(programme), *_how_often(programme), *_what_counts(programme)) if one]


def in_short(programme: Programme) -> str:
    """What it asks for in a line: "75 to 90 hours a year, weekly"; what may be claimed where it asks for neither, or ""."""
    asked = [part for part in (_amount(programme), _rhythm(programme.every_days)) if part]
    return _(", ").join(asked) if asked else _most_claimed(programme)


def _most_claimed(programme: Programme) -> str:
    each, in_all = programme.most_units_a_mentee, programme.most_units_a_year
    if each and in_all:
        said = {"each": each, "in_all": in_all, "units": programme.units}
        return _("at most %(each)s %(units)s for each mentee and %(in_all)s a year", **said)
    if each:
        return _("at most %(each)s %(units)s for each mentee", each=each, units=programme.units)
    return _("at most %(in_all)s %(units)s a year", in_all=in_all, units=programme.units) if in_all else ""


def _amount(programme: Programme) -> str:
    least, most, weekly = (getattr(programme, key) for key in IN_HOURS)
    if least and most:
        return _("%(least)s to %(most)s hours a year", least=dates.hours(least), most=dates.hours(most))
    if least:
        return _("%(hours)s hours a year", hours=dates.hours(least))
    if weekly:
        return _("%(length)s a week on average", length=dates.minutes(weekly))
    return _("at most %(hours)s hours a year", hours=dates.hours(most)) if most else ""


def _rhythm(days: int | None) -> str:
    if not days:
        return ""
    usual = {7: _("weekly"), 14: _("every second week")}
    return usual.get(days) or ngettext("every day", "every %(num)s days", days)


def _how_much(programme: Programme) -> list[str]:
    said = []
    if amount := _amount(programme):
        said.append(_("It asks for %(amount)s.", amount=amount))
    if programme.minutes_a_year and programme.minutes_a_week:
        said.append(_("Also %(length)s a week on average.", length=dates.minutes(programme.minutes_a_week)))
    if programme.most_minutes_a_year and programme.minutes_a_week and not programme.minutes_a_year:
        said.append(_("At most %(hours)s hours a year.", hours=dates.hours(programme.most_minutes_a_year)))
    if programme.most_units_a_mentee:
        claim = _("%(count)s %(units)s", count=programme.most_units_a_mentee, units=programme.units)
        said.append(_("A mentor claims at most %(claim)s for each mentee.", claim=claim))
    if programme.most_units_a_year:
        claim = _("%(count)s %(units)s", count=programme.most_units_a_year, units=programme.units)
        said.append(_("A mentor claims at most %(claim)s a year.", claim=claim))
    return said


def _how_often(programme: Programme) -> list[str]:
    said = []
    if programme.first_every_days and programme.first_weeks:
        first = ngettext("In the first week", "In the first %(num)s weeks", programme.first_weeks)
        said.append(_("%(first)s: %(rhythm)s.", first=first, rhythm=_rhythm(programme.first_every_days)))
    if programme.every_days:
        said.append(_("The two talk at least %(rhythm)s.", rhythm=_rhythm(programme.every_days)))
    if programme.within_days:
        said.append(
            ngettext(
                "A mentor is found within %(num)s day.",
                "A mentor is found within %(num)s days.",
                programme.within_days,
            )
        )
    if programme.months_long:
        said.append(ngettext("It lasts %(num)s month.", "It lasts %(num)s months.", programme.months_long))
    said.append(
        ngettext(
            "After %(num)s day without a talk the two are asked kindly.",
            "After %(num)s days without a talk the two are asked kindly.",
            programme.silent_after_days,
        )
    )
    return said


def _what_counts(programme: Programme) -> list[str]:
    said = [
        "" if programme.counts_group else _("Talks in a group do not count."),
        "" if programme.counts_support else _("The mentor’s own time does not count."),
        _("Only talks that the other one confirmed count.") if programme.only_confirmed else "",
    ]
    counted = _("Counted in %(units)s of %(minutes)s minutes", units=programme.units, minutes=programme.minutes_a_unit)
    said.append(_("%(counted)s, %(rounded)s.", counted=counted, rounded=rounded(programme.round_to)))
    if programme.closes_on_day:
        said.append(_("Months close on day %(day)s of the next month.", day=programme.closes_on_day))
    return said
