"""Putting a pair into a programme and taking it out, by a day; talks that are there already can be counted too."""

from datetime import date, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete

from portal import history
from portal.db import db, operation
from portal.history import phrases
from portal.mentoring.models import Pairing, PairProgramme, PairTalkProgramme
from portal.mentoring.spans import Spans
from portal.pair_programmes.queries import counted_after, taken_out_last, talks_in_span
from portal.programmes.models import Programme
from portal.web import dates
from portal.web.errors import DomainError

A_DAY = timedelta(days=1)
# Days from and to; None: to today.
Gaps = list[tuple[date, date | None]]
phrases.declare(
    {
        "pairing.joined": _l("%(actor)s put this pair into “%(title)s” since %(since)s"),
        "pairing.left": _l("%(actor)s ended this pair’s part in “%(title)s” on %(until)s"),
        "pairing.stays": _l("%(actor)s let this pair stay in “%(title)s”"),
        "pairing.counted": _l("%(actor)s let %(talks)s earlier talks count for “%(title)s”"),
    }
)


@operation
def join_programme(
    pairing: Pairing, programme: Programme, by: int, since: date, also_earlier: bool, spans: Spans
) -> int:
    """The pair's talks count for it from a day on; with ``also_earlier`` those since then that are written down already.

    Returns how many were counted besides. A pair that is in it can begin earlier, one that was can come back: what its
    writer took out of the time between stays out. Raises DomainError for a programme that is closed, for a day outside
    the pair's time, and where nothing would change.
    """
    _refuse(pairing, programme, since)
    stay = db.session.get(PairProgramme, (pairing.id, programme.id))
    if stay is None:
        stay = PairProgramme(pairing_id=pairing.id, programme_id=programme.id, since=since)
        gaps: Gaps = [(since, None)]
        db.session.add(stay)
    elif stay.until is None and stay.since <= since:
        raise DomainError(_("This pair is in it since then already."), "programme_id")
    else:
        gaps = _gaps(stay, since)
        stay.since, stay.until = min(stay.since, since), None
    _tell(pairing, programme, by, "pairing.joined", since=dates.day(since))
    return _count_earlier(pairing, programme, by, gaps, spans) if also_earlier else 0


@operation
def leave_programme(pairing: Pairing, programme: Programme, by: int, until: date, spans: Spans) -> int:
    """Talks after that day count for it no more, those that are written down already too; what counted until then stays.

    Returns how many of them had counted. Raises DomainError for a day before it began.
    """
    stay = db.session.get(PairProgramme, (pairing.id, programme.id))
    if stay is None:
        raise DomainError(_("This pair is not in that programme."))
    if until < stay.since:
        raise DomainError(_("That is before it began. Choose a later day."), "until")
    stay.until = until
    later = counted_after(pairing.id, programme.id, spans, until)
    out = delete(PairTalkProgramme).where(
        PairTalkProgramme.programme_id == programme.id, PairTalkProgramme.pair_talk_id.in_(later)
    )
    db.session.execute(out)
    # Their numbers are what an undo needs.
    _tell(pairing, programme, by, "pairing.left", until=dates.day(until), programme_id=programme.id, out=later)
    return len(later)


@operation
def stay_in_programme(pairing: Pairing, programme: Programme, by: int) -> None:
    """Take an ending back, with what counted after it."""
    stay = db.session.get(PairProgramme, (pairing.id, programme.id))
    if stay is not None and stay.until is not None:
        stay.until = None
        again = taken_out_last(pairing.id, programme.id)
        db.session.add_all(PairTalkProgramme(pair_talk_id=one, programme_id=programme.id) for one in again)
        _tell(pairing, programme, by, "pairing.stays")


def _refuse(pairing: Pairing, programme: Programme, since: date) -> None:
    if programme.network_id != pairing.network_id or programme.retired_at is not None:
        raise DomainError(_("Choose a programme that is open."), "programme_id")
    if since < pairing.started_on:
        raise DomainError(_("They became a pair after that day. Choose a later one."), "since")
    if pairing.ended_on and since > pairing.ended_on:
        raise DomainError(_("The pair had ended by that day. Choose an earlier one."), "since")


def _gaps(stay: PairProgramme, since: date) -> Gaps:
    """The days that a longer stay gains: before it began, and after it ended."""
    gaps: Gaps = [(since, stay.since - A_DAY)] if since < stay.since else []
    return [*gaps, (max(since, stay.until + A_DAY), None)] if stay.until else gaps


def _count_earlier(pairing: Pairing, programme: Programme, by: int, gaps: Gaps, spans: Spans) -> int:
    talks = [talk for gap in gaps for talk in talks_in_span(pairing.id, programme.id, spans, *gap)]
    db.session.add_all(PairTalkProgramme(pair_talk_id=talk.id, programme_id=programme.id) for talk in talks)
    if talks:
        _tell(pairing, programme, by, "pairing.counted", talks=len(talks))
    return len(talks)


def _tell(pairing: Pairing, programme: Programme, by: int, action: str, **details: object) -> None:
    history.record(by, action, "pairing", pairing.id, pairing.network_id, title=programme.name, **details)
