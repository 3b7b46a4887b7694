"""What matching adds to a person's own export: what she was asked, her wishes for somebody else, what she said at the end.

Never what the other one of the two answered or wrote.
"""

from typing import Any

from flask import current_app
from sqlalchemy import or_, select

from portal.db import db
from portal.matching.models import MatchProposal, PairEnding, RematchWish
from portal.matching.queries_wishes import asked_words, own_ending
from portal.people.exporting import declare_export


def proposals_of(person_id: int) -> list[dict[str, Any]]:
    query = select(MatchProposal).where(or_(MatchProposal.mentor_id == person_id, MatchProposal.mentee_id == person_id))
    return [_as_row(one, person_id) for one in db.session.execute(query.order_by(MatchProposal.id)).scalars()]


def _as_row(one: MatchProposal, person_id: int) -> dict[str, Any]:
    is_mentor = one.mentor_id == person_id
    accepted = one.mentor_accepted_at if is_mentor else one.mentee_accepted_at
    return {
        "as": "mentor" if is_mentor else "mentee",
        "purpose": one.purpose,
        "rhythm": one.rhythm,
        "proposed_at": one.proposed_at,
        "i_said_yes_at": accepted,
        "i_said_no": one.declined_by == person_id,
        "closed_at": one.closed_at,
        "became_a_pair": one.pairing_id is not None,
    }


def wishes_of(person_id: int) -> list[dict[str, Any]]:
    wishes = select(RematchWish).where(RematchWish.asked_by == person_id).order_by(RematchWish.id)
    return [
        {
            "asked_at": wish.asked_at,
            "withdrawn_at": wish.withdrawn_at,
            "answer": wish.answer,
            **asked_words("rematch", wish.id, person_id, False, _key()).get(person_id, {}),
        }
        for wish in db.session.execute(wishes).scalars()
    ]


def endings_of(person_id: int) -> list[dict[str, Any]]:
    endings = select(PairEnding).where(PairEnding.person_id == person_id).order_by(PairEnding.id)
    found = []
    for one in db.session.execute(endings).scalars():
        layer, said = own_ending(one.id, person_id, _key())
        found.append({"answered_at": one.answered_at, "only_me": layer == "only_me", **said})
    return found


def _key() -> bytes:
    key: bytes = current_app.config["SETTINGS"].key("mentoring")
    return key


declare_export("match_proposals", proposals_of, ("match_proposal",))
declare_export("rematch_wishes", wishes_of, ("rematch_wish",))
declare_export("pair_endings", endings_of, ("pair_ending",))
