"""The page of a pair: what is next, the talks, hours against the rules, months. A coordinator sees rhythm, never content."""

from datetime import date, timedelta
from functools import partial
from typing import Any

from flask import Response, current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.activities.meetings import MODES
from portal.history.queries import lines_about
from portal.mentoring import policy, queries, queries_pair, standing_words
from portal.mentoring.beside import beside
from portal.mentoring.models import Pairing
from portal.mentoring.pair_months import Month, Told, counted, months_of
from portal.mentoring.routes import mentoring, the_pair
from portal.mentoring.spans import Spans, spans_of
from portal.mentoring.stale import fact_of
from portal.mentoring.standing import Standing, standing_of
from portal.mentoring.words import KINDS
from portal.networks.scope import here
from portal.web import clock
from portal.web.access import me
from portal.web.forms import ActForm
from portal.web.hypermedia import page
from portal.web.listing import Listing, Sort, export, wanted_export
from portal.web.tables import Column

A_YEAR = timedelta(days=365)
# More of them a page further on: on a phone the months and the agreement are not a long way down.
TALKS = 5


@mentoring.get("/pairs/<int:pairing_id>")
def pair(pairing_id: int) -> Response:
    pairing = the_pair(pairing_id)
    is_mine = policy.is_of_pair(me().person_id, pairing)
    newest = Sort("newest", "", tuple(queries.newest_first()))
    key = current_app.config["SETTINGS"].key("mentoring") if is_mine else b""
    around = queries_pair.around(pairing)
    talks = Listing(queries.talks_of(pairing.id), [newest], TALKS, total=around.talks)
    if kind := wanted_export():
        return export(_("talks"), COLUMNS, talks.everything(), kind, partial(_cells, around.names))
    told = queries_pair.told_of(pairing, around.stays, spans_here())
    months, stands, last_on = how_it_stands(pairing, around, told)
    return page(
        "mentoring/pair.html",
        pairing=pairing,
        names=around.names,
        is_mine=is_mine,
        is_mentor=me().person_id == pairing.mentor_id,
        talks=talks,
        months=months,
        stands=stands,
        last_on=last_on,
        waits=[one for one in reversed(told) if one.waits_for(me().person_id)] if is_mine else [],
        fact_of=fact_of,
        next_at=None if pairing.ended_on else around.next_at,
        standing=standing_words,
        parked=queries.last_parked(me().person_id, pairing, key) if is_mine else None,
        lines=lines_about("pairing", pairing.id, known=around.names),
        beside=beside.parts(pairing, here().membership),
        act=ActForm(),
    )


# The counted layer alone: what was said leaves in nobody's list.
COLUMNS = [
    Column(_l("Date")),
    Column(_l("Minutes")),
    Column(_l("Kind")),
    Column(_l("How")),
    Column(_l("Written down by")),
    Column(_l("Confirmed")),
]
MODES_SAID, KINDS_SAID = dict(MODES), dict(KINDS)


def _cells(names: dict[int, str], talk: Any) -> list[object]:
    on = clock.local(talk.starts_at, here().network.time_zone).date()
    kind, mode = KINDS_SAID.get(talk.contact_kind), MODES_SAID.get(talk.mode)
    by = names.get(talk.logged_by, "")
    return [on, talk.minutes, str(kind or ""), str(mode or ""), by, _("yes") if talk.confirmed_at else _("no")]


def how_it_stands(
    pairing: Pairing, around: queries_pair.Around, told: list[Told]
) -> tuple[list[Month], Standing, date | None]:
    """Its months, newest first, how it stands against its rules, and the day of its last talk.

    No query, and one for a pair that was quiet for a year.
    """
    spans, stays = spans_here(), around.stays
    last_on = max((one.day for one in told if one.kind != "support"), default=None)
    if last_on is None and spans.today - pairing.started_on > A_YEAR and (before := queries_pair.last_met(pairing.id)):
        last_on = clock.local(before, spans.time_zone).date()
    months = months_of(told, stays, around.beyond, pairing.started_on, pairing.ended_on, spans.today)
    held = counted(told, stays, spans.today)
    stands = standing_of(pairing.started_on, pairing.ended_on, pairing.every_days, last_on, held, spans.today)
    return months, stands, last_on


def spans_here() -> Spans:
    """Today and the network's clock; the year is the programmes' own."""
    network = here().network
    return spans_of([], clock.today(network.time_zone), network.time_zone)
