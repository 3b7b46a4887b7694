"""On the last working day of a month, in the afternoon: what is written down of it. Once for each pair and month."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from portal.db import db, operation, writing
from portal.mentoring.models import PairMonth, PairTalk
from portal.mentoring.months import month_of, next_month
from portal.mentoring.spans import midnight
from portal.mentoring_mail.letters_month import KIND, tell_mentee, tell_mentor
from portal.mentoring_mail.queries_asking import KIND as ASKING
from portal.mentoring_mail.queries_asking import unanswered_in, written_to
from portal.mentoring_mail.queries_month_end import MonthOfPair, last_working_day, months_of_pairs
from portal.mentoring_mail.queries_readers import readers
from portal.networks.models import Network
from portal.web import clock

FROM = time(13, 0)
Unanswered = Mapping[int, list[PairTalk]]
# A worker that stood still catches up for so long; later the month is an old one.
CATCH_UP = timedelta(days=5)


def tell_of_month() -> int:
    """About once an hour. Returns how many mails."""
    now, written = clock.now(), 0
    networks = db.session.execute(
        select(Network.id, Network.time_zone).where(Network.closed_at.is_(None)).order_by(Network.id)
    ).all()
    for network_id, time_zone in networks:
        for month in months_due(now, time_zone):
            if months_of_pairs(network_id, month, time_zone, told_from(month, time_zone)):
                db.session.rollback()
                with writing():
                    written += _tell(network_id, month, time_zone)
    db.session.rollback()
    return written


def months_due(now: datetime, time_zone: str) -> Iterator[date]:
    """The month that ends, and for some days after its end still that one."""
    local = clock.local(now, time_zone)
    for month in {month_of(local.date()), month_of(local.date() - CATCH_UP)}:
        begins = told_from(month, time_zone)
        if begins <= local < begins + CATCH_UP:
            yield month


def told_from(month: date, time_zone: str) -> datetime:
    """When its mails begin to go out."""
    return datetime.combine(last_working_day(month), FROM, ZoneInfo(time_zone))


@operation
def _tell(network_id: int, month: date, time_zone: str) -> int:
    """All pairs of a network, in one transaction with the mark that they were told."""
    pairs = months_of_pairs(network_id, month, time_zone, told_from(month, time_zone))
    span = (midnight(month, time_zone), midnight(next_month(month), time_zone))
    unanswered = unanswered_in(network_id, *span)
    _note_told(pairs, month)
    return _tell_mentors(network_id, month, pairs, unanswered) + _tell_mentees(network_id, month, pairs, unanswered)


def _tell_mentors(network_id: int, month: date, pairs: list[MonthOfPair], unanswered: Unanswered) -> int:
    mentors = readers(KIND, network_id, {pair.mentor_id for pair in pairs})
    for person_id, reader in sorted(mentors.items()):
        hers = [pair for pair in pairs if pair.mentor_id == person_id]
        tell_mentor(reader, month, hers, _asked_now(unanswered.get(person_id, [])))
    return len(mentors)


def _tell_mentees(network_id: int, month: date, pairs: list[MonthOfPair], unanswered: Unanswered) -> int:
    """A mail about talks to say yes to, and so one a day at most; whoever got one today has been asked."""
    mentors = {pair.mentor_id for pair in pairs}
    mentees = {pair.mentee_id for pair in pairs if unanswered.get(pair.mentee_id)} - mentors
    mentees -= written_to(mentees, clock.now())
    people = readers(ASKING, network_id, mentees)
    for person_id, reader in sorted(people.items()):
        tell_mentee(reader, month, _asked_now(unanswered[person_id]))
    return len(people)


def _asked_now(waiting: list[PairTalk]) -> int:
    """The button of the mail says yes to these: they count as asked about."""
    for told in waiting:
        told.asked_at = told.asked_at or clock.now()
    return len(waiting)


def _note_told(pairs: list[MonthOfPair], month: date) -> None:
    ids = [pair.pairing_id for pair in pairs]
    rows = select(PairMonth).where(PairMonth.pairing_id.in_(ids), PairMonth.month == month)
    known = {one.pairing_id: one for one in db.session.execute(rows).scalars()}
    for pairing_id in ids:
        marked = known.get(pairing_id)
        if marked is None:
            marked = PairMonth(pairing_id=pairing_id, month=month)
            db.session.add(marked)
        marked.told_at = clock.now()
