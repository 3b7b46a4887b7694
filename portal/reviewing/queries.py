"""The queue: which packs wait for a look, which went back, which changed since; and what was said of one pack."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select

from portal.db import Rows, db
from portal.people.models import Person
from portal.resources.models import Pack
from portal.reviewing.fields import SENT_BACK
from portal.reviewing.models import PackReview
from portal.web import clock

_HANDED_IN = and_(Pack.shared_at.is_(None), Pack.handed_in_at.is_not(None))
_SHARED = Pack.shared_at.is_not(None)
# Sent back, and not changed since: it waits for its owner and not for a coordinator.
_WITH_ITS_OWNER = exists().where(
    PackReview.pack_id == Pack.id, PackReview.decision == SENT_BACK, PackReview.made_at >= Pack.changed_at
)
# Packs that came with a catalogue: nobody handed them in, so nobody waits for them.
_IMPORTED = Pack.outside_code.is_not(None)

SINCE = func.coalesce(Pack.handed_in_at, Pack.shared_at)

_NOT_YET = and_(_SHARED, Pack.reviewed_at.is_(None), ~_IMPORTED, ~_WITH_ITS_OWNER)
WAITING: ColumnElement[bool] = or_(_HANDED_IN, _NOT_YET)
# What members see already is no news for ever: after four months it stands in the queue and on nobody's Today.
LATELY = timedelta(days=120)


def waits_lately() -> ColumnElement[bool]:
    """What Today and the digest call waiting."""
    return or_(_HANDED_IN, and_(_NOT_YET, Pack.shared_at > clock.now() - LATELY))


# The parts of the queue: what each is called, and which packs are in it.
PARTS: Mapping[str, tuple[LazyString, ColumnElement[bool]]] = {
    "waiting": (_l("To look at"), WAITING),
    "newer": (_l("Newer since"), and_(_SHARED, Pack.reviewed_version < Pack.version, ~_WITH_ITS_OWNER)),
    "back": (_l("Sent back"), and_(_SHARED, _WITH_ITS_OWNER)),
    "imported": (_l("Imported"), and_(_SHARED, Pack.reviewed_at.is_(None), _IMPORTED, ~_WITH_ITS_OWNER)),
    "passed": (_l("Looked at"), and_(_SHARED, Pack.reviewed_at.is_not(None))),
}


def _here(network_id: int) -> ColumnElement[bool]:
    return and_(Pack.network_id == network_id, Pack.deleted_at.is_(None), Pack.retired_at.is_(None))


def queue(network_id: int, part: str) -> Rows:
    """One row for each pack in a part of the queue, with its owner and the last note to her."""
    last_note = (
        select(PackReview.note)
        .where(PackReview.pack_id == Pack.id)
        .order_by(PackReview.made_at.desc(), PackReview.id.desc())
        .limit(1)
        .correlate(Pack)
        .scalar_subquery()
    )
    return (
        select(
            Pack.id,
            Pack.title,
            Pack.strapline,
            Pack.owner_id,
            Pack.handed_in_at,
            Pack.shared_at,
            Pack.version,
            Pack.reviewed_at,
            Pack.reviewed_version,
            Pack.recommended_at,
            Person.name.label("owner_name"),
            SINCE.label("since"),
            last_note.label("last_note"),
        )
        .join(Person, Person.id == Pack.owner_id)
        .where(_here(network_id), PARTS[part][1])
    )


def counts(network_id: int) -> dict[str, int]:
    """How many packs stand in each part (one query)."""
    parts = [func.count(case((condition, 1))).label(key) for key, (_name, condition) in PARTS.items()]
    row = db.session.execute(select(*parts).select_from(Pack).where(_here(network_id))).one()
    return dict(row._mapping)


def waiting_in(network_id: int) -> Rows:
    """For Today, in one row or none: since when the longest waits, a pack of them, its title, and how many wait."""
    waiting = (
        select(SINCE.label("since"), Pack.id, Pack.title, func.count().over().label("number"))
        .where(_here(network_id), waits_lately())
        .order_by(SINCE, Pack.id)
        .limit(1)
    )
    return waiting


def reviews_of(pack_id: int, limit: int = 20) -> list[Any]:
    """What was said of a pack, the newest first, with who said it (one query)."""
    query = (
        select(
            PackReview.id,
            PackReview.version,
            PackReview.works,
            PackReview.is_safe,
            PackReview.licence_is_right,
            PackReview.is_clear,
            PackReview.note,
            PackReview.decision,
            PackReview.made_by,
            PackReview.made_at,
            Person.name.label("by_name"),
        )
        .join(Person, Person.id == PackReview.made_by)
        .where(PackReview.pack_id == pack_id)
        .order_by(PackReview.made_at.desc(), PackReview.id.desc())
        .limit(limit)
    )
    return list(db.session.execute(query))
