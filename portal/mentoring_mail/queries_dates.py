"""Next dates of pairs that have passed, and what was written down since."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from portal.db import db
from portal.history.models import HistoryLine
from portal.mentoring.models import MentoringContact, Pairing, PairTalk
from portal.mentoring.spans import midnight
from portal.networks.models import Network
from portal.people.models import Person
from portal.web import clock

# Nobody is asked about a date that lies longer back: the worker may have stood still for some days.
DAYS_BACK = 4
# A line without a day is about the date that was asked about for so long, as the link of that mail is.
ANSWERED_WITHIN, SAME_MAIL = timedelta(days=30), timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Passed:
    """A date that two people had, with nothing written down since."""

    pairing_id: int
    network_id: int
    time_zone: str
    at: datetime
    mentor_id: int
    mentor: str
    mentee_id: int
    mentee: str

    @property
    def day(self) -> date:
        return clock.local(self.at, self.time_zone).date()


def passed_dates(now: datetime) -> list[Passed]:
    """The last next date of each open pair that passed on a day before today (two queries)."""
    mentor, mentee = aliased(Person), aliased(Person)
    rows = db.session.execute(
        select(
            Pairing.id, Pairing.network_id, Network.time_zone, func.max(MentoringContact.next_at), mentor.id, mentor.name,
            mentee.id, mentee.name,
        )
        .join(PairTalk, PairTalk.pairing_id == Pairing.id)
        .join(MentoringContact, MentoringContact.id == PairTalk.contact_id)
        .join(Network, Network.id == Pairing.network_id)
        .join(mentor, mentor.id == Pairing.mentor_id)
        .join(mentee, mentee.id == Pairing.mentee_id)
        .where(
            MentoringContact.deleted_at.is_(None),
            MentoringContact.next_at > now - timedelta(days=DAYS_BACK),
            MentoringContact.next_at < now,
            or_(Pairing.ended_on.is_(None), Pairing.ended_on > now.date()),
            Network.closed_at.is_(None),
        )
        .group_by(
            Pairing.id, Pairing.network_id, Network.time_zone, mentor.id, mentor.name, mentee.id, mentee.name
        )
    )  # fmt: skip
    found = [
        Passed(pairing_id, network_id, zone, at, mentor_id, hers, mentee_id, his)
        for pairing_id, network_id, zone, at, mentor_id, hers, mentee_id, his in rows
        if at
    ]
    found = [one for one in found if one.day < clock.today(one.time_zone)]
    last = last_talks([one.pairing_id for one in found])
    return [
        one for one in found
        if one.pairing_id not in last or last[one.pairing_id] < midnight(one.day, one.time_zone)
    ]  # fmt: skip


def last_talks(pairing_ids: list[int]) -> dict[int, datetime]:
    """When each of these pairs last talked (one query); the mentor's own time is no talk."""
    if not pairing_ids:
        return {}
    rows = (
        select(PairTalk.pairing_id, func.max(MentoringContact.starts_at))
        .join(MentoringContact, MentoringContact.id == PairTalk.contact_id)
        .where(
            PairTalk.pairing_id.in_(pairing_ids),
            MentoringContact.deleted_at.is_(None),
            MentoringContact.contact_kind != "support",
        )
        .group_by(PairTalk.pairing_id)
    )
    return {row[0]: row[1] for row in db.session.execute(rows)}


def dated_before(pairing_id: int, moment: datetime) -> MentoringContact | None:
    """The talk that holds the pair's last next date before a moment."""
    past = _talks_of(pairing_id).where(MentoringContact.next_at <= moment)
    return db.session.execute(past.order_by(MentoringContact.next_at.desc()).limit(1)).scalar()


def open_date(pairing_id: int, moment: datetime, time_zone: str) -> MentoringContact | None:
    """The same, while nothing is written down of that day or a later one (two queries).

    On an earlier date than that they met: nobody can say of it any more that it came to nothing.
    """
    dated = dated_before(pairing_id, moment)
    if dated is None or dated.next_at is None:
        return None
    begins = midnight(clock.local(dated.next_at, time_zone).date(), time_zone)
    last = last_talks([pairing_id]).get(pairing_id)
    return None if last and last >= begins else dated


def days_told(action: str, subject_kind: str, subject_id: int) -> set[str]:
    """The days that lines of the history name for such an act (one query)."""
    lines = select(HistoryLine.details).where(
        HistoryLine.subject_kind == subject_kind, HistoryLine.subject_id == subject_id, HistoryLine.action == action
    )
    return {str(details.get("day")) for details in db.session.execute(lines).scalars()}


def next_dated(pairing_id: int) -> MentoringContact | None:
    """The talk that holds the pair's next date to come."""
    to_come = _talks_of(pairing_id).where(MentoringContact.next_at > clock.now())
    return db.session.execute(to_come.order_by(MentoringContact.next_at).limit(1)).scalar()


def day_asked_about(pairing_id: int, person_id: int, moment: datetime, time_zone: str) -> date | None:
    """The day of the pair's last next date before a moment, until this person has told of it (two queries).

    Who told of it a moment ago and writes again means the same talk: it is the mail that came twice.
    """
    dated = dated_before(pairing_id, moment)
    if dated is None or dated.next_at is None or moment - dated.next_at > ANSWERED_WITHIN:
        return None
    day = clock.local(dated.next_at, time_zone).date()
    done = written_since(pairing_id, person_id, midnight(day, time_zone))
    return None if done and done.contact.created_at + SAME_MAIL < moment else day


def newest_talk(pairing_id: int) -> MentoringContact | None:
    """The pair's last talk: what a next date hangs on."""
    newest_first = _talks_of(pairing_id).order_by(MentoringContact.starts_at.desc(), MentoringContact.id.desc())
    return db.session.execute(newest_first.limit(1)).scalar()


def _talks_of(pairing_id: int) -> Select[MentoringContact]:
    """What stands in the book of a pair and was not removed."""
    talks = select(MentoringContact).join(PairTalk, PairTalk.contact_id == MentoringContact.id)
    return talks.where(PairTalk.pairing_id == pairing_id, MentoringContact.deleted_at.is_(None))


def written_since(pairing_id: int, person_id: int, moment: datetime) -> PairTalk | None:
    """The talk of this pair that was written down first after a moment: by this person, or with both saying so by now.

    The mentor's own time is no talk: reading a plan the evening before writes none down.
    """
    rows = (
        select(PairTalk)
        .join(MentoringContact, MentoringContact.id == PairTalk.contact_id)
        .where(
            PairTalk.pairing_id == pairing_id,
            MentoringContact.deleted_at.is_(None),
            MentoringContact.contact_kind != "support",
            or_(MentoringContact.logged_by == person_id, PairTalk.confirmed_at.is_not(None)),
            MentoringContact.created_at >= moment,
        )
        .order_by(MentoringContact.id)
        .limit(1)
    )
    return db.session.execute(rows).scalar()


def talks_on(pairing_id: int, day: date, time_zone: str) -> list[PairTalk]:
    """What this pair has written down of a day."""
    rows = (
        select(PairTalk)
        .join(MentoringContact, MentoringContact.id == PairTalk.contact_id)
        .where(
            and_(PairTalk.pairing_id == pairing_id, MentoringContact.deleted_at.is_(None)),
            MentoringContact.starts_at >= midnight(day, time_zone),
            MentoringContact.starts_at < midnight(day + timedelta(days=1), time_zone),
        )
        .order_by(MentoringContact.starts_at)
    )
    return list(db.session.execute(rows).scalars())
