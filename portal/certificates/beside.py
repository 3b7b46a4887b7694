"""Her certificates beside the event that they are for: whoever comes back to its page finds them there."""

from collections.abc import Sequence

from portal.certificates.queries_event import EVENT
from portal.credit.queries_certificates import certificates_about
from portal.events.beside import Part, beside
from portal.events.policy import Member
from portal.events.queries_event import EventPage, SessionPage


@beside
def certificates_beside(event: EventPage, sessions: Sequence[SessionPage], member: Member) -> Part | None:
    """Those that are valid (one query, once the event is over)."""
    if not sessions or not all(one.is_over for one in sessions):
        return None
    held = [one for one in certificates_about(EVENT, event.id, member.person_id) if not one.voided_at and one.name]
    return Part("certificates/_beside.html", held=held) if held else None
