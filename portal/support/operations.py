"""Writing a visit down, correcting it, removing it, and keeping what was promised. Each counts once, in the ledger."""

from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm.attributes import flag_modified

from portal import history
from portal.activities.meetings import refuse_unlikely
from portal.activities.operations_meetings import corrections
from portal.db import db, operation
from portal.history import phrases
from portal.networks.queries_places import is_in, works_at
from portal.people.queries_names import names_of
from portal.support.models import SupportVisit
from portal.support.queries import there_at
from portal.support.visits import SUBJECT, Visit
from portal.support.who_went import note_coordinators, refuse_nobody, refuse_strangers
from portal.web import clock
from portal.web.errors import Conflict, DomainError

phrases.declare(
    {
        "support.logged": _l("%(actor)s wrote down %(minutes)s minutes of support"),
        "support.changed": _l("%(actor)s changed the visit"),
        "support.minutes": _l("%(actor)s corrected it from %(before)s to %(after)s minutes"),
        "support.redated": _l("%(actor)s moved it from %(before)s to %(after)s"),
        "support.removed": _l("%(actor)s removed the visit"),
        "support.restored": _l("%(actor)s brought the visit back"),
        "support.kept": _l("%(actor)s noted that the promise is kept"),
        "support.reopened": _l("%(actor)s noted that the promise is still open"),
        "support.came_along": _l("%(actor)s noted that %(person)s came along"),
        "support.not_along": _l("%(actor)s noted that %(person)s was not there"),
    }
)


@operation
def log_visit(network_id: int, by: int, visit: Visit, time_zone: str) -> SupportVisit:
    """Write down a visit, a call or technical help, once, for her and whoever came along.

    Raises DomainError for what cannot have been.
    """
    _refuse(network_id, visit, time_zone)
    refuse_strangers(network_id, visit.along)
    now = clock.now()
    made = SupportVisit(
        network_id=network_id,
        title=_title(visit.kind),
        starts_at=visit.met.at,
        minutes=visit.met.minutes,
        held_at=now,
        recorded_by=by,
        created_at=now,
        organisation_id=visit.organisation_id,
    )
    _take(made, visit)
    db.session.add(made)
    db.session.flush()
    history.record(by, "support.logged", SUBJECT, made.id, network_id, minutes=visit.met.minutes)
    note_coordinators(made, {by} | visit.along, by, {by})
    return made


@operation
def change_visit(visit: SupportVisit, version: int, by: int, typed: Visit, time_zone: str) -> None:
    """Correct a visit; changed minutes and days leave both figures in the history.

    Raises Conflict where another coordinator changed it meanwhile, DomainError for what cannot have been.
    """
    before = frozenset(there_at(visit.id))
    if visit.row_version != version:
        raise Conflict(_theirs(visit, typed, before))
    _refuse(visit.network_id, typed, time_zone, visit)
    there = typed.along | {one for one in before if one == visit.recorded_by}
    refuse_strangers(visit.network_id, there - before)
    refuse_nobody(there)
    for what, figures in corrections(visit, typed.met, time_zone).items():
        history.record(by, f"support.{what}", SUBJECT, visit.id, visit.network_id, **figures)
    visit.starts_at, visit.minutes = typed.met.at, typed.met.minutes
    if (visit.next_step, visit.next_on) != (typed.next_step, typed.next_on):
        visit.next_done_at = None
    _take(visit, typed)
    if there != before:
        # A form that is open elsewhere is stale from now on.
        flag_modified(visit, "title")
    note_coordinators(visit, there, by, before)


@operation
def delete_visit(visit: SupportVisit, by: int) -> None:
    """Take a visit out of the count; it can be brought back."""
    if visit.deleted_at is None:
        visit.deleted_at = visit.cancelled_at = clock.now()
        history.record(by, "support.removed", SUBJECT, visit.id, visit.network_id)


@operation
def restore_visit(visit: SupportVisit, by: int) -> None:
    if visit.deleted_at is not None:
        visit.deleted_at = visit.cancelled_at = None
        history.record(by, "support.restored", SUBJECT, visit.id, visit.network_id)


@operation
def keep_promise(visit: SupportVisit, by: int) -> None:
    """What was promised is done. Raises DomainError where nothing was."""
    _set_done(visit, by, clock.now(), "support.kept")


@operation
def reopen_promise(visit: SupportVisit, by: int) -> None:
    """It is not done after all."""
    _set_done(visit, by, None, "support.reopened")


def _set_done(visit: SupportVisit, by: int, at: datetime | None, action: str) -> None:
    if not visit.next_step:
        raise DomainError(_("Nothing was promised here."))
    if (visit.next_done_at is None) != (at is None):
        visit.next_done_at = at
        history.record(by, action, SUBJECT, visit.id, visit.network_id)


def _refuse(network_id: int, visit: Visit, time_zone: str, known: SupportVisit | None = None) -> None:
    refuse_unlikely(visit.met, time_zone)
    is_same_school = known is not None and known.organisation_id == visit.organisation_id
    if not is_same_school and not is_in(network_id, visit.organisation_id):
        raise DomainError(_("Choose one of this network’s list."), "school")
    is_same_person = is_same_school and known is not None and known.met_id == visit.met_id
    if visit.met_id and not is_same_person and not works_at(network_id, visit.met_id, visit.organisation_id):
        raise DomainError(_("She does not work there as far as we know. Choose somebody else, or nobody."), "met_id")
    if visit.next_on and not visit.next_step:
        raise DomainError(_("Say what you promised, or leave the day empty."), "next_step")


def _take(visit: SupportVisit, typed: Visit) -> None:
    visit.title, visit.mode, visit.support_kind = _title(typed.kind), typed.met.mode, typed.kind
    visit.organisation_id, visit.topics, visit.met_id = typed.organisation_id, sorted(set(typed.topics)), typed.met_id
    visit.note, visit.next_step, visit.next_on = typed.note, typed.next_step, typed.next_on


def _theirs(visit: SupportVisit, typed: Visit, there: frozenset[int]) -> dict[str, str]:
    """What stands there now; who came along only where the two versions differ in it."""
    words, along = {"note": visit.note, "next_step": visit.next_step}, there - {visit.recorded_by}
    return words if along == typed.along else {"along": ", ".join(names_of(along).values()) or "–"} | words


def _title(kind: str) -> str:
    return _("Technical help") if kind == "technical" else _("Support visit")
