"""Mails about a pair: it began, its rhythm changed. To both, with dates and the rhythm, never a word of content."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from portal.db import db
from portal.mail import kinds, outbox
from portal.mail.answers import address_for
from portal.mail.queries import has_stopped
from portal.mentoring.models import Pairing
from portal.mentoring.policy import other_of
from portal.networks.models import Network
from portal.networks.queries_asking import primary_address
from portal.people.models import Person
from portal.web import dates
from portal.web.languages import in_language
from portal.web.links import absolute, act_link

BEGUN, CHANGED = "pair-begun", "pair-changed"
kinds.declare(BEGUN, why=_l("You get this because you are one of this pair."), private=True)
kinds.declare(
    CHANGED,
    why=_l("You get this because you are one of this pair."),
    name=_l("Mails about a changed rhythm"),
    private=True,
)
# A link to agree works this long.
DAYS = 60


def tell_begun(pairing: Pairing) -> None:
    """To both: you are a pair. The button leads to the wording that both say yes to."""
    for person_id in (pairing.mentor_id, pairing.mentee_id):
        _tell(BEGUN, "pair_begun", _l("You are a pair: %(name)s and you"), pairing, person_id)


def tell_changed(pairing: Pairing, by: int) -> None:
    """To both, but for whoever changed it: the rhythm as it is now."""
    for person_id in (pairing.mentor_id, pairing.mentee_id):
        if person_id != by and not has_stopped(person_id, CHANGED, pairing.network_id):
            _tell(CHANGED, "pair_changed", _l("How often you meet: %(name)s and you"), pairing, person_id)


def _tell(kind: str, template: str, subject: LazyString, pairing: Pairing, person_id: int) -> None:
    to = primary_address(person_id)
    if to is None:
        return
    person, other = (db.session.get_one(Person, one) for one in (person_id, other_of(person_id, pairing)))
    network = db.session.get_one(Network, pairing.network_id)
    with in_language(person.locale or network.locale):
        outbox.queue(
            kind, to, str(subject) % {"name": other.name}, template, to_name=person.name, person_id=person_id,
            network_id=network.id, from_name=network.short_name or network.name, network=network,
            reply_to=address_for("mentoring", person_id, network.id),
            first_name=person.first_name, other=other.name, is_mentor=person_id == pairing.mentor_id,
            pairing=pairing, since=dates.day(pairing.started_on),
            agree=act_link("pairagree", person_id, pairing.id, days=DAYS),
            link=absolute("mentoring.pair", network=network.slug, pairing_id=pairing.id),
        )  # fmt: skip
