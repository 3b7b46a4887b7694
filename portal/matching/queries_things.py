"""What of this room may hold a private text of a pair, by name and number."""

from collections.abc import Collection

from sqlalchemy import select

from portal.db import db
from portal.matching.models import PairEnding, RematchWish
from portal.mentoring.things import Thing, declare_things


@declare_things
def things_of_matching(pairing_ids: Collection[int]) -> list[Thing]:
    """Wishes for somebody else, and answers to the questions at the end (two queries)."""
    wishes = select(RematchWish.id).where(RematchWish.pairing_id.in_(pairing_ids))
    endings = select(PairEnding.id).where(PairEnding.pairing_id.in_(pairing_ids))
    return [
        *(("rematch", wish_id) for wish_id in db.session.execute(wishes).scalars()),
        *(("ending", ending_id) for ending_id in db.session.execute(endings).scalars()),
    ]
