"""The doors of the lists: what is mine, and for coordinators all wishes, offers and proposals."""

from datetime import date, datetime
from typing import Any

from flask import Response
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from portal.db import db
from portal.matching import policy, queries, reasons
from portal.matching.blueprints import matching
from portal.matching.models import MatchProposal
from portal.matching.queries_wishes import wishes_waiting
from portal.matching.words import STATES, labels_of
from portal.networks.scope import here
from portal.web import clock, dates
from portal.web.access import me
from portal.web.errors import NotYours
from portal.web.forms import ActForm
from portal.web.hypermedia import page
from portal.web.listing import Listing, Sort, export, wanted_export
from portal.web.tables import Column


@matching.get("/")
def index() -> Response:
    network, membership = here().network, here().membership
    listing = _asks() if policy.coordinates(membership) else None
    words = labels_of()
    if listing and (kind := wanted_export()):
        cells = _cells_with(words)
        return export(_("wishes-for-a-mentor"), ASK_COLUMNS, listing.everything(), kind, cells)
    return page(
        "matching/index.html",
        ask=queries.open_ask_of(network.id, me().person_id),
        offer=queries.offer_of(network.id, me().person_id),
        asked=list(db.session.execute(queries.proposals_to(network.id, me().person_id))),
        may_take_part=policy.may_take_part(membership),
        listing=listing,
        within=queries.within_days(network.id) if listing else None,
        wishes=wishes_waiting(network.id, me().person_id) if listing else [],
        words=words,
        days_ago=dates.days_ago,
        act=ActForm(),
    )


ASK_COLUMNS = [
    Column(_l("Name")),
    Column(_l("School")),
    Column(_l("Subjects")),
    Column(_l("Phases")),
    Column(_l("Since")),
    Column(_l("Being asked")),
]


def _cells_with(words: dict[str, dict[str, str]]) -> Any:
    def cells(row: Any) -> list[object]:
        subjects = ", ".join(words["subject"].get(code, code) for code in row.subjects)
        phases = ", ".join(words["phase"].get(code, code) for code in row.phases)
        return [row.name, row.school or "", subjects, phases, _day(row.asked_at), row.proposals]

    return cells


def _asks() -> Listing:
    rows = queries.table_of_asks(here().network.id, me().person_id).subquery()
    return Listing(
        select(rows),
        [
            Sort("waiting", _("Longest waiting first"), (rows.c.paused_at.is_not(None), rows.c.asked_at, rows.c.id)),
            Sort("name", _("By name"), (rows.c.sort_name, rows.c.id)),
            Sort("school", _("By school"), (rows.c.school.is_(None), rows.c.school, rows.c.sort_name, rows.c.id)),
        ],
    )


OFFER_COLUMNS = [
    Column(_l("Name")),
    Column(_l("School")),
    Column(_l("Subjects")),
    Column(_l("Phases")),
    Column(_l("Takes")),
    Column(_l("Has")),
    Column(_l("Being asked")),
    Column(_l("Trained on")),
    Column(_l("Set aside on")),
]


@matching.get("/offers")
def offers() -> Response:
    coordinators_only()
    listing, words = _offers(), labels_of()
    if kind := wanted_export():
        return export(_("offers-to-mentor"), OFFER_COLUMNS, listing.everything(), kind, _offer_cells_with(words))
    return page("matching/offers.html", listing=listing, words=words, reasons=reasons)


def _offer_cells_with(words: dict[str, dict[str, str]]) -> Any:
    def cells(row: Any) -> list[object]:
        subjects = ", ".join(words["subject"].get(code, code) for code in row.subjects)
        phases = ", ".join(words["phase"].get(code, code) for code in row.phases)
        taken = [row.most_mentees, row.pairs, row.proposals, row.trained_on, _day(row.paused_at)]
        return [row.name, row.school or "", subjects, phases, *taken]

    return cells


def _offers() -> Listing:
    rows = queries.table_of_offers(here().network.id).subquery()
    free = rows.c.most_mentees - rows.c.pairs - rows.c.proposals
    return Listing(
        select(rows),
        [
            Sort(
                "free",
                _("Most places first"),
                (rows.c.paused_at.is_not(None), free.desc(), rows.c.sort_name, rows.c.id),
            ),
            Sort("name", _("By name"), (rows.c.sort_name, rows.c.id)),
            Sort("school", _("By school"), (rows.c.school.is_(None), rows.c.school, rows.c.sort_name, rows.c.id)),
        ],
    )


PROPOSAL_COLUMNS = [
    Column(_l("Mentor")),
    Column(_l("Mentee")),
    Column(_l("Asked on")),
    Column(_l("Standing")),
    Column(_l("Still to answer")),
]


@matching.get("/proposals")
def proposals() -> Response:
    coordinators_only()
    listing = _proposals()
    if kind := wanted_export():
        return export(_("proposed-pairs"), PROPOSAL_COLUMNS, listing.everything(), kind, _proposal_cells)
    return page("matching/proposals.html", listing=listing, states=STATES)


def _proposal_cells(row: Any) -> list[object]:
    proposal = row[0]
    waits = [row.mentor if one == proposal.mentor_id else row.mentee for one in proposal.waits_for()]
    return [row.mentor, row.mentee, _day(proposal.proposed_at), str(STATES[proposal.state]), ", ".join(waits)]


def _proposals() -> Listing:
    rows = queries.table_of_proposals(here().network.id, me().person_id, clock.now())
    one = MatchProposal
    return Listing(
        rows,
        [
            Sort("open", _("Open ones first"), (one.closed_at.is_not(None), one.proposed_at.desc(), one.id.desc())),
            Sort("mentor", _("By mentor"), (queries.Mentor.sort_name, one.id)),
            Sort("mentee", _("By mentee"), (queries.Mentee.sort_name, one.id)),
        ],
    )


def _day(moment: datetime | None) -> date | None:
    """The day as the page says it, on the network's clocks."""
    return dates.here(moment).date() if moment else None


def coordinators_only() -> None:
    if not policy.coordinates(here().membership):
        raise NotYours
