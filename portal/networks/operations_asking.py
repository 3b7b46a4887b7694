"""Asking to come in, from inside the portal or from a network's public page, and a coordinator's answer."""

from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from portal import history
from portal.db import db, operation
from portal.history import phrases
from portal.mail import outbox
from portal.networks.models import JoinRequest, Membership, Network
from portal.networks.models_asking import OutsideAsk
from portal.networks.operations_known import admit, known_person, verify_address
from portal.networks.operations_membership import join
from portal.networks.queries_asking import open_request_of, outside_ask_behind
from portal.networks.queries_members import current_membership
from portal.people.models import EmailAddress, Person
from portal.web import acts, clock, limits
from portal.web.errors import DomainError, NotHere
from portal.web.links import absolute, hashed

LASTS = timedelta(days=7)
PER_ADDRESS, PER_CLIENT = 3, 10  # a day

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
    return _ask(network, db.session.get_one(Person, person_id), note)


@operation
def take_back(person_id: int, request_id: int) -> None:
    """No longer ask. Raises NotHere for somebody else's question."""
    request = db.session.get(JoinRequest, request_id)
    if request is None or request.person_id != person_id or request.decided_at:
        raise NotHere
    request.decided_at, request.decided_by = clock.now(), person_id
    _tell(request, person_id, "network.ask_taken_back")


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
    outbox.queue(
        "join-confirm",
        address,
        _("Is it you who asks to join %(network)s?", network=network.name),
        "join_confirm",
        to_name=typed["name"],
        network_id=network_id,
        network=network,
        name=typed["name"],
        link=absolute("acts.open_act", act_token=token),
        days=LASTS.days,
    )


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
        request = open_request_of(network.id, person.id) or _ask(network, person, note)
        ask.join_request_id = request.id
    return network


@operation
def answer_ask(network_id: int, request_id: int, by: int, welcome: bool, sentence: str) -> str:
    """Welcome somebody or decline, with a sentence to her. Returns her name; NotHere when it was answered."""
    request = db.session.get(JoinRequest, request_id)
    if request is None or request.network_id != network_id or request.decided_at:
        raise NotHere
    person = db.session.get_one(Person, request.person_id)
    request.decided_at, request.decided_by = clock.now(), by
    request.was_welcomed, request.answer = welcome, sentence
    _tell(request, by, "network.welcomed" if welcome else "network.not_welcomed")
    if welcome:
        admit(person)
        join(network_id, person.id, "member", "asked", by)
    _mail_answer(request, person, by)
    return person.name


def _ask(network: Network, person: Person, note: str) -> JoinRequest:
    request = JoinRequest(network_id=network.id, person_id=person.id, note=note, asked_at=clock.now())
    db.session.add(request)
    db.session.flush()
    _tell(request, person.id, "network.asked")
    for coordinator_id, name, address in _coordinators(network.id):
        outbox.queue(
            "join-asked",
            address,
            _("%(name)s asks to join %(network)s", name=person.name, network=network.name),
            "join_asked",
            to_name=name,
            person_id=coordinator_id,
            network_id=network.id,
            network=network,
            asker=person.name,
            note=note,
            link=absolute("network.requests", network=network.slug),
        )
    return request


def _mail_answer(request: JoinRequest, person: Person, by: int) -> None:
    network = db.session.get_one(Network, request.network_id)
    answerer = db.session.get_one(Person, by)
    addresses = _address_of(person.id)
    if not addresses:
        return
    subject = _("Welcome to %(network)s") if request.was_welcomed else _("Your question to %(network)s")
    outbox.queue(
        "join-answered",
        addresses,
        subject % {"network": network.name},
        "join_answered",
        to_name=person.name,
        person_id=person.id,
        network_id=network.id,
        from_name=answerer.name,
        reply_to=_address_of(by),
        network=network,
        answerer=answerer.name,
        request=request,
        first_name=person.first_name,
        link=absolute("network.index", network=network.slug),
    )


def _address_of(person_id: int) -> str | None:
    query = select(EmailAddress.address).where(EmailAddress.person_id == person_id, EmailAddress.is_primary)
    return db.session.execute(query).scalar_one_or_none()


def _coordinators(network_id: int) -> list[tuple[int, str, str]]:
    query = (
        select(Person.id, Person.name, EmailAddress.address)
        .join(Membership, Membership.person_id == Person.id)
        .join(EmailAddress, (EmailAddress.person_id == Person.id) & EmailAddress.is_primary)
        .where(
            Membership.network_id == network_id,
            Membership.role == "coordinator",
            Membership.ended_at.is_(None),
        )
    )
    return [(row[0], row[1], row[2]) for row in db.session.execute(query)]


def _tell(request: JoinRequest, actor_id: int, action: str) -> None:
    network_id, person_id = request.network_id, request.person_id
    history.record(actor_id, action, "network", network_id, network_id=network_id, person_id=person_id)
