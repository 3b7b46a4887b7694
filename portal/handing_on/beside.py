"""On the pages of mentoring: what reached her and waits to be opened, and the way to hand something on."""

from sqlalchemy import select

from portal.db import db
from portal.handing_on.queries import received_by
from portal.mentoring.beside import Part, beside, beside_index
from portal.mentoring.models import Pairing
from portal.networks.scope import Standing


@beside
def hand_on_from_pair(pairing: Pairing, member: Standing) -> Part | None:
    """For the mentee alone: what is hers to give is hers to find."""
    if member.person_id != pairing.mentee_id:
        return None
    return Part("handing_on/_from_pair.html", place="leaving")


@beside_index
def handed_to_me(member: Standing) -> Part | None:
    """What waits to be opened, above everything else (one query)."""
    rows = received_by(member.person_id, member.network_id).subquery()
    waiting = db.session.execute(select(rows).where(rows.c.opened_at.is_(None))).all()
    return Part("handing_on/_waiting.html", place="top", waiting=waiting) if waiting else None


@beside_index
def way_in(member: Standing) -> Part | None:
    return Part("handing_on/_from_pair.html", place="side")
