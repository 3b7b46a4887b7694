"""The page of a pair: what is next, the talks, hours against the rules, months. A coordinator sees rhythm, never content."""

from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from flask import Response, current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.history.queries import lines_about
from portal.mentoring import policy, queries, queries_pair, standing_words
from portal.mentoring.beside import beside
from portal.mentoring.models import Pairing
from portal.mentoring.pair_months import Month, counted, months_of
from portal.mentoring.routes import mentoring, the_pair
from portal.mentoring.spans import Spans, spans_of
from portal.mentoring.standing import Standing, standing_of
from portal.mentoring.words import KINDS, MODES
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
    months, stands, last_on = how_it_stands(pairing, around)
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
        waits=_waits_for_me(talks.items) if is_mine else [],
        next_at=next_of(talks.items),
        standing=standing_words,
        parked=queries.last_parked(me().person_id, pairing, key) if is_mine else None,
        lines=lines_about("pairing", pairing.id, known=around.names),
        beside=beside.parts(pairing, here().membership),
        act=ActForm(),
    )


def _waits_for_me(talks: list[Any]) -> list[Any]:
    """Of those on the page, what the other one wrote down and nobody has answered."""
    return [
        talk
        for talk in talks
        if talk.logged_by != me().person_id
        and talk.contact_kind != "support"
        and not (talk.confirmed_at or talk.disputed_at)
    ]


def next_of(talks: list[Any]) -> datetime | None:
    """The next date that the two set; one that has passed is none."""
    return min((talk.next_at for talk in talks if talk.next_at and talk.next_at >= clock.now()), default=None)


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


def how_it_stands(pairing: Pairing, around: queries_pair.Around) -> tuple[list[Month], Standing, date | None]:
    """Its months, newest first, how it stands against its rules, and the day of its last talk.

    One query, and a second for a pair that was quiet for a year.
    """
    spans, stays = spans_here(), around.stays
    told = queries_pair.told_of(pairing, stays, spans)
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
