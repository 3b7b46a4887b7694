"""Figures and rows as cells: on the page in words, in a spreadsheet as numbers and dates."""

from collections.abc import Sequence
from datetime import datetime

from flask import Response
from flask_babel import gettext as _

from portal.activities.counting import Gap, Rule
from portal.reports.periods import Period
from portal.web import dates
from portal.web.tables import Column, as_download


def cell(name: str, value: object) -> str:
    """One value of a row as people read it."""
    if value is None:
        return "–"
    if isinstance(value, datetime):
        return dates.short_day(value)
    if name == "minutes" and isinstance(value, int):
        return dates.minutes(value)
    return dates.number(value) if isinstance(value, int) else str(value)


def columns_of(counted: Rule | Gap) -> list[Column]:
    return [Column(str(heading)) for heading in counted.headings.values()]


def figures_sheet(
    name: str, period: Period, shown: Sequence[tuple[Rule, int | None, int | None]], kind: str
) -> Response:
    """The page of figures as a spreadsheet: figure, unit, rule, period. A hidden figure is an empty cell, said so."""
    columns = [
        Column(_("Figure")),
        Column(_("Value")),
        Column(_("Unit")),
        Column(_("Rule")),
        Column(_("From")),
        Column(_("To")),
        Column(_("Part of")),
    ]
    rows = [
        (
            str(rule.name),
            _("small, not shown") if value is None else value,
            _("minutes") if rule.unit == "minutes" else _("number"),
            str(rule.sentence),
            period.starts_on,
            period.ends_on,
            whole,
        )
        for rule, value, whole in shown
    ]
    return as_download(name, columns, rows, kind)
