"""What a certificate says, in words: the same for its paper, for its page and for whoever checks it.

Called inside the certificate's own language (``in_language``): the dates of its sessions are in words already.
"""

from typing import Any

from babel.dates import format_date
from flask_babel import gettext as _

from portal.credit.models import Certificate
from portal.credit.numbering import shown_code
from portal.credit.rounding import figure, in_words
from portal.web import dates
from portal.web.languages import spoken
from portal.web.links import absolute

QUARTER = 15


def heading(one: Certificate) -> str:
    """What kind of paper it is."""
    if one.kind == "credit":
        return _("Certificate of %(units)s", units=one.printed["units"])
    return _("Certificate of attendance")


def what_she_did(one: Certificate) -> str:
    """Between the name and the title."""
    if one.capacity == "observer":
        return _("was there as an observer of")
    if one.capacity == "presenter":
        return _("presented at")
    if one.capacity == "facilitator":
        return _("led")
    if one.printed.get("completed") is True:
        return _("completed")
    return _("took part in a part of") if one.printed.get("completed") is False else _("took part in")


def hours_figure(one: Certificate) -> str:
    """The large figure: 1½ units of credit, or the time that she was there."""
    if one.kind == "credit":
        return figure(one.credited_minutes, one.printed["minutes_a_unit"], str(spoken()))
    return time_there(one.minutes)


def hours_words(one: Certificate) -> str:
    """What stands beside the figure: of how many, approved when, under which number."""
    if one.kind == "credit":
        return _of_credit(one)
    if one.capacity == "observer":
        return _("of %(most)s, as an observer. An observer earns no credit.", most=time_in_words(one.most_minutes))
    said = _("of %(most)s, counted from the attendance sheet.", most=time_in_words(one.most_minutes))
    if one.printed.get("completed") is True:
        share = {"share": one.printed["completed_share"]}
        said += " " + _("Completed means: there for at least %(share)s%% of the time.", **share)
    return said


def hours_in_full(one: Certificate) -> str:
    """The same in one line, for whoever checks: 1½ STEM clock hours of 1½."""
    if one.kind == "credit":
        gained = in_words(one.printed, one.credited_minutes, str(spoken()), one.category)
        most = figure(one.most_minutes, one.printed["minutes_a_unit"], str(spoken()))
        return _("%(hours)s of %(most)s", hours=gained, most=most)
    there = time_in_words(one.minutes) if one.most_minutes % QUARTER else time_there(one.minutes)
    return _("%(hours)s of %(most)s", hours=there, most=time_in_words(one.most_minutes))


def kind_in_words(one: Certificate) -> str:
    """Credit of which kind, or attendance; and as what she was there where she did not simply take part."""
    if one.kind == "credit":
        return _("credit: %(kind)s", kind=one.printed["credit"])
    as_what = {"observer": _("observer"), "presenter": _("presenter"), "facilitator": _("leader")}.get(one.capacity)
    return _("attendance, as %(what)s", what=as_what) if as_what else _("attendance, without credit")


def days_in_words(one: Certificate) -> str:
    """Thursday 8 October to Thursday 19 November 2026."""
    first, last = dates.day(one.started_on), dates.day(one.ended_on)
    return last if first == last else _("%(first)s to %(last)s", first=first, last=last)


def sessions_in_words(one: Certificate) -> list[str]:
    """A line a session: its date and hours, what of them she was there for, when she came and went where that is known."""
    places = {session["place"] for session in one.sessions}
    return [_session(session, with_place=len(places) > 1) for session in one.sessions]


def places_in_words(one: Certificate) -> str:
    """The place, where all sessions had the same; else it stands beside each."""
    places = {session["place"] for session in one.sessions}
    return str(places.pop()) if len(places) == 1 else ""


def checked_at(one: Certificate, with_code: bool = True) -> str:
    """The address where anybody can check it; with its code only on the paper itself."""
    more = {"code": one.check_code} if with_code else {}
    return absolute("check.one", number=one.number, **more)


def check_words(one: Certificate) -> str:
    return _("Certificate %(number)s, check code %(code)s.", number=one.number, code=shown_code(one.check_code))


def stamp_words(one: Certificate) -> dict[str, str]:
    """The round stamp: what was checked, when, and by whom."""
    on = one.printed["checked_on"]
    network = one.printed["network_short"]
    word = _("Attendance checked")
    return {
        "word": word.upper(),
        "date": on.upper(),
        "name": network.upper(),
        "alt": _("Round stamp: %(word)s, %(day)s, %(network)s", word=word, day=on, network=network),
    }


def stamp_date(day: Any) -> str:
    """20 Nov 2026, short enough for a stamp."""
    return str(format_date(day, "d MMM y", locale=spoken()))


def time_there(minutes: int) -> str:
    """1½ where it is whole quarters of an hour, else to the minute: 1 h 40 min."""
    return dates.minutes(minutes) if minutes % QUARTER else dates.hours(minutes)


def time_in_words(minutes: int) -> str:
    """1½ hours, or 1 h 40 min."""
    if minutes % QUARTER:
        return dates.minutes(minutes)
    return _("1 hour") if minutes == 60 else _("%(hours)s hours", hours=dates.hours(minutes))


def _of_credit(one: Certificate) -> str:
    most = in_words(one.printed, one.most_minutes, str(spoken()), one.category)
    approved = one.printed.get("approved_on")
    said = _("of %(most)s, approved on %(day)s.", most=most, day=approved) if approved else _("of %(most)s.", most=most)
    if one.printed.get("in_service_number"):
        said += " " + _("In-service no. %(number)s.", number=one.printed["in_service_number"])
    if one.credited_minutes != one.minutes:
        said += " " + _("Counted from %(time)s on the attendance sheet.", time=dates.minutes(one.minutes))
    return said


def _session(session: dict[str, Any], with_place: bool) -> str:
    said = _("%(day)s, %(starts)s to %(ends)s", day=session["on"], starts=session["starts"], ends=session["ends"])
    if with_place and session["place"]:
        said += f", {session['place']}"
    said += "."
    if session["minutes"] != session["most"]:
        said += " " + _("There for %(part)s of %(all)s minutes.", part=session["minutes"], all=session["most"])
    if session["arrived"] and session["left"]:
        said += " " + _("Arrived %(from)s, left %(to)s.", **{"from": session["arrived"], "to": session["left"]})
    elif session["arrived"]:
        said += " " + _("Arrived %(from)s.", **{"from": session["arrived"]})
    return said
