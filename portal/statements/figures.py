"""The lines of R6 as they are shown: each figure with its rule, hidden where it could point to a person.

What stands here is what the funder gets, on the page, on paper and in the spreadsheet alike. The rows behind a figure
are for coordinators, who read days and minutes anyway.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask_babel import gettext as _

from portal.statements import wording
from portal.statements.figures_words import NAMES, RULES
from portal.statements.report import STANDINGS, Report
from portal.statements.small import FEW, hidden_of, is_few, is_few_of
from portal.web import dates
from portal.web.tables import Cell


@dataclass(frozen=True, slots=True)
class Figure:
    """``value`` in words, ``number`` to calculate with, ``whole`` of which it is a part. ``rows`` names the rows behind it."""

    key: str
    name: str
    rule: str
    value: str
    number: int
    unit: str
    whole: int | None = None
    is_hidden: bool = False
    rows: str = ""

    @property
    def is_time(self) -> bool:
        return self.key in TIMES

    @property
    def shown(self) -> str:
        """The number of pairs itself is told as "under 5"; whatever else is too few is not told at all."""
        if not self.is_hidden:
            return self.value
        return _("under %(few)s", few=FEW) if self.key == "pairs" else too_few()

    @property
    def cells(self) -> list[Cell]:
        hides = self.is_hidden
        return [self.name, self.shown if hides else self.number, None if hides else self.whole, self.unit, self.rule]


# Figures that are minutes.
TIMES = ("hours", "median", *wording.KINDS)


def too_few() -> str:
    return _("too few to show")


def figures_of(report: Report) -> list[Figure]:
    """All of them, in the order of the form."""
    found = [*_pairs(report), *_talks(report), *_standings(report), *_kinds(report), *_others(report)]
    if not is_few(len(report.pairs)):
        return found
    # So few pairs that any figure is about somebody.
    return [replace(one, is_hidden=True, name=_name(one.key, report)) for one in found]


def is_hiding(figures: Sequence[Figure]) -> bool:
    return any(one.is_hidden for one in figures)


def _pairs(report: Report) -> list[Figure]:
    mentors = len(report.mentors)
    return [
        _count("pairs", len(report.pairs), rows="pairs"),
        _part(report, "met", len(report.met), len(report.pairs), "pairs"),
        _count("mentors", mentors, is_few(mentors), "mentors"),
        _part(report, "matched", *report.matched, rows="wishes"),
    ]


def _talks(report: Report) -> list[Figure]:
    return [
        _count("talks", report.talks, report.is_of_few, "talks"),
        _time("hours", report.minutes, report.is_of_few, "talks"),
        _time("median", report.median_minutes, report.is_of_few, "pairs"),
        _part(report, "confirmed", *report.confirmed, rows="talks", of_people=False, few=report.is_of_few),
    ]


def _standings(report: Report) -> list[Figure]:
    standings = report.standings
    hidden = hidden_of(standings)
    return [_count(name, len(standings[name]), name in hidden, "pairs") for name in STANDINGS if name in standings]


def _kinds(report: Report) -> list[Figure]:
    minutes, hidden = report.by_kind, hidden_of(report.pairs_by_kind)
    return [_time(kind, minutes.get(kind, 0), kind in hidden, "talks") for kind in wording.KINDS]


def _others(report: Report) -> list[Figure]:
    rematched, trained = len(report.rematched), len(report.trained)
    return [
        _count("rematches", rematched, is_few(rematched)),
        _part(report, "trained", trained, len(report.mentors), "mentors"),
        _part(report, "trained-now", report.trained_in_period, trained, "mentors"),
        _count("cycles", sum(report.cycles.values()), is_few(len(report.cycles))),
    ]


def _count(key: str, number: int, few: bool = False, rows: str = "") -> Figure:
    words = str(NAMES[key]), str(RULES[key])
    return Figure(key, *words, dates.number(number), number, _("number"), is_hidden=few, rows=rows)


def _time(key: str, minutes: int, few: bool = False, rows: str = "") -> Figure:
    words = str(NAMES[key]), str(RULES[key])
    return Figure(key, *words, wording.time(minutes), minutes, _("minutes"), is_hidden=few, rows=rows)


def _part(
    report: Report, key: str, part: int, whole: int, rows: str, of_people: bool = True, few: bool = False
) -> Figure:
    """A part of a whole, with its share in the name: never a percentage without its number."""
    few = few or (of_people and is_few_of(part, whole))
    name, rule = _name(key, report), str(RULES[key]) % {"days": report.within_days}
    if whole and not few:
        percent, all_of_them = round(part * 100 / whole), dates.number(whole)
        name = _("%(what)s: %(percent)s %% of %(whole)s", what=name, percent=percent, whole=all_of_them)
    value = dates.number(part) if whole else "–"
    return Figure(key, name, rule, value, part, _("number"), whole, few, rows)


def _name(key: str, report: Report) -> str:
    return str(NAMES[key]) % {"days": report.within_days}
