"""What a pair's page asks about its hours and months: the counted layer of its talks, its programmes, what was reopened."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ScalarSelect, and_, func, select

from portal.db import db
from portal.mentoring.models import MentoringContact, Pairing, PairMonth, PairProgramme, PairTalk, PairTalkProgramme
from portal.mentoring.pair_months import Reopening, Stay, Told
from portal.mentoring.queries import Mentee, Mentor
from portal.mentoring.spans import Spans
from portal.organisations.models import Organisation
from portal.programmes.models import Programme, year_of
from portal.web import clock

_talk = MentoringContact.__table__
# Longer than the months that a page goes back.
LONG_AGO = timedelta(days=732)


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a pair: the names of the two by id, how many talks it has, the programmes it is or was in.

    ``beyond`` is by month what was asked and what was opened again, of the last two years; ``next_at`` their next date.
    """

    names: dict[int, str]
    talks: int
    next_at: datetime | None
    stays: list[Stay]
    beyond: dict[date, Reopening]


def around(pairing: Pairing) -> Around:
    """All of it in one query, so that the page has room for what other rooms hang on it."""
    talks = (
        select(func.count())
        .select_from(PairTalk)
        .join(_talk, _talk.c.id == PairTalk.contact_id)
        .where(PairTalk.pairing_id == pairing.id, _talk.c.deleted_at.is_(None))
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(
            Mentor.name.label("mentor"),
            Mentee.name.label("mentee"),
            talks.label("talks"),
            _next_at(pairing.id).label("next_at"),
            Programme,
            PairProgramme.since,
            PairProgramme.until,
            Organisation.name.label("whose"),
            PairMonth,
        )
        .select_from(Pairing)
        .join(Mentor, Mentor.id == Pairing.mentor_id)
        .join(Mentee, Mentee.id == Pairing.mentee_id)
        .outerjoin(PairProgramme, PairProgramme.pairing_id == Pairing.id)
        .outerjoin(Programme, Programme.id == PairProgramme.programme_id)
        .outerjoin(Organisation, Organisation.id == Programme.organisation_id)
        .outerjoin(PairMonth, and_(PairMonth.pairing_id == Pairing.id, PairMonth.month >= clock.today() - LONG_AGO))
        .where(Pairing.id == pairing.id)
        .order_by(PairProgramme.until.is_not(None), Programme.name)
    ).all()
    stays = {
        row.Programme.id: Stay(row.Programme, row.since, row.until, row.whose or "") for row in rows if row.Programme
    }
    names = {pairing.mentor_id: rows[0].mentor, pairing.mentee_id: rows[0].mentee}
    beyond = {row.PairMonth.month: _reopening(row.PairMonth) for row in rows if row.PairMonth}
    return Around(names, int(rows[0].talks), rows[0].next_at, list(stays.values()), beyond)


def _next_at(pairing_id: int) -> ScalarSelect[datetime | None]:
    """Of all their talks, however many came after the one that it was set in."""
    return (
        select(func.min(_talk.c.next_at))
        .select_from(PairTalk)
        .join(_talk, _talk.c.id == PairTalk.contact_id)
        .where(PairTalk.pairing_id == pairing_id, _talk.c.deleted_at.is_(None), _talk.c.next_at >= clock.now())
        .scalar_subquery()
    )


def _reopening(row: PairMonth) -> Reopening:
    return Reopening(row.asked_at, row.asked_by, row.reopened_at, row.open_until)


def told_of(pairing: Pairing, stays: list[Stay], spans: Spans) -> list[Told]:
    """The talks that its months and its programmes' running years are made of, oldest first (one query)."""
    begins = [year_of(one.programme, spans.today)[0] for one in stays]
    ended = min(pairing.ended_on or spans.today, spans.today)
    first = min([*begins, date(ended.year - 1, ended.month, 1)])
    rows = db.session.execute(
        select(
            PairTalk.id,
            MentoringContact.starts_at,
            MentoringContact.minutes,
            MentoringContact.contact_kind,
            PairTalk.confirmed_at,
            PairTalk.disputed_at,
            MentoringContact.logged_by,
            PairTalkProgramme.programme_id,
        )
        .join(PairTalk, PairTalk.contact_id == MentoringContact.id)
        .outerjoin(PairTalkProgramme, PairTalkProgramme.pair_talk_id == PairTalk.id)
        .where(
            PairTalk.pairing_id == pairing.id,
            MentoringContact.deleted_at.is_(None),
            MentoringContact.starts_at >= spans.morning(first),
        )
        .order_by(MentoringContact.starts_at, PairTalk.id)
    )
    found: dict[int, Told] = {}
    for id, at, minutes, kind, confirmed_at, disputed_at, by, programme_id in rows:
        programmes = (found[id].programmes if id in found else frozenset()) | ({programme_id} - {None})
        day = clock.local(at, spans.time_zone).date()
        counted = frozenset(programmes)
        found[id] = Told(day, minutes, kind, confirmed_at is not None, counted, id, at, by, disputed_at is not None)
    return list(found.values())


def last_met(pairing_id: int) -> datetime | None:
    """Their last talk, however long ago (one query)."""
    return db.session.execute(
        select(func.max(MentoringContact.starts_at))
        .join(PairTalk, PairTalk.contact_id == MentoringContact.id)
        .where(
            PairTalk.pairing_id == pairing_id,
            MentoringContact.deleted_at.is_(None),
            MentoringContact.contact_kind != "support",
        )
    ).scalar()
