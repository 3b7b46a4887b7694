"""The letters around asking to come in: proof of the address, word to the coordinators, their answer."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.db import db
from portal.mail import kinds, outbox
from portal.networks.models import JoinRequest, Network
from portal.networks.queries_asking import AddressOf, primary_address
from portal.people.models import Person
from portal.web.links import absolute

kinds.declare("join-confirm", why=_l("You get this because somebody typed this address on the network’s page."))
kinds.declare(
    "join-asked",
    why=_l("You get this because you coordinate the network, and somebody waits for an answer."),
    name=_l("Mails about people who ask to join"),
)
kinds.declare("join-answered", why=_l("You get this because you asked to join."))


def ask_for_proof(network: Network, name: str, address: str, token: str, days: int) -> None:
    """To whoever typed this address on the public page: is it you?"""
    outbox.queue(
        "join-confirm",
        address,
        _("Is it you who asks to join %(network)s?", network=network.name),
        "join_confirm",
        to_name=name,
        network_id=network.id,
        network=network,
        name=name,
        link=absolute("acts.open_act", act_token=token),
        days=days,
    )


def tell_of_question(network: Network, asker: Person, note: str, coordinator: AddressOf) -> None:
    """To a coordinator: somebody asks to come in."""
    outbox.queue(
        "join-asked",
        coordinator.address,
        _("%(name)s asks to join %(network)s", name=asker.name, network=network.name),
        "join_asked",
        to_name=coordinator.name,
        person_id=coordinator.person_id,
        network_id=network.id,
        network=network,
        asker=asker.name,
        note=note,
        link=absolute("network.requests", network=network.slug),
    )


def tell_the_answer(asked: JoinRequest, person: Person, by: int) -> None:
    """To whoever asked: welcome, or not now, in the coordinator's name. Without an address there is no letter."""
    address = primary_address(person.id)
    if address is None:
        return
    network = db.session.get_one(Network, asked.network_id)
    answerer = db.session.get_one(Person, by)
    welcome = _("Welcome to %(network)s", network=network.name)
    declined = _("Your question to %(network)s", network=network.name)
    outbox.queue(
        "join-answered",
        address,
        welcome if asked.was_welcomed else declined,
        "join_answered",
        to_name=person.name,
        person_id=person.id,
        network_id=network.id,
        from_name=answerer.name,
        reply_to=primary_address(by),
        network=network,
        answerer=answerer.name,
        asked=asked,
        first_name=person.first_name,
        link=absolute("network.index", network=network.slug),
    )
