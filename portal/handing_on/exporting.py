"""Hand-overs in a person's own export, and what becomes of them when she deletes herself."""

from typing import Any

from sqlalchemy import delete, or_, select, update

from portal.db import db
from portal.handing_on.making import reader_name
from portal.handing_on.models import HandOver
from portal.handing_on.queries import names_around, shown
from portal.mentoring.exporting import NOT_HERE
from portal.people.exporting import declare_export
from portal.people.operations_leaving import at_erasure
from portal.web import clock


def hand_overs_for_export(person_id: int) -> list[dict[str, Any]]:
    """What she handed on and what she was handed and opened, each with its document while it can be opened."""
    mine = or_(HandOver.person_id == person_id, HandOver.to_person_id == person_id)
    rows = db.session.execute(select(HandOver).where(mine).order_by(HandOver.id)).scalars()
    return [_as_row(one, person_id) for one in rows if one.person_id == person_id or _may_read(one)]


def _may_read(one: HandOver) -> bool:
    return one.opened_at is not None and one.may_be_opened(clock.now())


def _as_row(one: HandOver, person_id: int) -> dict[str, Any]:
    by_me = one.person_id == person_id
    return {
        "by_me": by_me,
        "from": names_around(one)[0],
        "to": reader_name(one) if one.is_addressed else "",
        "address": one.to_address if by_me else "",
        "made_at": one.made_at,
        "sent_at": one.sent_at,
        "opened_at": one.opened_at,
        "taken_back_at": one.taken_back_at,
        "document": shown(one) or (NOT_HERE if one.digest and not one.taken_back_at else None),
    }


def forget_hand_overs(person_id: int) -> None:
    """What she handed on goes, documents and all (mentoring forgets every text that she sealed); what reached her closes."""
    db.session.execute(delete(HandOver).where(HandOver.person_id == person_id))
    to_her = update(HandOver).where(HandOver.to_person_id == person_id)
    db.session.execute(to_her.values(expires_at=clock.now(), to_name="", to_address="", to_organisation=""))


declare_export("hand_overs", hand_overs_for_export, ("hand_over",))
at_erasure(forget_hand_overs)
