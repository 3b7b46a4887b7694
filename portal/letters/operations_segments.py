"""Saving a question about members under a name, changing it, throwing it away and taking that back."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from portal import history
from portal.db import db, operation
from portal.history import phrases
from portal.letters.models import Segment
from portal.letters.queries import segment_in
from portal.networks.scope import Standing
from portal.web import clock
from portal.web.errors import Conflict, DomainError

phrases.declare(
    {
        "segment.saved": _l("%(actor)s saved the segment “%(title)s”"),
        "segment.changed": _l("%(actor)s changed the segment “%(title)s”"),
        "segment.deleted": _l("%(actor)s deleted the segment “%(title)s”"),
        "segment.restored": _l("%(actor)s brought the segment “%(title)s” back"),
    }
)


@operation
def save_segment(standing: Standing, name: str, question: dict[str, Any]) -> Segment:
    """Keep a question under a name. Raises DomainError for a name that the network has already."""
    _refuse_twins(standing.network_id, name)
    segment = Segment(
        network_id=standing.network_id,
        name=name,
        question=question,
        saved_by=standing.person_id,
        saved_at=clock.now(),
    )
    db.session.add(segment)
    db.session.flush()
    _note(standing, "segment.saved", segment)
    return segment


@operation
def change_segment(standing: Standing, segment_id: int, version: int, name: str, question: dict[str, Any]) -> Segment:
    """Give it another name or question. Letters that were written with it keep theirs. Raises Conflict."""
    segment = segment_in(standing.network_id, segment_id)
    if segment.row_version != version:
        raise Conflict({"name": segment.name})
    _refuse_twins(standing.network_id, name, segment_id)
    segment.name, segment.question, segment.saved_at = name, question, clock.now()
    segment.saved_by = standing.person_id
    _note(standing, "segment.changed", segment)
    return segment


@operation
def delete_segment(standing: Standing, segment_id: int) -> Segment:
    """Throw it away; ``restore_segment`` takes that back."""
    segment = segment_in(standing.network_id, segment_id)
    segment.deleted_at = clock.now()
    _note(standing, "segment.deleted", segment)
    return segment


@operation
def restore_segment(standing: Standing, segment_id: int) -> Segment:
    segment = segment_in(standing.network_id, segment_id, deleted=True)
    _refuse_twins(standing.network_id, segment.name, segment_id)
    segment.deleted_at = None
    _note(standing, "segment.restored", segment)
    return segment


def _refuse_twins(network_id: int, name: str, but: int = 0) -> None:
    same = select(Segment.id).where(
        Segment.network_id == network_id,
        func.lower(Segment.name) == name.lower(),
        Segment.deleted_at.is_(None),
        Segment.id != but,
    )
    if db.session.execute(same.limit(1)).first():
        raise DomainError(_("There is a segment of this name. Give it another."), "name")


def _note(standing: Standing, action: str, segment: Segment) -> None:
    history.record(standing.person_id, action, "segment", segment.id, standing.network_id, title=segment.name)
