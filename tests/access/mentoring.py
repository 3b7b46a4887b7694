"""Mentoring: dafydd mentors tobi. Coordinators see that they met, nobody else of the network does."""

from datetime import UTC, date, datetime

from portal.mentoring.operations import start_pairing
from portal.mentoring.operations_contacts import log_contact
from portal.mentoring.talks import Talk
from tests import cast

STRANGERS = {"kofi": "404", "ravi": "404", "hana": "404", "nobody": "sign-in"}
MEMBERS = {"ines": "may", "tobi": "may", "dafydd": "may", "petra": "may"} | STRANGERS
COORDINATORS = MEMBERS | {"tobi": "403", "dafydd": "403", "petra": "403"}
PAIR_AND_COORDINATORS = MEMBERS | {"petra": "403"}
THE_TWO = MEMBERS | {"ines": "403", "petra": "403"}
WRITER = MEMBERS | {"ines": "403", "tobi": "403", "petra": "403"}
THE_OTHER = MEMBERS | {"ines": "403", "dafydd": "403", "petra": "403"}

MATRIX = {
    "GET mentoring.new": COORDINATORS,
    "POST mentoring.create": COORDINATORS,
    "GET mentoring.pair": PAIR_AND_COORDINATORS,
    "GET mentoring.edit": PAIR_AND_COORDINATORS,
    "POST mentoring.update": PAIR_AND_COORDINATORS,
    "GET mentoring.ask_end": PAIR_AND_COORDINATORS,
    "POST mentoring.end": PAIR_AND_COORDINATORS,
    "POST mentoring.resume": PAIR_AND_COORDINATORS,
    "GET mentoring.met": THE_TWO,
    "POST mentoring.log": THE_TWO,
    "GET mentoring.prepare": THE_TWO,
    "POST mentoring.keep": THE_TWO,
    "GET mentoring.ask_throw": THE_TWO,
    "POST mentoring.throw": THE_TWO,
    "GET mentoring.notes": THE_TWO,
    "GET mentoring.beside": THE_TWO,
    "POST mentoring.write_beside": THE_TWO,
    "POST mentoring.keep_notes": THE_TWO,
    "GET mentoring.ask_throw_notes": THE_TWO,
    "POST mentoring.throw_notes": THE_TWO,
    "GET mentoring.contact": PAIR_AND_COORDINATORS,
    "GET mentoring.edit_contact": WRITER,
    "POST mentoring.update_contact": WRITER,
    "POST mentoring.confirm": THE_OTHER,
    "POST mentoring.dispute": THE_OTHER,
    "POST mentoring.delete": WRITER,
    "POST mentoring.restore": WRITER,
    "GET mentoring.ask_out": WRITER,
    "POST mentoring.leave_group": WRITER,
}


def prepare() -> dict[str, object]:
    network_id = cast.network_id()
    dafydd, tobi = cast.person_id("dafydd"), cast.person_id("tobi")
    pairing = start_pairing(network_id, dafydd, tobi, cast.person_id("ines"), date(2026, 9, 1))
    talk = Talk(at=datetime(2026, 11, 3, 12, tzinfo=UTC), minutes=45, parked="parked", only_me="private")
    contact = log_contact(pairing, dafydd, talk, bytes(32), "Europe/London")
    return {"pairing_id": pairing.id, "talk_id": contact.id}
