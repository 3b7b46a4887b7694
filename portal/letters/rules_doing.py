"""What people did besides meeting: used a pack, mentor or are mentored."""

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, or_, select

from portal.activities.models import Use
from portal.db import db
from portal.letters.conditions import true_of_her
from portal.letters.rules import Part, Rule, Span, declare
from portal.mentoring.models import Pairing
from portal.people.models import Person
from portal.resources.models import Pack
from portal.web import clock
from portal.web.numbers import number_of

MOST_PACKS = 60


def _used(span: Span, answer: str) -> ColumnElement[bool]:
    ours = select(Pack.id).where(Pack.id == number_of(answer), Pack.network_id.in_(span.network_ids))
    return true_of_her(
        Use.person_id == Person.id, Use.withdrawn_at.is_(None), Use.subject_kind == "pack", Use.subject_id.in_(ours)
    )


def _packs(span: Span, answers: Sequence[str]) -> Mapping[str, str]:
    """The packs that are used most, and those that were asked for."""
    ours = (
        select(Pack.id, Pack.title)
        .where(Pack.network_id.in_(span.network_ids), Pack.deleted_at.is_(None), Pack.shared_at.is_not(None))
        .order_by(Pack.uses_count.desc(), Pack.title)
    )
    rows = span.once("packs", lambda: list(db.session.execute(ours.limit(MOST_PACKS))))
    missing = [number_of(one) for one in answers if one not in {str(row.id) for row in rows}]
    more = db.session.execute(ours.where(Pack.id.in_(missing))) if missing else ()
    return {str(row.id): _("“%(title)s”", title=row.title) for row in [*rows, *more]}


def _paired(span: Span, answer: str) -> ColumnElement[bool]:
    today = clock.today(span.network.time_zone)
    sides = {"mentor": (Pairing.mentor_id,), "mentee": (Pairing.mentee_id,)}
    hers = or_(*(side == Person.id for side in sides.get(answer, (Pairing.mentor_id, Pairing.mentee_id))))
    now = or_(Pairing.ended_on.is_(None), Pairing.ended_on > today)
    paired = true_of_her(Pairing.network_id.in_(span.network_ids), now, hers)
    return ~paired if answer == "none" else paired


def _sides(span: Span, answers: Sequence[str]) -> Mapping[str, str]:
    return {"mentor": _("mentors somebody"), "mentee": _("is mentored"), "none": _("is in no pair")}


for _rule in (
    Rule("used", _l("Used the pack"), _l("used %(what)s"), _used, _packs, Part.DID, room="resources"),
    Rule("pair", _l("Mentoring"), _l("%(what)s"), _paired, _sides, Part.DID, room="mentoring"),
):
    declare(_rule)
