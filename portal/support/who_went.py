"""Who of the coordinators was at a visit: one visit, of which each of them has the minutes. Belongs inside an operation."""

from collections.abc import Collection

from flask_babel import gettext as _

from portal import history
from portal.activities.operations_meetings import note_who_was_there
from portal.networks.queries_members import coordinators_of
from portal.support.models import SupportVisit
from portal.support.visits import SUBJECT
from portal.web.errors import DomainError


def note_coordinators(visit: SupportVisit, there: Collection[int], by: int, before: Collection[int]) -> None:
    """Make the participations what is said now, each from where she worked: nobody of the school attended anything.

    The lines name a person, so they stand with the visit and not in the network's own history.
    """
    note_who_was_there(visit, dict.fromkeys(sorted(there), "facilitator"), by)
    for person_id in sorted(set(there) - set(before)):
        history.record(by, "support.came_along", SUBJECT, visit.id, person_id=person_id)
    for person_id in sorted(set(before) - set(there)):
        history.record(by, "support.not_along", SUBJECT, visit.id, person_id=person_id)


def refuse_strangers(network_id: int, people: Collection[int]) -> None:
    """Raises DomainError for somebody who does not coordinate this network."""
    if people and not set(people) <= {one.id for one in coordinators_of(network_id)}:
        raise DomainError(_("Choose among the coordinators of this network."), "along")


def refuse_nobody(there: Collection[int]) -> None:
    """Raises DomainError for a visit at which nobody was."""
    if not there:
        raise DomainError(_("Say who was there. If nobody was, remove the visit."), "along")
