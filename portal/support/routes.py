"""The doors of support visits: the list, where nobody has been, and writing one down. For coordinators alone."""

from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy import select
from werkzeug.wrappers import Response as AnyResponse

from portal.activities.meetings import HOW_MET
from portal.networks.queries import terms_of
from portal.networks.school_year import school_year
from portal.networks.scope import here
from portal.networks.tabs import Tab, declare_tab
from portal.organisations.models import Organisation
from portal.organisations.queries import name_of
from portal.support import policy, queries
from portal.support.blueprints import support
from portal.support.forms import KINDS, VisitForm
from portal.support.models import SupportVisit
from portal.support.offering import offer
from portal.support.operations import log_visit
from portal.support.showing import COLUMNS, UNVISITED, cells_of, unvisited_cells
from portal.vocabulary.queries import labels
from portal.web import clock
from portal.web.access import me
from portal.web.errors import NotYours
from portal.web.forms import ActForm
from portal.web.hypermedia import done, page
from portal.web.listing import Listing, Sort, export, wanted_export
from portal.web.numbers import number_of

declare_tab("mentoring", Tab("support", _l("Support visits"), "support.index", 50, shown=policy.may_support))
# More than this are looked for by name.
MANY_SCHOOLS = 12


@support.before_request
def coordinators_only() -> None:
    if not policy.may_support(here().membership):
        raise NotYours


@support.get("/")
def index() -> Response:
    network, wanted = here().network, _wanted()
    topics = labels("support_topic")
    listing = Listing(queries.visits_of(network.id, wanted, clock.today(network.time_zone)), _sorts())
    if kind := wanted_export():
        return export(_("support-visits"), COLUMNS, listing.everything(), kind, lambda row: cells_of(row, topics))
    year = year_from()
    return page(
        "support/index.html",
        listing=listing,
        wanted=wanted,
        topics=topics,
        kinds=dict(KINDS),
        modes=HOW_MET,
        today=clock.today(network.time_zone),
        schools=queries.schools_visited(network.id),
        writers=queries.writers_of(network.id),
        unvisited=queries.longest_unvisited(network.id, year),
        unvisited_count=queries.count_unvisited(network.id, year),
        act=ActForm(),
    )


def _wanted() -> queries.Wanted:
    asked = request.args.get
    return queries.Wanted(
        organisation_id=number_of(asked("school")),
        kind=asked("kind", "")[:20],
        by=number_of(asked("by")),
        topic=asked("topic", "")[:60],
        promise=asked("promise", "")[:10],
    )


def _sorts() -> list[Sort]:
    newest = (SupportVisit.starts_at.desc(), SupportVisit.id.desc())
    promised = (SupportVisit.next_step == "", SupportVisit.next_done_at.is_not(None))
    due = (*promised, SupportVisit.next_on.is_(None), SupportVisit.next_on, SupportVisit.id)
    return [
        Sort("newest", _("Newest first"), newest),
        Sort("promised", _("Promised soonest first"), due),
        Sort("school", _("By %(school)s", school=_("school")), (Organisation.sort_name, *newest)),
        Sort("longest", _("Longest first"), (SupportVisit.minutes.desc(), *newest)),
    ]


def year_from() -> Any:
    """When this school year began, as a moment."""
    network = here().network
    year = school_year(clock.today(network.time_zone), terms_of(network.id))
    return year.moment(year.year_from, network.time_zone)


@support.get("/schools")
def schools() -> Response:
    """Where nobody has been this school year."""
    network = here().network
    kind = request.args.get("kind", "")[:30]
    rows = queries.unvisited_since(network.id, year_from(), kind).subquery()
    longest = Sort("longest", _("Priority, then longest unseen"), queries.longest_first(rows.c))
    by_name = Sort("name", _("By name"), (rows.c.sort_name, rows.c.id))
    listing = Listing(select(rows), [longest, by_name])
    kinds = labels("organisation_kind")
    if wanted := wanted_export():
        return export(
            _("not-visited"), UNVISITED, listing.everything(), wanted, lambda row: unvisited_cells(row, kinds)
        )
    today = clock.today(network.time_zone)
    return page("support/schools.html", listing=listing, kind=kind, kinds=kinds, today=today)


@support.get("/new")
def new() -> Response:
    """``?school=`` names where she was, from that school's own page or from the list of those not seen."""
    return visit_page(offered(VisitForm(data={"school": request.args.get("school", "")[:20]})))


@support.post("/new")
def create() -> AnyResponse:
    form = offered(VisitForm())
    network = here().network
    if form.accepted():
        visit = form.visit(network.time_zone)
        made = form.attempt(log_visit, network.id, me().person_id, visit, network.time_zone)
        if made:
            return done(url_for(".show", visit_id=made.id), _thanks(made))
    return visit_page(form)


def _thanks(visit: SupportVisit) -> str:
    times = queries.times_at(visit.network_id, visit.organisation_id, year_from())
    return ngettext(
        "Counted, thank you. It is the first time this school year at %(school)s.",
        "Counted, thank you. It is time number %(num)s this school year at %(school)s.",
        times,
        school=name_of(visit.organisation_id),
    )


def offered(form: VisitForm, visit: SupportVisit | None = None) -> VisitForm:
    return offer(form, here().network.id, me().person_id, _words(), visit)


def visit_page(form: VisitForm, visit: SupportVisit | None = None) -> Response:
    return page(
        "support/form.html",
        form=form,
        visit=visit,
        words=_words(),
        is_long=bool(_words()) or len(form.school.choices or ()) > MANY_SCHOOLS,
        today=clock.today(here().network.time_zone),
    )


def _words() -> str:
    return request.args.get("q", "").strip()[:100]
