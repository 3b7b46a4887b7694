"""What talks put on the page of a pair: the way to the next one and to what the two wrote, and who reads it."""

from portal.mentoring import policy
from portal.mentoring.beside import Part, beside
from portal.mentoring.models import Pairing
from portal.mentoring.queries_texts import was_unopened
from portal.networks.scope import Standing


@beside
def key_that_is_missing(pairing: Pairing, member: Standing) -> Part | None:
    """Said on the page that shows what was parked, not only where a whole text would stand."""
    if not policy.is_of_pair(member.person_id, pairing) or not was_unopened():
        return None
    return Part("mentoring/_key_is_missing.html", place="top", rank=1)


@beside
def talks_beside(pairing: Pairing, membership: Standing) -> Part | None:
    """For the two alone. Asks for nothing: whether a draft waits is told where it is opened."""
    if not policy.is_of_pair(membership.person_id, pairing):
        return None
    return Part("mentoring/_talk_doors.html", place="top", rank=1, pairing=pairing)


@beside
def who_reads_notes(pairing: Pairing, member: Standing) -> Part | None:
    is_mine = policy.is_of_pair(member.person_id, pairing)
    return Part("mentoring/_who_reads.html", place="side", rank=2, is_mine=is_mine)
