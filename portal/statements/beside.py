"""What stands of hours on a pair's page: how much, for which programmes it counts, and the way to the statement."""

from dataclasses import dataclass
from datetime import date

from portal.mentoring.beside import Part, beside
from portal.mentoring.models import Pairing
from portal.networks.scope import Standing
from portal.programmes.models import Programme
from portal.statements import periods, wording
from portal.statements.counted import Sitting, counted_for
from portal.statements.queries_hours import Asked, sittings
from portal.statements.queries_pairs import programmes_with
from portal.web import clock, dates


@dataclass(frozen=True, slots=True)
class CountsFor:
    """A programme, its running year, and the minutes of this pair that it counts."""

    programme: Programme
    since: date
    minutes: int


@beside
def hours_beside(pairing: Pairing, member: Standing) -> Part:
    """For the two and for coordinators alike: minutes by programme (two queries)."""
    today = clock.today(dates.place_clock())
    programmes = programmes_with([pairing.id])
    years = {one.id: periods.year(one, today).first for one in programmes}
    since = min(years.values(), default=periods.year(None, today).first)
    found = sittings(Asked((pairing.network_id,), since, today, dates.place_clock(), pairing_ids=[pairing.id]))
    counts = [
        CountsFor(one, years[one.id], _minutes(found, one, years[one.id])) for one in programmes if not one.retired_at
    ]
    return Part("statements/_beside.html", place="side", pairing=pairing, counts=counts, words=wording)


def _minutes(found: list[Sitting], programme: Programme, since: date) -> int:
    return counted_for((one for one in found if one.day >= since), programme).minutes
