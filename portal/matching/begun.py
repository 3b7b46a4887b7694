"""What matching does when a pair begins, however it came about: the wish ends, and nobody is asked in vain any more."""

from portal.matching.models import MentorAsk
from portal.matching.operations_asks import withdraw_all_for
from portal.matching.operations_proposals import propose
from portal.matching.queries import open_ask_of, open_between
from portal.mentoring.hooks import on
from portal.mentoring.models import Pairing
from portal.web import clock


@on.begun
def end_the_wish(pairing: Pairing) -> None:
    """The mentee's wish became this pair; other mentors who were asked about her are told that they needn't answer."""
    for proposal in open_between(pairing.network_id, pairing.mentor_id, pairing.mentee_id):
        proposal.pairing_id, proposal.closed_at = pairing.id, clock.now()
    ask: MentorAsk | None = open_ask_of(pairing.network_id, pairing.mentee_id)
    if ask is None:
        return
    ask.ended_at, ask.pairing_id = clock.now(), pairing.id
    withdraw_all_for(ask, pairing.paired_by, but=pairing.mentee_id)


on.asks_both(propose, "matching.proposal")
