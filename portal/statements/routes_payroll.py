"""The payroll copy of a programme: page, paper and spreadsheet. Only talks of that programme; coordinators alone."""

from dataclasses import dataclass

from flask import Response
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.networks.scope import here
from portal.networks.tabs import Tab, declare_tab
from portal.programmes.models import Programme
from portal.statements import policy, wording
from portal.statements.asked import Choice, choice, today
from portal.statements.blueprints import statements
from portal.statements.claiming import has_caps, since_when
from portal.statements.papers_payroll import payroll_paper
from portal.statements.payroll import PayLine, pay_lines
from portal.statements.periods import month_before
from portal.statements.queries_hours import Asked, sittings
from portal.statements.queries_pairs import names_of, programmes_of
from portal.statements.sheets import PAYROLL, payroll_cells
from portal.web import papers
from portal.web.errors import NotHere, NotYours
from portal.web.hypermedia import page
from portal.web.listing import ListingHere, Sort, export, wanted_export

declare_tab(
    "mentoring",
    Tab(
        "payroll",
        _l("Payroll"),
        "statements.payroll",
        10,
        shown=lambda member: policy.may_run(member),
        under="hours",
    ),
)

BY_NAME = Sort("name", _l("By name"), (lambda line: line.mentor.casefold(), lambda line: line.mentor_id))
MOST = Sort("most", _l("Most hours first"), (lambda line: -line.worked, lambda line: line.mentor_id))


@dataclass(frozen=True, slots=True)
class Copy:
    """A programme's lines for a period, and which they are."""

    chosen: Choice
    programme: Programme
    lines: list[PayLine]

    @property
    def worked(self) -> int:
        return sum(line.worked for line in self.lines)

    @property
    def claim(self) -> int:
        return sum(line.claim for line in self.lines)


@statements.get("/payroll")
def payroll() -> Response:
    chosen = _chosen()
    if chosen.programme is None:
        return page("statements/payroll_none.html")
    found = _copy(chosen, chosen.programme)
    listing = ListingHere(found.lines, (BY_NAME, MOST), size=50)
    if kind := wanted_export():
        rows = listing.everything()
        return export(
            _("payroll-copy"), PAYROLL, rows, kind, lambda line: payroll_cells(found.programme, chosen.period, line)
        )
    return page(
        "statements/payroll.html",
        found=found,
        chosen=chosen,
        listing=listing,
        words=wording,
        asked=chosen.asked,
        is_capped=has_caps(found.programme),
    )


@statements.get("/payroll.pdf")
def payroll_pdf() -> Response:
    """404 where the network has no programme to pay by."""
    chosen = _chosen()
    if chosen.programme is None:
        raise NotHere
    found = _copy(chosen, chosen.programme)
    made = payroll_paper(found.programme, chosen.period, found.lines, here().network.name, today())
    return papers.as_download(made, _("payroll-copy") + ".pdf")


def _chosen() -> Choice:
    if not policy.may_run(here().membership):
        raise NotYours
    return choice(programmes_of(here().network.id), one_at_least=True, usual=month_before(today()))


def _copy(chosen: Choice, programme: Programme) -> Copy:
    """Three queries with the names."""
    network, period = here().network, chosen.period
    since = since_when(programme, period.first)
    found = sittings(Asked((network.id,), since, period.last, network.time_zone, programme_id=programme.id))
    names = names_of({one.mentor_id for one in found})
    return Copy(chosen, programme, pay_lines(programme, found, names, period, today()))
