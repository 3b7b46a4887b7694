"""Which programmes pairs are in, and how much of their running year counts for each."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from portal.activities.models import Activity
from portal.db import Rows, db
from portal.mentoring.models import MentoringContact, PairProgramme, PairTalk, PairTalkProgramme
from portal.mentoring.spans import Spans
from portal.mentoring.standing import InProgramme
from portal.organisations.models import Organisation
from portal.programmes.models import Programme, year_of

_talk, _activity = MentoringContact.__table__, Activity.__table__


def counts_for() -> ColumnElement[bool]:
    """Whether a talk counts for its programme, as ``programmes.what_counts.why_not`` says, for rows of both."""
    is_support = _talk.c.contact_kind == "support"
    return and_(
        or_(_talk.c.contact_kind != "group", Programme.counts_group),
        or_(~is_support, Programme.counts_support),
        or_(is_support, ~Programme.only_confirmed, PairTalk.confirmed_at.is_not(None)),
    )


def in_programmes(
    pairing_ids: Collection[int], programmes: Sequence[Programme], spans: Spans
) -> dict[int, list[InProgramme]]:
    """By pair: the programmes it is in, or was in during their running year, with the minutes that count (one query).

    ``programmes`` are all of the network. Talks of the running year alone are looked at.
    """
    begins = {one.id: spans.morning(year_of(one, spans.today)[0]) for one in programmes}
    if not pairing_ids or not begins:
        return {}
    known = {one.id: one for one in programmes}
    found: dict[int, list[InProgramme]] = defaultdict(list)
    for pairing_id, programme_id, since, until, whose, minutes in db.session.execute(_sums(pairing_ids, begins)):
        programme = known[programme_id]
        if until is None or until >= year_of(programme, spans.today)[0]:
            found[pairing_id].append(InProgramme(programme, since, until, int(minutes), whose))
    return found


def _sums(pairing_ids: Collection[int], begins: dict[int, datetime]) -> Rows:
    """From the pairs to their talks, and of these only those that were written down for the programme."""
    counted = case((and_(counts_for(), _in_year(begins)), _activity.c.minutes), else_=0)
    stay = (PairProgramme.pairing_id, PairProgramme.programme_id, PairProgramme.since, PairProgramme.until)
    for_it = and_(
        PairTalkProgramme.pair_talk_id == PairTalk.id, PairTalkProgramme.programme_id == PairProgramme.programme_id
    )
    live = and_(
        _talk.c.id == PairTalk.contact_id, PairTalkProgramme.programme_id.is_not(None), _talk.c.deleted_at.is_(None)
    )
    return (
        select(*stay, func.coalesce(Organisation.name, ""), func.coalesce(func.sum(counted), 0))
        .join(Programme, Programme.id == PairProgramme.programme_id)
        .outerjoin(Organisation, Organisation.id == Programme.organisation_id)
        .outerjoin(PairTalk, PairTalk.pairing_id == PairProgramme.pairing_id)
        .outerjoin(PairTalkProgramme, for_it)
        .outerjoin(_talk, live)
        .outerjoin(_activity, and_(_activity.c.id == _talk.c.id, _activity.c.starts_at >= min(begins.values())))
        .where(PairProgramme.pairing_id.in_(pairing_ids))
        .group_by(*stay, Organisation.name, Programme.name)
        .order_by(PairProgramme.pairing_id, Programme.name)
    )


def _in_year(begins: dict[int, datetime]) -> ColumnElement[bool]:
    """Each programme's own year, as one condition for each day on which a year begins."""
    by_day: dict[datetime, list[int]] = defaultdict(list)
    for programme_id, begin in begins.items():
        by_day[begin].append(programme_id)
    return or_(
        *(and_(PairProgramme.programme_id.in_(ids), _activity.c.starts_at >= begin) for begin, ids in by_day.items())
    )
