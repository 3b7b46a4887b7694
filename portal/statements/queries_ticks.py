"""What was ticked at talks, with the words of the region: for totals alone."""

from sqlalchemy import and_, func

from portal.db import db
from portal.mentoring.models import ContactActivity, ContactStandard, PairTalk
from portal.programmes.models import FrameLine, TeachingFrame
from portal.statements.queries_hours import Asked, talks
from portal.statements.ticks import Tick
from portal.vocabulary.models import Word


def activities(asked: Asked) -> list[Tick]:
    """What the two did at each talk (one query)."""
    label = func.coalesce(Word.label, ContactActivity.code)
    rows = db.session.execute(
        talks(asked, label, PairTalk.contact_id, PairTalk.pairing_id)
        .join(ContactActivity, ContactActivity.contact_id == PairTalk.contact_id)
        .outerjoin(Word, and_(Word.kind == "mentoring_activity", Word.code == ContactActivity.code))
    )
    return [Tick(*row) for row in rows]


def standards(asked: Asked) -> list[Tick]:
    """Which lines of a frame each talk was about (one query)."""
    label = TeachingFrame.name + ": " + FrameLine.label
    rows = db.session.execute(
        talks(asked, label, PairTalk.contact_id, PairTalk.pairing_id)
        .join(ContactStandard, ContactStandard.contact_id == PairTalk.contact_id)
        .join(FrameLine, FrameLine.id == ContactStandard.line_id)
        .join(TeachingFrame, TeachingFrame.id == FrameLine.frame_id)
    )
    return [Tick(*row) for row in rows]
