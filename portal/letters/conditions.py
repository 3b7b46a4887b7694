"""Conditions over persons that several rules share."""

from sqlalchemy import ColumnElement, exists

from portal.activities.models import Activity, Participation
from portal.letters.rules import Span
from portal.networks.models import Membership
from portal.people.models import Person


def true_of_her(*where: ColumnElement[bool]) -> ColumnElement[bool]:
    """There is a row of which all that is true and that belongs to the person asked about.

    Tied to the person alone: whatever else the query around it joins (her place of work) is not meant here.
    """
    return exists().where(*where).correlate(Person)


def member_now(span: Span, *more: ColumnElement[bool]) -> ColumnElement[bool]:
    """She is a member of one of the networks now (and there more is true)."""
    return true_of_her(
        Membership.person_id == Person.id,
        Membership.network_id.in_(span.network_ids),
        Membership.ended_at.is_(None),
        *more,
    )


def took_part(*where: ColumnElement[bool]) -> ColumnElement[bool]:
    """She was there for more than no minutes, at something that took place."""
    return true_of_her(
        Participation.person_id == Person.id,
        Participation.minutes > 0,
        Activity.id == Participation.activity_id,
        Activity.held_at.is_not(None),
        Activity.cancelled_at.is_(None),
        *where,
    )
