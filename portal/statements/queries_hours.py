"""The rows that everything here is counted from: the counted layer of talks, never a word of what was said."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, select

from portal.activities.models import Activity
from portal.db import Rows, db
from portal.mentoring.models import MentoringContact, Pairing, PairTalk, PairTalkProgramme
from portal.statements.counted import Sitting
from portal.web import clock

_activity, _contact = Activity.__table__, MentoringContact.__table__


@dataclass(frozen=True, slots=True)
class Asked:
    """Which talks: from a day to a day, both included, on one place's clocks; of whom and for what where that is said."""

    network_ids: tuple[int, ...]
    first: date
    last: date
    time_zone: str
    pairing_ids: Sequence[int] | None = None
    mentor_id: int | None = None
    mentee_id: int | None = None
    programme_id: int | None = None


def moments(first: date, last: date, time_zone: str) -> tuple[datetime, datetime]:
    """Midnight before the first day to midnight after the last, on those clocks, in UTC."""
    zone = ZoneInfo(time_zone)
    start, end = (datetime.combine(day, time(), zone) for day in (first, last + timedelta(days=1)))
    return start.astimezone(UTC), end.astimezone(UTC)


def sittings(asked: Asked) -> list[Sitting]:
    """Every talk that stands, once in the book of each of its pairs, oldest first (one query)."""
    rows = db.session.execute(
        talks(
            asked,
            PairTalk.contact_id,
            PairTalk.id,
            PairTalk.pairing_id,
            Pairing.mentor_id,
            Pairing.mentee_id,
            _activity.c.starts_at,
            _activity.c.minutes,
            _contact.c.contact_kind,
            _activity.c.mode,
            PairTalk.confirmed_at,
            PairTalk.disputed_at,
            PairTalkProgramme.programme_id,
        )
        .outerjoin(PairTalkProgramme, and_(PairTalkProgramme.pair_talk_id == PairTalk.id, *_programme(asked)))
        .order_by(_activity.c.starts_at, PairTalk.contact_id, PairTalk.id)
    )
    found: dict[int, partial[Sitting]] = {}
    programmes: dict[int, set[int]] = defaultdict(set)
    for contact, told, pair, mentor, mentee, at, minutes, kind, mode, agreed, disputed, programme in rows:
        if programme is not None:
            programmes[told].add(programme)
        elif asked.programme_id is not None:
            continue
        if told not in found:
            day = clock.local(at, asked.time_zone).date()
            words = (agreed is not None, disputed is not None)
            found[told] = partial(Sitting, contact, told, pair, mentor, mentee, day, minutes, kind, mode, *words)
    return [one(programmes=frozenset(programmes[told])) for told, one in found.items()]


def _programme(asked: Asked) -> list[ColumnElement[bool]]:
    """Beside each talk, not as a condition of all: SQLite would walk through the whole programme for each of them."""
    return [] if asked.programme_id is None else [PairTalkProgramme.programme_id == asked.programme_id]


def talks(asked: Asked, *columns: Any) -> Rows:
    """These columns of the talks that are asked for, whatever programme they count for."""
    return (
        select(*columns)
        .select_from(PairTalk)
        .join(Pairing, Pairing.id == PairTalk.pairing_id)
        .join(_contact, _contact.c.id == PairTalk.contact_id)
        .join(_activity, _activity.c.id == _contact.c.id)
        .where(*_stands(asked), *_of(asked))
    )


def _stands(asked: Asked) -> tuple[ColumnElement[bool], ...]:
    """In the ledger as held, neither called off nor removed, within the days."""
    start, end = moments(asked.first, asked.last, asked.time_zone)
    return (
        _activity.c.kind == "mentoring_contact",
        _activity.c.network_id.in_(asked.network_ids),
        _activity.c.starts_at >= start,
        _activity.c.starts_at < end,
        _activity.c.held_at.is_not(None),
        _activity.c.cancelled_at.is_(None),
        _contact.c.deleted_at.is_(None),
    )


def _of(asked: Asked) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if asked.pairing_ids is not None:
        wanted.append(PairTalk.pairing_id.in_(asked.pairing_ids))
    if asked.mentor_id is not None:
        wanted.append(Pairing.mentor_id == asked.mentor_id)
    if asked.mentee_id is not None:
        wanted.append(Pairing.mentee_id == asked.mentee_id)
    return wanted
