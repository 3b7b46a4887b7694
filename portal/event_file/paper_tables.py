"""The tables of the paper: titles, heads and rows in words."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from babel.dates import format_date
from babel.numbers import format_percent
from flask_babel import gettext as _

from portal.certificates.earned import Credit
from portal.credit.models import Certificate
from portal.credit.rounding import in_words
from portal.event_file.granted import Granted
from portal.event_file.meeting import held_or_over
from portal.event_file.queries import SignIn
from portal.event_file.queries_costs import Totals
from portal.event_file.sheets import as_what
from portal.event_file.words import ALL_KINDS, HOW
from portal.events import words, words_papers
from portal.events.credit_rules import most_of, terms_of, why_not_at_all
from portal.events.models import Event
from portal.events.queries_papers import Paper
from portal.events.running_order import split
from portal.surveys.results import Results
from portal.web import clock, dates, money
from portal.web.languages import spoken

Table = dict[str, Any]
DASH = "–"


def credit_table(event: Event, credits: Sequence[Credit], time_zone: str) -> Table:
    """Which credit it carries, by whom, and whether it was approved beforehand (practice.md 7.3, credit block)."""
    rows = []
    for block, kind in credits:
        terms = terms_of(block, kind)
        refusal = why_not_at_all(terms, event.sessions, time_zone)
        approved = _("approved on %(day)s", day=day(block.approved_on)) if block.approved_on else _("needs no approval")
        numbers = (block.provider, block.provider_number, block.in_service_number, block.committee)
        most = in_words(kind, most_of(terms, event.sessions), str(spoken()), block.category)
        rows.append((kind.name, most, ", ".join(filter(None, numbers)) or DASH, refusal or approved))
    return {
        "title": _("Credit"),
        "heads": [_("Kind"), _("At most"), _("Provider and numbers"), _("Approval")],
        "columns": [2.5, 3, 4, 3],
        "rows": rows,
        "empty": _("It carries no credit, so no approval was needed."),
        "note": "",
    }


def agenda_table(event: Event) -> Table:
    return {
        "title": _("Agenda"),
        "heads": [_("Hour"), _("What")],
        "columns": [1.5, 11],
        "rows": [(step.hour, step.what) for step in split(event.about)[1]],
        "empty": _("No running order stands in its words; see what stays with it."),
        "note": "",
    }


def papers_table(papers: Sequence[Paper]) -> Table:
    rows = [
        (
            str(words_papers.KINDS.get(one.kind, one.kind)),
            one.title,
            one.link or one.file_name or DASH,
            day(one.added_at),
        )
        for one in papers
    ]
    return {
        "title": _("What stays with it"),
        "heads": [_("Kind"), _("Name"), _("File or address"), _("Added")],
        "columns": [2, 4, 5, 2],
        "rows": rows,
        "empty": _("Nothing."),
        "note": "",
    }


def day(value: date | datetime | None) -> str:
    """10 Nov 2026: always with the year, since this is read years later."""
    if value is None:
        return DASH
    local = clock.local(value, dates.place_clock()).date() if isinstance(value, datetime) else value
    return str(format_date(local, "medium", locale=spoken()))


def sign_in_rows(event: Event, lines: Sequence[SignIn]) -> list[Table]:
    """One table a session: who was there, from when to when, and how that is known; then who had booked and was not."""
    return [_session(one, [line for line in lines if line.session_id == one.id]) for one in held_or_over(event)]


def _session(session: Any, lines: Sequence[SignIn]) -> Table:
    there = [line for line in lines if line.was_there]
    rows = [
        (
            line.name,
            line.school,
            as_what(line.capacity),
            dates.time(line.arrived_at) or DASH,
            dates.time(line.left_at) or DASH,
            dates.minutes(line.minutes),
            str(HOW.get(line.how, line.how)),
        )
        for line in there
    ]
    missing = [line.name for line in lines if line.kind and not line.was_there]
    note = _("Booked and not there: %(names)s.", names=", ".join(missing)) if missing else ""
    if not session.attendance_closed_at:
        note = " ".join(filter(None, (note, _("The sheet is still open."))))
    return {
        "title": _("Sign-in, %(day)s", day=words.date_and_hours(session)),
        "heads": [_("Name"), _("School"), _("As"), _("Came"), _("Left"), _("There"), _("How we know")],
        "columns": [3, 3, 1.6, 1.4, 1.4, 1.5, 2],
        "rows": rows,
        "empty": _("Nobody is marked as having come."),
        "note": note,
    }


def hours_rows(granted: Sequence[Granted]) -> Table:
    rows = [
        (
            row.name,
            row.what,
            dates.minutes(row.minutes),
            row.in_words or _("none: %(why)s", why=row.why_not),
            row.number or DASH,
        )
        for row in granted
    ]
    return {
        "title": _("Hours granted each"),
        "heads": [_("Name"), _("What"), _("There"), _("Granted"), _("Certificate")],
        "columns": [3, 2.4, 1.5, 3, 2],
        "rows": rows,
        "empty": _("Nobody has any hours yet."),
        "note": "",
    }


def evaluation_table(results: Results | None) -> Table:
    """n, response rate and the mean of each item (practice.md M3). No word of what people wrote."""
    table: Table = {
        "title": _("Evaluation"),
        "heads": [_("Question"), _("Answers"), _("Mean, 1 to 5")],
        "columns": [6, 1.3, 1.6],
        "ends": [1, 2],
        "rows": [],
        "empty": _("Nobody was asked."),
        "note": "",
    }
    if results is None:
        return table
    rate = DASH if results.rate is None else format_percent(round(results.rate, 2), locale=spoken())
    told = _("%(n)s of %(all)s answered: %(rate)s.", n=results.answered, all=results.invited, rate=rate)
    if results.waiting:
        told = f"{told} " + _("%(n)s of them join the figures later, so that nobody is worked out.", n=results.waiting)
    rows = [
        (item.text, dates.number(item.n) or DASH, DASH if item.mean is None else dates.number(round(item.mean, 1)))
        for item in results.items
        if item.kind != "words"
    ]
    note = told + " " + _("What people wrote stays with the coordinators: they were told so.")
    return table | {"rows": rows, "note": note}


def certificate_rows(certificates: Sequence[Certificate]) -> Table:
    rows = [
        (
            one.number,
            one.name,
            day(one.issued_at),
            _("void since %(day)s: %(why)s", day=day(one.voided_at), why=one.void_reason)
            if one.voided_at
            else _("stands"),
        )
        for one in certificates
    ]
    return {
        "title": _("Certificates"),
        "heads": [_("Number"), _("Name"), _("Issued"), _("Standing")],
        "columns": [2, 3, 2, 4],
        "rows": rows,
        "empty": _("None has been made."),
        "note": "",
    }


def cost_rows(costs: Sequence[Any], totals: Totals) -> Table:
    rows = [
        (
            str(ALL_KINDS.get(row.kind, row.kind)),
            row.what,
            day(row.paid_on),
            dates.minutes(row.minutes) if row.minutes is not None else money.in_words(row.amount, row.currency),
        )
        for row in costs
    ]
    sums = [*totals.in_words]
    if totals.minutes:
        sums.append(_("%(time)s that people gave", time=dates.minutes(totals.minutes)))
    return {
        "title": _("Costs"),
        "heads": [_("Kind"), _("What"), _("Paid on"), _("Amount")],
        "columns": [2, 5, 2, 2],
        "ends": [3],
        "rows": rows,
        "empty": _("Nothing is noted."),
        "note": _("All together: %(sums)s.", sums="; ".join(sums)) if sums else "",
    }
