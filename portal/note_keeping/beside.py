"""On the page of a pair that has ended, for the two: what becomes of their notes."""

from portal.mentoring import policy
from portal.mentoring.beside import Part, beside
from portal.mentoring.kept import are_gone
from portal.mentoring.models import Pairing
from portal.networks.scope import Standing
from portal.note_keeping import keeping
from portal.web.forms import ActForm


@beside
def notes_after_the_end(pairing: Pairing, member: Standing) -> Part | None:
    if not pairing.ended_on or not policy.is_of_pair(member.person_id, pairing):
        return None
    return Part(
        "note_keeping/_keep.html",
        place="top",
        goes_on=keeping.due_on(pairing),
        are_gone=are_gone(pairing),
        gone_at=pairing.notes_gone_at,
        mine=keeping.wishes(pairing, member.person_id),
        theirs=keeping.wishes(pairing, policy.other_of(member.person_id, pairing)),
        form=ActForm(),
    )
