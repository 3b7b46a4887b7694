"""Programmes: coordinators keep their rules and say who reads totals; every member may read them."""

from portal.programmes.operations import add_programme, name_reader
from portal.programmes.starting import rules
from tests import cast

STRANGERS = {"kofi": "404", "ravi": "404", "hana": "404", "nobody": "sign-in"}
MEMBERS = {"ines": "may", "tobi": "may", "dafydd": "may", "petra": "may"} | STRANGERS
KEEPERS = MEMBERS | {"tobi": "403", "dafydd": "403", "petra": "403"}

MATRIX = {
    "GET programmes.index": MEMBERS,
    "GET programmes.new": KEEPERS,
    "POST programmes.create": KEEPERS,
    "GET programmes.show": MEMBERS,
    "GET programmes.edit": KEEPERS,
    "POST programmes.save": KEEPERS,
    "POST programmes.retire": KEEPERS,
    "POST programmes.restore": KEEPERS,
    "POST programmes.add_reader": KEEPERS,
    "POST programmes.end_reading": KEEPERS,
    "POST programmes.resume_reading": KEEPERS,
}


def prepare() -> dict[str, object]:
    ines = cast.person_id("ines")
    programme = add_programme(cast.network_id(), rules("Induction", minutes_a_year=75 * 60, closes_on_day=15), ines)
    reader = name_reader(programme, cast.person_id("petra"), ines)
    return {"programme_id": programme.id, "reader_id": reader.id}
