"""The doors of Numbers: the page of figures, the rows behind one, and both as spreadsheets."""

from datetime import date

from flask import Response, request
from flask_babel import gettext as _

from portal.activities.counting import Gap, Rule, whole_key
from portal.db import Rows
from portal.networks.queries import terms_of
from portal.networks.scope import here, room_blueprint
from portal.reports import queries
from portal.reports.cells import cell, columns_of, figures_sheet
from portal.reports.periods import CHOSEN, Period, between, offered
from portal.reports.policy import is_kept_back, may_open_rows
from portal.web import clock
from portal.web.charts import bar_pairs
from portal.web.day_fields import FIRST_YEAR, LAST_YEAR
from portal.web.errors import NotHere, NotYours
from portal.web.hypermedia import page
from portal.web.listing import Listing, Sort, export, wanted_export

numbers = room_blueprint("numbers", __name__)


@numbers.get("/")
def index() -> Response:
    network, membership = here().network, here().membership
    terms = terms_of(network.id)
    periods = offered(terms, today_here())
    period = chosen_of(periods)
    ids = whose()
    rules = queries.rules_for(network.rooms)
    values, gaps = queries.figures_of(rules, queries.span_of(ids, period, network.time_zone))
    is_offered = period.key != CHOSEN
    hidden = {rule.key for rule in rules if is_kept_back(rule, values, membership, is_offered)}
    if kind := wanted_export():
        shown = [
            (rule, None if rule.key in hidden else values[rule.key], values.get(whole_key(rule.key))) for rule in rules
        ]
        return figures_sheet(_("numbers"), period, shown, kind)
    lines = queries.by_term(terms, ids, network.time_zone, today_here())
    return page(
        "reports/numbers.html",
        periods=periods,
        period=period,
        rules=rules,
        values=values,
        hidden=hidden,
        gaps=[
            (gap, gaps[gap.key])
            for gap in queries.GAPS
            if gaps[gap.key] and not is_kept_back(gap, values | gaps, membership, is_offered)
        ],
        lines=lines,
        chart=_chart(lines),
        as_of=clock.now(),
        opens_rows=may_open_rows(membership),
        has_children=len(queries.network_with_children(network.id)) > 1,
        whole_region=len(ids) > 1,
        closed_rows=queries.OWN_ROWS if len(ids) > 1 else (),
        address=address_of(period, len(ids) > 1),
    )


@numbers.get("/rows/<key>")
def rows(key: str) -> Response:
    """The rows of one figure, or of one gap."""
    counted = queries.rule_called(key) or queries.gap_called(key)
    if counted is None:
        raise NotHere
    if not may_open_rows(here().membership):
        raise NotYours
    ids = whose()
    if len(ids) > 1 and key in queries.OWN_ROWS:
        raise NotYours
    period = chosen_of(offered(terms_of(here().network.id), today_here()))
    span = queries.span_of(ids, period, here().network.time_zone)
    listing = _in_order(counted.rows(span))
    if kind := wanted_export():
        return export(counted.key, columns_of(counted), listing.everything(), kind, lambda row: _cells(counted, row))
    return page(
        "reports/rows.html",
        counted=counted,
        listing=listing,
        period=period,
        cell=cell,
        is_gap=isinstance(counted, Gap),
        address=address_of(period, len(span.network_ids) > 1),
    )


def _cells(counted: Rule | Gap, row: object) -> list[object]:
    return [getattr(row, column) for column in counted.headings]


def _in_order(rows: Rows) -> Listing:
    # The rule's own order. It must come from this very select: another one would name other aliases.
    return Listing(rows.order_by(None), [Sort("usual", _("In order"), tuple(rows._order_by_clauses))], size=50)


def today_here() -> date:
    return clock.today(here().network.time_zone)


def whose() -> tuple[int, ...]:
    """This network alone, or with those under it when its coordinator asks for the region."""
    network_id = here().network.id
    if request.args.get("whose") == "region" and here().membership.is_coordinator:
        return queries.network_with_children(network_id)
    return (network_id,)


def chosen_of(periods: list[Period]) -> Period:
    """The period in the address: its key, or two dates; the running term otherwise."""
    first, last = (_typed_day(request.args.get(name, "")) for name in ("from", "to"))
    if first and last:
        return between(first, last)
    wanted = request.args.get("period", "")
    return next((period for period in periods if period.key == wanted), periods[0])


def _typed_day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def address_of(period: Period, whole_region: bool) -> dict[str, str]:
    """What the links of the page carry on, so that a figure and its rows speak of the same period."""
    whose = {"whose": "region"} if whole_region else {}
    if period.key == CHOSEN:
        return {"from": period.starts_on.isoformat(), "to": period.ends_on.isoformat(), **whose}
    return {"period": period.key, **whose}


def _chart(lines: list[queries.TermFigures]) -> object:
    if len(lines) < 2:
        return None
    rows_of_chart = [(line.name, (line.attendances, line.people), line.is_open) for line in lines]
    return bar_pairs(
        rows_of_chart, (_("attendances"), _("different people")), title=_("Attendances and different people, by term")
    )
