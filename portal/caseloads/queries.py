"""Pairs with their figures, for a mentor's caseload and for coordinators: dates, counts and minutes, no word of content."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from portal.activities.models import Activity
from portal.db import Rows, db
from portal.mentoring.marks import marks
from portal.mentoring.models import MentoringContact, Pairing, PairProgramme, PairTalk
from portal.mentoring.queries import Mentee, Mentor
from portal.mentoring.spans import Spans
from portal.programmes.models import Programme
from portal.programmes.rules import SILENT_AFTER

# Joined one after the other: as one joined class they would be read whole, for all networks, before the pairs.
_told, _talk, _activity = PairTalk.__table__, MentoringContact.__table__, Activity.__table__
_live = and_(_talk.c.id == _told.c.contact_id, _talk.c.deleted_at.is_(None))
# The mentor's own time is no meeting: it neither ends a silence nor waits for a word.
_met = _talk.c.contact_kind != "support"
SHOWN = ("open", "silent", "unconfirmed", "ended")

_PLAIN = (
    Pairing.id,
    Pairing.mentor_id,
    Pairing.mentee_id,
    Pairing.started_on,
    Pairing.ended_on,
    Pairing.rhythm,
    Pairing.every_days,
    Pairing.monthly_minutes,
    Mentor.name.label("mentor"),
    Mentee.name.label("mentee"),
    Mentor.sort_name.label("mentor_sort"),
    Mentee.sort_name.label("mentee_sort"),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a coordinator asked to see: one of SHOWN or of the marks that other rooms put on pairs, one mentor, one programme.

    ``reader_id`` is who she is: not every mark is for every coordinator.
    """

    show: str = "open"
    mentor_id: int | None = None
    programme_id: int | None = None
    reader_id: int = 0


def pairs_with_figures(spans: Spans, *which: ColumnElement[bool]) -> Rows:
    """One row for each pair: names, rhythm, last and next date, talks and minutes of month and year, confirmed or not.

    All of a pair's talks are gone through once. A talk of a group stands in each of its pairs. The mentor's own time is in
    the minutes, and is no talk.
    """
    in_month, in_year = (_activity.c.starts_at >= since for since in (spans.month, spans.year))
    unanswered = and_(_met, in_year, _told.c.confirmed_at.is_(None))
    return (
        select(
            *_PLAIN,
            func.count(_talk.c.id).label("talks"),
            _number(and_(_met, in_month)).label("month_talks"),
            _sum(in_month).label("month_minutes"),
            _number(and_(_met, in_year)).label("year_talks"),
            _sum(in_year).label("year_minutes"),
            _number(and_(_met, in_year, _told.c.confirmed_at.is_not(None))).label("confirmed"),
            _number(and_(unanswered, _told.c.disputed_at.is_(None))).label("unconfirmed"),
            _number(and_(unanswered, _told.c.disputed_at.is_(None), _activity.c.starts_at < spans.word_by)).label(
                "one_word"
            ),
            _number(and_(in_year, _told.c.disputed_at.is_not(None))).label("disputed"),
            func.max(case((_met, _activity.c.starts_at))).label("last_at"),
            func.min(case((_talk.c.next_at >= spans.now, _talk.c.next_at))).label("next_at"),
        )
        .join(Mentor, Mentor.id == Pairing.mentor_id)
        .join(Mentee, Mentee.id == Pairing.mentee_id)
        .outerjoin(_told, _told.c.pairing_id == Pairing.id)
        .outerjoin(_talk, _live)
        .outerjoin(_activity, _activity.c.id == _talk.c.id)
        .where(*which)
        .group_by(*_PLAIN)
    )


def caseload_of(network_id: int, person_id: int, spans: Spans, limit: int = 300) -> list[Any]:
    """The pairs that one person belongs to, as mentor or as mentee (one query)."""
    hers = or_(Pairing.mentor_id == person_id, Pairing.mentee_id == person_id)
    rows = pairs_with_figures(spans, Pairing.network_id == network_id, hers)
    return list(db.session.execute(rows.order_by(Pairing.ended_on.is_not(None), Pairing.id.desc()).limit(limit)))


def all_pairs(network_id: int, spans: Spans, wanted: Wanted, programmes: Sequence[Programme]) -> Rows:
    """The pairs of a network that a coordinator asked for, with the marks that she may see by their keys, for a listing."""
    rows = pairs_with_figures(spans, Pairing.network_id == network_id, *_which(wanted)).subquery()
    marked = {key: one.holds(rows.c, wanted.reader_id) for key, one in marks().items()}
    found = select(rows, *(holds.label(key) for key, holds in marked.items()))
    if wanted.show in marked:
        found = found.where(marked[wanted.show])
    if wanted.show == "silent":
        found = found.where(_is_silent(rows.c, programmes, spans))
    if wanted.show == "unconfirmed":
        found = found.where(rows.c.one_word + rows.c.disputed > 0)
    return found


