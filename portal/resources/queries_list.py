"""The list of packs: what is left of what somebody looks for, and what its lines show."""

from typing import Any

from sqlalchemy import ColumnElement, and_, func, literal, select
from sqlalchemy.orm import aliased

from portal.db import Rows, db
from portal.networks.readers import Reader
from portal.people.models import Person
from portal.resources.finding import found, worth
from portal.resources.models import Pack, PackStandard
from portal.resources.queries import STATE, shared_in
from portal.resources.queries_conditions import chosen_conditions, in_question
from portal.resources.wanted import Wanted
from portal.standards.models import Standard

ABOUT = 3000


def packs(reader: Reader, wanted: Wanted) -> Rows:
    """One row for each pack that is left, with what its line in the list shows; ``is_all`` and ``worth`` to order by."""
    sharer = aliased(Person)
    finds = found(wanted.question) if wanted.question else None
    columns: tuple[Any, ...] = (
        Pack.id,
        Pack.title,
        Pack.strapline,
        Pack.lessons,
        Pack.minutes,
        Pack.materials,
        Pack.licence,
        Pack.language,
        Pack.author,
        Pack.uses_count,
        Pack.downloads,
        Pack.shared_at,
        Pack.reviewed_at,
        Pack.recommended_at,
        Pack.version,
        STATE.label("state"),
        sharer.name.label("shared_by_name"),
        # Enough of it to show where a word stands.
        (literal("") if finds is None else func.substr(Pack.about, 1, ABOUT)).label("about"),
        (literal(1) if finds is None else finds.c.is_all).label("is_all"),
        (literal(0.0) if finds is None else worth(finds)).label("worth"),
    )
    query = select(*columns).outerjoin(sharer, sharer.id == Pack.shared_by)
    return in_question(query, reader, wanted, finds).where(*chosen_conditions(reader, wanted).values())


def left_and_shared(reader: Reader, wanted: Wanted) -> tuple[int, int]:
    """How many packs are left, and how many the network shares in all (one query)."""
    finds = found(wanted.question) if wanted.question else None
    left = in_question(select(func.count(Pack.id)), reader, wanted, finds)
    left = left.where(*chosen_conditions(reader, wanted).values())
    total, shared = db.session.execute(
        select(left.scalar_subquery(), shared_in(reader.network_id).scalar_subquery())
    ).one()
    return total, shared


def packs_serving(network_ids: list[int], standard_id: int) -> Rows:
    """Shared packs of these networks that serve a standard."""
    return select(
        Pack.id, Pack.network_id, Pack.title, Pack.strapline, Pack.lessons, Pack.minutes, Pack.uses_count
    ).where(
        _shared_in(network_ids),
        select(PackStandard.pack_id)
        .where(PackStandard.pack_id == Pack.id, PackStandard.standard_id == standard_id)
        .correlate(Pack)
        .exists(),
    )


def number_serving(network_ids: list[int]) -> ColumnElement[int]:
    """Beside each standard of a list: how many packs the reader may see that serve it."""
    return (
        select(func.count(PackStandard.id))
        .join(Pack, Pack.id == PackStandard.pack_id)
        .where(PackStandard.standard_id == Standard.id, _shared_in(network_ids))
        .correlate(Standard)
        .scalar_subquery()
    )


def _shared_in(network_ids: list[int]) -> ColumnElement[bool]:
    return and_(
        Pack.network_id.in_(network_ids),
        Pack.deleted_at.is_(None),
        Pack.retired_at.is_(None),
        Pack.shared_at.is_not(None),
    )
