"""Packs for a digest: what was shared lately in some networks, and what people took and said nothing about."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import exists, or_, select

from portal.activities.models import Use
from portal.db import db
from portal.mail.queries import stops
from portal.resources.models import Pack, PackTaken
from portal.resources.queries_uses import SUBJECT
from portal.web import clock

# What was shared before is no news, even to somebody who is written to once a month.
LATELY = timedelta(days=45)
# A little before the question would come as a mail of its own: whoever gets a digest is asked in it instead.
TIME_TO_USE = timedelta(weeks=3)


@dataclass(frozen=True, slots=True)
class NewPack:
    """A shared pack, as everybody in its network may see it."""

    id: int
    network_id: int
    title: str
    strapline: str
    minutes: int
    author: str
    owner_id: int
    is_public: bool
    shared_at: datetime
    recommended_at: datetime | None = None


def new_packs(network_ids: Collection[int]) -> dict[int, list[NewPack]]:
    """Network → packs shared or recommended lately and still in use, the newest first (one query)."""
    since = clock.now() - LATELY
    rows = db.session.execute(
        select(
            Pack.id,
            Pack.network_id,
            Pack.title,
            Pack.strapline,
            Pack.minutes,
            Pack.author,
            Pack.owner_id,
            Pack.is_public,
            Pack.shared_at,
            Pack.recommended_at,
        )
        .where(
            Pack.network_id.in_(network_ids),
            Pack.deleted_at.is_(None),
            Pack.retired_at.is_(None),
            Pack.shared_at.is_not(None),
            or_(Pack.shared_at > since, Pack.recommended_at > since),
        )
        .order_by(Pack.shared_at.desc(), Pack.id.desc())
    )
    found: dict[int, list[NewPack]] = defaultdict(list)
    for row in rows:
        # The condition has left out what is not shared.
        found[row.network_id].append(NewPack(*row[:8], row[8] or clock.now(), row[9]))
    return dict(found)


@dataclass(frozen=True, slots=True)
class TakenPack:
    """A pack that somebody took along weeks ago."""

    id: int
    network_id: int
    title: str


def taken_packs(person_ids: Collection[int], network_ids: Collection[int]) -> dict[int, list[TakenPack]]:
    """Person → packs that she took, has told nothing of and was not asked about (one query)."""
    taken = PackTaken.__table__.c
    told = exists().where(Use.subject_kind == SUBJECT, Use.subject_id == Pack.id, Use.person_id == taken.person_id)
    network_id: Any = Pack.network_id
    rows = db.session.execute(
        select(taken.person_id, Pack.id, Pack.network_id, Pack.title)
        .join(Pack, Pack.id == taken.pack_id)
        .where(
            taken.person_id.in_(person_ids),
            taken.asked_at.is_(None),
            taken.taken_at < clock.now() - TIME_TO_USE,
            Pack.network_id.in_(network_ids),
            Pack.shared_at.is_not(None),
            Pack.deleted_at.is_(None),
            Pack.owner_id != taken.person_id,
            ~told,
            ~stops(taken.person_id, "pack-used", network_id),
        )
        .order_by(taken.taken_at, Pack.id)
    )
    found: dict[int, list[TakenPack]] = defaultdict(list)
    for person_id, *pack in rows:
        found[person_id].append(TakenPack(*pack))
    return dict(found)
