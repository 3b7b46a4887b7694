"""Matching: dafydd asks for a mentor and is asked about mairead; tobi offers; dafydd, who mentors leon, would like a re-match."""

from datetime import date

from portal.matching.operations_asks import ask_for_mentor
from portal.matching.operations_offers import offer_to_mentor
from portal.matching.operations_proposals import propose
from portal.matching.operations_wishes import wish_rematch
from portal.matching.said import AskSaid, OfferSaid
from portal.mentoring.operations import start_pairing
from tests import cast

STRANGERS = {"kofi": "404", "ravi": "404", "hana": "404", "nobody": "sign-in"}
MEMBERS = {"ines": "may", "tobi": "may", "dafydd": "may", "petra": "may"} | STRANGERS
NOT_OBSERVERS = MEMBERS | {"petra": "403"}
COORDINATORS = MEMBERS | {"tobi": "403", "dafydd": "403", "petra": "403"}
DAFYDD_AND_COORDINATORS = MEMBERS | {"tobi": "403", "petra": "403"}
DAFYDD = DAFYDD_AND_COORDINATORS | {"ines": "403"}
TOBI_AND_COORDINATORS = MEMBERS | {"dafydd": "403", "petra": "403"}
TOBI = TOBI_AND_COORDINATORS | {"ines": "403"}
THE_TWO = MEMBERS | {"ines": "403", "petra": "403"}
# Nobody else may even learn that there is a wish.
READS_WISH = MEMBERS | {"tobi": "404", "dafydd": "404", "petra": "404"}
# Tobi is of a pair with Dafydd: that somebody else was proposed to Dafydd he may not even learn.
HIS_OTHER = {"tobi": "404"}
WROTE_WISH = MEMBERS | {"ines": "403", "tobi": "404", "petra": "404"}

MATRIX = {
    "GET matching.index": MEMBERS,
    "GET matching.offers": COORDINATORS,
    "GET matching.proposals": COORDINATORS,
    "GET matching.endings": COORDINATORS,
    "GET matching.new_ask": NOT_OBSERVERS,
    "POST matching.create_ask": NOT_OBSERVERS,
    "GET matching.ask": DAFYDD_AND_COORDINATORS,
    "GET matching.edit_ask": DAFYDD,
    "POST matching.update_ask": DAFYDD,
    "POST matching.pause_ask": DAFYDD,
    "POST matching.resume_ask": DAFYDD,
    "POST matching.end_ask": DAFYDD,
    "POST matching.restore_ask": DAFYDD,
    "GET matching.new_offer": NOT_OBSERVERS,
    "POST matching.create_offer": NOT_OBSERVERS,
    "GET matching.offer": TOBI_AND_COORDINATORS,
    "GET matching.edit_offer": TOBI,
    "POST matching.update_offer": TOBI,
    "POST matching.pause_offer": TOBI,
    "POST matching.resume_offer": TOBI,
    "POST matching.end_offer": TOBI,
    "POST matching.restore_offer": TOBI,
    "GET matching.proposal": DAFYDD_AND_COORDINATORS | HIS_OTHER,
    "POST matching.answer": DAFYDD | HIS_OTHER,
    "GET matching.ask_withdraw": COORDINATORS | HIS_OTHER,
    "POST matching.withdraw_proposal": COORDINATORS | HIS_OTHER,
    "GET matching.wish": THE_TWO,
    "POST matching.save_wish": THE_TWO,
    "GET matching.read_wish": READS_WISH,
    "POST matching.decide_wish": READS_WISH,
    "POST matching.withdraw": WROTE_WISH,
    "GET matching.ending": THE_TWO,
    "POST matching.save_ending": THE_TWO,
}


def prepare() -> dict[str, object]:
    """The pair of ``pairing_id`` is made with the pages of mentoring."""
    network_id = cast.network_id()
    ines, mairead, dafydd, tobi, leon = map(cast.person_id, ("ines", "mairead", "dafydd", "tobi", "leon"))
    said = {"subjects": ["physics"], "phases": ["secondary"], "languages": ["en"], "days": [1, 3]}
    ask = ask_for_mentor(network_id, dafydd, dafydd, AskSaid(**said, needs=["labs", "workload"], year_of_teaching=2))
    offer = offer_to_mentor(network_id, tobi, tobi, OfferSaid(**said, most_mentees=2, says="Eight years of labs."))
    proposal = propose(network_id, mairead, dafydd, ines, date(2026, 11, 16), rhythm="Weekly", tell=False)
    wish = wish_rematch(start_pairing(network_id, dafydd, leon, ines, date(2026, 9, 1)), dafydd, "", bytes(32))
    return {"ask_id": ask.id, "offer_id": offer.id, "proposal_id": proposal.id, "wish_id": wish.id}
