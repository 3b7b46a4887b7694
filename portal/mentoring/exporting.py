"""Mentoring in a person's own export, and what goes when she deletes herself."""

from typing import Any

from flask import current_app
from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import joinedload

from portal.db import db
from portal.mentoring.models import MentoringContact, Pairing, SealedNote
from portal.mentoring.queries import notes_for
from portal.people.exporting import declare_export
from portal.people.operations_leaving import at_erasure
from portal.web import clock


def talks_for_export(person_id: int) -> list[dict[str, Any]]:
    """My talks with what I may read of them: the counted layer, what we two share, my own notes. Nobody's else."""
    key = current_app.config["SETTINGS"].key("mentoring")
    talks = db.session.execute(
        select(MentoringContact)
        .join(Pairing, Pairing.id == MentoringContact.pairing_id)
        .options(joinedload(MentoringContact.pairing))
        .where(or_(Pairing.mentor_id == person_id, Pairing.mentee_id == person_id))
        .where(MentoringContact.deleted_at.is_(None))
        .order_by(MentoringContact.starts_at)
    ).scalars()
    return [_as_row(talk, person_id, key) for talk in talks]


def _as_row(talk: MentoringContact, person_id: int, key: bytes) -> dict[str, Any]:
    notes = notes_for(person_id, talk, key)
    return {
        "date": talk.starts_at.isoformat(),
        "minutes": talk.minutes,
        "mode": talk.mode,
        "kind": talk.contact_kind,
        "confirmed": talk.confirmed_at is not None,
        "we_two": "\n".join(text for _author, text in notes.ours),
        "only_me": notes.mine,
    }


def forget_notes(person_id: int) -> None:
    """Every note that she wrote is gone, and her pairs end; that they met stays counted."""
    db.session.execute(delete(SealedNote).where(SealedNote.author_id == person_id))
    hers = or_(Pairing.mentor_id == person_id, Pairing.mentee_id == person_id)
    db.session.execute(update(Pairing).where(hers, Pairing.ended_on.is_(None)).values(ended_on=clock.now().date()))


declare_export("mentoring_talks", talks_for_export)
at_erasure(forget_notes)
