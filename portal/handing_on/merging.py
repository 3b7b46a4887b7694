"""Two records of one person, where something was handed on to one of them: nobody but herself makes them one."""

from flask_babel import gettext as _
from sqlalchemy import or_, select

from portal.db import db
from portal.handing_on.models import HandOver
from portal.people.merging_guards import before_merging
from portal.web import clock
from portal.web.errors import DomainError


@before_merging
def keep_hand_overs_from_others(kept_id: int, gone_id: int) -> None:
    """Raises DomainError where whoever holds ``kept_id`` would come to read what a teacher chose somebody else for."""
    reached = select(HandOver.id).where(
        HandOver.to_person_id == gone_id,
        HandOver.taken_back_at.is_(None),
        or_(HandOver.expires_at.is_(None), HandOver.expires_at > clock.now()),
    )
    if db.session.execute(reached.limit(1)).first():
        raise DomainError(
            _(
                "A teacher handed something on to the record that would go, and no coordinator decides who reads it. "
                "She can put the two together herself: on her page, by adding the other address."
            )
        )
