"""R8, Resources and loans: what is held, lent, used and lost in a period, each figure with its rows."""

from flask import Response
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.activities.counting import Rule, whole_key
from portal.kit.models import Kit
from portal.lending import counting_rules as lending
from portal.networks.queries import terms_of
from portal.networks.scope import NetworkHere, here
from portal.reports import queries, queries_holdings
from portal.reports.cells import figures_sheet
from portal.reports.periods import offered
from portal.reports.policy import is_hidden, may_open_rows
from portal.reports.routes import address_of, chosen_of, numbers, today_here, whose
from portal.resources import counting as resources
from portal.resources.models import Pack
from portal.web import clock, money
from portal.web.errors import NotHere
from portal.web.hypermedia import page
from portal.web.listing import Listing, Sort, export, wanted_export
from portal.web.tables import Column


@numbers.get("/holdings")
def holdings() -> Response:
    network, membership = here().network, here().membership
    rules = rules_here(network)
    periods = offered(terms_of(network.id), today_here())
    period, ids = chosen_of(periods), whose()
    span = queries.span_of(ids, period, network.time_zone)
    values, gaps = queries.figures_of(rules, span)
    hidden = {rule.key for rule in rules if is_hidden(values[rule.key], rule.small, membership)}
    if kind := wanted_export():
        shown = [
            (rule, None if rule.key in hidden else values[rule.key], values.get(whole_key(rule.key))) for rule in rules
        ]
        return figures_sheet(_("resources and loans"), period, shown, kind)
    return page(
        "reports/holdings.html",
        periods=periods,
        period=period,
        rules=rules,
        values=values,
        hidden=hidden,
        blurred={key: gaps[gap.key] for gap in (*lending.GAPS, *resources.GAPS) for key in gap.blurs if gaps[gap.key]},
        held=queries_holdings.held(span),
        most_used=queries_holdings.most_used(span),
        never_used=queries_holdings.some_never_used(span),
        languages=queries_holdings.languages(span) if "resources" in network.rooms else [],
        costs=queries_holdings.costs(span) if "kit" in network.rooms else [],
        money=money.in_words,
        as_of=clock.now(),
        opens_rows=may_open_rows(membership),
        address=address_of(period, len(ids) > 1),
    )


@numbers.get("/holdings/unused/<kind>")
def unused(kind: str) -> Response:
    """All boxes, or all packs, that nobody used. Their titles name nobody, so every member reads them."""
    if kind not in queries_holdings.KINDS or not rules_here(here().network):
        raise NotHere
    network = here().network
    period = chosen_of(offered(terms_of(network.id), today_here()))
    ids = whose()
    model = Kit if kind == "kit" else Pack
    rows = queries_holdings.never_used(queries.span_of(ids, period, network.time_zone), kind)
    listing = Listing(rows, (Sort("title", _l("By title"), (model.title, model.id)),), size=50)
    if wanted := wanted_export():
        return export(_("never used"), [Column(_("What"))], listing.everything(), wanted, lambda row: (row.title,))
    return page(
        "reports/unused.html", listing=listing, kind=kind, period=period, address=address_of(period, len(ids) > 1)
    )


def rules_here(network: NetworkHere) -> tuple[Rule, ...]:
    """The figures of R8 whose rooms are open; 404 where neither is."""
    rules = (
        *(lending.RULES if "kit" in network.rooms else ()),
        *(resources.RULES if "resources" in network.rooms else ()),
    )
    if not rules:
        raise NotHere
    return rules
