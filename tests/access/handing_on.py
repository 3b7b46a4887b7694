"""Handing on: hers alone; what reached a member, his alone; what reached somebody outside, whoever holds the link."""

from datetime import UTC, date, datetime

from flask import current_app
from sqlalchemy import select

from portal.db import db
from portal.handing_on.making import made_of
from portal.handing_on.models import HandOver
from portal.handing_on.operations import address, begin, freeze, open_it, send
from portal.handing_on.recipients import Recipient
from portal.mail.models import OutboxMail
from portal.mentoring.models import Pairing
from portal.mentoring.operations import start_pairing
from portal.mentoring.operations_contacts import log_contact
from portal.mentoring.talks import Talk
from tests import cast
from tests.access.mentoring import MEMBERS

HERS = dict.fromkeys(MEMBERS, "404") | {"tobi": "may", "nobody": "sign-in"}
READER = HERS | {"tobi": "404", "dafydd": "may"}
EVERYBODY = dict.fromkeys(MEMBERS, "may")

MATRIX = {
    "GET handing_on.index": MEMBERS,
    "GET handing_on.new": MEMBERS,
    "POST handing_on.create": MEMBERS,
    "GET handing_on.pick": HERS,
    "POST handing_on.update_pieces": HERS,
    "GET handing_on.whom": HERS,
    "POST handing_on.update_whom": HERS,
    "GET handing_on.preview": HERS,
    "POST handing_on.send_it": HERS,
    "GET handing_on.show": HERS,
    "GET handing_on.paper": HERS,
    "GET handing_on.ask_back": HERS,
    "POST handing_on.back": HERS,
    "GET handing_on.ask_end": HERS,
    "POST handing_on.end": HERS,
    "GET handing_on.ask_delete": HERS,
    "POST handing_on.remove": HERS,
    "GET handing_on.received": READER,
    "POST handing_on.open_received": READER,
    "GET handing_on.received_paper": READER,
    "GET handed.cover": EVERYBODY,
    "POST handed.open_by_link": EVERYBODY,
    "GET handed.document": EVERYBODY,
    "GET handed.document_file": EVERYBODY,
    "GET handed.document_paper": EVERYBODY,
}


def prepare() -> dict[str, object]:
    """Tobi hands on of a pair with Leon: a draft, one that Dafydd has opened, one behind a link that was opened."""
    pairing = start_pairing(
        cast.network_id(), cast.person_id("leon"), cast.person_id("tobi"), cast.person_id("ines"), date(2026, 9, 1)
    )
    when = datetime(2026, 11, 2, 12, tzinfo=UTC)
    log_contact(
        pairing, cast.person_id("tobi"), Talk(at=when, minutes=30, parked="mine to give"), key(), "Europe/London"
    )
    draft, to_dafydd = handed(pairing, sends=False), handed(pairing)
    open_it(to_dafydd)
    outside = handed(pairing, Recipient(None, "Orla Fennimore", "orla@fennimore.example", "Kestrel Lane Primary"))
    open_it(outside)
    return {"draft_id": draft.id, "hand_over_id": to_dafydd.id, "hand_token": newest_token()}


def handed(pairing: Pairing, to: Recipient | None = None, sends: bool = True, *more: list[str | int]) -> HandOver:
    """The facts of a pair, and whatever else is named, frozen for Dafydd or somebody else, and sent."""
    one = begin(cast.person_id("tobi"), cast.network_id(), [["pair", pairing.id], *more])
    address(one, to or Recipient(cast.person_id("dafydd")))
    freeze(one, made_of(one, key()), key())
    if sends:
        assert send(one, one.digest, made_of(one, key()), key())
    return one


def newest_token() -> str:
    """From the mail: nothing else knows it."""
    newest = select(OutboxMail.text).where(OutboxMail.kind == "handed-on").order_by(OutboxMail.id.desc()).limit(1)
    return str(db.session.execute(newest).scalar_one()).partition("/h/")[2].split()[0]


def key() -> bytes:
    sealing: bytes = current_app.config["SETTINGS"].key("mentoring")
    return sealing
