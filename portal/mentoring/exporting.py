"""Mentoring in a person's own export, and what goes when she deletes herself."""

from typing import Any

from flask import current_app
from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import contains_eager

from portal.db import db
from portal.mentoring.models import MentoringContact, Pairing, PairTalk, SealedText
from portal.mentoring.queries_texts import Private, private_of
from portal.people.exporting import declare_export
from portal.people.operations_leaving import at_erasure
from portal.web import clock


def talks_for_export(person_id: int) -> list[dict[str, Any]]:
    """My talks with what I may read of them: the counted layer, what we two share, my own notes. Nobody's else."""
    key = current_app.config["SETTINGS"].key("mentoring")
    talks = (
        db.session.execute(
            select(PairTalk)
            .join(Pairing, Pairing.id == PairTalk.pairing_id)
            .join(MentoringContact, MentoringContact.id == PairTalk.contact_id)
            .options(contains_eager(PairTalk.contact))
            .where(or_(Pairing.mentor_id == person_id, Pairing.mentee_id == person_id))
            .where(MentoringContact.deleted_at.is_(None))
            .order_by(MentoringContact.starts_at)
        )
        .scalars()
        .all()
    )
    notes = private_of("talk", [talk.id for talk in talks], person_id, True, key)
    return [_as_row(talk, notes.get(talk.id, Private())) for talk in talks]


def _as_row(talk: PairTalk, notes: Private) -> dict[str, Any]:
    contact = talk.contact
    return {
        "date": contact.starts_at.isoformat(),
        "minutes": contact.minutes,
        "mode": contact.mode,
        "kind": contact.contact_kind,
        "confirmed": talk.confirmed_at is not None,
        "we_two": list(notes.ours.values()),
        "only_me": notes.mine,
    }


def forget_notes(person_id: int) -> None:
    """Every note that she wrote is gone, and her pairs end; that they met stays counted."""
    db.session.execute(delete(SealedText).where(SealedText.author_id == person_id))
    hers = or_(Pairing.mentor_id == person_id, Pairing.mentee_id == person_id)
    db.session.execute(update(Pairing).where(hers, Pairing.ended_on.is_(None)).values(ended_on=clock.now().date()))


declare_export("mentoring_talks", talks_for_export)
at_erasure(forget_notes)
