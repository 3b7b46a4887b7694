"""Each organisation's own count, for who reads a programme's totals there. A shared coach stands in two, each its own."""

from flask import Response
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.networks.scope import Standing, here
from portal.networks.tabs import Tab, declare_tab
from portal.programmes.models import Programme
from portal.statements import periods, policy, wording
from portal.statements.asked import choice, today
from portal.statements.blueprints import statements
from portal.statements.counted import Sitting
from portal.statements.counts import by_pair_and_month, count_for
from portal.statements.periods import Period
from portal.statements.queries_counts import (
    organisation_name,
    programme_in,
    programmes_read_by,
    readers_of,
)
from portal.statements.queries_hours import Asked, sittings
from portal.statements.queries_pairs import Pair, pairs_for, programmes_of
from portal.statements.queries_ticks import ticks
from portal.statements.sheets_counts import COUNT, count_cells
from portal.statements.ticks import mix_of
from portal.web.access import me
from portal.web.errors import NotHere, NotYours
from portal.web.hypermedia import page
from portal.web.listing import ListingHere, Sort, export, wanted_export


def reads_some(member: Standing) -> bool:
    """Asked only on the pages that stand under Hours (one query for who is no coordinator)."""
    return policy.may_run(member) or bool(programmes_read_by(member.person_id, member.network_id))


declare_tab(
    "mentoring",
    Tab("counts", _l("Own counts"), "statements.counts", 20, shown=reads_some, under="hours"),
)

BY_MENTEE = Sort("mentee", _l("By mentee"), (lambda row: row.pair.mentee.casefold(), lambda row: row.pair.id))
BY_MENTOR = Sort("mentor", _l("By mentor"), (lambda row: row.pair.mentor.casefold(), lambda row: row.pair.id))
FEWEST = Sort("fewest", _l("Fewest hours first"), (lambda row: row.minutes, lambda row: row.pair.id))


@statements.get("/organisations")
def counts() -> Response:
    """The programmes whose totals this person reads: all of them for coordinators."""
    network_id = here().network.id
    is_running = policy.may_run(here().membership)
    found = programmes_of(network_id) if is_running else programmes_read_by(me().person_id, network_id)
    if not found and not is_running:
        raise NotYours
    return page("statements/counts.html", programmes=found)


@statements.get("/organisations/<int:programme_id>")
def count(programme_id: int) -> Response:
    programme = _the_programme(programme_id)
    chosen = choice([programme], one_at_least=True)
    period = periods.whole_months(chosen.period)
    pairs, found, asked = _rows(programme, period)
    if kind := wanted_export():
        rows = by_pair_and_month(programme, pairs, found)
        return export(_("own-count"), COUNT, rows, kind, lambda row: count_cells(programme, row))
    whole = count_for(programme, pairs, found)
    did, about = ticks(asked)
    return page(
        "statements/count.html",
        programme=programme,
        organisation=organisation_name(programme),
        chosen=chosen,
        period=period,
        whole=whole,
        listing=ListingHere(whole.pairs, (BY_MENTEE, BY_MENTOR, FEWEST), size=50),
        did=mix_of(did, whole.sittings),
        about=mix_of(about, whole.sittings),
        words=wording,
        as_of=today(),
    )


def _the_programme(programme_id: int) -> Programme:
    """One whose totals this person may read; 403 for other members of the network."""
    programme = programme_in(here().network.id, programme_id)
    if programme is None:
        raise NotHere
    if not policy.may_read_count(here().membership, readers_of(programme.id)):
        raise NotYours
    return programme


def _rows(programme: Programme, period: Period) -> tuple[list[Pair], list[Sitting], Asked]:
    """Pairs and talks of this programme alone: nothing of another is loaded (two queries)."""
    network = here().network
    pairs = pairs_for(programme.id, (network.id,), period.first, period.last)
    asked = Asked(
        (network.id,),
        period.first,
        period.last,
        network.time_zone,
        pairing_ids=[pair.id for pair in pairs],
        programme_id=programme.id,
    )
    return pairs, sittings(asked), asked
