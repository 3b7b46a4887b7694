"""The hours of all pairs of a network, for coordinators: days and minutes, no word of content."""

from dataclasses import dataclass

from flask import Response
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.networks.scope import here
from portal.statements import wording
from portal.statements.asked import choice, today
from portal.statements.counted import Sitting, counted_for, minutes_once
from portal.statements.queries_hours import Asked, sittings
from portal.statements.queries_pairs import Pair, pairs_for, pairs_in, programmes_of
from portal.statements.statement import Sum
from portal.web.hypermedia import page
from portal.web.listing import ListingHere, Sort, export, wanted_export
from portal.web.tables import Cell, Column


@dataclass(frozen=True, slots=True)
class PairHours:
    pair: Pair
    sum: Sum


BY_NAME = Sort("mentee", _l("By mentee"), (lambda row: row.pair.mentee.casefold(), lambda row: row.pair.id))
BY_MENTOR = Sort("mentor", _l("By mentor"), (lambda row: row.pair.mentor.casefold(), lambda row: row.pair.id))
MOST = Sort("most", _l("Most hours first"), (lambda row: -row.sum.minutes, lambda row: row.pair.id))
FEWEST = Sort("fewest", _l("Fewest hours first"), (lambda row: row.sum.minutes, lambda row: row.pair.id))
COLUMNS = [
    Column(name)
    for name in (
        _l("Mentor"),
        _l("Mentee"),
        _l("Talks"),
        _l("Minutes"),
        _l("Confirmed"),
        _l("Of"),
        _l("Not answered"),
        _l("Since"),
        _l("Until"),
    )
]


def overview_page() -> Response:
    """What each pair's book holds of a period, and each talk once at the foot."""
    network = here().network
    chosen = choice(programmes_of(network.id))
    period, programme = chosen.period, chosen.programme
    asked = Asked((network.id,), period.first, period.last, network.time_zone)
    pairs = (
        pairs_for(programme.id, (network.id,), period.first, period.last)
        if programme
        else pairs_in((network.id,), period.first, period.last)
    )
    counted = counted_for(sittings(asked), programme)
    books: dict[int, list[Sitting]] = {}
    for one in counted.sittings:
        books.setdefault(one.pairing_id, []).append(one)
    rows = [PairHours(pair, Sum.of(books.get(pair.id, []), today())) for pair in pairs]
    listing = ListingHere(rows, (BY_NAME, BY_MENTOR, MOST, FEWEST), size=50)
    if kind := wanted_export():
        return export(_("hours-of-pairs"), COLUMNS, listing.everything(), kind, _cells)
    return page(
        "statements/overview.html",
        chosen=chosen,
        listing=listing,
        words=wording,
        minutes=minutes_once(counted.sittings),
        asked=chosen.asked,
    )


def _cells(row: PairHours) -> list[Cell]:
    pair, found = row.pair, row.sum
    return [
        pair.mentor, pair.mentee, found.talks, found.minutes, found.confirmed, found.asked, found.on_one_word,
        pair.since, pair.until,
    ]  # fmt: skip
