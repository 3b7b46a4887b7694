"""A lead says yes or no for her side, on the page or from her mail."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal import history
from portal.db import operation
from portal.history import phrases
from portal.mentor_schools.letters import tell_answer
from portal.mentor_schools.models import OrganisationPair
from portal.mentor_schools.pairs import SUBJECT, side_of, state_of
from portal.web import clock
from portal.web.errors import DomainError

phrases.declare(
    {
        "schools.accepted": _l("%(actor)s said yes for one side"),
        "schools.declined": _l("%(actor)s said that it does not fit this time"),
    }
)


@operation
def accept_pair(pair: OrganisationPair, by: int) -> None:
    """Yes, for the side that she leads; after a no of hers it is a change of mind. Twice yes is one yes.

    Raises DomainError for what has ended or was taken back, and for who leads neither side.
    """
    side = _side(pair, by)
    if getattr(pair, f"{side}_accepted_at") is None:
        setattr(pair, f"{side}_accepted_at", clock.now())
        if pair.declined_by == by:
            pair.declined_at = pair.declined_by = None
        history.record(by, "schools.accepted", SUBJECT, pair.id, pair.network_id)
        if state_of(pair) == "running":
            tell_answer(pair, by, "running")


@operation
def decline_pair(pair: OrganisationPair, by: int) -> None:
    """No, without a reason. Raises DomainError where both have agreed: that is ended, not declined."""
    _side(pair, by)
    if state_of(pair) == "running":
        raise DomainError(_("Both have said yes. End it instead: what was counted then stays."))
    if pair.declined_at is None:
        pair.declined_at, pair.declined_by = clock.now(), by
        setattr(pair, f"{_side(pair, by)}_accepted_at", None)
        history.record(by, "schools.declined", SUBJECT, pair.id, pair.network_id)
        tell_answer(pair, by, "declined")


def _side(pair: OrganisationPair, by: int) -> str:
    if pair.deleted_at or pair.ended_on:
        raise DomainError(_("This was taken back or has ended meanwhile."))
    side = side_of(by, pair)
    if not side:
        raise DomainError(_("Somebody else stands for that side now."))
    return side
