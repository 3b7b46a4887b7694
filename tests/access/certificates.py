"""Certificates: an event's for who runs it, one's own for oneself, the check for everybody who has number and code."""

from portal.certificates.operations import make_certificates
from portal.credit.operations_outside import OutsideDraft, add_outside
from portal.credit.queries_certificates import certificates_about
from portal.web import clock
from tests import cast
from tests.access.events import COORDINATORS, EVERYBODY
from tests.certificates import earned

SIGNED_IN = EVERYBODY | {"nobody": "sign-in"}
TOBI = dict.fromkeys(EVERYBODY, "404") | {"tobi": "may", "nobody": "sign-in"}
# He brought no proof along.
NOTHING = TOBI | {"tobi": "404"}

MATRIX = {
    "GET certificates.index": COORDINATORS,
    "POST certificates.make": COORDINATORS,
    "POST certificates.try_again": COORDINATORS,
    "GET certificates.paper": COORDINATORS,
    "GET certificates.ask_to_void": COORDINATORS,
    "POST certificates.void_it": COORDINATORS,
    "POST certificates.anew": COORDINATORS,
    "GET my_record.transcript": SIGNED_IN,
    "GET my_record.transcript_pdf": SIGNED_IN,
    "GET my_record.certificate": TOBI,
    "GET my_record.certificate_pdf": TOBI,
    "GET my_record.ask_name": TOBI,
    "POST my_record.put_name_right": TOBI,
    "GET my_record.ask": EVERYBODY,
    "POST my_record.send_link": EVERYBODY,
    "GET my_record.sent": EVERYBODY,
    "GET check.ask": EVERYBODY,
    "GET check.one": EVERYBODY,
    "GET outside.new": SIGNED_IN,
    "POST outside.add": SIGNED_IN,
    "GET outside.edit": TOBI,
    "POST outside.change": TOBI,
    "POST outside.remove": TOBI,
    "POST outside.bring_back": TOBI,
    "GET outside.proof": NOTHING,
}


def prepare() -> dict[str, object]:
    before = clock.now()
    one = earned.event(title="Bridges")
    earned.credit(one, earned.kind("matrix"))
    earned.mark(one, "tobi", 90)
    earned.mark(one, "petra", 60, capacity="observer")
    earned.close(one)
    make_certificates(one, earned.ZONE, cast.person_id("ines"))
    clock.freeze(before)
    first = certificates_about("event", one.id, cast.person_id("tobi"))[0]
    draft = OutsideDraft("Soldering", "University", before.date(), before.date(), 90)
    entry = add_outside(cast.person_id("tobi"), draft)
    return {"certificate_id": first.id, "number": first.number, "outside_id": entry.id}
