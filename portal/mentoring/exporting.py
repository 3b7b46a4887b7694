"""Mentoring in a person's own export, and what goes when she deletes herself."""

from collections.abc import Callable
from typing import Any

from flask import current_app
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, or_, select
from sqlalchemy.orm import contains_eager

from portal import history
from portal.db import db
from portal.history import phrases
from portal.mentoring.models import MentoringContact, Pairing, PairTalk, SealedText
from portal.mentoring.queries_texts import Private, opened, private_of
from portal.mentoring.queries_things import texts_of
from portal.networks.models import Network
from portal.people.exporting import declare_export
from portal.people.operations_leaving import at_erasure
from portal.web import clock

phrases.declare({"pairing.ended_for_good": _l("This pair ended: one of the two left the portal for good")})
# Rooms that tell of their texts themselves, with what belongs to them.
TOLD_BY_ROOMS = ("talk", "hand_over", "needs", "goal", "cycle_step")
# Said in the place of what was written: nothing of the export is silently left out.
NOT_HERE = "The key that sealed this is not at hand."


def _pairs_of(person_id: int) -> list[int]:
    hers = select(Pairing.id).where(or_(Pairing.mentor_id == person_id, Pairing.mentee_id == person_id))
    return list(db.session.execute(hers).scalars())


def talks_for_export(person_id: int) -> list[dict[str, Any]]:
    """My talks with what I may read of them: the counted layer, what we two share, my own notes. Nobody's else.

    Removed ones too: whoever removed one took it out of the count, and not what the other one had written beside it.
    """
    key = current_app.config["SETTINGS"].key("mentoring")
    talks = (
        db.session.execute(
            select(PairTalk)
            .join(MentoringContact, MentoringContact.id == PairTalk.contact_id)
            .options(contains_eager(PairTalk.contact))
            .where(PairTalk.pairing_id.in_(_pairs_of(person_id)))
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
        "date": contact.starts_at,
        "minutes": contact.minutes,
        "mode": contact.mode,
        "kind": contact.contact_kind,
        "confirmed": talk.confirmed_at is not None,
        "counts": contact.deleted_at is None,
        "we_two": list(notes.ours.values()),
        "only_me": notes.mine,
    } | ({"note": NOT_HERE} if notes.key_is_missing else {})


def texts_for_export(person_id: int) -> list[dict[str, Any]]:
    """Every other private text that I may read: what I wrote, and what the two of a pair share (a draft, a wish, an end)."""
    key = current_app.config["SETTINGS"].key("mentoring")
    shared = (SealedText.layer == "we_two") & texts_of(_pairs_of(person_id))
    rows = db.session.execute(
        select(SealedText)
        .where(or_(SealedText.author_id == person_id, shared), SealedText.thing.not_in(TOLD_BY_ROOMS))
        .order_by(SealedText.thing, SealedText.thing_id, SealedText.written_at)
    ).scalars()
    return [
        {
            "what": row.thing,
            "number": row.thing_id,
            "who_reads": row.layer,
            "by_me": row.author_id == person_id,
            "written_at": row.written_at,
            "text": opened(row, key) or NOT_HERE,
        }
        for row in rows
    ]


def forget_notes(person_id: int) -> None:
    """Every private text that she wrote is gone, of whatever room, and her pairs end; that they met stays counted."""
    db.session.execute(delete(SealedText).where(SealedText.author_id == person_id))
    hers = or_(Pairing.mentor_id == person_id, Pairing.mentee_id == person_id)
    rows = select(Pairing, Network.time_zone).join(Network, Network.id == Pairing.network_id)
    for pairing, time_zone in db.session.execute(rows.where(hers, Pairing.ended_on.is_(None))).all():
        pairing.ended_on = clock.today(time_zone)
        history.record(None, "pairing.ended_for_good", "pairing", pairing.id, pairing.network_id)


PARTS: dict[str, Callable[[int], list[dict[str, Any]]]] = {
    "mentoring_talks": talks_for_export,
    "mentoring_texts": texts_for_export,
}
for name, rows in PARTS.items():
    declare_export(name, rows)
at_erasure(forget_notes)
