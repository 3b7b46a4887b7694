"""Mails at the end of a pair: it has ended, and three questions that nobody has to answer; or it goes on after all."""

from flask_babel import lazy_gettext as _l

from portal.db import db
from portal.mail import kinds, outbox
from portal.mail.answers import address_for
from portal.mentoring.models import Pairing
from portal.mentoring.policy import other_of
from portal.networks.models import Network
from portal.networks.queries_asking import primary_address
from portal.people.models import Person
from portal.web import dates
from portal.web.languages import in_language
from portal.web.links import absolute, act_link

ENDED = "pair-ended"
kinds.declare(ENDED, why=_l("You get this because you were one of this pair."), private=True)
# The three questions can be answered so long from the mail; on the page for ever.
DAYS = 90


def tell_ended(pairing: Pairing) -> None:
    for person_id in (pairing.mentor_id, pairing.mentee_id):
        _tell("pair_ended", _l("Your pair has ended: %(name)s and you"), pairing, person_id)


def tell_resumed(pairing: Pairing) -> None:
    for person_id in (pairing.mentor_id, pairing.mentee_id):
        _tell("pair_resumed", _l("A pair after all: %(name)s and you"), pairing, person_id)


def _tell(template: str, subject: object, pairing: Pairing, person_id: int) -> None:
    address = primary_address(person_id)
    if address is None:
        return
    person, other = (db.session.get_one(Person, one) for one in (person_id, other_of(person_id, pairing)))
    network = db.session.get_one(Network, pairing.network_id)
    with in_language(person.locale or network.locale):
        outbox.queue(
            ENDED, address, str(subject) % {"name": other.name}, template, to_name=person.name, person_id=person_id,
            network_id=network.id, from_name=network.short_name or network.name, network=network,
            reply_to=address_for("mentoring", person_id, network.id),
            first_name=person.first_name, other=other.name, on=dates.day(pairing.ended_on),
            answer=act_link("pairending", person_id, pairing.id, days=DAYS),
            link=absolute("mentoring.pair", network=network.slug, pairing_id=pairing.id),
        )  # fmt: skip
