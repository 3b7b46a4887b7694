"""The page, the spreadsheet and the paper of a statement, whoever opens it and whosever it is."""

from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.networks.scope import here
from portal.programmes.models import Programme
from portal.statements import wording
from portal.statements.asked import Choice, asked_of, stated
from portal.statements.counted import Line
from portal.statements.papers_statement import statement_paper
from portal.statements.queries_pairs import Pair
from portal.statements.sheets import STATEMENT, statement_cells
from portal.statements.statement import Whose
from portal.web import papers
from portal.web.access import me
from portal.web.hypermedia import page
from portal.web.listing import ListingHere, Sort, export, wanted_export


def _newest(line: Line) -> tuple[int, int]:
    return -line.day.toordinal(), -line.contact_id


NEWEST = Sort("newest", _l("Newest first"), (_newest,))
OLDEST = Sort("oldest", _l("Oldest first"), (lambda line: (line.day, line.contact_id),))
LONGEST = Sort("longest", _l("Longest first"), (lambda line: -line.minutes, _newest))
AS_MENTEE = {"as": "mentee"}


def statement_page(whose: Whose, pairs: list[Pair], reads: list[Programme], others: list[tuple[str, str]]) -> Response:
    """``others``: what she may want to open instead, in words with its address."""
    one, chosen = stated(whose, pairs)
    listing = ListingHere(one.lines, (NEWEST, OLDEST, LONGEST))
    if kind := wanted_export():
        rows = listing.everything()
        return export(_("mentoring-hours"), STATEMENT, rows, kind, lambda line: statement_cells(one, line))
    return page(
        "statements/statement.html",
        one=one,
        chosen=chosen,
        listing=listing,
        words=wording,
        whole=one.whole,
        is_hers=whose.person_id == me().person_id,
        pairs=pairs,
        reads=reads,
        others=others,
        asked=_asked(chosen, whose),
        paper_url=_address("_pdf", **_asked(chosen, whose)),
        month_url=lambda month: _address("", **_asked(chosen, whose, f"{month:%Y-%m}")),
    )


def statement_file(whose: Whose, pairs: list[Pair]) -> Response:
    """The same as tagged PDF, with lines to sign on."""
    one, _chosen = stated(whose, pairs)
    return papers.as_download(statement_paper(one, here().network.name), _("mentoring-hours") + ".pdf")


def _asked(chosen: Choice, whose: Whose, month: str | None = None) -> dict[str, str]:
    role = {} if whose.as_mentor else AS_MENTEE
    return (asked_of(chosen, month) if month else chosen.asked) | role


def _address(ending: str, **asked: str) -> str:
    """This page, or its paper, for another question."""
    door = request.endpoint or ""
    # A member's first page of hours is her own.
    door = "statements.mine" if door == "statements.index" else door
    parts: dict[str, Any] = (request.view_args or {}) | asked
    return url_for(door + ending, **parts)
