"""Asking to come in, from inside the portal or from a network's public page, and a coordinator's answer."""

from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete

from portal import history
from portal.db import db, operation
from portal.history import phrases
from portal.networks.letters_joining import ask_for_proof, tell_of_question, tell_the_answer
from portal.networks.models import JoinRequest, Network
from portal.networks.models_asking import OutsideAsk
from portal.networks.operations_known import admit, known_person, verify_address
from portal.networks.operations_membership import join
from portal.networks.queries_asking import coordinator_addresses, open_request_of, outside_ask_behind
from portal.networks.queries_members import current_membership
from portal.people.models import Person
from portal.web import acts, clock, limits
from portal.web.errors import DomainError, NotHere
from portal.web.links import hashed

LASTS = timedelta(days=7)
PER_ADDRESS, PER_CLIENT, PER_PERSON = 3, 10, 5  # a day

phrases.declare(
    {
        "network.asked": _l("%(person)s asked to join"),
        "network.ask_taken_back": _l("%(person)s no longer asks to join"),
        "network.welcomed": _l("%(actor)s welcomed %(person)s"),
        "network.not_welcomed": _l("%(actor)s answered %(person)s, who had asked to join"),
    }
)


@operation
def ask_to_join(network_id: int, person_id: int, note: str) -> JoinRequest:
    """Ask the coordinators of a network. Raises DomainError for a member, a second ask, and where asking is off."""
    network = db.session.get_one(Network, network_id)
    if network.closed_at or not network.is_open_to_ask:
        raise DomainError(_("This network takes new members by invitation only."))
    if current_membership(network_id, person_id):
        raise DomainError(_("You are a member already."))
    if open_request_of(network_id, person_id):
        raise DomainError(_("You have asked already. The coordinators have your words."))
    # Each question is a mail to every coordinator.
    if limits.too_many("ask-person", str(person_id), PER_PERSON, 24 * 60):
        raise DomainError(_("That is many in one day. Try again tomorrow, or write to the coordinators."))
    return _ask(network, db.session.get_one(Person, person_id), note)


@operation
def take_back(person_id: int, request_id: int) -> None:
    """No longer ask. Raises NotHere for somebody else's question."""
    asked = db.session.get(JoinRequest, request_id)
    if asked is None or asked.person_id != person_id or asked.decided_at:
        raise NotHere
    asked.decided_at, asked.decided_by = clock.now(), person_id
    _tell(asked, person_id, "network.ask_taken_back")


@operation
def ask_from_outside(network_id: int, typed: dict[str, str], client: str) -> None:
    """Keep what a stranger typed and mail her a link; nothing counts before she uses it.

    Raises DomainError when there were too many. The page answers the same whether or not the address is known.
    """
    address = typed["address"]
    if limits.too_many("ask-client", client, PER_CLIENT, 24 * 60) or limits.too_many(
        "ask-address", address.casefold(), PER_ADDRESS, 24 * 60
    ):
        raise DomainError(_("That is many in one day. Try again tomorrow, or write to the coordinators."))
    network = db.session.get_one(Network, network_id)
    token = acts.new_token_for("ask")
    now = clock.now()
    # Whoever did not press the button is not kept longer than the mail says.
    late = (OutsideAsk.expires_at <= now, OutsideAsk.confirmed_at.is_(None))
    db.session.execute(delete(OutsideAsk).where(*late))
    db.session.add(
        OutsideAsk(network_id=network_id, token_hash=hashed(token), asked_at=now, expires_at=now + LASTS, **typed)
    )
    ask_for_proof(network, typed["name"], address, token, LASTS.days)


@operation
def confirm_ask(token_hash: str) -> Network:
    """The address is hers: now there is a person, not yet let in, and a question that waits for a coordinator."""
    ask = outside_ask_behind(token_hash)
    if ask is None or ask.confirmed_at or ask.expires_at <= clock.now():
        raise DomainError(_("This link has been used or is out of date."))
    network = db.session.get_one(Network, ask.network_id)
    person = known_person(ask.name, ask.address, "asked", None)
    verify_address(person.id, ask.address, clock.now())
    ask.confirmed_at = clock.now()
    # From here on the person's own row holds these, where she can have them removed.
    note, ask.name, ask.address, ask.note = ask.note, "", "", ""
    member = current_membership(network.id, person.id)
    if not (member and person.admitted_at):
        asked = open_request_of(network.id, person.id) or _ask(network, person, note)
        ask.join_request_id = asked.id
    return network


@operation
def answer_ask(network_id: int, request_id: int, by: int, welcome: bool, sentence: str) -> str:
    """Welcome somebody or decline, with a sentence to her. Returns her name; NotHere when it was answered."""
    asked = db.session.get(JoinRequest, request_id)
    if asked is None or asked.network_id != network_id or asked.decided_at:
        raise NotHere
    person = db.session.get_one(Person, asked.person_id)
    asked.decided_at, asked.decided_by = clock.now(), by
    asked.was_welcomed, asked.answer = welcome, sentence
    _tell(asked, by, "network.welcomed" if welcome else "network.not_welcomed")
    if welcome:
        admit(person)
        join(network_id, person.id, "member", "asked", by)
    tell_the_answer(asked, person, by)
    return person.name


def _ask(network: Network, person: Person, note: str) -> JoinRequest:
    asked = JoinRequest(network_id=network.id, person_id=person.id, note=note, asked_at=clock.now())
    db.session.add(asked)
    db.session.flush()
    _tell(asked, person.id, "network.asked")
    for coordinator in coordinator_addresses(network.id):
        tell_of_question(network, person, note, coordinator)
    return asked


def _tell(asked: JoinRequest, actor_id: int, action: str) -> None:
    network_id, person_id = asked.network_id, asked.person_id
    history.record(actor_id, action, "network", network_id, network_id=network_id, person_id=person_id)
