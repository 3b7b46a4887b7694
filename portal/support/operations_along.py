"""A coordinator says of herself that she was at a visit, or was not. The visit stays one, with its minutes."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm.attributes import flag_modified

from portal import history
from portal.activities.operations_meetings import note_who_was_there
from portal.db import operation
from portal.history import phrases
from portal.support.models import SupportVisit
from portal.support.queries import there_at
from portal.support.visits import SUBJECT
from portal.support.who_went import refuse_strangers
from portal.web.errors import DomainError

phrases.declare(
    {
        "support.was_there": _l("%(actor)s said that she was there too"),
        "support.not_there": _l("%(actor)s said that she was not there"),
    }
)


@operation
def say_not_there(visit: SupportVisit, by: int) -> None:
    """Her minutes go, the visit stays with whoever was there. Raises DomainError for the only one, who removes it instead."""
    there = there_at(visit.id)
    if by not in there:
        return
    if there == [by]:
        raise DomainError(_("Nobody else is written down as having been there. If nobody was, remove the visit."))
    _note(visit, [one for one in there if one != by], by, "support.not_there")


@operation
def say_was_there(visit: SupportVisit, by: int) -> None:
    """She has its minutes too. Raises DomainError for somebody who does not coordinate this network."""
    there = there_at(visit.id)
    if by not in there:
        refuse_strangers(visit.network_id, [by])
        _note(visit, [*there, by], by, "support.was_there")


def _note(visit: SupportVisit, there: list[int], by: int, action: str) -> None:
    note_who_was_there(visit, dict.fromkeys(there, "facilitator"), by)
    # Whoever has the form open is told that it changed.
    flag_modified(visit, "title")
    history.record(by, action, SUBJECT, visit.id)
