"""R6, mentoring and induction hours: the page, the funder's paper and sheet, and for coordinators the rows behind a figure."""

from dataclasses import replace

from flask import Response
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.networks.scope import here
from portal.networks.tabs import Tab, declare_tab
from portal.statements import policy, wording
from portal.statements.blueprints import statements
from portal.statements.figures import figures_of, is_hiding
from portal.statements.making_report import Made, made_report
from portal.statements.papers_report import notes_of, report_paper
from portal.statements.queries_report import but_of_her_mentees
from portal.statements.report_rows import ROWS
from portal.statements.sheets_report import REPORT, report_rows
from portal.web import papers
from portal.web.access import me
from portal.web.errors import NotHere, NotYours
from portal.web.hypermedia import page
from portal.web.listing import ListingHere, Sort, export, wanted_export
from portal.web.tables import Column

declare_tab(
    "mentoring",
    Tab(
        "report",
        _l("Report for funders"),
        "statements.report",
        30,
        shown=lambda member: policy.may_run(member),
        under="hours",
    ),
)


@statements.get("/report")
def report() -> Response:
    made = _made()
    figures = figures_of(made.report)
    if kind := wanted_export():
        return export(_("mentoring-report"), REPORT, report_rows(made.report, figures), kind, list)
    return page(
        "statements/report.html",
        made=made,
        report=made.report,
        chosen=made.chosen,
        figures=figures,
        is_hiding=is_hiding(figures),
        notes=notes_of(made.report, is_hiding(figures)),
        words=wording,
        asked=made.asked,
    )


@statements.get("/report.pdf")
def report_pdf() -> Response:
    made = _made()
    network = here().network
    return papers.as_download(
        report_paper(made.report, network.name, made.whole_region), _("mentoring-report") + ".pdf"
    )


@statements.get("/report/rows/<report_key>")
def report_rows_of(report_key: str) -> Response:
    """The rows behind a figure. They name people, so they are for coordinators of their own network, and on no paper."""
    made = _made(own=True)
    rows = ROWS.get(report_key)
    if rows is None:
        raise NotHere
    report = made.report
    if report_key == "wishes":
        report = replace(report, wishes=but_of_her_mentees(report.wishes, here().network.id, me().person_id))
    listing = ListingHere(rows.of(report), [Sort("usual", _("In order"), (lambda row: 0,))], size=50)
    if kind := wanted_export():
        return export(report_key, [Column(str(head)) for head in rows.heads], listing.everything(), kind, list)
    return page(
        "statements/report_rows.html", rows=rows, listing=listing, chosen=made.chosen, words=wording, asked=made.asked
    )


def _made(own: bool = False) -> Made:
    if not policy.may_run(here().membership):
        raise NotYours
    return made_report(own)
