"""What talks put on the page of a pair: the way to prepare the next one, and to what the two wrote."""

from portal.mentoring import policy
from portal.mentoring.beside import Part, beside
from portal.mentoring.models import Pairing
from portal.networks.scope import Standing


@beside
def talks_beside(pairing: Pairing, membership: Standing) -> Part | None:
    """For the two alone. Asks for nothing: whether a draft waits is told where it is opened."""
    if not policy.is_of_pair(membership.person_id, pairing):
        return None
    return Part("mentoring/_talk_doors.html", place="top", rank=1, pairing=pairing)
