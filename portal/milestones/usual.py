"""What induction offices usually ask of pairs, to begin from: practice of districts and programmes in 2026.

The words are translated once, when a coordinator takes them over; from then on they are the programme's own.
"""

from typing import Any

from flask_babel import lazy_gettext as _l

NOTHING: dict[str, Any] = {
    "hint": "",
    "due": "after_start",
    "within_days": None,
    "by_month": None,
    "by_day": None,
    "known_by": "hand",
    "who": "both",
    "checklist": "",
}
FIRST_MEETING = _l(
    "How we reach each other, and when not\n"
    "Round the building, the labs and the staffroom\n"
    "Who is who: office, technician, leadership\n"
    "The first weeks: timetable, registers, marking\n"
    "Rules of the building and safety in the lab\n"
    "Families: how and when we write to them\n"
    "A day for the first observation"
)
EACH_MONTH = _l(
    "Lessons of this month: one that worked, one that did not\n"
    "Marking, reports and families\n"
    "Dates and deadlines of the next month\n"
    "How I am"
)
USUAL: tuple[dict[str, Any], ...] = (
    NOTHING | {"name": _l("Agreement"), "within_days": 10, "known_by": "agreement"},
    NOTHING | {"name": _l("First meeting"), "within_days": 14, "checklist": FIRST_MEETING},
    NOTHING
    | {
        "name": _l("Needs list"),
        "within_days": 30,
        "who": "mentee",
        "hint": _l("Say so once you have filled it in. What you marked stays between you two."),
    },
    NOTHING | {"name": _l("First goal"), "within_days": 45, "known_by": "goal"},
    NOTHING | {"name": _l("First observation"), "within_days": 60, "known_by": "observation", "who": "mentor"},
    NOTHING | {"name": _l("The month’s list"), "due": "each_month", "checklist": EACH_MONTH},
    NOTHING
    | {
        "name": _l("How we get on"),
        "due": "each_year",
        "by_month": 1,
        "by_day": 31,
        "hint": _l(
            "Ask each other whether you two suit. If not, ask the coordinators for somebody else: no reason needed."
        ),
    },
)
