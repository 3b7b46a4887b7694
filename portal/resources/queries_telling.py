"""What telling of packs outside the portal asks: their networks, licences, parents, versions and classes, many at once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, or_, select

from portal.activities.models import Use
from portal.db import db
from portal.networks.models import Network
from portal.resources.models import Pack, PackVersion
from portal.resources.queries_uses import SUBJECT
from portal.vocabulary.models import Word


@dataclass(frozen=True)
class Surroundings:
    """``parents`` are those that members may see, by id; ``students`` the known sums, by pack."""

    networks: dict[int, Any]
    licences: dict[str, Any]
    languages: list[Any]
    parents: dict[int, Any]
    students: dict[int, int]


def surroundings_of(packs: Sequence[Any], licences: Collection[str], languages: Collection[str]) -> Surroundings:
    """Everything beside the packs' own rows (four queries)."""
    words = db.session.execute(
        select(Word.kind, Word.code, Word.label, Word.hint).where(
            or_(
                and_(Word.kind == "licence", Word.code.in_(licences)),
                and_(Word.kind == "language", Word.code.in_(languages)),
            )
        )
    ).all()
    return Surroundings(
        networks=_networks({pack.network_id for pack in packs}),
        licences={word.code: word for word in words if word.kind == "licence"},
        languages=[word for word in words if word.kind == "language"],
        parents=_parents({pack.adapted_from_id for pack in packs if pack.adapted_from_id}),
        students=students_of([pack.id for pack in packs]),
    )


def students_of(pack_ids: Collection[int]) -> dict[int, int]:
    """The students that were counted in lessons with each pack (one query); a use without a number adds nothing."""
    uses = (Use.subject_kind == SUBJECT, Use.subject_id.in_(pack_ids), Use.withdrawn_at.is_(None))
    query = select(Use.subject_id, func.sum(Use.students)).where(*uses).group_by(Use.subject_id)
    return {pack_id: students or 0 for pack_id, students in db.session.execute(query)}


def versions_named(wanted: Mapping[int, int]) -> dict[int, PackVersion]:
    """The record of each pack's version, where that version was closed (one query)."""
    query = select(PackVersion).where(PackVersion.pack_id.in_(wanted), PackVersion.number.in_(set(wanted.values())))
    found = db.session.execute(query).scalars()
    return {old.pack_id: old for old in found if wanted[old.pack_id] == old.number}


def _networks(ids: Collection[int]) -> dict[int, Any]:
    rows = db.session.execute(select(Network.id, Network.name, Network.slug).where(Network.id.in_(ids)))
    return {row.id: row for row in rows}


def _parents(ids: Collection[int]) -> dict[int, Any]:
    if not ids:
        return {}
    shared = (Pack.id.in_(ids), Pack.shared_at.is_not(None), Pack.deleted_at.is_(None))
    return {row.id: row for row in db.session.execute(select(Pack.id, Pack.title, Pack.author).where(*shared))}
