"""A transcript as tagged PDF, in its reader's language."""

from datetime import date
from typing import Any

from babel.dates import format_date
from flask_babel import gettext as _

from portal.certificates.queries_transcript import Period
from portal.certificates.transcripts import CREDIT, OBSERVED, OUTSIDE, THERE, Transcript, TranscriptLine
from portal.credit.rounding import in_words
from portal.credit.wording import time_in_words
from portal.web import clock, dates, papers
from portal.web.languages import spoken

PAPER = "transcript"


def transcript_paper(found: Transcript, name: str, period: Period, region: str) -> bytes:
    """The transcript of that person and period. Raises typst.TypstError when it can't be set."""
    title = _("Transcript of %(name)s", name=name)
    values = {
        "region": region,
        "heading": _("Transcript"),
        "name": name,
        "period": period_in_words(period),
        "running": title,
        "totals": [*_totals(found), *_hours(found)],
        "parts": [part for part in (_credit(found), _there(found), _observed(found), _elsewhere(found)) if part["rows"]],
        "foot": _(
            "Minutes are those of the attendance sheets. A certificate can be checked by its number and code. "
            "Printed on %(day)s.", day=dates.day(clock.today(dates.place_clock())),
        ),
    }  # fmt: skip
    return papers.pdf(PAPER, title, str(spoken()), values)


def period_in_words(period: Period) -> str:
    """From and to, or that it is all there is."""
    if period.first and period.last:
        return _("%(first)s to %(last)s", first=dates.day(period.first), last=dates.day(period.last))
    if period.first:
        return _("Since %(day)s", day=dates.day(period.first))
    return _("Until %(day)s", day=dates.day(period.last)) if period.last else _("Everything on record")


def credit_in_words(unit: dict[str, Any], minutes: int, category: str = "") -> str:
    return in_words(unit, minutes, str(spoken()), category)


def _totals(found: Transcript) -> list[tuple[str, str]]:
    rows = []
    for total in found.totals:
        said = credit_in_words(total.unit, total.minutes, total.category) if total.minutes else _("none checked by us")
        if total.elsewhere:
            hers = credit_in_words(total.unit, total.elsewhere, total.category)
            said += "; " + _("and %(hours)s from elsewhere, not checked by us", hours=hers)
        rows.append((total.credit, said))
    return rows


def _hours(found: Transcript) -> list[tuple[str, str]]:
    rows = [(_("There"), time_in_words(found.there))]
    if found.without_credit != found.there:
        rows.append((_("Without credit"), time_in_words(found.without_credit)))
    if found.observed:
        rows.append((_("Observed"), time_in_words(found.observed)))
    if found.elsewhere:
        rows.append((_("Elsewhere"), time_in_words(found.elsewhere)))
    return rows


def _credit(found: Transcript) -> dict[str, Any]:
    rows = [
        [_days(line), line.title, _by(line), credit_in_words(line.unit, line.credited, line.category), line.number]
        for line in found.lines
        if line.part == CREDIT
    ]
    heads = [_("When"), _("What"), _("Provider"), _("Credit"), _("Certificate")]
    return _part(_("With credit"), heads, rows, [19, 28, 22, 17, 18])


def _there(found: Transcript) -> dict[str, Any]:
    return _part(_("Hours without credit"), _hour_heads(), _hour_rows(found, THERE), [19, 38, 22, 14, 18], ends=[3])


def _observed(found: Transcript) -> dict[str, Any]:
    note = _("As an observer (critical friend). These earn no credit.")
    return _part(_("Observed"), _hour_heads(), _hour_rows(found, OBSERVED), [19, 38, 22, 14, 18], note, [3])


def _elsewhere(found: Transcript) -> dict[str, Any]:
    rows = [
        [_days(line), line.title, line.provider, dates.minutes(line.outside.minutes), _claimed(line), line.number]
        for line in found.lines
        if line.part == OUTSIDE and line.outside
    ]
    heads = [_("When"), _("What"), _("Provider"), _("Hours"), _("Credit"), _("Number")]
    note = _("Entered by the holder, from elsewhere. Not checked by us.")
    return _part(_("From elsewhere"), heads, rows, [19, 26, 20, 12, 16, 14], note, [3])


def _hour_heads() -> list[str]:
    return [_("When"), _("What"), _("Network"), _("Hours"), _("Certificate")]


def _hour_rows(found: Transcript, part: str) -> list[list[str]]:
    return [
        [_days(line), line.title, line.network, dates.minutes(line.minutes), line.number]
        for line in found.lines
        if line.part == part
    ]


def _part(
    title: str, heads: list[str], rows: list[Any], columns: list[int], note: str = "", ends: list[int] | None = None
) -> dict[str, Any]:
    return {"title": title, "note": note, "heads": heads, "rows": rows, "columns": columns, "ends": ends or []}


def _days(line: TranscriptLine) -> str:
    first, last = _date(line.first), _date(line.last)
    return last if line.first == line.last else _("%(first)s to %(last)s", first=first, last=last)


def _date(day: date) -> str:
    """19 Nov 2026: a transcript always says the year."""
    return str(format_date(day, "MMM d, y" if spoken().territory == "US" else "d MMM y", locale=spoken()))


def _by(line: TranscriptLine) -> str:
    number = line.in_service_number
    return f"{line.provider}, {number}" if number else line.provider


def _claimed(line: TranscriptLine) -> str:
    return credit_in_words(line.unit, line.credited, line.category) if line.credited else ""
