"""The event's file as one paper: every part of it in the order in which an audit asks for them (practice.md 10, R2)."""

from typing import Any

from babel.numbers import format_percent
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.db import db
from portal.event_file.contents import EventFile
from portal.event_file.granted import certificates_in
from portal.event_file.paper_tables import (
    agenda_table,
    certificate_rows,
    cost_rows,
    credit_table,
    evaluation_table,
    hours_rows,
    papers_table,
    sign_in_rows,
)
from portal.event_file.queries_costs import costs_of, totals_of
from portal.events import words
from portal.events.policy_papers import EVERYTHING
from portal.events.queries_papers import Reader, papers_of
from portal.events.queries_people import name_of
from portal.networks.scope import NetworkHere
from portal.surveys.queries import survey_about
from portal.surveys.results import results_of
from portal.web import clock, dates, papers
from portal.web.languages import spoken


def paper_of(file: EventFile, network: NetworkHere, by: int) -> tuple[bytes, str]:
    """The PDF and its name. Raises typst.TypstError for a broken template."""
    title = _("File of “%(title)s”", title=file.event.title)
    return papers.pdf(
        "event_file", title, str(spoken()), values_of(file, network, by)
    ), f"event-file-{file.event.id}.pdf"


def values_of(file: EventFile, network: NetworkHere, by: int) -> dict[str, Any]:
    """Everything that the paper says, already in words."""
    event = file.event
    made = _(
        "Made on %(day)s by %(name)s.", day=dates.day(clock.local(clock.now(), network.time_zone)), name=name_of(by)
    )
    return {
        "heading": event.title,
        "network": network.name,
        "made": made,
        "kept": _("Keep until %(day)s.", day=_plain_day(file)),
        "complete_title": _("Complete? %(done)s of %(total)s", done=file.complete.done, total=file.complete.total),
        "complete": [
            (check.name, check.state, _("in place") if check.is_done else _("waiting"), check.is_done)
            for check in file.complete.checks
        ],
        "facts_title": _("The meeting"),
        "facts": meeting_facts(file),
        "parts": _parts(file, network.time_zone),
        "foot": f"{event.title}, {network.short_name or network.name}",
        "page_word": _("Page"),
    }


def meeting_facts(file: EventFile) -> list[tuple[str, str]]:
    """The record of the meeting, name and value (practice.md 2.3, M1)."""
    meeting, event = file.meeting, file.event
    sessions = [one for one in event.sessions if not one.cancelled_at]
    rows = [
        (_("When"), "\n".join(words.date_and_hours(one) for one in sessions) or _("never: it was called off")),
        (_("Where"), "\n".join(dict.fromkeys(words.where(one) for one in sessions))),
        (
            _("In a room or online"),
            ", ".join(dict.fromkeys(str(words.MODES.get(one.mode, one.mode)) for one in sessions)),
        ),
        (_("Led by"), "\n".join(", ".join(filter(None, pair)) for pair in meeting.leaders) or _("nobody is named")),
        (_("What people can do afterwards"), event.objectives),
        (_("Invited by letter"), dates.number(meeting.invited)),
        (_("Booked"), dates.number(meeting.booked)),
        (_("Came"), _came(file)),
        (_("For the first time"), dates.number(meeting.first_timers)),
        (_("Places not taken up"), _missed(file)),
        (_("Person-hours"), dates.minutes(meeting.person_minutes)),
        (ngettext("%(num)s school", "%(num)s schools", len(meeting.schools)), ", ".join(meeting.schools)),
    ]
    return [(name, value) for name, value in rows if value]


def _came(file: EventFile) -> str:
    meeting = file.meeting
    parts = [ngettext("%(num)s person", "%(num)s people", meeting.attended)]
    if meeting.walk_ins:
        parts.append(ngettext("%(num)s of them without booking", "%(num)s of them without booking", meeting.walk_ins))
    if meeting.observers:
        parts.append(ngettext("and %(num)s who observed", "and %(num)s who observed", meeting.observers))
    return ", ".join(parts)


def _missed(file: EventFile) -> str:
    if file.meeting.no_show is None:
        return ""
    share = format_percent(file.meeting.no_show / 100, locale=spoken())
    return _("%(n)s of %(all)s, %(share)s", n=file.meeting.missed, all=file.meeting.places, share=share)


def _plain_day(file: EventFile) -> str:
    return dates.day(file.complete.kept_until)


def _parts(file: EventFile, time_zone: str) -> list[dict[str, Any]]:
    """The tables, each with its title, heads, rows, and the columns whose figures stand at the end."""
    survey = survey_about("event", file.event.id, "evaluation")
    costs = db.session.execute(costs_of(file.event.id)).all()
    return [
        credit_table(file.event, file.due.credits, time_zone),
        agenda_table(file.event),
        *sign_in_rows(file.event, file.lines),
        hours_rows(file.granted),
        evaluation_table(results_of(survey) if survey else None),
        certificate_rows(certificates_in(file.due)),
        cost_rows(costs, totals_of(file.event.id)),
        papers_table(papers_of(file.event.id, Reader(EVERYTHING))),
    ]
