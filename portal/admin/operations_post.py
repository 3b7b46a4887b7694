"""The administrator's acts on post that found no place: hand it to a network's coordinators, or delete it."""

from flask_babel import lazy_gettext as _l

from portal import history
from portal.db import operation
from portal.history import phrases
from portal.mail.models_receiving import ReceivedMail
from portal.mail.operations_receiving import forget_mail, pass_on_by_hand
from portal.mail.receiving_letter import Letter

phrases.declare(
    {
        "post.passed_on": _l("%(actor)s handed a mail that found no place to the coordinators of a network"),
        "post.forgotten": _l("%(actor)s deleted a mail that found no place"),
    }
)


@operation
def pass_on(mail: ReceivedMail, letter: Letter, network_id: int, by: int) -> int:
    """Send it to the coordinators; returns to how many. Raises DomainError where none can be reached."""
    count = pass_on_by_hand(mail, letter, network_id)
    history.record(by, "post.passed_on", "received", mail.id, network_id)
    return count


@operation
def forget(mail_id: int, by: int) -> None:
    """Delete what it says, for good."""
    forget_mail(mail_id)
    history.record(by, "post.forgotten", "received", mail_id)
