"""The doors of mentor schools: the list, one pair, proposing and changing. Members of the network read it all."""

from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from werkzeug.wrappers import Response as AnyResponse

from portal.activities.meetings import HOW_MET
from portal.history.queries import lines_about
from portal.mentor_schools import offering, policy, queries
from portal.mentor_schools.blueprints import mentor_schools
from portal.mentor_schools.forms import RESULTS, PairForm
from portal.mentor_schools.models import OrganisationPair
from portal.mentor_schools.operations import propose_pair
from portal.mentor_schools.pairs import MOST_AIMS, STATES, SUBJECT, side_of, state_of
from portal.mentor_schools.showing import COLUMNS, MEETING_COLUMNS, STATE_NAMES, cells_of, meeting_cells, named
from portal.networks.scope import here
from portal.networks.tabs import Tab, declare_tab
from portal.vocabulary.queries import choices
from portal.web import clock
from portal.web.access import me
from portal.web.errors import NotHere, NotYours
from portal.web.forms import ActForm
from portal.web.hypermedia import done, page
from portal.web.listing import Listing, Sort, export, wanted_export
from portal.web.numbers import number_of

declare_tab("mentoring", Tab("schools", _l("Schools"), "mentor_schools.index", 40))
MEETINGS_SHOWN = 10


@mentor_schools.get("/")
def index() -> Response:
    network, membership = here().network, here().membership
    state, of = request.args.get("state", "")[:20], number_of(request.args.get("of"))
    rows = queries.pairs_of(network.id, state, of).subquery()
    listing = Listing(select(rows), _sorts(rows.c))
    if kind := wanted_export():
        return export(_("mentor-schools"), COLUMNS, listing.everything(), kind, cells_of)
    return page(
        "mentor_schools/index.html",
        listing=listing,
        state=state,
        of=of,
        states=[(key, STATE_NAMES[key]) for key in STATES],
        state_of=state_of,
        results=dict(RESULTS),
        today=clock.today(network.time_zone),
        can_propose=policy.may_propose(membership),
    )


def _sorts(columns: Any) -> list[Sort]:
    by_name = (columns.mentee_sort, columns.id)
    return [
        Sort("newest", _("Newest first"), (columns.proposed_at.desc(), columns.id.desc())),
        Sort("ends", _("Ending soonest"), (columns.ends_on.is_(None), columns.ends_on, *by_name)),
        Sort("silent", _("Longest without a meeting"), (columns.last_at.is_not(None), columns.last_at, *by_name)),
        Sort("name", _("By name"), by_name),
    ]


@mentor_schools.get("/<int:pair_id>")
def show(pair_id: int) -> Response:
    pair, network = the_pair(pair_id), here().network
    newest = Sort("newest", _("Newest first"), queries.newest_first())
    totals = queries.totals_of(pair.id)
    meetings = Listing(queries.meetings_of(pair.id), [newest], size=MEETINGS_SHOWN, total=totals[0])
    if kind := wanted_export():
        everything = meetings.everything()
        there = queries.there_at([one.id for one in everything])
        return export(_("meetings"), MEETING_COLUMNS, everything, kind, lambda row: meeting_cells(row, there))
    aims = queries.aims_of(pair.id)
    return page(
        "mentor_schools/show.html",
        pair=pair,
        state=state_of(pair),
        state_names=STATE_NAMES,
        sides=queries.sides_of(pair),
        names=named(queries.people_of(pair)),
        aims=aims,
        can_aim=len([one for one in aims if not one.closed_at]) < MOST_AIMS,
        meetings=meetings,
        there=queries.there_at([one.id for one in meetings.items]),
        totals=totals,
        results=dict(RESULTS),
        modes=HOW_MET,
        today=clock.today(network.time_zone),
        may_write=policy.may_write(here().membership, pair),
        may_answer=policy.may_answer(me().person_id, pair),
        may_take_back=policy.may_take_back(here().membership, pair),
        may_name=policy.may_name_leads(here().membership),
        my_side=side_of(me().person_id, pair),
        lines=lines_about(SUBJECT, pair.id),
        act=ActForm(),
    )


@mentor_schools.get("/new")
def new() -> Response:
    """``?mentee=``, ``?mentor=`` and ``?purpose=`` fill in what is known: a priority leads here with its purpose written."""
    _proposers_only()
    asked = request.args.get
    known = {key: asked(key, "")[:20] for key in ("mentor", "mentee")} | {"purpose": asked("purpose", "")[:500]}
    return _new_page(_offered(PairForm(data=known | {"starts_on": clock.today(here().network.time_zone)})))


@mentor_schools.post("/new")
def create() -> AnyResponse:
    _proposers_only()
    form, member = _offered(PairForm()), here().membership
    if form.accepted():
        made = form.attempt(propose_pair, member.network_id, member.person_id, form.proposal(), member.is_coordinator)
        if made:
            told = _("Proposed. The leads are asked by mail, and each answers with one press.")
            return done(url_for(".show", pair_id=made.id), told)
    return _new_page(form)


def _proposers_only() -> None:
    if not policy.may_propose(here().membership):
        raise NotYours


def _offered(form: PairForm) -> PairForm:
    network_id = here().network.id
    form.offer(offering.places(network_id), offering.people(here().membership))
    return form


def _new_page(form: PairForm) -> Response:
    network_id = here().network.id
    topics = [label for _code, label in choices("support_topic")]
    return page(
        "mentor_schools/form.html",
        form=form,
        pair=None,
        purposes=list(dict.fromkeys([*queries.purposes_used(network_id), *topics])),
        may_name=here().membership.is_coordinator,
    )


def the_pair(pair_id: int, removed: bool = False) -> OrganisationPair:
    """A pair of this network, as every member reads it; 404 for one that is not or was taken back."""
    found = queries.pair_in(here().network.id, pair_id)
    if found is None or (found.deleted_at and not removed):
        raise NotHere
    return found


def writable(pair_id: int) -> OrganisationPair:
    """The same for whoever writes in it: its leads and the coordinators. 403 for other members."""
    pair = the_pair(pair_id)
    if not policy.may_write(here().membership, pair):
        raise NotYours
    return pair
