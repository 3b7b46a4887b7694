"""Where each thing of the list is put right: the door beside it, and what it says."""

from flask import url_for
from flask_babel import gettext as _

from portal.event_file.meeting import held_or_over
from portal.events.models import Event
from portal.web import clock


def doors_of(event: Event, was_asked: bool) -> dict[str, tuple[str, str]]:
    """(address, words) of each check by its key."""
    papers = url_for("events.papers", event_id=event.id)
    sheet = _sheet(event)
    # The page of results exists once there is something to see.
    said = url_for("evaluation.results" if was_asked else "evaluation.plan", event_id=event.id)
    evaluation = (said, _("What people said") if was_asked else _("What is asked"))
    return {
        "approval": (url_for("events.credit", event_id=event.id), _("Credit")),
        "agenda": (papers, _("What stays")),
        "presenter": (_leaders(event), _("Who leads it?")),
        "sign-in": (sheet, _("Who came?")),
        "hours": (url_for("event_file.hours", event_id=event.id), _("Hours each")),
        "evaluation": evaluation,
        "certificates": (url_for("certificates.index", event_id=event.id), _("Certificates")),
        "returns": evaluation,
        "costs": (url_for("event_file.costs", event_id=event.id), _("Costs")),
    }


def _sheet(event: Event) -> str:
    """The sheet that is still open, the earliest first, else that of the last date."""
    sessions = [one for one in held_or_over(event) if one.starts_at <= clock.now()]
    still_open = [one for one in sessions if not one.attendance_closed_at]
    session = next(iter(still_open or sessions[-1:]), None)
    if session is None:
        return url_for("event_file.sign_in", event_id=event.id)
    return url_for("attendance.sheet", event_id=event.id, session_id=session.id)


def _leaders(event: Event) -> str:
    """Of its first date: who leads is said for each."""
    session = next(iter(held_or_over(event)), None)
    if session is None:
        return url_for("events.edit", event_id=event.id)
    return url_for("events.leaders", event_id=event.id, session_id=session.id)
