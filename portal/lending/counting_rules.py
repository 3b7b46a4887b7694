"""The published numbers of loans, in words. Their rows stand in ``counting``."""

from flask_babel import lazy_gettext as _l

from portal.activities.counted_uses import ROW as USED
from portal.activities.counting import SCHOOL, WHAT, WHEN, Gap, Rule
from portal.lending import counting as rows
from portal.lending.counting import ROW

RULES = (
    Rule(
        "loans",
        _l("boxes lent"),
        _l("Boxes that were handed over in the period to members of the network. Booked is not lent."),
        rows.loans,
        ROW,
    ),
    Rule(
        "kit-days",
        _l("days on which boxes were out"),
        _l(
            "Each 24 hours begun between handing over and taking back, of the days on which the boxes of the network "
            "could be lent: listed, not retired and not out of service."
        ),
        rows.kit_days,
        {"what": WHAT, "out": _l("Days out"), "available": _l("Days available")},
        sums="out",
        out_of="available",
    ),
    Rule(
        "kit-returns",
        _l("returns of use are in"),
        _l("Of the boxes that came back in the period, those whose use was told. Not told is not zero."),
        rows.returned,
        ROW | {"told": _l("Told"), "due": _l("Came back")},
        sums="told",
        out_of="due",
    ),
    Rule(
        "kit-classes",
        _l("classes with a box"),
        _l("The classes that borrowers told of, added up, by the first day in class."),
        rows.kit_uses,
        USED,
        sums="classes",
    ),
    Rule(
        "kit-students",
        _l("students with a box, direct"),
        _l(
            "The students that borrowers counted in those classes, added up. One student with two boxes counts twice; "
            "returns without a number are not guessed."
        ),
        rows.uses_with_students,
        USED,
        sums="students",
        small=10,
    ),
    Rule(
        "kit-overdue",
        _l("boxes came back late"),
        _l("Loans that were due in the period and came back after their last day, or have not come back yet."),
        rows.overdue,
        ROW | {"days": _l("Days late")},
    ),
    Rule(
        "kit-losses",
        _l("parts lost or broken"),
        _l(
            "What was missing or broken when boxes of the network were counted in the period. What is meant to be used up "
            "does not count. The rows say what each costs to replace, where that is known."
        ),
        rows.losses,
        {
            "when": WHEN,
            "what": WHAT,
            "part": _l("Part"),
            "missing": _l("Missing"),
            "broken": _l("Broken"),
            "lost": _l("Together"),
            "cost": _l("Replacement cost"),
            "currency": _l("Currency"),
            "organisation": SCHOOL,
        },
        sums="lost",
    ),
    Rule(
        "kits-lost",
        _l("whole boxes lost"),
        _l("Boxes of the network that were noted as lost in the period and not found since."),
        rows.kits_lost,
        ROW,
    ),
)

GAPS = (
    Gap(
        "kit-returns-missing",
        _l("Boxes back, use not told"),
        _l("classes and students with a box"),
        rows.without_return,
        ROW,
        blurs=("kit-classes", "kit-students"),
    ),
    Gap(
        "kit-uses-without-students",
        _l("Uses of a box without a number of students"),
        _l("students with a box"),
        rows.uses_without_students,
        USED,
        blurs=("kit-students",),
    ),
)
