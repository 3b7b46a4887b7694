"""What stays closed to a sign-in that goes back to a slip: somebody else made the slip and might be using it herself."""

from flask_babel import gettext as _

from portal.people.queries_slips import stays_apart
from portal.web.access import visitor
from portal.web.errors import DomainError


def only_by_her_own_means() -> None:
    """Raises DomainError, which becomes a page of its own, where this browser came in through a slip.

    For notes that nobody but their writer may read, for taking everything along, for changing addresses, for leaving
    for good. It ends when she says in a sign-in by her own means that the slip is all right; for somebody who has no
    such means a week after the slip (``stays_apart``).
    """
    person = visitor()
    if person and stays_apart(person.session_id, person.person_id):
        raise DomainError(
            _(
                "You came in with a slip that somebody else made. This stays closed until you come in by mail, or by a "
                "passkey that you had before, and say that the slip was all right. Who has neither waits a week."
            )
        )
