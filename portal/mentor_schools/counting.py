"""How mentor schools are counted: pairs at work, their meetings and hours, and what came of those that ended.

Source of the lines: practice.md, R7 ("mentor-district pairs") and R1.
"""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from portal.activities.counted_rows import Span, held
from portal.activities.counted_uses import day_of
from portal.activities.counting import Rule
from portal.activities.models import Participation
from portal.db import Rows
from portal.mentor_schools.models import OrganisationMeeting, OrganisationPair
from portal.mentor_schools.queries import accepted
from portal.organisations.models import Organisation

FEW = 5


def _pairs(span: Span, *columns: Any) -> Rows:
    mentor, mentee = aliased(Organisation), aliased(Organisation)
    return (
        select(
            mentor.name.label("mentor"),
            mentee.name.label("mentee"),
            OrganisationPair.purpose.label("purpose"),
            *columns,
            OrganisationPair.id.label("pair_id"),
        )
        .join(mentor, mentor.id == OrganisationPair.mentor_organisation_id)
        .join(mentee, mentee.id == OrganisationPair.mentee_organisation_id)
        .where(
            OrganisationPair.network_id.in_(span.network_ids),
            OrganisationPair.deleted_at.is_(None),
            accepted(),
            # What ended before it began was never at work.
            or_(OrganisationPair.ended_on.is_(None), OrganisationPair.ended_on >= OrganisationPair.starts_on),
        )
    )


def pairs(span: Span) -> Rows:
    """One row for each pair that was at work on at least one day of the span, whether it met or not."""
    starts, ends = OrganisationPair.starts_on, OrganisationPair.ended_on
    rows = _pairs(span, starts.label("since"), ends.label("ended"))
    first, after = day_of(span.start), day_of(span.end)
    return rows.where(starts < after, or_(ends.is_(None), ends >= first)).order_by(starts, OrganisationPair.id)


def outcomes(span: Span) -> Rows:
    """One row for each pair that ended in the span, with its result."""
    ends = OrganisationPair.ended_on
    rows = _pairs(span, ends.label("ended"), OrganisationPair.result.label("result"))
    first, after = day_of(span.start), day_of(span.end)
    return rows.where(ends >= first, ends < after).order_by(ends.desc(), OrganisationPair.id)


def meetings(span: Span) -> Rows:
    """One row for each meeting that was written down, with its minutes and how many were there."""
    mentor, mentee = aliased(Organisation), aliased(Organisation)
    there = (
        select(func.count())
        .where(Participation.activity_id == OrganisationMeeting.id, Participation.minutes > 0)
        .correlate(OrganisationMeeting)
        .scalar_subquery()
    )
    return (
        select(
            OrganisationMeeting.starts_at.label("when"),
            mentor.name.label("mentor"),
            mentee.name.label("mentee"),
            there.label("people"),
            OrganisationMeeting.minutes.label("minutes"),
            OrganisationPair.id.label("pair_id"),
        )
        .join(OrganisationPair, OrganisationPair.id == OrganisationMeeting.pair_id)
        .join(mentor, mentor.id == OrganisationPair.mentor_organisation_id)
        .join(mentee, mentee.id == OrganisationPair.mentee_organisation_id)
        .where(*held(span, "organisation_meeting"), OrganisationMeeting.deleted_at.is_(None))
        .order_by(OrganisationMeeting.starts_at.desc(), OrganisationMeeting.id.desc())
    )


MENTOR, MENTEE, PURPOSE = _l("Who helps"), _l("Who is helped"), _l("What for")
ROW = {"when": _l("Date"), "mentor": MENTOR, "mentee": MENTEE, "people": _l("People"), "minutes": _l("Minutes")}

RULES = (
    Rule(
        "mentor-schools",
        _l("pairs of mentor schools or districts"),
        _l("Two organisations whose leads both said yes, at work on at least one day of the period."),
        pairs,
        {"mentor": MENTOR, "mentee": MENTEE, "purpose": PURPOSE, "since": _l("Starts"), "ended": _l("Ended")},
        small=FEW,
    ),
    Rule(
        "mentor-schools-meetings",
        _l("meetings of mentor schools"),
        _l("One meeting that the two organisations wrote down, however many people were there."),
        meetings,
        ROW,
    ),
    Rule(
        "mentor-schools-hours",
        _l("hours of mentor schools"),
        _l("How long those meetings lasted, added up once for the two and not once for each."),
        meetings,
        ROW,
        sums="minutes",
        unit="minutes",
    ),
    Rule(
        "mentor-schools-ended",
        _l("mentor schools that ended with a result"),
        _l("Pairs that ended in the period; each row says whether the purpose was met."),
        outcomes,
        {"mentor": MENTOR, "mentee": MENTEE, "purpose": PURPOSE, "ended": _l("Ended"), "result": _l("Result")},
        small=FEW,
    ),
)
