"""What two organisations want to have done: at most five open aims, each closed with what came of it."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from portal import history
from portal.db import db, operation
from portal.history import phrases
from portal.mentor_schools.models import OrganisationAim, OrganisationPair
from portal.mentor_schools.pairs import MOST_AIMS, SUBJECT, Aim
from portal.mentor_schools.queries import count_open_aims
from portal.web import clock
from portal.web.errors import Conflict, DomainError

phrases.declare(
    {
        "schools.aim_set": _l("%(actor)s set an aim"),
        "schools.aim_changed": _l("%(actor)s changed an aim"),
        "schools.aim_closed": _l("%(actor)s closed an aim"),
        "schools.aim_reopened": _l("%(actor)s opened an aim again"),
    }
)


@operation
def set_aim(pair: OrganisationPair, by: int, aim: Aim) -> OrganisationAim:
    """Add an aim. Raises DomainError for a sixth."""
    _refuse_too_many(pair)
    last = db.session.execute(
        select(func.coalesce(func.max(OrganisationAim.position), 0)).where(OrganisationAim.pair_id == pair.id)
    ).scalar_one()
    made = OrganisationAim(pair_id=pair.id, position=last + 1)
    _take(made, aim)
    db.session.add(made)
    db.session.flush()
    history.record(by, "schools.aim_set", SUBJECT, pair.id, pair.network_id)
    return made


@operation
def change_aim(pair: OrganisationPair, aim: OrganisationAim, version: int, by: int, typed: Aim) -> None:
    """Raises Conflict where somebody changed it meanwhile."""
    if aim.row_version != version:
        raise Conflict({"text": aim.text, "seen_by": aim.seen_by})
    _take(aim, typed)
    history.record(by, "schools.aim_changed", SUBJECT, pair.id, pair.network_id)


@operation
def close_aim(pair: OrganisationPair, aim: OrganisationAim, by: int, result: str) -> None:
    """Met, partly met, not met, or changed to something else."""
    was, aim.result = aim.result, result
    if aim.closed_at is None:
        aim.closed_at = clock.now()
        history.record(by, "schools.aim_closed", SUBJECT, pair.id, pair.network_id)
    elif was != result:
        history.record(by, "schools.aim_changed", SUBJECT, pair.id, pair.network_id)


@operation
def reopen_aim(pair: OrganisationPair, aim: OrganisationAim, by: int) -> None:
    """Raises DomainError where five others are open."""
    if aim.closed_at is not None:
        _refuse_too_many(pair)
        aim.closed_at, aim.result = None, ""
        history.record(by, "schools.aim_reopened", SUBJECT, pair.id, pair.network_id)


def _refuse_too_many(pair: OrganisationPair) -> None:
    if count_open_aims(pair.id) >= MOST_AIMS:
        raise DomainError(_("Five aims are open. Close one first: what is everything at once is nothing."))


def _take(aim: OrganisationAim, typed: Aim) -> None:
    aim.text, aim.seen_by, aim.by_on = typed.text, typed.seen_by, typed.by_on
