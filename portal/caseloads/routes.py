"""The first page of mentoring: my pairs as a caseload, and for coordinators every pair and every mentor of the network."""

from collections.abc import Sequence
from typing import Any

from flask import Response, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from portal.caseloads import caseload, queries, words
from portal.caseloads.caseload import Line, lines_of
from portal.caseloads.queries import SHOWN, Wanted
from portal.caseloads.queries_programmes import in_programmes
from portal.mentoring import policy, standing_words
from portal.mentoring.beside import beside_index
from portal.mentoring.marks import marks
from portal.mentoring.routes import mentoring
from portal.mentoring.spans import Spans, spans_of
from portal.networks.scope import here
from portal.programmes.models import Programme
from portal.programmes.queries import programmes_in
from portal.web import clock
from portal.web.access import me
from portal.web.errors import NotYours
from portal.web.hypermedia import page
from portal.web.listing import Listing, ListingHere, Sort, export, wanted_export
from portal.web.numbers import number_of
from portal.web.tables import Column

# A page of a caseload; a coordinator's own pairs all stand above the list of the network.
SIZE, MOST = 40, 300
SHOWN_AS = {
    "open": _l("Open pairs"),
    "silent": _l("Quiet for a while"),
    "unconfirmed": _l("With talks not agreed"),
    "ended": _l("Pairs that have ended"),
}


@mentoring.get("/")
def index() -> Response:
    network, membership = here().network, here().membership
    programmes = programmes_in(network.id, retired=True)
    spans = spans_of(programmes, clock.today(network.time_zone), network.time_zone)
    wanted = _wanted()
    listing = _all_pairs(spans, wanted, programmes) if membership.is_coordinator else None
    if listing and listing.export_urls and (kind := wanted_export()):
        return _export(listing.everything(), programmes, spans, kind)
    rows = queries.caseload_of(network.id, me().person_id, spans, MOST)
    shown = [*rows, *(listing.items if listing else ())]
    held = in_programmes({row.id for row in shown}, programmes, spans)
    hers = lines_of([row for row in rows if row.mentor_id == me().person_id], held, spans)
    mine = _caseload(hers, MOST if listing else SIZE)
    if listing is None and mine.total and (kind := wanted_export()):
        return export(_("my-caseload"), COLUMNS, mine.everything(), kind, _cells)
    return page(
        "caseloads/index.html",
        mine=mine,
        mentees=len({line.row.mentee_id for line in hers if line.is_open}),
        totals=queries.own_figures(network.id, me().person_id, spans) if mine.total else (0, 0),
        my_mentors=[row for row in rows if row.mentor_id != me().person_id],
        listing=listing,
        lines=lines_of(listing.items, held, spans) if listing else [],
        wanted=wanted,
        shown_as=SHOWN_AS | {key: one.shown_as for key, one in marks().items()},
        marks=marks().values(),
        mentors=queries.mentors_of(network.id) if listing else [],
        programmes=programmes,
        spans=spans,
        words=words,
        standing=standing_words,
        beside=beside_index.parts(membership),
    )


@mentoring.get("/mentors")
def mentors() -> Response:
    if not policy.may_pair(here().membership):
        raise NotYours
    network = here().network
    programmes = programmes_in(network.id, retired=True)
    spans = spans_of(programmes, clock.today(network.time_zone), network.time_zone)
    rows = queries.mentors_with_figures(network.id, spans).subquery()
    by_name = Sort("name", _("By name"), (rows.c.sort_name, rows.c.id))
    most = Sort("pairs", _("Most pairs first"), (rows.c.pairs.desc(), rows.c.id))
    least = Sort("quiet", _("Longest unseen first"), (rows.c.last_at.asc().nulls_first(), rows.c.id))
    listing = Listing(select(rows), [by_name, most, least])
    if kind := wanted_export():
        return export(_("mentors"), MENTOR_COLUMNS, listing.everything(), kind, _mentor_cells)
    return page("caseloads/mentors.html", listing=listing, spans=spans)


def _wanted() -> Wanted:
    show = request.args.get("show", "")
    mentor, programme = (number_of(request.args.get(key)) for key in ("mentor", "programme"))
    return Wanted(show if show in SHOWN or show in marks() else "open", mentor, programme, me().person_id)


class _OnThisPage(Listing):
    """A list that makes no spreadsheet: why these pairs stand in it goes no further."""

    @property
    def export_urls(self) -> dict[str, str]:
        return {}


def _all_pairs(spans: Spans, wanted: Wanted, programmes: Sequence[Programme]) -> Listing:
    network_id = here().network.id
    rows = queries.all_pairs(network_id, spans, wanted, programmes).subquery()
    silent = Sort("silent", _("Longest unseen first"), (rows.c.last_at.asc().nulls_first(), rows.c.id))
    by_mentor = Sort("mentor", _("By mentor"), (rows.c.mentor_sort, rows.c.mentee_sort, rows.c.id))
    busiest = Sort("minutes", _("Most minutes first"), (rows.c.year_minutes.desc(), rows.c.id))
    least = Sort("least", _("Fewest minutes first"), (rows.c.year_minutes.asc(), rows.c.id))
    total = queries.count_pairs(network_id, wanted)
    mark = marks().get(wanted.show)
    kind = _OnThisPage if mark and mark.stays_here else Listing
    return kind(select(rows), [silent, by_mentor, busiest, least], total=total)


def _caseload(lines: list[Line], size: int) -> ListingHere:
    due = Sort("due", _("Most due first"), (caseload.most_due,))
    unseen = Sort("unseen", _("Longest unseen first"), (caseload.longest_unseen,))
    by_name = Sort("name", _("By name"), (caseload.by_name,))
    return ListingHere(lines, [due, unseen, by_name], size)


COLUMNS = [
    Column(_l("Mentor")),
    Column(_l("Mentee")),
    Column(_l("Since")),
    Column(_l("Ended")),
    Column(_l("Last talk")),
    Column(_l("Next date")),
    Column(_l("Due by")),
    Column(_l("Talks this month")),
    Column(_l("Minutes this month")),
    Column(_l("Talks this year")),
    Column(_l("Minutes this year")),
    Column(_l("Confirmed")),
    Column(_l("Not confirmed")),
    Column(_l("Against the rules")),
]
MENTOR_COLUMNS = [
    Column(_l("Mentor")),
    Column(_l("Pairs")),
    Column(_l("Minutes this month")),
    Column(_l("Talks this year")),
    Column(_l("Minutes this year")),
    Column(_l("Of these her own time")),
    Column(_l("Last talk")),
]


def _export(rows: list[Any], programmes: Sequence[Programme], spans: Spans, kind: str) -> Response:
    held = in_programmes({row.id for row in rows}, programmes, spans)
    return export(_("mentoring-pairs"), COLUMNS, lines_of(rows, held, spans), kind, _cells)


def _cells(line: Line) -> list[object]:
    row = line.row
    against = _("; ").join(f"{one.programme.name}: {standing_words.hours_words(one)}" for one in line.stands.against)
    return [
        row.mentor, row.mentee, row.started_on, row.ended_on, line.last_on, line.next_on, line.due_on, row.month_talks,
        row.month_minutes, row.year_talks, row.year_minutes, row.confirmed, row.unconfirmed + row.disputed, against,
    ]  # fmt: skip


def _mentor_cells(row: Any) -> list[object]:
    last_on = clock.local(row.last_at, here().network.time_zone).date() if row.last_at else None
    return [row.name, row.pairs, row.month_minutes, row.year_talks, row.year_minutes, row.own_minutes, last_on]
