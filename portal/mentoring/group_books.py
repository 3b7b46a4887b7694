"""A pair that is taken out of a talk of a group, and put back. Belongs inside an operation.

What is taken out is a removed talk like any other: it counts nowhere, its texts stay where they were, and whoever wrote
them finds them under "Our notes". Only its way back is another one: into the talk of the group, so that no minute counts
twice. The line in the history knows which talk that was.
"""

from collections.abc import Sequence
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from portal import history
from portal.db import db
from portal.history import phrases
from portal.history.queries import number_in
from portal.mentoring.models import MentoringContact, Pairing, PairTalk
from portal.mentoring.parts import note_who_took_part
from portal.mentoring.talk_changes import ask_whether_met
from portal.mentoring.talk_checks import refuse_closed, refuse_outside
from portal.mentoring.talk_programmes import count_for, taken_out
from portal.mentoring.twins import written_since_removal
from portal.web import clock
from portal.web.errors import DomainError

OUT = "contact.pair_out"
# What a talk that was taken out of a group keeps of it.
LIKE = (
    *("network_id", "title", "starts_at", "minutes", "mode", "held_at", "recorded_by", "created_at", "contact_kind"),
    *("focus", "logged_by", "how_logged", "has_time", "next_at"),
)
phrases.declare(
    {
        OUT: _l("%(actor)s took a pair out of the talk of a group"),
        "contact.pair_back": _l("%(actor)s put a pair back into the talk of a group"),
    }
)


def split_off(told: PairTalk, by: int) -> None:
    """Into a talk of its own, which is removed; the one pair that is left is no group any more."""
    group, now = told.contact, clock.now()
    alone = _like(group, told.pairing_id)
    alone.deleted_at = alone.cancelled_at = now
    db.session.add(alone)
    told.contact = alone
    db.session.flush()
    if group.pairing_id == told.pairing_id:
        # A mentor's minutes belong to the pair that a talk was written down in.
        group.pairing = group.talks[0].pairing
    _settle(group, by, "group" if len(group.talks) > 1 else "one_to_one")
    history.record(by, OUT, "contact", group.id, group.network_id)
    history.record(by, OUT, "contact", alone.id, group=group.id)


def add_pairs(contact: MentoringContact, pairs: Sequence[Pairing], time_zone: str) -> None:
    """Whoever was in it before and taken out comes back with her texts."""
    for pairing in pairs:
        if told := taken_out_before(contact, pairing):
            join_again(told, contact, time_zone)
        else:
            contact.talks.append(PairTalk(pairing=pairing))
    db.session.flush()


def put_back(told: PairTalk, group: MentoringContact, by: int, time_zone: str) -> None:
    """Into the group as it is now. Raises DomainError where that can't be: see ``_refuse_way_back``."""
    _refuse_way_back(told, group, time_zone)
    join_again(told, group, time_zone)
    db.session.flush()
    _settle(group, by, "group")
    history.record(by, "contact.pair_back", "contact", group.id, group.network_id)


def join_again(told: PairTalk, group: MentoringContact, time_zone: str) -> None:
    """With its texts and its word, unless the talk is of another day or length by now."""
    alone = told.contact
    out = taken_out(told, _day_of(alone, time_zone))
    told.contact = group
    count_for(told, _day_of(group, time_zone), out)
    if (alone.starts_at, alone.minutes) != (group.starts_at, group.minutes):
        told.confirmed_at = told.disputed_at = None
        ask_whether_met(told)


def group_before(alone: MentoringContact) -> MentoringContact | None:
    """The talk of a group out of which this removed talk was taken."""
    group_id = number_in(OUT, "contact", alone.id, "group")
    return db.session.get(MentoringContact, group_id) if group_id else None


def taken_out_before(group: MentoringContact, pairing: Pairing) -> PairTalk | None:
    """What was taken out of this very talk of this pair, with its texts, where it is still out."""
    rows = (
        select(PairTalk)
        .join(MentoringContact, MentoringContact.id == PairTalk.contact_id)
        .where(
            PairTalk.pairing_id == pairing.id,
            MentoringContact.deleted_at.is_not(None),
            MentoringContact.created_at == group.created_at,
            MentoringContact.id != group.id,
        )
        .order_by(PairTalk.id)
    )
    found = db.session.execute(rows).scalars()
    return next((told for told in found if group_before(told.contact) is group), None)


def refuse_closed_of(told: PairTalk, group: MentoringContact, time_zone: str) -> None:
    """Raises MonthClosed for this pair, and for the only other one, whose talk becomes another kind with it."""
    others = [one.pairing for one in group.talks if one is not told]
    pairs = [told.pairing, *(others if len(others) == 1 else ())]
    refuse_closed(pairs, _day_of(group, time_zone), time_zone)


def _refuse_way_back(told: PairTalk, group: MentoringContact, time_zone: str) -> None:
    if group.deleted_at:
        raise DomainError(_("The talk of the group is removed. Bring that back first."))
    if group.contact_kind == "support":
        raise DomainError(_("The talk of the group is written down as support now. Put that right first."))
    refuse_closed_of(told, group, time_zone)
    refuse_outside(told.pairing, _day_of(group, time_zone), True)
    is_in = any(one.pairing_id == told.pairing_id for one in group.talks)
    if is_in or written_since_removal(told.contact, time_zone, any_kind=True):
        raise DomainError(_("It was written down once more meanwhile, of that day and length. One talk counts once."))


def _settle(group: MentoringContact, by: int, kind: str) -> None:
    """What it is now, and who took part; for whoever has it open in a second window it has changed."""
    if group.contact_kind != kind:
        history.record(by, "contact.rekinded", "contact", group.id, group.network_id)
    group.contact_kind = kind
    flag_modified(group, "minutes")
    note_who_took_part(group, by)


def _like(group: MentoringContact, pairing_id: int) -> MentoringContact:
    kept = {name: getattr(group, name) for name in LIKE}
    return MentoringContact(pairing_id=pairing_id, **kept)


def _day_of(contact: MentoringContact, time_zone: str) -> date:
    return clock.local(contact.starts_at, time_zone).date()
