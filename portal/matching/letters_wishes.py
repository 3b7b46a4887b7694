"""Mails of a wish for a re-match: to coordinators that one waits, without names; to its writer that it was answered."""

from typing import Any

from flask_babel import lazy_gettext as _l

from portal.db import db
from portal.mail import kinds, outbox
from portal.mail.answers import address_for
from portal.mail.queries import has_stopped
from portal.matching.models import RematchWish
from portal.matching.queries_wishes import readers_of_wish
from portal.mentoring.models import Pairing
from portal.networks.models import Network
from portal.networks.queries_asking import primary_address
from portal.people.models import Person
from portal.web.languages import in_language
from portal.web.links import absolute

WAITS, ANSWERED = "rematch", "rematch-answered"
kinds.declare(
    WAITS,
    why=_l("You get this because you coordinate this network."),
    name=_l("Mails that somebody would like a re-match"),
)
kinds.declare(ANSWERED, why=_l("You get this because you asked the coordinators something."), private=True)


def tell_coordinators(pairing: Pairing, by: int) -> None:
    """To all but the writer and the other one of the two. No name stands in it, so that it may lie open on a screen."""
    for person_id in readers_of_wish(pairing, by):
        if person_id != by and not has_stopped(person_id, WAITS, pairing.network_id):
            _queue(
                WAITS, "rematch_waits", _l("A pair would like a word with you"), pairing, person_id, "matching.index"
            )


def tell_writer(wish: RematchWish, pairing: Pairing) -> None:
    """Neither what she asked nor what was answered stands in it."""
    subject = _l("The coordinators have answered you")
    _queue(ANSWERED, "rematch_answered", subject, pairing, wish.asked_by, "matching.wish", pairing_id=pairing.id)


def _queue(
    kind: str, template: str, subject: object, pairing: Pairing, person_id: int, endpoint: str, **values: Any
) -> None:
    address = primary_address(person_id)
    if address is None:
        return
    person, network = db.session.get_one(Person, person_id), db.session.get_one(Network, pairing.network_id)
    with in_language(person.locale or network.locale):
        outbox.queue(
            kind, address, str(subject), template, to_name=person.name, person_id=person_id, network_id=network.id,
            from_name=network.short_name or network.name, network=network, first_name=person.first_name,
            # Whose own words may come back: they are kept nowhere.
            reply_to=address_for("mentoring", person_id, network.id) if kind == ANSWERED else None,
            link=absolute(endpoint, network=network.slug, **values),
        )  # fmt: skip
