"""The mail to both of a pair, thirty days before their notes go: when that is, and how to keep them. Not a word of them."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.db import db
from portal.mail import kinds, outbox
from portal.mail.answers import address_for
from portal.mentoring.models import Pairing
from portal.networks.models import Network
from portal.networks.queries_asking import primary_address
from portal.note_keeping import keeping
from portal.people.models import Person
from portal.web import dates
from portal.web.languages import in_language
from portal.web.links import act_link

kinds.declare(
    "notes-go",
    why=_l("You get this because you were one of this pair, and what you wrote would be deleted."),
    private=True,
)
ACT, DAYS = "keepnotes", 45


def tell_that_notes_go(pairing: Pairing) -> None:
    """Write to each of the two who has an address. Belongs inside an operation."""
    for person_id, other_id in ((pairing.mentor_id, pairing.mentee_id), (pairing.mentee_id, pairing.mentor_id)):
        to = primary_address(person_id)
        if to is not None:
            _tell(pairing, person_id, other_id, to)


def _tell(pairing: Pairing, person_id: int, other_id: int, to: str) -> None:
    reader, other = db.session.get_one(Person, person_id), db.session.get_one(Person, other_id)
    network = db.session.get_one(Network, pairing.network_id)
    assert pairing.ended_on is not None
    with in_language(reader.locale or network.locale):
        outbox.queue(
            "notes-go", to, _("Notes of a pair that has ended: keep them?"), "notes_go", to_name=reader.name,
            person_id=person_id, network_id=network.id, from_name=network.short_name or network.name, network=network,
            reply_to=address_for("mentoring", person_id, network.id),
            first_name=reader.first_name, other=other.name, ended=dates.day(pairing.ended_on),
            gone=dates.day(keeping.due_on(pairing)), wishes=bool(keeping.wishes(pairing, person_id)),
            other_wishes=bool(keeping.wishes(pairing, other_id)),
            keep=act_link(ACT, person_id, pairing.id, days=DAYS, choice="keep"),
        )  # fmt: skip
