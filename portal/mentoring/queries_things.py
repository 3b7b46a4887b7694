"""The private texts of pairs, from all rooms that seal some; this room's own are its talks and the draft of the next one."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import ColumnElement, and_, false, or_, select

from portal.db import db
from portal.mentoring.draft_keeping import BESIDE, DRAFT
from portal.mentoring.models import PairTalk, SealedText
from portal.mentoring.things import Thing, declare_things, things_of


@declare_things
def things_of_mentoring(pairing_ids: Collection[int]) -> list[Thing]:
    """Talks, removed ones too, with drafts beside them, and the draft of the next one (one query)."""
    talks = db.session.execute(select(PairTalk.id).where(PairTalk.pairing_id.in_(pairing_ids))).scalars()
    beside = [(name, talk_id) for talk_id in talks for name in ("talk", BESIDE)]
    return [*beside, *((DRAFT, pairing_id) for pairing_id in pairing_ids)]


def texts_of(pairing_ids: Collection[int]) -> ColumnElement[bool]:
    """The condition for every private text of these pairs."""
    by_name: dict[str, list[int]] = defaultdict(list)
    for name, number in things_of(pairing_ids):
        by_name[name].append(number)
    return or_(
        false(),
        *(and_(SealedText.thing == name, SealedText.thing_id.in_(numbers)) for name, numbers in by_name.items()),
    )
