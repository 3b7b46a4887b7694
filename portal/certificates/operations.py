"""Making certificates: for everybody who has earned one, for the one whose evaluation came in, anew after a correction."""

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select, update
from sqlalchemy.orm import selectinload

from portal.certificates.earned import Earned
from portal.certificates.queries_event import EVENT, EventCertificates, certificates_due
from portal.certificates.snapshots import draft_of, surroundings_of
from portal.credit.models import Certificate
from portal.credit.operations_certificates import issue, replace_by
from portal.credit.queries_certificates import own_names
from portal.db import db, operation
from portal.events.models import Event
from portal.history import phrases, record
from portal.networks.models import Network
from portal.web import clock
from portal.web.errors import DomainError

# Without a name and not on the event's page: who answered an evaluation, and when, is nobody's business.
phrases.declare({"certificate-earned": _l("Certificates issued after an evaluation: %(count)s")})


@operation
def make_certificates(event: Event, time_zone: str, by: int) -> int:
    """Issue what is due and missing, for everybody; made twice it makes nothing twice. Returns how many.

    Raises DomainError while a session is ahead or a sheet is open, and where nobody was there.
    """
    due = certificates_due(event, time_zone)
    _refuse_early(due)
    made = len(_issue(due, due.missing, time_zone, by))
    if made:
        record(by, "certificates-issued", EVENT, event.id, event.network_id, count=made)
    return made


@operation
def make_for_person(event_id: int, person_id: int) -> list[Certificate]:
    """What one person has earned and lacks, once her evaluation is in; nothing while a sheet is open. Returns the new ones."""
    event, time_zone = _event_and_clock(event_id)
    if event is None:
        return []
    due = certificates_due(event, time_zone, person_id)
    if not due.is_ready:
        return []
    made = _issue(due, due.missing, time_zone, None)
    if made:
        record(None, "certificate-earned", "certificate", made[0].id, count=len(made))
    return made


@operation
def make_anew(certificate: Certificate, event: Event, time_zone: str, by: int) -> Certificate:
    """A new one with what the sheet says now, in place of one that no longer agrees with it.

    Raises DomainError while a sheet is open, and where nothing is due any more: then it can only be voided.
    """
    due = certificates_due(event, time_zone, certificate.person_id)
    _refuse_early(due)
    lines = (line for person in due.people for line in person.lines)
    mine = (line.earned for line in lines if line.earned and line.certificate and line.certificate.id == certificate.id)
    earned = next(mine, None)
    if earned is None or not earned.is_due:
        raise DomainError(_("By the sheet nothing is due to her any more. Void it instead."))
    draft = draft_of(earned, surroundings_of(event, due.hours), *_name_and_language(due, certificate.person_id))
    reason = _("the attendance was corrected")
    return replace_by(certificate, draft, clock.today(time_zone).year, reason, by)


@operation
def try_papers_again(event: Event, by: int) -> int:
    """Let the worker try once more to make the papers that failed. Returns how many."""
    failed = (Certificate.subject_kind == EVENT, Certificate.subject_id == event.id, Certificate.fault != "")
    count = int(db.session.execute(update(Certificate).where(*failed).values(fault="")).rowcount or 0)  # type: ignore[attr-defined]
    if count:
        record(by, "certificates-tried-again", EVENT, event.id, event.network_id, count=count)
    return count


def _issue(due: EventCertificates, wanted: Iterable[Earned], time_zone: str, by: int | None) -> list[Certificate]:
    wanted = list(wanted)
    if not wanted:
        return []
    around = surroundings_of(due.event, due.hours)
    names = own_names({one.person_id for one in wanted})
    drafts = []
    for one in wanted:
        who = due.hours.people[one.person_id]
        drafts.append(draft_of(one, around, names.get(one.person_id, who.name), who.locale))
    return issue(drafts, clock.today(time_zone).year, by)


def _name_and_language(due: EventCertificates, person_id: int) -> tuple[str, str | None]:
    who = due.hours.people[person_id]
    return own_names([person_id]).get(person_id, who.name), who.locale


def _refuse_early(due: EventCertificates) -> None:
    if due.waits_for:
        raise DomainError(_("A session is still ahead or its sheet is open. Close the sheets first."))
    if not due.hours.held:
        raise DomainError(_("Nobody is marked as having come, so there is nothing to certify."))


def _event_and_clock(event_id: int) -> tuple[Event | None, str]:
    row = db.session.execute(
        select(Event, Network.time_zone)
        .options(selectinload(Event.sessions))
        .join(Network, Network.id == Event.network_id)
        .where(Event.id == event_id, Event.deleted_at.is_(None), Event.cancelled_at.is_(None))
    ).first()
    return (row[0], row[1]) if row else (None, "UTC")
