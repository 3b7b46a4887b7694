"""What pairs promise each other: every member reads the wording, coordinators write it, the two of a pair say yes."""

from portal.agreements.operations import write_agreement
from tests import cast
from tests.access.mentoring import COORDINATORS, MEMBERS, PAIR_AND_COORDINATORS, THE_TWO

MATRIX = {
    "GET agreements.index": MEMBERS,
    "GET agreements.version": MEMBERS,
    "GET agreements.edit": COORDINATORS,
    "POST agreements.save": COORDINATORS,
    "GET agreements.pair": PAIR_AND_COORDINATORS,
    "POST agreements.say_yes": THE_TWO,
}


def prepare() -> dict[str, object]:
    text = "What stays between us stays between us."
    return {"version_number": write_agreement(cast.person_id("ines"), cast.network_id(), 0, text)}
