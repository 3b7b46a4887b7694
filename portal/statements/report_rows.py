"""The rows behind the figures of R6, for coordinators: pairs, talks, wishes, mentors. No note, no topic, no tick."""

from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.statements import wording
from portal.statements.report import Report, standing_of
from portal.web.tables import Cell

STANDINGS = {"under": _l("under"), "at": _l("at"), "over": _l("over")}


@dataclass(frozen=True, slots=True)
class RowsOf:
    """``minutes`` is the column that is minutes, from 0."""

    title: LazyString
    heads: tuple[LazyString, ...]
    of: Callable[[Report], list[list[Cell]]]
    minutes: int | None = None


def _pairs(report: Report) -> list[list[Cell]]:
    books, met = report.books, report.met
    return [
        [
            pair.mentee,
            pair.mentor,
            pair.since,
            pair.until,
            books.get(pair.id, 0),
            _("yes") if pair.id in met else _("no"),
            str(STANDINGS.get(standing_of(report, pair, books.get(pair.id, 0)), "")),
        ]
        for pair in report.pairs
    ]


def _talks(report: Report) -> list[list[Cell]]:
    named = {pair.id: pair for pair in report.pairs}
    rows: list[list[Cell]] = []
    for line in report.counted.lines:
        pairs = [named[one] for one in line.pairing_ids if one in named]
        standing = line.standing(report.today)
        rows.append(
            [
                line.day,
                ", ".join(sorted({pair.mentor for pair in pairs})),
                ", ".join(sorted({pair.mentee for pair in pairs})),
                wording.said(wording.KINDS, line.kind),
                line.minutes,
                wording.said(wording.STANDINGS, standing),
            ]
        )
    return rows


def _wishes(report: Report) -> list[list[Cell]]:
    return [
        [
            one.person,
            one.asked_on,
            one.paired_on,
            one.waited(),
        ]
        for one in report.wishes
    ]


def _mentors(report: Report) -> list[list[Cell]]:
    names = {pair.mentor_id: pair.mentor for pair in report.pairs}
    mentees: dict[int, int] = {}
    for pair in report.pairs:
        mentees[pair.mentor_id] = mentees.get(pair.mentor_id, 0) + 1
    return [
        [name, mentees[mentor], report.trained.get(mentor)]
        for mentor, name in sorted(names.items(), key=lambda item: item[1].casefold())
    ]


ROWS = {
    "pairs": RowsOf(
        _l("Pairs"),
        (_l("Mentee"), _l("Mentor"), _l("Since"), _l("Until"), _l("Minutes"), _l("Met"), _l("Hours asked for")),
        _pairs,
        4,
    ),
    "talks": RowsOf(
        _l("Talks"),
        (_l("Date"), _l("Mentor"), _l("Mentee"), _l("Kind"), _l("Minutes"), _l("Confirmed")),
        _talks,
        4,
    ),
    "wishes": RowsOf(
        _l("Wishes for a mentor"), (_l("Person"), _l("Asked on"), _l("Pair made on"), _l("Days")), _wishes
    ),
    "mentors": RowsOf(_l("Mentors"), (_l("Mentor"), _l("Mentees"), _l("Trained on")), _mentors),
}
