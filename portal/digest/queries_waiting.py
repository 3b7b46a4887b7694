"""How much waits for the coordinators of some networks, counted as their Today lists it."""

from collections import Counter
from collections.abc import Collection
from datetime import timedelta
from typing import Any

from sqlalchemy import and_, func, literal, or_, select, union_all

from portal.activities.models import Activity
from portal.conversations.models import Topic
from portal.conversations.queries import rests_unanswered
from portal.db import Rows, db
from portal.events.models import Event, Session
from portal.kit.models import Kit, KitProblem
from portal.kit.queries_problems import IS_WAITING
from portal.lending.models import Loan
from portal.lending.queries_late import is_late
from portal.matching.queries_waiting import asks_waiting, rematches_waiting
from portal.mentoring.models import Pairing, PairMonth
from portal.networks.models import JoinRequest, Membership
from portal.openings.models import Opening, OpeningInterest
from portal.openings.queries import is_waiting
from portal.people.models import EmailAddress, Person
from portal.resources.models import Pack, PackReport
from portal.reviewing.queries import waits_lately
from portal.support.models import SupportVisit
from portal.support.queries import is_overdue
from portal.web import clock

# What is older than four months is past.
LOOK_BACK = timedelta(days=120)


def waiting_in(
    network_ids: Collection[int],
    with_packs: Collection[int],
    with_kit: Collection[int],
    with_mentoring: Collection[int],
) -> Counter[int]:
    """Network → how many things wait for its coordinators; what belongs to a room only where it is open (one query)."""
    found: Counter[int] = Counter()
    if network_ids:
        rows: Any = union_all(
            _asking(network_ids),
            _open_sheets(network_ids),
            _unanswered(network_ids),
            _came_back(network_ids),
            _packs_to_look_at(with_packs),
            _reports(with_packs),
            _boxes(with_kit),
            _loans(with_kit),
            _interests(with_mentoring),
            _months(with_mentoring),
            _promises(with_mentoring),
            _one_line(asks_waiting(), with_mentoring),
            _one_line(rematches_waiting(), with_mentoring),
        )
        for network_id, count in db.session.execute(rows):
            found[network_id] += count
    return found


def _asking(network_ids: Collection[int]) -> Rows:
    """People who asked to come in."""
    rows = select(JoinRequest.network_id, func.count())
    rows = rows.where(JoinRequest.network_id.in_(network_ids), JoinRequest.decided_at.is_(None))
    return rows.group_by(JoinRequest.network_id)


def _open_sheets(network_ids: Collection[int]) -> Rows:
    """Sessions that are over and whose sheet is not closed."""
    now = clock.now()
    session, activity = Session.__table__, Activity.__table__
    return (
        select(activity.c.network_id, func.count())
        .select_from(activity)
        .join(session, session.c.id == activity.c.id)
        .join(Event, Event.id == session.c.event_id)
        .where(
            activity.c.network_id.in_(network_ids),
            activity.c.starts_at < now,
            activity.c.starts_at > now - LOOK_BACK,
            activity.c.cancelled_at.is_(None),
            session.c.attendance_closed_at.is_(None),
            Event.published_at.is_not(None),
            Event.deleted_at.is_(None),
        )
        .group_by(activity.c.network_id)
    )


def _unanswered(network_ids: Collection[int]) -> Rows:
    return (
        select(Topic.network_id, func.count())
        .where(Topic.network_id.in_(network_ids), rests_unanswered(clock.now()))
        .group_by(Topic.network_id)
    )


def _came_back(network_ids: Collection[int]) -> Rows:
    """Members to whom mail comes back."""
    return (
        select(Membership.network_id, func.count(Person.id.distinct()))
        .join(Person, Person.id == Membership.person_id)
        .join(EmailAddress, EmailAddress.person_id == Person.id)
        .where(
            Membership.network_id.in_(network_ids),
            Membership.ended_at.is_(None),
            Person.erased_at.is_(None),
            EmailAddress.is_primary,
            EmailAddress.bounced_at.is_not(None),
        )
        .group_by(Membership.network_id)
    )


def _packs_to_look_at(network_ids: Collection[int]) -> Rows:
    """One thing in each network that has any: Today tells them in one line."""
    rows = select(Pack.network_id, literal(1)).where(
        Pack.network_id.in_(network_ids), Pack.deleted_at.is_(None), Pack.retired_at.is_(None), waits_lately()
    )
    return rows.group_by(Pack.network_id)


def _reports(network_ids: Collection[int]) -> Rows:
    """What was said to be wrong with packs, and is not settled."""
    rows = select(Pack.network_id, func.count()).join(PackReport, PackReport.pack_id == Pack.id)
    rows = rows.where(Pack.network_id.in_(network_ids), Pack.deleted_at.is_(None), PackReport.settled_at.is_(None))
    return rows.group_by(Pack.network_id)


def _one_line(waiting: Rows, network_ids: Collection[int]) -> Rows:
    """Wishes for a mentor or for another one: Today tells them in one line each."""
    rows = waiting.subquery()
    return select(rows.c.network_id, literal(1)).where(rows.c.network_id.in_(network_ids)).group_by(rows.c.network_id)


def _boxes(network_ids: Collection[int]) -> Rows:
    """Boxes of which somebody said that something is missing or broken."""
    rows = select(Kit.network_id, func.count(Kit.id.distinct())).join(KitProblem, KitProblem.kit_id == Kit.id)
    return rows.where(Kit.network_id.in_(network_ids), IS_WAITING).group_by(Kit.network_id)


def _loans(network_ids: Collection[int]) -> Rows:
    """Boxes that somebody asks for, and those that should be back."""
    rows = select(Kit.network_id, func.count()).join(Loan, Loan.kit_id == Kit.id)
    asked = and_(Loan.ended_at.is_(None), Loan.approved_at.is_(None))
    return rows.where(Kit.network_id.in_(network_ids), or_(asked, is_late(clock.today()))).group_by(Kit.network_id)


def _interests(network_ids: Collection[int]) -> Rows:
    """People who would like an opening."""
    rows = select(Opening.network_id, func.count()).join(OpeningInterest, OpeningInterest.opening_id == Opening.id)
    rows = rows.join(Person, Person.id == OpeningInterest.person_id)
    where = (Opening.network_id.in_(network_ids), is_waiting(), Person.erased_at.is_(None))
    return rows.where(*where).group_by(Opening.network_id)


def _months(network_ids: Collection[int]) -> Rows:
    """Closed months that one of a pair asks to have opened again."""
    rows = select(Pairing.network_id, func.count()).join(PairMonth, PairMonth.pairing_id == Pairing.id)
    asked = (PairMonth.asked_at.is_not(None), PairMonth.reopened_at.is_(None))
    return rows.where(Pairing.network_id.in_(network_ids), *asked).group_by(Pairing.network_id)


def _promises(network_ids: Collection[int]) -> Rows:
    """What was promised to schools and should be done by now."""
    rows = select(SupportVisit.network_id, func.count())
    rows = rows.where(SupportVisit.network_id.in_(network_ids), is_overdue(clock.today()))
    return rows.group_by(SupportVisit.network_id)
