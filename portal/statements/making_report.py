"""R6 as the address asks for it: its talks, its pairs, and whatever else stands on a line of the form."""

from dataclasses import dataclass

from flask import request

from portal.networks.scope import here
from portal.statements import queries_report as queries
from portal.statements.asked import Choice, choice, today
from portal.statements.counted import counted_for
from portal.statements.near import Near, near, others
from portal.statements.queries_hours import Asked, moments, sittings
from portal.statements.queries_pairs import pairs_for, pairs_in, programmes_of
from portal.statements.queries_ticks import ticks
from portal.statements.report import Report
from portal.statements.ticks import mix_of

REGION = "region"


@dataclass(frozen=True, slots=True)
class Made:
    """The report, and the question that it answers."""

    report: Report
    chosen: Choice
    has_children: bool
    whole_region: bool
    near: Near

    @property
    def asked(self) -> dict[str, str]:
        return self.chosen.asked | ({"whose": REGION} if self.whole_region else {})


def made_report(own: bool = False) -> Made:
    """Eight queries, however many pairs and networks. ``own``: of this network, whatever the address asks for."""
    network = here().network
    chosen = choice(programmes_of(network.id))
    family = queries.network_with_children(network.id)
    whole_region = not own and request.args.get("whose") == REGION and len(family) > 1
    ids = family if whole_region else (network.id,)
    period, programme = chosen.period, chosen.programme
    pairs = (
        pairs_for(programme.id, ids, period.first, period.last)
        if programme
        else pairs_in(ids, period.first, period.last)
    )
    asked = Asked(ids, period.first, period.last, network.time_zone, programme_id=programme.id if programme else None)
    counted = counted_for(sittings(asked), programme)
    span = moments(period.first, period.last, network.time_zone)
    of = [pair.id for pair in pairs]
    rematched, cycles, counts = queries.outcomes(of, *span, others(of, programme, whole_region, network.id, period))
    did, about = ticks(asked)
    report = Report(
        period,
        programme,
        today(),
        pairs,
        counted,
        queries.wishes(ids, *span, network.time_zone, programme.id if programme else None),
        frozenset(rematched),
        cycles,
        queries.trained(ids, {pair.mentor_id for pair in pairs}),
        mix_of(did, counted.sittings),
        mix_of(about, counted.sittings),
    )
    names = {one.id: one.name for one in chosen.programmes}
    return Made(report, chosen, len(family) > 1, whole_region, near(len(pairs), counts, names, whole_region))
