"""What a line of a caseload says: when the two meet next or should, and for how long it has been quiet."""

from flask_babel import gettext as _
from flask_babel import ngettext

from portal.caseloads.caseload import Line
from portal.web import dates


def quiet(line: Line) -> str:
    """For a coordinator's list: how long, and nobody's fault."""
    if line.stands.silent is None:
        return ""
    if line.last_on is None:
        return _("Not met yet")
    return ngettext("Quiet for %(num)s week", "Quiet for %(num)s weeks", max(line.weeks_silent, 1))


def due_words(line: Line) -> str:
    """The fixed date, else the day by which the rule wants a talk."""
    if line.next_on:
        return _("Next on %(moment)s", moment=dates.appointment(line.row.next_at))
    if line.stands.due is None:
        return ""
    day = dates.short_day(line.stands.due.on)
    return _("Was due by %(day)s", day=day) if line.stands.due.late_days else _("Due by %(day)s", day=day)