def count_pairs(network_id: int, wanted: Wanted) -> int | None:
    """How many pairs that is, where no talk has to be looked at to know; else None (one query)."""
    if wanted.show not in ("open", "ended"):
        return None
    pairs = select(func.count()).select_from(Pairing).where(Pairing.network_id == network_id, *_which(wanted))
    return db.session.execute(pairs).scalar_one()


def mentors_of(network_id: int) -> list[tuple[int, str]]:
    """(id, name) of everybody who mentors or mentored here, by name (one query)."""
    rows = db.session.execute(
        select(Mentor.id, Mentor.name, Mentor.sort_name)
        .join(Pairing, Pairing.mentor_id == Mentor.id)
        .where(Pairing.network_id == network_id)
        .distinct()
        .order_by(Mentor.sort_name)
    )
    return [(row.id, row.name) for row in rows]


def mentors_with_figures(network_id: int, spans: Spans) -> Rows:
    """One row for each mentor of open pairs: pairs, talks and minutes of month and year; a group counts once."""
    hers = _given(network_id, spans).subquery()
    pairs = (
        select(Pairing.mentor_id, func.count().label("pairs"))
        .where(Pairing.network_id == network_id, Pairing.ended_on.is_(None))
        .group_by(Pairing.mentor_id)
        .subquery()
    )
    figures = [func.coalesce(column, 0).label(column.name) for column in list(hers.c)[1:5]]
    return (
        select(Mentor.id, Mentor.name, Mentor.sort_name, pairs.c.pairs, *figures, hers.c.last_at)
        .join(pairs, pairs.c.mentor_id == Mentor.id)
        .outerjoin(hers, hers.c.mentor_id == Mentor.id)
    )


def own_figures(network_id: int, mentor_id: int, spans: Spans) -> tuple[int, int]:
    """A mentor's minutes of this month and this year, of pairs that have ended too; a group once, her own time with it.

    One query.
    """
    found = db.session.execute(_given(network_id, spans, Pairing.mentor_id == mentor_id)).first()
    return (int(found.month_minutes), int(found.year_minutes)) if found else (0, 0)


def _given(network_id: int, spans: Spans, *which: ColumnElement[bool]) -> Rows:
    """What each mentor gave, with the time that she spent alone.

    A talk belongs to the pair that it was written down in, so that no minute of a mentor's counts twice.
    """
    in_month, in_year = (_activity.c.starts_at >= since for since in (spans.month, spans.year))
    return (
        select(
            Pairing.mentor_id,
            _sum(in_month).label("month_minutes"),
            _number(and_(_met, in_year)).label("year_talks"),
            _sum(in_year).label("year_minutes"),
            _sum(and_(in_year, ~_met)).label("own_minutes"),
            func.max(case((_met, _activity.c.starts_at))).label("last_at"),
        )
        .join(_talk, and_(_talk.c.pairing_id == Pairing.id, _talk.c.deleted_at.is_(None)))
        .join(_activity, _activity.c.id == _talk.c.id)
        .where(Pairing.network_id == network_id, *which)
        .group_by(Pairing.mentor_id)
    )


def _which(wanted: Wanted) -> list[ColumnElement[bool]]:
    which: list[ColumnElement[bool]] = []
    if wanted.show in SHOWN:
        which.append(Pairing.ended_on.is_not(None) if wanted.show == "ended" else Pairing.ended_on.is_(None))
    if wanted.mentor_id:
        which.append(Pairing.mentor_id == wanted.mentor_id)
    if wanted.programme_id:
        ids = select(PairProgramme.pairing_id).where(PairProgramme.programme_id == wanted.programme_id)
        which.append(Pairing.id.in_(ids))
    return which


def _is_silent(columns: Any, programmes: Sequence[Programme], spans: Spans) -> ColumnElement[bool]:
    """Nothing written down for longer than the soonest of the pair's programmes has it, or 30 days without one."""
    soonest = (
        select(func.min(Programme.silent_after_days))
        .join(PairProgramme, PairProgramme.programme_id == Programme.id)
        .where(
            PairProgramme.pairing_id == columns.id,
            or_(PairProgramme.until.is_(None), PairProgramme.until >= spans.today),
        )
        .correlate(columns.id.table)
        .scalar_subquery()
    )
    after = func.coalesce(soonest, SILENT_AFTER)
    lengths = {SILENT_AFTER, *(one.silent_after_days for one in programmes)}
    return or_(*(and_(after == days, *_unseen_for(columns, days, spans)) for days in lengths))


def _unseen_for(columns: Any, days: int, spans: Spans) -> tuple[ColumnElement[bool], ...]:
    """Neither met nor become a pair on that many days before today, or later."""
    unseen = or_(columns.last_at.is_(None), columns.last_at < spans.days_before(days))
    return (columns.started_on < spans.today - timedelta(days=days), unseen)


def _number(which: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((which, 1), else_=0)), 0)


def _sum(which: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((which, _activity.c.minutes), else_=0)), 0)
