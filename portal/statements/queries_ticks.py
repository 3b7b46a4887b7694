"""What was ticked at talks, with the words of the region: for totals alone."""

from sqlalchemy import and_, func, literal, union_all

from portal.db import db
from portal.mentoring.models import ContactActivity, ContactStandard, PairTalk
from portal.programmes.models import FrameLine, TeachingFrame
from portal.statements.queries_hours import Asked, talks
from portal.statements.ticks import Tick
from portal.vocabulary.models import Word

DID, ABOUT = "did", "about"


def ticks(asked: Asked) -> tuple[list[Tick], list[Tick]]:
    """What the two did at each talk, and which lines of a frame it was about (one query for both)."""
    did = func.coalesce(Word.label, ContactActivity.code)
    about = TeachingFrame.name + ": " + FrameLine.label
    where = PairTalk.contact_id, PairTalk.pairing_id
    activities = (
        talks(asked, literal(DID), did, *where)
        .join(ContactActivity, ContactActivity.contact_id == PairTalk.contact_id)
        .outerjoin(Word, and_(Word.kind == "mentoring_activity", Word.code == ContactActivity.code))
    )
    standards = (
        talks(asked, literal(ABOUT), about, *where)
        .join(ContactStandard, ContactStandard.contact_id == PairTalk.contact_id)
        .join(FrameLine, FrameLine.id == ContactStandard.line_id)
        .join(TeachingFrame, TeachingFrame.id == FrameLine.frame_id)
    )
    found: dict[str, list[Tick]] = {DID: [], ABOUT: []}
    for which, *tick in db.session.execute(union_all(activities, standards)):
        found[which].append(Tick(*tick))
    return found[DID], found[ABOUT]
