"""What stands on a pack's page about its review: who looked at it and when; for its owner, what is to be put right."""

from typing import Any

from portal.resources.beside import Part, beside
from portal.resources.policy import Member
from portal.reviewing.fields import PASSED
from portal.reviewing.policy import can_review
from portal.reviewing.queries import reviews_of


@beside
def review_beside(pack: Any, member: Member) -> Part | None:
    """Everybody reads that it passed; notes are between its owner and the coordinators (one query)."""
    if pack.standing == "draft" and pack.owner_id != member.person_id:
        return None
    reviews = reviews_of(pack.id, limit=6)
    passed = next((one for one in reviews if one.decision == PASSED), None) if pack.reviewed_at else None
    last = reviews[0] if reviews else None
    may_read_notes = can_review(member) or pack.owner_id == member.person_id
    is_back = last is not None and last.decision != PASSED and last.made_at >= pack.changed_at
    if not (passed or can_review(member) or (may_read_notes and last is not None)):
        return None
    return Part(
        "reviewing/_beside.html",
        passed=passed,
        last=last if may_read_notes else None,
        is_back=is_back and may_read_notes,
        can_review=can_review(member) and pack.standing not in ("draft", "retired"),
    )
