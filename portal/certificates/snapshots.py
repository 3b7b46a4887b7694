"""From what somebody earned to what her certificate states: names, dates and hours in words, as they are on this day."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from babel.dates import format_date
from flask_babel import format_time
from flask_babel import gettext as _
from sqlalchemy import and_, select

from portal.certificates.earned import Credit, Earned
from portal.certificates.queries_hours import EventHours
from portal.credit.drafts import CertificateDraft
from portal.credit.wording import stamp_date
from portal.db import db
from portal.events import words
from portal.events.credit_rules import Presence
from portal.events.models import Event, Session
from portal.networks.models import Membership, Network
from portal.people.models import Person
from portal.web import clock, dates
from portal.web.languages import in_language, spoken


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What all certificates of an event share."""

    event: Event
    hours: EventHours
    network: str
    network_short: str
    time_zone: str
    locale: str
    owner: str
    signed_by: str
    signs_as_coordinator: bool
    checked_on: date


def surroundings_of(event: Event, hours: EventHours) -> Surroundings:
    """Network, clock and signature (two queries). Who closed the last sheet signs: she says that it was checked."""
    closed_at, closed_by = max(
        (one.attendance_closed_at or clock.now(), one.attendance_closed_by or 0) for one in hours.held
    )
    signer = closed_by or event.owner_id
    row = db.session.execute(
        select(Network.name, Network.short_name, Network.time_zone, Network.locale, Membership.id)
        .outerjoin(Membership, and_(Membership.network_id == Network.id, *_coordinates(signer)))
        .where(Network.id == event.network_id)
    ).one()
    people = db.session.execute(select(Person.id, Person.name).where(Person.id.in_((signer, event.owner_id))))
    names = {person.id: person.name for person in people}
    checked_on = clock.local(closed_at, row.time_zone).date()
    return Surroundings(
        event, hours, row.name, row.short_name or row.name, row.time_zone, row.locale, names[event.owner_id],
        names[signer], row.id is not None, checked_on,
    )  # fmt: skip


def draft_of(earned: Earned, around: Surroundings, name: str, locale: str | None) -> CertificateDraft:
    """All that the certificate will state, in its reader's language, else in the network's."""
    language = locale or around.locale
    with in_language(language):
        block, kind = earned.credit or (None, None)
        days = [clock.local(session.starts_at, around.time_zone).date() for session, _there in earned.sessions]
        return CertificateDraft(
            network_id=around.event.network_id,
            person_id=earned.person_id,
            kind=earned.kind,
            subject_kind="event",
            subject_id=around.event.id,
            credit_type_id=kind.id if kind else None,
            name=name,
            title=around.event.title,
            objectives=_objectives(around.event, block),
            sessions=[_session(session, there, around.time_zone) for session, there in earned.sessions],
            started_on=min(days),
            ended_on=max(days),
            minutes=earned.minutes,
            credited_minutes=earned.credited,
            most_minutes=earned.most,
            category=block.category if block else "",
            capacity=earned.capacity,
            printed=_printed(earned, around),
            locale=language,
        )


def _coordinates(person_id: int) -> tuple[Any, ...]:
    return (Membership.person_id == person_id, Membership.role == "coordinator", Membership.ended_at.is_(None))


def _objectives(event: Event, block: Any) -> str:
    """One line: the event's own, else the first line of what was told to who approved it."""
    told = event.objectives or (block.objectives.strip().split("\n")[0] if block else "")
    return str(told)[:500]


def _session(session: Session, there: Presence, time_zone: str) -> dict[str, Any]:
    start = clock.local(session.starts_at, time_zone)
    end = clock.local(session.ends_at, time_zone)
    same_half = (start.hour < 12) == (end.hour < 12)
    return {
        "on": dates.day(start.date()),
        "starts": _hour(start, "h:mm" if same_half else "h:mm a"),
        "ends": _hour(end, "h:mm a"),
        "place": words.where(session) if session.place or session.mode == "online" else "",
        "minutes": there.minutes or 0,
        "most": session.minutes,
        "arrived": _moment(there.arrived_at, time_zone),
        "left": _moment(there.left_at, time_zone),
    }


def _moment(moment: datetime | None, time_zone: str) -> str:
    return _hour(clock.local(moment, time_zone), "h:mm a") if moment else ""


def _hour(local: datetime, pattern: str) -> str:
    return str(format_time(local.replace(tzinfo=None), pattern, rebase=False)).lower()


def _printed(earned: Earned, around: Surroundings) -> dict[str, Any]:
    leaders = [", ".join(filter(None, pair)) for pair in around.hours.leaders]
    as_what = _("Coordinator") if around.signs_as_coordinator else _("For %(network)s", network=around.network)
    printed = {
        "network": around.network,
        "network_short": around.network_short,
        "instructor": "; ".join(leaders) or around.owner,
        "instructor_as": _("Led by") if leaders else _("Organised by"),
        "provider": around.network,
        "signed_by": around.signed_by,
        "signed_as": as_what,
        "statement": _("I checked the attendance against the sheet."),
        "checked_on": stamp_date(around.checked_on),
        "completed": earned.completed,
        "completed_share": around.event.completed_share,
    }
    return printed | (_printed_credit(earned.credit) if earned.credit else {})


def _printed_credit(credit: Credit) -> dict[str, Any]:
    block, kind = credit
    printed = {
        "credit": kind.name,
        "unit": kind.unit,
        "units": kind.units,
        "minutes_a_unit": kind.minutes_a_unit,
        "provider_number": block.provider_number,
        "in_service_number": block.in_service_number,
        "approved_on": _date(block.approved_on) if block.approved_on else "",
        "fee": block.fee,
        "blank_line": kind.blank_line,
        "completed": None,
    }
    if kind.statement:
        printed["statement"] = kind.statement
    if block.provider:
        printed["provider"] = block.provider
    return printed


def _date(day: date) -> str:
    """28 October 2026."""
    return str(format_date(day, "MMMM d, y" if spoken().territory == "US" else "d MMMM y", locale=spoken()))
