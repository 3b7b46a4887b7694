"""Mentor schools: Brackenhythe helps Low Garrick. Dafydd and Tobi stand for them; members of the network read along."""

from datetime import UTC, date, datetime

from portal.activities.meetings import Met
from portal.mentor_schools.models import OrganisationPair
from portal.mentor_schools.operations import propose_pair
from portal.mentor_schools.operations_aims import set_aim
from portal.mentor_schools.operations_answering import accept_pair
from portal.mentor_schools.operations_meetings import log_meeting
from portal.mentor_schools.pairs import Aim, Meeting, Proposal
from tests import cast
from tests.access.support import school_id

STRANGERS = {"kofi": "404", "ravi": "404", "hana": "404", "nobody": "sign-in"}
MEMBERS = {"ines": "may", "tobi": "may", "dafydd": "may", "petra": "may"} | STRANGERS
# Leads and coordinators; an observer reads along. Every other member is kept out as she is.
WRITERS = MEMBERS | {"petra": "403"}
LEADS = MEMBERS | {"ines": "403", "petra": "403"}

MATRIX = {
    "GET mentor_schools.index": MEMBERS,
    "GET mentor_schools.show": MEMBERS,
    "GET mentor_schools.new": WRITERS,
    "POST mentor_schools.create": WRITERS,
    "GET mentor_schools.edit": WRITERS,
    "POST mentor_schools.change": WRITERS,
    "POST mentor_schools.accept": LEADS,
    "POST mentor_schools.decline": LEADS,
    "POST mentor_schools.take_back": WRITERS,
    "POST mentor_schools.restore": WRITERS,
    "GET mentor_schools.ask_end": WRITERS,
    "POST mentor_schools.end": WRITERS,
    "POST mentor_schools.resume": WRITERS,
    "GET mentor_schools.new_aim": WRITERS,
    "POST mentor_schools.create_aim": WRITERS,
    "GET mentor_schools.edit_aim": WRITERS,
    "POST mentor_schools.update_aim": WRITERS,
    "GET mentor_schools.ask_result": WRITERS,
    "POST mentor_schools.close": WRITERS,
    "POST mentor_schools.reopen_aim": WRITERS,
    "GET mentor_schools.met": WRITERS,
    "POST mentor_schools.log": WRITERS,
    "GET mentor_schools.edit_meeting": WRITERS,
    "POST mentor_schools.update_meeting": WRITERS,
    "POST mentor_schools.delete_meeting": WRITERS,
    "POST mentor_schools.restore_meeting": WRITERS,
}


def proposed(**more: object) -> OrganisationPair:
    """Proposed by ines; neither lead has answered."""
    told = {
        "mentor_organisation_id": school_id("Brackenhythe Academy"),
        "mentee_organisation_id": school_id(),
        "purpose": "A robotics club that runs by itself",
        "starts_on": date(2026, 9, 14),
        "ends_on": date(2027, 3, 26),
        "mentor_lead_id": cast.person_id("dafydd"),
        "mentee_lead_id": cast.person_id("tobi"),
    }
    return propose_pair(cast.network_id(), cast.person_id("ines"), Proposal(**(told | more)), is_coordinator=True)


def running(**more: object) -> OrganisationPair:
    pair = proposed(**more)
    for who in ("dafydd", "tobi"):
        accept_pair(pair, cast.person_id(who))
    return pair


def met(pair: OrganisationPair, day: int = 3, minutes: int = 60, there: tuple[str, ...] = ("dafydd", "tobi")) -> int:
    when = Met(datetime(2026, 11, day, 12, tzinfo=UTC), minutes)
    meeting = Meeting(when, frozenset(cast.person_id(who) for who in there), "Two robots run.", date(2026, 12, 1))
    return log_meeting(pair, cast.person_id("tobi"), meeting, "Europe/London").id


def prepare() -> dict[str, object]:
    pair = running()
    aim = set_aim(pair, cast.person_id("tobi"), Aim("A club on Tuesdays", "Ten come back", date(2026, 11, 6)))
    return {"pair_id": pair.id, "aim_id": aim.id, "meeting_id": met(pair)}
