"""Kinds, ways, conditions, problems and outcomes in words."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

KINDS = {
    "box": _l("Box"),
    "instrument": _l("Instrument"),
    "place": _l("Lab or room"),
    "library": _l("Library"),
}
WAYS = {
    "lent": _l("Lent and brought back"),
    "given": _l("Given for good"),
    "visited": _l("Visited where it stands"),
}
LENDS_TO = {
    "network": _l("Members of this network"),
    "schools": _l("Members from certain schools"),
    "region": _l("Members of any network in the region"),
}
CONDITIONS = {"good": _l("Good"), "worn": _l("Worn"), "poor": _l("Poor")}
PROBLEMS = {
    "missing": _l("Missing"),
    "broken": _l("Broken"),
    "used_up": _l("Used up"),
    "other": _l("Something else"),
}
OUTCOMES = {
    "refilled": _l("Replaced or refilled"),
    "mended": _l("Mended"),
    "found": _l("Found again"),
    "gone": _l("Gone for good: fewer belong in it from now on"),
    "nothing": _l("Nothing was wrong"),
}


def problem_in_words(problem: Any) -> str:
    """ "2 × AA cells: used up", "the kit as a whole: something else"."""
    what = PROBLEMS.get(problem.kind, problem.kind)
    if not problem.part_title and problem.kind == "other":
        return _("The kit as a whole")
    if not problem.part_title:
        return _("The kit as a whole: %(what)s", what=str(what).lower())
    return _("%(num)s × %(part)s: %(what)s", num=problem.quantity, part=problem.part_title, what=str(what).lower())
