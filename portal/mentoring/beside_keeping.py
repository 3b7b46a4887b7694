"""On the page of a pair, for the two: what becomes of their notes after the end, and that a key is missing."""

from portal.mentoring import keeping, policy
from portal.mentoring.beside import Part, beside
from portal.mentoring.models import Pairing
from portal.mentoring.queries_texts import was_unopened
from portal.networks.scope import Standing
from portal.web.forms import ActForm


@beside
def notes_after_the_end(pairing: Pairing, member: Standing) -> Part | None:
    if not pairing.ended_on or not policy.is_of_pair(member.person_id, pairing):
        return None
    return Part(
        "mentoring/_keep_notes.html",
        place="top",
        goes_on=keeping.goes_on(pairing.ended_on),
        are_gone=keeping.are_gone(pairing),
        gone_at=pairing.notes_gone_at,
        mine=keeping.wishes(pairing, member.person_id),
        theirs=keeping.wishes(pairing, policy.other_of(member.person_id, pairing)),
        form=ActForm(),
    )


@beside
def key_that_is_missing(pairing: Pairing, member: Standing) -> Part | None:
    """Said on the page that shows what was parked, not only where a whole text would stand."""
    if not policy.is_of_pair(member.person_id, pairing) or not was_unopened():
        return None
    return Part("mentoring/_key_is_missing.html", place="top", rank=1)


@beside
def who_reads_notes(pairing: Pairing, member: Standing) -> Part | None:
    is_mine = policy.is_of_pair(member.person_id, pairing)
    return Part("mentoring/_who_reads.html", place="side", rank=2, is_mine=is_mine)
