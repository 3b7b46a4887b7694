"""Which other report of the same time differs by so few pairs that both together tell of them.

No figure of either is hidden for that: who prepares them is told, and hands out one. Only whole reports are compared; two
periods that overlap can be subtracted too.
"""

from collections.abc import Collection, Mapping

from flask_babel import gettext as _
from sqlalchemy import func, literal, or_, select

from portal.db import Rows
from portal.mentoring.models import Pairing, PairProgramme
from portal.programmes.models import Programme
from portal.statements.periods import Period
from portal.statements.small import is_few

# The other report by name, and by how many pairs it differs.
Near = list[tuple[str, int]]
# Beside the ids of programmes: the report of all talks, and that of one network of a region.
THE_OTHER = 0
# Their place among what ``queries_report.outcomes`` asks for in one question.
WHICH = 2


def others(
    pairing_ids: Collection[int], programme: Programme | None, whole_region: bool, network_id: int, period: Period
) -> Rows:
    """How many pairs the other reports of this time have: WHICH, the id of a programme or THE_OTHER, and how many."""
    hers = (
        select(literal(WHICH), literal(THE_OTHER), func.count())
        .select_from(Pairing)
        .where(Pairing.network_id == network_id)
    )
    if whole_region:
        return hers.where(Pairing.id.in_(pairing_ids))
    if programme:
        open_then = or_(Pairing.ended_on.is_(None), Pairing.ended_on >= period.first)
        return hers.where(Pairing.started_on <= period.last, open_then)
    return (
        select(literal(WHICH), PairProgramme.programme_id, func.count())
        .where(
            PairProgramme.pairing_id.in_(pairing_ids),
            PairProgramme.since <= period.last,
            or_(PairProgramme.until.is_(None), PairProgramme.until >= period.first),
        )
        .group_by(PairProgramme.programme_id)
    )


def near(count: int, found: Mapping[int, int], names: Mapping[int, str], whole_region: bool) -> Near:
    """Of a report on so many pairs, those that differ by a few."""
    other = _("this network alone") if whole_region else _("all talks")
    differ = [(names.get(key, "") if key else other, abs(count - pairs)) for key, pairs in found.items()]
    return sorted((name, few) for name, few in differ if is_few(few))
